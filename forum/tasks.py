"""What workers do for this room."""

from django_tasks import task

from forum.services import noticing


@task()
def make_notices(post_id: int) -> str:
    """Note whom a post concerns that has become public."""
    return str(noticing.make_notices(post_id))


@task()
def notice_mentioned(post_id: int) -> str:
    """Note whom the edit of a public post has named."""
    return str(noticing.notice_mentioned(post_id))
