"""What workers do for this room."""

from django_tasks import task

from forum.models import Post
from forum.search import writing
from forum.services import noticing


@task()
def make_notices(post_id: int) -> str:
    """Note whom a post concerns that has become public."""
    return str(noticing.make_notices(post_id))


@task()
def notice_mentioned(post_id: int) -> str:
    """Note whom the edit of a public post has named."""
    return str(noticing.notice_mentioned(post_id))


@task()
def write_search(topic_id: int) -> str:
    """Write what search compares of a topic anew: its language has changed."""
    return str(writing.write_batches(Post.objects.filter(topic=topic_id, status=Post.Status.PUBLIC)))
