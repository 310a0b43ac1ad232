"""Words of posts, and what `forum.drawing` makes, in templates."""

from django import template
from django.utils.safestring import SafeString

from accounts.models import User
from forum import described, drawing, excerpts
from forum.models import Post, Topic
from forum.reading import TopicPage
from initiatives.templatetags.described import block

register = template.Library()

register.simple_tag(drawing.board_line)
register.simple_tag(drawing.moment)
register.simple_tag(drawing.speaker)
register.simple_tag(drawing.voice)


@register.filter
def excerpt(html: str) -> str:
    """Return the beginning of a post's HTML as plain text."""
    return excerpts.of_html(html)


@register.simple_tag
def topic_data(topic: Topic, page: TopicPage) -> SafeString | str:
    data = described.topic_data(topic, page)
    return block(data) if data else ""


@register.simple_tag
def topic_line(topic: Topic, *, with_board: bool = False) -> SafeString:
    return drawing.line(topic, topic.board if with_board else None)


@register.simple_tag
def post_said(post: Post, topic: Topic, reader: User | None = None) -> SafeString:
    return drawing.post(post, topic, is_own=reader is not None and reader.pk == post.author_id)
