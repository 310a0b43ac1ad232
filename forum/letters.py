"""Letters about posts of others: words, headers, and what is in a digest."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.models import User
from common.wrapping import wrap
from forum import excerpts, mail_links, plaintext
from forum.models import Notice, Post, Topic
from forum.vocabulary import NoticeReason
from outbox.services import render, write

ITEMS_MAX = 30  # posts in a digest
AT_ONCE_TEXT, DIGEST_TEXT = 1_000, 240  # characters of a post
POST, DIGEST = "forum-post", "forum-digest"  # kinds of letters, for forum.services.renewing
QUOTE = "> "  # begins each line that a member wrote: none can pass for the words of the portal
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
    stop_url: str  # leads to no more letters about it
    items: list[Item]


def write_at_once(user: User, notice: Notice) -> bool:
    """Write the letter about one post; False where it was written before."""
    about = {"user": user.pk, "notices": [notice.pk]}
    message_id = _message_id(user, f"{_which(notice)}-{notice.post_id}")
    said = of_post(user, notice)
    return write(**said, priority=PRIORITY, message_id=message_id, kind=POST, about=about) is not None


def write_digest(user: User, notices: QuerySet[Notice], count: int, *, is_weekly: bool) -> bool:
    """Write one letter about `count` notices, 30 at most; False where it was written before."""
    shown = list(in_order(notices)[:ITEMS_MAX])
    more = count - len(shown)
    about = {"user": user.pk, "notices": [notice.pk for notice in shown], "more": more, "weekly": is_weekly}
    said = of_digest(user, shown, more, is_weekly=is_weekly)
    return write(**said, priority=PRIORITY, kind=DIGEST, about=about) is not None


def in_order(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """As a digest tells of them: what is said to the person first, then topic by topic."""
    first = Case(When(reason__in=TO_THE_PERSON, then=Value(0)), default=Value(1), output_field=IntegerField())
    places = ("post__topic__board__position", "post__topic__board", "post__topic", "post__number")
    return notices.annotate(first=first).order_by("first", *places)


def of_post(user: User, notice: Notice) -> dict[str, Any]:
    """Return what the letter about one post says, as fields of a letter."""
    post = notice.post
    context = {
        "item": _item(notice, plaintext.of_html(post.html, AT_ONCE_TEXT, before=QUOTE)),
        "topic": post.topic,
        "stop_url": mail_links.topic_url_for(user, post.topic),
        "settings_url": mail_links.url_for(user),
    }
    occasion = f"forum-{post.pk}-{user.pk}" + ("-edit" if _which(notice) == "edit" else "")
    return _said("forum/mail/post.txt", context, user, headers=_thread(user, post), occasion=occasion)


def of_digest(user: User, shown: list[Notice], more: int, *, is_weekly: bool) -> dict[str, Any]:
    """Return what a letter about these says, and that there are so many `more`."""
    context = {
        "groups": _groups(user, shown),
        "count": len(shown) + more,
        "more": more,
        "is_weekly": is_weekly,
        "settings_url": mail_links.url_for(user),
        "forum_url": f"{settings.SITE_URL}/forum/",
    }
    occasion = f"forum-digest-{user.pk}-{max(notice.pk for notice in shown)}"
    return _said("forum/mail/digest.txt", context, user, headers={}, occasion=occasion)


def _said(template: str, context: dict[str, Any], user: User, *, headers: dict[str, str], occasion: str) -> dict:
    subject, body = render(template, context, to=user)
    headers = {**_headers(user), **headers}
    return {"subject": subject[:300], "body": body, "recipient": user.email, "headers": headers, "occasion": occasion}


def _which(notice: Notice) -> str:
    """Of the same post there may be two letters."""
    return "edit" if notice.reason == NoticeReason.EDITED else "post"


def _groups(user: User, notices: list[Notice]) -> list[Group]:
    groups: dict[int, Group] = {}
    for notice in notices:
        topic = notice.post.topic
        if topic.pk not in groups:
            groups[topic.pk] = Group(topic, mail_links.topic_url_for(user, topic), [])
        groups[topic.pk].items.append(_item(notice, _excerpt(notice.post)))
    return list(groups.values())


def _item(notice: Notice, text: str) -> Item:
    url = settings.SITE_URL + notice.post.get_absolute_url()
    return Item(notice.post, NoticeReason(notice.reason).label, text, url)


def _excerpt(post: Post) -> str:
    return "\n".join(wrap(excerpts.of_html(post.html, DIGEST_TEXT), first=f"  {QUOTE}", rest=f"  {QUOTE}"))


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
