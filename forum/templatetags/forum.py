"""Words of posts, and what `forum.drawing` makes, in templates."""

import datetime
from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.models import User
from common.wrapping import wrap
from forum import described, drawing, excerpts, found, lines, said
from forum.lines import Line
from forum.models import Topic
from forum.people import Voice
from forum.reader import Reader
from forum.reading import TopicPage

register = template.Library()

register.simple_tag(drawing.board_lines)
register.simple_tag(described.topic_data)
register.simple_tag(found.html, name="found_posts")


@register.simple_tag
def moment(at: datetime.datetime) -> SafeString:
    return Reader.here().moment(at)


@register.simple_tag
def speaker(person: User) -> SafeString:
    return drawing.speaker(person, Reader.here())


@register.simple_tag
def voice(one: Voice) -> SafeString:
    return drawing.voice(one, get_language())


@register.filter
def excerpt(html: str) -> str:
    """Return the beginning of a post's HTML as plain text."""
    return excerpts.of_html(html)


@register.filter
def wrapped(text: str, rest: str = "") -> str:
    """Return the text in lines for a letter, `rest` before each but the first."""
    return "\n".join(wrap(text, rest=rest))


@register.simple_tag
def topic_lines(topics: Iterable[Line], *, with_boards: bool = False) -> SafeString:
    return mark_safe("\n".join(lines.html(topics, with_boards=with_boards)))  # noqa: S308 (every line is escaped)


@register.simple_tag
def conversation(topic: Topic, page: TopicPage, reader: User | None, **rights: bool) -> SafeString:
    return said.html(topic, page, said.Rights(reader.pk if reader else None, **rights))
