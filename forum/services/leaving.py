"""What the forum forgets of a person who leaves: public posts stay, under the name that the row has then."""

from accounts.models import User
from forum.models import (
    Board,
    BoardMark,
    Draft,
    Flag,
    Follow,
    MailSettings,
    Member,
    Mention,
    Notice,
    Picture,
    Post,
    PostRevision,
    ReadMark,
)
from forum.services import pictures, titling
from forum.vocabulary import PostStatus
from moderation.services import transition


def forget_person(sender, user: User, **kwargs) -> None:
    """Delete what nobody else reads, earlier texts, memberships of boards, and the record.

    Called in the transaction that makes the person anonymous, while they may still do what they might.
    """
    for post in Post.objects.filter(author=user, status__in=[PostStatus.WAITING, PostStatus.REJECTED]):
        transition(post, "delete", by=user)
    unread = Post.objects.filter(author=user, status__in=[PostStatus.SPAM, PostStatus.HIDDEN])
    unread.update(body="", html="")
    pictures.let_go(unread)
    titling.forget(unread)
    PostRevision.objects.filter(post__author=user).delete()
    Post.objects.filter(author=user, edited_at__isnull=False).update(edited_at=None)
    Board.members.through.objects.filter(user=user).delete()
    Member.objects.filter(user=user).update(approved_count=0, refused_count=0)
    Flag.objects.filter(by=user).update(note="")
    for kept in (Draft, Mention, ReadMark, BoardMark, Follow, Notice, MailSettings):
        kept.objects.filter(user=user).delete()
    for picture in Picture.objects.filter(user=user, post=None):
        pictures.delete(picture)
