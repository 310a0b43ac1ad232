"""The texts that search compares: what a post says, and the title with the post that begins a topic."""

import re
from collections.abc import Iterable

from django.db import connection

from forum import excerpts
from forum.models import Post, Topic
from forum.querysets import SHOWN_TOPICS, PostQuerySet
from forum.vocabulary import PostStatus
from initiatives.search import normal
from initiatives.search.lexemes import CONFIGURATIONS, OTHER

BATCH = 500
_CYRILLIC = re.compile("[\u0400-\u04ff]")

_WRITE = """
    INSERT INTO forum_posttext (post_id, board_id, published_at, vector)
    SELECT id, board, published_at, setweight(to_tsvector(name, title), 'A') || setweight(to_tsvector(name, body), 'D')
    FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::regconfig[], %s::text[], %s::text[])
        AS row (id, board, published_at, name, title, body)
    ON CONFLICT (post_id) DO UPDATE
        SET vector = excluded.vector, board_id = excluded.board_id, published_at = excluded.published_at
"""


def write(numbers: Iterable[int]) -> int:
    """Write the texts of those of the posts that are public anew; return how many. A query and a statement."""
    found = Post.objects.filter(pk__in=list(numbers), status=PostStatus.PUBLIC, number__isnull=False)
    rows = [_row(post) for post in found.select_related("topic").defer("body")]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])
    return len(rows)


def write_all() -> int:
    """Write the texts of all public posts anew; return how many."""
    return write_batches(Post.objects.filter(status=PostStatus.PUBLIC))


def write_batches(posts: PostQuerySet) -> int:
    """Write the texts of these posts anew; return how many."""
    numbers = list(posts.order_by("pk").values_list("pk", flat=True))
    return sum(write(numbers[start : start + BATCH]) for start in range(0, len(numbers), BATCH))


def write_missing(most: int = 20_000) -> int:
    """Write the texts of public posts that have none, such as those that are older than search; return how many."""
    missing = Post.objects.filter(status=PostStatus.PUBLIC, number__isnull=False, search_text=None)
    numbers = list(missing.order_by("pk").values_list("pk", flat=True)[:most])
    return sum(write(numbers[start : start + BATCH]) for start in range(0, len(numbers), BATCH))


def configuration_of(topic: Topic, text: str) -> str:
    """Return by which dictionary a text is compared: that of its topic, but Russian replies stand in other topics too.

    Arabic and Chinese need none.
    """
    cyrillic = len(_CYRILLIC.findall(text))
    return CONFIGURATIONS["ru"] if cyrillic * 2 > len(text) else CONFIGURATIONS.get(topic.language, OTHER)


def _row(post: Post) -> tuple:
    topic = post.topic
    board = topic.board_id if topic.status in SHOWN_TOPICS and topic.opened_at else None
    title, body = topic.title if post.is_first else "", excerpts.plain(post.html)
    return post.pk, board, post.published_at, configuration_of(topic, body), normal.words(title), normal.words(body)
