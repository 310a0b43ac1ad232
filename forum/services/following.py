"""Whom the forum tells of what, and how: topics and boards that members follow, and their choice of mail."""

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from forum import mail_times, rules
from forum.models import Board, Follow, MailSettings, Notice, Topic
from forum.vocabulary import MailChoice

_TAKE_ALONG = """
    INSERT INTO forum_follow (user_id, topic_id, is_on, made_at)
    SELECT user_id, %s, is_on, made_at FROM forum_follow WHERE topic_id = %s ON CONFLICT DO NOTHING
"""


def follow(thing: Topic | Board, *, by: User, on: bool = True) -> None:
    """Tell `by` of new posts in a topic or on a board, or do not any more. Raises PermissionDenied.

    A topic that is switched off stays so, though its board is followed and whoever writes in it.
    """
    board = thing if isinstance(thing, Board) else thing.board
    if on and not rules.may_read(by, board):
        raise PermissionDenied
    what = {"board": thing} if isinstance(thing, Board) else {"topic": thing}
    Follow.objects.update_or_create(user=by, **what, defaults={"is_on": on, "made_at": timezone.now()})


def follow_own(topic: Topic, *, by: User) -> None:
    """Let `by` follow what they write in, unless they want neither this topic nor any so. Up to two queries."""
    if not MailSettings.objects.filter(user=by, follows_own=False).exists():
        Follow.objects.bulk_create([Follow(user=by, topic=topic)], ignore_conflicts=True)


def take_along(topic: Topic, to: Topic) -> None:
    """Let all who follow the topic follow the other one too, since then; and who switched it off hear of neither.

    What somebody has said of the other one itself stands. One statement, however many they are.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_ALONG, [to.pk, topic.pk])


def follows(user, **what: Topic | Board) -> bool:
    """Whether the person follows the `topic` or the `board`. A query for who is signed in."""
    return user.is_authenticated and Follow.objects.filter(user=user, is_on=True, **what).exists()


def is_off(user: User, topic: Topic) -> bool:
    """Whether the person said that they want no letters about the topic. One query."""
    return Follow.objects.filter(user=user, topic=topic, is_on=False).exists()


def mail_settings(user: User) -> MailSettings:
    """Return what the person chose; what holds for who never said, not stored, where they did not."""
    return MailSettings.objects.filter(user=user).first() or MailSettings(user=user)


@transaction.atomic
def choose_mail(user: User, *, mail: str | None = None, follows_own: bool | None = None) -> MailSettings:
    """Keep what the person says of how they are mailed; what waits comes at the new time, or not at all."""
    said = {"mail": mail and MailChoice(mail), "follows_own": follows_own}
    values = {name: value for name, value in said.items() if value is not None}
    chosen = MailSettings.objects.update_or_create(user=user, defaults=values)[0]
    if mail is None:
        return chosen
    waiting = Notice.objects.filter(user=user, settled_at=None)
    if chosen.mail == MailChoice.NEVER:
        waiting.update(settled_at=timezone.now())
    else:
        waiting.update(due_at=mail_times.due(chosen.mail, timezone.now()))
    return chosen
