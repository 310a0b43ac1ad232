"""What of the forum is found for words that somebody typed, on the boards that they may read."""

from array import array
from collections.abc import Sequence

from django.db import connection

from forum import excerpts as beginnings
from forum.models import Post
from forum.search.writing import configuration_of
from initiatives.search import excerpts
from initiatives.search.matching import Matches

RANKED = 1_000  # of more than so many, the newest are compared, and no more are shown
COMMON = 20_000  # matches from which on the newest are found by walking back in time, and not among all matches
# What stands in every tenth of the newest posts is found sooner by walking back. They may be about one thing that is
# seldom spoken of else, so the walk is no longer than it should need.
SAMPLE, SHARE, WALKED = 200, 10, 15_000
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"  # of what is said, nothing yet, nothing yet, the title

# Each function keeps the planner on one index (migration): it does not count what it costs to compare vectors.
_AMONG_ALL = """
    WITH found AS MATERIALIZED (SELECT * FROM forum_matching(%s::tsquery, %s))
    SELECT (SELECT count(*) FROM found),
        ARRAY(SELECT post_id FROM found WHERE board_id = ANY(%s) ORDER BY published_at DESC, post_id DESC LIMIT %s)
"""
_NEWEST = "SELECT post_id FROM {}(%s::tsquery, %s, %s)"
_AMONG_NEWEST = """
    SELECT post_id FROM (SELECT post_id, vector FROM forum_posttext WHERE {where}
        ORDER BY published_at DESC, post_id DESC LIMIT %s) newest WHERE vector @@ %s::tsquery LIMIT %s
"""
_RANK = """
    SELECT post_id FROM forum_posttext WHERE post_id = ANY(%s)
    ORDER BY {prized} ts_rank_cd(%s, vector, %s::tsquery) DESC, published_at DESC, post_id DESC
"""
_PRIZED = "(vector @@ %s::tsquery)::int"


class PostMatches(Matches):
    """The public posts found for a text on some boards, at most `RANKED`. Asked of the database once, when needed."""

    def __init__(self, text: str, boards: Sequence[int]) -> None:
        super().__init__(text)
        self.boards = list(boards)

    def asked_for(self, text: str) -> "PostMatches":
        return PostMatches(text, self.boards)

    def look(self, expression: str) -> array:
        if not expression or not self.boards:
            return array("q")
        with connection.cursor() as cursor:
            return array("q", self._recent(cursor, expression) or self._newest(cursor, expression))

    def _recent(self, cursor, expression: str) -> list[int]:
        """Return the newest where a short walk back in time finds enough; else nothing."""
        if len(self._walked(cursor, expression, SAMPLE)) * SHARE < SAMPLE:
            return []
        found = self._walked(cursor, expression, WALKED)
        return found if len(found) == RANKED else []

    def _walked(self, cursor, expression: str, length: int) -> list[int]:
        """Return what matches among the newest posts, `length` of them."""
        only = len(self.boards) == 1
        where, boards = ("board_id = %s", self.boards[0]) if only else ("board_id = ANY(%s)", self.boards)
        cursor.execute(_AMONG_NEWEST.format(where=where), [boards, length, expression, RANKED])
        return [number for (number,) in cursor]

    def _newest(self, cursor, expression: str) -> list[int]:
        """Return the newest among all that match."""
        cursor.execute(_AMONG_ALL, [expression, COMMON + 1, self.boards, RANKED])
        count, found = cursor.fetchone()
        if count <= COMMON:
            return found
        walk = "forum_newest_of_board" if len(self.boards) == 1 else "forum_newest"
        boards = self.boards[0] if len(self.boards) == 1 else self.boards
        cursor.execute(_NEWEST.format(walk), [expression, boards, RANKED])
        return [number for (number,) in cursor]

    def best_first(self) -> list[int]:
        """Return the numbers of the posts: first what has most of what is prized, then by cover density and date."""
        found = list(self.found.ids)
        if not found:
            return []
        prized = [one for one in self.found.prized if one]
        order = f"{' + '.join([_PRIZED] * len(prized))} DESC," if prized else ""
        with connection.cursor() as cursor:
            cursor.execute(_RANK.format(prized=order), [found, *prized, WEIGHTS, self.found.expression])
            return [number for (number,) in cursor]

    def marked(self, posts: Sequence[Post]) -> dict[int, dict[str, str]]:
        """Return the title of each post's topic and a piece of what it says, as safe HTML with the words marked."""
        return excerpts.shown({post.pk: _text(post) for post in posts}, self.found.marks)


def _text(post: Post) -> excerpts.Text:
    body = beginnings.plain(post.html)
    return excerpts.Text(configuration_of(post.topic, body), post.topic.title, (body,))
