"""A page of what is found in the forum."""

from collections.abc import Mapping
from dataclasses import dataclass

from forum.models import Board, Post
from forum.search import PostMatches

PER_PAGE, WORDS_MAX = 20, 400  # posts, characters


@dataclass(frozen=True)
class FoundPage:
    """Posts with `title` and `excerpt` as marked HTML, and where among all that were found they stand."""

    matches: PostMatches
    posts: list[Post]
    number: int
    total: int
    board: Board | None  # to which the search is narrowed

    @property
    def pages(self) -> int:
        return -(-self.total // PER_PAGE)


def found_for(asked: Mapping[str, str], boards: list[Board]) -> FoundPage:
    """Return what the parameters `q`, `board` and `page` ask for, of `boards`.

    At most twelve queries; six where something has all the words.
    """
    board = next((one for one in boards if one.slug == asked.get("board", "")), None)
    matches = PostMatches(asked.get("q", "")[:WORDS_MAX], [one.pk for one in ([board] if board else boards)])
    best = matches.best_first() if matches else []
    number = min(_number(asked.get("page", "")), max(1, -(-len(best) // PER_PAGE)))
    here = best[(number - 1) * PER_PAGE : number * PER_PAGE]
    return FoundPage(matches, shown(matches, here, boards), number, len(best), board)


def shown(matches: PostMatches, numbers: list[int], boards: list[Board]) -> list[Post]:
    """Return the posts in this order, as far as they are public, with board, author and marked words. Two queries."""
    known = {board.pk: board for board in boards}
    found = Post.objects.filter(pk__in=numbers, status=Post.Status.PUBLIC, topic__board__in=known)
    rows = {post.pk: post for post in found.select_related("topic", "author").defer("body")}
    posts = [rows[number] for number in numbers if number in rows]
    marked = matches.marked(posts) if posts else {}
    for post in posts:
        post.topic.board = known[post.topic.board_id]
        post.marked = marked[post.pk]
    return posts


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 1
