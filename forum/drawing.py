"""Lines of lists and heads of posts as HTML, made in one go: as templates they were most of what a page cost.

`format_html` escapes every value. What few lines tell apart, an organisation with its mark, is kept ready.
"""

import datetime
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import StakeholderType, User
from forum.models import Board, Post, Topic
from forum.people import Voice
from forum.vocabulary import PostStatus

_LINE = """<article class="item topic-line{}">
<h3 class="item-title"><a href="{}" lang="{}" dir="auto">{}</a></h3>
<p class="item-meta">{}{}{}<bdi>{}</bdi> · {}{} · {}</p>
</article>"""
_POST = """<article class="post{}" id="{}"{} aria-label="{}">
{}"""
_SAID = """<header class="post-head">{}
<span class="post-moment"><a href="{}">{}{}</a>{}{}</span></header>
{}{}<div class="post-text prose" dir="auto">{}</div>"""
_BADGE, _MARK = '<span class="badge">{}</span> ', '<span class="mark mark--confirmed">{}</span>'


def moment(at: datetime.datetime) -> SafeString:
    """Return a date with its time, and where that is the time."""
    return _moment(at.replace(microsecond=0), "j F Y, H:i e", get_language())


def day(at: datetime.datetime) -> SafeString:
    """Return a date, for lists."""
    return _moment(at.replace(microsecond=0), "j F Y", get_language())


@lru_cache(maxsize=5_000)
def _moment(at: datetime.datetime, form: str, reader: str | None) -> SafeString:
    here = timezone.localtime(at)
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), format_date(here, form))


def line(topic: Topic, board: Board | None = None) -> SafeString:
    """Return the line of a topic, with the `board` that is to be named in it."""
    replies, new = topic.reply_count, getattr(topic, "new_count", None)  # None: nobody has signed in
    return format_html(
        _LINE,
        " topic-line--read" if new == 0 else "",
        topic.get_absolute_url(),
        topic.language_code,
        topic.title,
        _new(topic, new),
        badges(topic),
        format_html("{} · ", board_link(board)) if board else "",
        topic.author.name,
        ngettext("%(count)s reply", "%(count)s replies", replies) % {"count": replies},
        format_html(" · {} <bdi>{}</bdi>", _("last by"), topic.last_post.author.name) if replies else "",
        day(topic.active_at),
    )


def _new(topic: Topic, count: int | None) -> SafeString | str:
    if not count:
        return ""
    words = ngettext("%(count)s new", "%(count)s new", count) % {"count": count}
    address = reverse("forum:unread", args=[topic.pk])
    return format_html('<a class="badge" rel="nofollow" href="{}">{}</a> ', address, words)


def board_link(board: Board) -> SafeString:
    """Return the name of a board, which leads there."""
    return _board_link(board.slug, board.kind, board.code, board.name, get_language())


@lru_cache(maxsize=1_000)
def _board_link(slug: str, kind: str, code: str, name: str, reader: str | None) -> SafeString:
    board = Board(slug=slug, kind=kind, code=code, name=name)
    return format_html('<a href="{}">{}</a>', board.get_absolute_url(), board.label)


def board_line(board: Board) -> SafeString:
    """Return the line of a board in the list of all."""
    is_new = bool(getattr(board, "has_new", False))
    return _board_line(board_link(board), board.topic_count, board.is_private, is_new, get_language())


@lru_cache(maxsize=1_000)
def _board_line(link: SafeString, topics: int, is_private: bool, is_new: bool, reader: str | None) -> SafeString:
    said = [ngettext("%(count)s topic", "%(count)s topics", topics) % {"count": topics}] if topics else []
    said += [_("private")] if is_private else []
    words = format_html(' <span class="quiet">{}</span>', " · ".join(said)) if said else ""
    name = format_html('<b>{}</b> <span class="badge">{}</span>', link, _("new")) if is_new else link
    return format_html("<li><span>{}</span>{}</li>", name, words)


def badges(topic: Topic) -> SafeString:
    """Return what stands out about the topic: pinned, locked, answered."""
    said = [format_html(_BADGE, _("pinned"))] if topic.is_pinned else []
    said += [format_html(_BADGE, _("locked"))] if topic.is_locked else []
    said += [format_html(_MARK + " · ", _("answered"))] if topic.solution_id else []
    return mark_safe("".join(said))  # noqa: S308 (every part is escaped)


def post(shown: Post, topic: Topic, *, is_own: bool = False) -> SafeString:
    """Return the beginning of a post's article, up to its text: tools may follow, and its end."""
    label = _("Post %(number)s") % {"number": shown.number} if shown.number else _("Your post")
    quiet = "" if shown.is_public else " post--quiet"
    key = format_html(' data-key="{}"', shown.key) if is_own else ""  # by which the browser forgets its draft
    return format_html(_POST, quiet, shown.anchor, key, label, _gone(shown.status) or _said(shown, topic))


def _gone(status: str) -> SafeString | str:
    words = {
        PostStatus.DELETED: _("Its author has deleted this post."),
        PostStatus.HIDDEN: _("A moderator has hidden this post."),
    }.get(PostStatus(status))
    return format_html('<p class="quiet">{}</p>', words) if words else ""


def _said(shown: Post, topic: Topic) -> SafeString:
    solved, history = topic.solution_id == shown.pk, reverse("forum:history", args=[shown.pk])
    return format_html(
        _SAID,
        speaker(shown.author, linked=shown.is_public),
        shown.get_absolute_url(),
        format_html("<bdi>#{}</bdi> · ", shown.number) if shown.number else "",
        moment(shown.published_at or shown.created_at),
        format_html(' · <a rel="nofollow" href="{}">{}</a>', history, _("edited")) if shown.edited_at else "",
        format_html(" · " + _MARK, _("solution")) if solved else "",
        _standing(shown),
        _answered(shown),
        mark_safe(shown.html),  # noqa: S308 (made safe when it was written)
    )


def _standing(shown: Post) -> SafeString | str:
    """What its author is told, who alone sees it."""
    if shown.is_waiting:
        words = _("Waiting for a moderator: only you see this post. We mail you when it is decided.")
        return format_html('<p class="notice">{}</p>\n', words)
    if shown.status == PostStatus.REJECTED:
        words = _("A moderator did not accept this post: only you see it. The reason is in the mail that you got.")
        return format_html('<p class="notice notice--attention">{}</p>\n', words)
    return ""


def _answered(shown: Post) -> SafeString | str:
    if not shown.reply_to:
        return ""
    address, name = shown.reply_to.get_absolute_url(), shown.reply_to.author.name
    text = '<p class="small quiet">{} <a href="{}"><bdi>{}</bdi></a></p>\n'
    return format_html(text, _("In reply to"), address, name)


def speaker(person: User, *, linked: bool = False) -> SafeString:
    """Return who speaks: the name, `linked` to what they said where they have a page, and for whom they speak now."""
    if linked and person.is_active and not person.is_system:
        address = reverse("forum:member", args=[person.handle])
        parts = [format_html('<a class="author" href="{}" dir="auto">{}</a>', address, person.name)]
    else:
        parts = [format_html('<b class="author" dir="auto">{}</b>', person.name)]
    for one in getattr(person, "speaks_for", ()):
        parts.append(format_html(' <span class="speaks-for">{}</span>', voice(one)))
    return mark_safe("".join(parts))  # noqa: S308 (every part is escaped)


def voice(one: Voice) -> SafeString:
    """Return an organisation with its mark, kind and country."""
    return _voice(one, get_language())


@lru_cache(maxsize=5_000)
def _voice(one: Voice, reader: str | None) -> SafeString:
    return format_html(
        '<bdi>{}</bdi>{} <span class="badge">{}</span>{}',
        one.organisation,
        format_html(' <span class="verified">{}</span>', _("verified")) if one.is_verified else "",
        StakeholderType(one.kind).label,
        f" · {one.country}" if one.country else "",
    )
