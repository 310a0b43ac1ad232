"""Letters about posts of others: words, headers, and what is in a digest."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.models import User
from forum import excerpts, mail_links
from forum.models import Notice, Post, Topic
from forum.vocabulary import NoticeReason
from outbox.services import render, write

ITEMS_MAX = 30  # posts in a digest
AT_ONCE_TEXT, DIGEST_TEXT = 1_000, 240  # characters of a post
PRIORITY = -10  # codes to sign in with go first
TO_THE_PERSON = (NoticeReason.EDITED, NoticeReason.MENTION, NoticeReason.REPLY)


@dataclass
class Item:
    """One post as a letter tells of it."""

    post: Post
    reason: str
    text: str
    url: str


@dataclass
class Group:
    """The posts of one topic in a digest, in their order."""

    topic: Topic
    items: list[Item]


def write_at_once(user: User, notice: Notice) -> bool:
    """Write the letter about one post; False where it was written before."""
    post = notice.post
    context = {"item": _item(notice, AT_ONCE_TEXT), "topic": post.topic, "settings_url": mail_links.url_for(user)}
    subject, body = render("forum/mail/post.txt", context, to=user)
    headers = {**_headers(user), **_thread(user, post)}
    which = "edit" if notice.reason == NoticeReason.EDITED else "post"  # of the same post there may be both
    occasion = {"post": f"forum-{post.pk}-{user.pk}", "edit": f"forum-{post.pk}-{user.pk}-edit"}[which]
    more = {"occasion": occasion, "message_id": _message_id(user, f"{which}-{post.pk}")}
    return write(subject, body, user.email, headers=headers, priority=PRIORITY, **more) is not None


def write_digest(user: User, notices: QuerySet[Notice], count: int, *, is_weekly: bool) -> bool:
    """Write one letter about `count` notices, 30 at most: what is said to the person first, then topic by topic."""
    first = Case(When(reason__in=TO_THE_PERSON, then=Value(0)), default=Value(1), output_field=IntegerField())
    places = ("post__topic__board__position", "post__topic__board", "post__topic", "post__number")
    shown = list(notices.annotate(first=first).order_by("first", *places)[:ITEMS_MAX])
    context = {
        "groups": _groups(shown),
        "count": count,
        "more": count - len(shown),
        "is_weekly": is_weekly,
        "settings_url": mail_links.url_for(user),
        "forum_url": f"{settings.SITE_URL}/forum/",
    }
    subject, body = render("forum/mail/digest.txt", context, to=user)
    occasion = f"forum-digest-{user.pk}-{max(notice.pk for notice in shown)}"
    return write(subject, body, user.email, headers=_headers(user), occasion=occasion, priority=PRIORITY) is not None


def _groups(notices: list[Notice]) -> list[Group]:
    groups: dict[int, Group] = {}
    for notice in notices:
        topic = notice.post.topic
        groups.setdefault(topic.pk, Group(topic, [])).items.append(_item(notice, DIGEST_TEXT))
    return list(groups.values())


def _item(notice: Notice, length: int) -> Item:
    post = notice.post
    url = settings.SITE_URL + post.get_absolute_url()
    return Item(post, NoticeReason(notice.reason).label, excerpts.of_html(post.html, length), url)


def _headers(user: User) -> dict[str, str]:
    """What lets mail programs sort the letter, and end it with one click (RFC 2369, 2919, 8058)."""
    return {
        "List-Id": f"<forum.{_host()}>",
        "List-Unsubscribe": f"<{mail_links.url_for(user)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
    }


def _thread(user: User, post: Post) -> dict[str, str]:
    """What lets them show the letters about one topic as one conversation."""
    root = _message_id(user, f"topic-{post.topic_id}")
    parent = _message_id(user, f"post-{post.reply_to_id}") if post.reply_to_id else root
    references = root if parent == root else f"{root} {parent}"
    return {"In-Reply-To": parent, "References": references}


def _message_id(user: User, what: str) -> str:
    """The same whenever it is asked for, and another one for each person."""
    return f"<forum-{what}-{user.pk}@{_host()}>"


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
