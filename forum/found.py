"""Posts that were found, as lines of a list in HTML, made in one go. `fill` escapes every value."""

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from common.filling import fill
from forum.drawing import BoardName, board_link
from forum.models import Post
from forum.reader import Reader

_FOUND = """<article class="item topic-line">
<h3 class="item-title"><a href="{}" lang="{}" dir="auto">{}</a></h3>
<p class="item-summary" lang="{}" dir="auto">{}</p>
<p class="item-meta">{} · <bdi>{}</bdi> · {}</p>
</article>"""


def html(posts: Iterable[Post]) -> SafeString:
    """Return the lines of posts that `forum.searching` has `marked`."""
    reader = Reader.here()
    return mark_safe("\n".join(_line(post, reader) for post in posts))  # noqa: S308 (every line is escaped)


def _line(post: Post, reader: Reader) -> SafeString:
    language = post.topic.language_code
    return fill(
        _FOUND,
        reader.post(post.pk),
        language,
        post.marked["title"],
        language,
        post.marked["excerpt"],
        board_link(BoardName.of(post.topic.board), reader.language),
        post.author.name,
        reader.moment(post.published_at),
    )
