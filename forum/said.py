"""The posts of a topic's page as HTML, with what the reader may do with each.

`fill` escapes every value. As templates they were half of what the page cost.
"""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from common.filling import fill
from forum.drawing import MARK, author
from forum.models import Topic
from forum.reader import Reader
from forum.reading import ShownPost, TopicPage
from forum.vocabulary import PostStatus

_POST = """<article class="post{}" id="{}"{}{} aria-label="{}">
{}
{}</article>"""
_SAID = """<header class="post-head">{}{}
<span class="post-moment"><a href="{}">{}{}</a>{}{}</span></header>
{}{}<div class="post-text prose" dir="auto" itemprop="text">{}</div>"""
_NUMBER = "<bdi>#{}</bdi> · "
_EDITED = ' · <a rel="nofollow" href="{}">{}</a><meta itemprop="dateModified" content="{}">'
_ANSWER = '<p class="small quiet">{} <a href="{}"><bdi>{}</bdi></a></p>\n'
# Items in the words of schema.org: the post that begins a topic says what the topic itself is (`forum.described`).
_TYPE = ' itemscope itemtype="https://schema.org/Comment{}"'
_APART = SafeString(_TYPE.format(""))  # what only few see is no comment of the topic
_COMMENT = SafeString(' itemprop="comment"' + _APART)
_SOLVING = SafeString(' itemprop="comment"' + _TYPE.format(" https://schema.org/Answer"))
_PLACE = '<link itemprop="url" href="{}#{}">'
_PUBLISHED = SafeString(' itemprop="datePublished"')
_QUIET = '<p class="quiet">{}</p>'
_NOTICE, _ATTENTION = '<p class="notice">{}</p>\n', '<p class="notice notice--attention">{}</p>\n'
_WHICH = '<span class="visually-hidden"> #{}</span>'  # so that no two tools of a page are called the same
_LINK = '<a href="{}">{}{}</a>'
_QUOTE = '<a href="{}?page={}&amp;quote={}#reply" rel="nofollow">{}{}</a>'
_SOLUTION = '<button class="link" form="solution" name="post" value="{}">{}{}</button>'
_TOOLS = '<p class="post-tools">{}</p>\n'


class Rights(NamedTuple):
    """What whoever reads may do in the topic; `person` is their number, None for a visitor, who may nothing."""

    person: int | None = None
    may_reply: bool = False
    may_solve: bool = False
    keeps_order: bool = False


def html(topic: Topic, page: TopicPage, rights: Rights) -> SafeString:
    """Return the posts of the page, and below them what of the reader's own waits or was refused."""
    here = settings.SITE_URL + topic.address_of(page.number)
    conversation = _Conversation(topic, page.number, here, rights, Reader.here())
    return mark_safe("\n".join(map(conversation.post, (*page.posts, *page.mine))))  # noqa: S308 (escaped)


class _Conversation(NamedTuple):
    """What the posts of a page are drawn with."""

    topic: Topic
    page: int
    here: str  # its address, with the site's
    rights: Rights
    reader: Reader

    def post(self, shown: ShownPost) -> SafeString:
        words = _words(self.reader.language)
        is_gone = (
            shown.status == PostStatus.DELETED or shown.status == PostStatus.HIDDEN and not self.rights.keeps_order
        )
        is_own = self.rights.person == shown.author.pk
        return fill(
            _POST,
            "" if shown.is_public else SafeString(" post--quiet"),
            shown.anchor,
            fill(' data-key="{}"', shown.key) if is_own else "",  # by which the browser forgets its draft
            "" if is_gone else self._item(shown),
            words["post"] % {"number": shown.number} if shown.number else words["own post" if is_own else "no number"],
            words[shown.status] if is_gone else self._said(shown, words, is_own),
            self._tools(shown, words, is_own) if self.rights.person and not is_gone else "",
        )

    def _item(self, shown: ShownPost) -> SafeString | str:
        if not shown.is_public:
            return _APART
        if shown.is_first:
            return ""
        return _SOLVING if self.topic.solution_id == shown.pk else _COMMENT

    def _said(self, shown: ShownPost, words: "_Words", is_own: bool) -> SafeString:
        reader, answered = self.reader, shown.reply_to_id
        return fill(
            _SAID,
            "" if shown.is_first else fill(_PLACE, self.here, shown.anchor),
            author(shown.author, reader, linked=shown.is_public),
            reader.post(shown.pk),
            fill(_NUMBER, shown.number) if shown.number else "",
            reader.moment(shown.published_at or shown.created_at, _PUBLISHED),
            self._edited(shown, words) if shown.edited_at else "",
            words["solution"] if self.topic.solution_id == shown.pk else "",
            self._standing(shown, words, is_own),
            fill(_ANSWER, words["answer"], reader.post(answered), shown.reply_to_name) if answered else "",
            mark_safe(shown.html),  # noqa: S308 (made safe when it was written)
        )

    def _edited(self, shown: ShownPost, words: "_Words") -> SafeString:
        at = shown.edited_at.isoformat(timespec="seconds")
        return fill(_EDITED, self.reader.post(shown.pk, "history"), words["edited"], at)

    def _standing(self, shown: ShownPost, words: "_Words", is_own: bool) -> SafeString | str:
        told_author = (PostStatus.WAITING, PostStatus.REJECTED)
        return words.get(shown.status if is_own and shown.status in told_author else f"{shown.status} of others", "")

    def _tools(self, shown: ShownPost, words: "_Words", is_own: bool) -> SafeString | str:
        which = fill(_WHICH, shown.number) if shown.number else ""
        tools = self._members_tools(shown, words, is_own, which)
        if self.rights.keeps_order and not is_own:
            tools.append(fill(_LINK, self.reader.post(shown.pk, "order"), words["decide"], which))
        return fill(_TOOLS, mark_safe(" ".join(tools))) if tools else ""  # noqa: S308 (escaped)

    def _members_tools(self, shown: ShownPost, words: "_Words", is_own: bool, which: str) -> list[SafeString]:
        reader, rights, tools = self.reader, self.rights, []
        if rights.may_reply and shown.is_public:
            address = reader.topic(self.topic.pk, self.topic.slug)
            tools.append(fill(_QUOTE, address, self.page, shown.pk, words["quote"], which))
        if rights.may_solve and shown.is_public and not shown.is_first:
            solves = self.topic.solution_id == shown.pk
            number, said = ("", words["unsolve"]) if solves else (shown.pk, words["solve"])
            tools.append(fill(_SOLUTION, number, said, which))
        if is_own and not self.topic.is_locked and shown.status in (PostStatus.WAITING, PostStatus.PUBLIC):
            tools.append(fill(_LINK, reader.post(shown.pk, "edit"), words["edit"], which))
        name = "delete" if is_own else "flag"
        if shown.is_public or is_own and shown.status in (PostStatus.WAITING, PostStatus.REJECTED):
            tools.append(fill(_LINK, reader.post(shown.pk, name), words[name], which))
        return tools


_Words = dict[str, SafeString | str]


@lru_cache(maxsize=20)
def _words(language: str | None) -> _Words:
    """What posts have in common; by their status what their author is told of them, and what moderators are."""
    waiting = _("Waiting for a moderator: only you see this post. We mail you when it is decided.")
    rejected = _("A moderator did not accept this post: only you see it. The reason is in the mail that you got.")
    for_moderators = {
        PostStatus.WAITING: _("Waiting for a moderator: its author and moderators see this post."),
        PostStatus.REJECTED: _("Rejected: its author and moderators see this post."),
        PostStatus.SPAM: _("Marked as spam: moderators see this post, nobody else."),
        PostStatus.HIDDEN: _("Hidden: moderators see this post, nobody else."),
    }
    return {
        "post": _("Post %(number)s"),
        "own post": _("Your post"),
        "no number": _("A post that is not public"),
        "edited": _("edited"),
        "solution": fill(" · " + MARK, _("solution")),
        "answer": _("In reply to"),
        PostStatus.DELETED: fill(_QUIET, _("Its author has deleted this post.")),
        PostStatus.HIDDEN: fill(_QUIET, _("A moderator has hidden this post.")),
        PostStatus.WAITING: fill(_NOTICE, waiting),
        PostStatus.REJECTED: fill(_ATTENTION, rejected),
        **{f"{status} of others": fill(_ATTENTION, said) for status, said in for_moderators.items()},
        "quote": _("Quote"),
        "solve": _("This is the solution"),
        "unsolve": _("Not the solution"),
        "edit": _("Edit"),
        "delete": _("Delete"),
        "flag": _("Flag"),
        "decide": _("Decide"),
    }
