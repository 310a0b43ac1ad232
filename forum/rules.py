"""May this person…? What somebody may not even see is not found; what they may see and not do is refused."""

from accounts.rules import has_confirmed_email, is_moderator
from forum.models import Board, Member, Post, Topic
from forum.vocabulary import PostStatus


def may_read(user, board: Board) -> bool:
    """Whether the person may know of the board. A query for a private one."""
    if not board.is_private:
        return True
    return user.is_authenticated and Board.objects.visible_to(user).filter(pk=board.pk).exists()


def may_write(user) -> bool:
    """Whether the person may post at all: with a confirmed address, and not while silenced."""
    if not user.is_authenticated or not user.is_active or not has_confirmed_email(user):
        return False
    return silenced_until(user) is None


def silenced_until(user):
    """Return until when a moderator has silenced the person; None where nobody has."""
    member = Member.objects.filter(user=user).first()
    return member.silenced_until if member and member.is_silenced else None


def may_begin(user, board: Board) -> bool:
    """Whether the person may begin a topic there; announcements are for staff."""
    if board.is_closed or board.is_announcements and not is_moderator(user):
        return False
    return may_read(user, board) and may_write(user)


def may_reply(user, topic: Topic) -> bool:
    """Whether the person may post in the topic; in a locked one moderators may."""
    if topic.opened_at is None or topic.status not in (Topic.Status.OPEN, Topic.Status.LOCKED):
        return False
    if topic.is_locked and not is_moderator(user):
        return False
    return may_read(user, topic.board) and may_write(user)


def may_edit(user, post: Post) -> bool:
    """Whether the person may change the text: their own, while it waits or is public and the topic goes on."""
    if post.author_id != user.pk or post.status not in (PostStatus.WAITING, PostStatus.PUBLIC):
        return False
    is_there = post.topic.status == Topic.Status.OPEN
    return is_there and may_read(user, post.topic.board) and may_write(user)


def may_delete(user, post: Post) -> bool:
    """Whether the person may take the post away: their own, whatever became of it but what moderators hid."""
    return post.author_id == user.pk and post.status in (PostStatus.WAITING, PostStatus.PUBLIC, PostStatus.REJECTED)


def may_flag(user, post: Post) -> bool:
    """Whether the person may say that something is wrong: with a public post of somebody else that they may read."""
    if not user.is_authenticated or post.author_id == user.pk or not post.is_public:
        return False
    return may_read(user, post.topic.board) and may_write(user)


def may_mark_solution(user, topic: Topic) -> bool:
    """The author of the topic while it is open to them, and moderators."""
    if not user.is_authenticated:
        return False
    return is_moderator(user) or topic.author_id == user.pk and may_read(user, topic.board) and may_write(user)


# Rights of the moves (forum.workflow): (user, subject) -> may they make it?


def publishes_at_once(user, post: Post) -> bool:
    """Whether nothing was found that a moderator should look at: `forum.policy` has said so."""
    return post.author_id == user.pk and not post.waits


def judges(user, thing: Post | Topic) -> bool:
    """Moderators, but nobody on what is their own."""
    return is_moderator(user) and thing.author_id != user.pk


def keeps_order(user, topic: Topic) -> bool:
    """Moderators, on their own topics too: locking and pinning say nothing about a text."""
    return is_moderator(user)


def renames(user, topic: Topic) -> bool:
    """Moderators, and the author of the first post as long as they may change its text. Up to three queries."""
    if is_moderator(user):
        return True
    mine = Post.objects.filter(topic=topic, is_first=True, author=user).select_related("topic__board").first()
    return mine is not None and may_edit(user, mine)


def is_done(topic: Topic, move: str) -> bool:
    """Whether the topic is as the move would make it, e.g. is pinned already: then it is not offered."""
    if move == "forget_merged":
        return not topic.took_in
    return move == ("pin" if topic.is_pinned else "unpin")


def is_author(user, post: Post) -> bool:
    return post.author_id == user.pk


def hides_by_flags(user, post: Post) -> bool:
    """The forum itself, by its account: `forum.policy` has counted the flags."""
    return user.is_system and post.flagged_at is not None


def judges_flagged(user, post: Post) -> bool:
    return judges(user, post) and post.flagged_at is not None


def silences(user, member: Member) -> bool:
    """Moderators, but neither themselves nor each other."""
    return is_moderator(user) and not is_moderator(member.user)
