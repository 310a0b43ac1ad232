"""The discussions in which something was said last, for pages of other rooms: as everybody may read them."""

from django.urls import reverse

from forum import freshness, lines
from forum.models import Board, Topic
from forum.vocabulary import BoardKind
from initiatives.discussions import Latest
from initiatives.freshness import Further
from initiatives.models import Initiative

SHOWN = 5
BOARDS = {"theme": BoardKind.THEME, "region": BoardKind.REGION}
_BOARD = "SELECT concat_ws(' ', id, edition) FROM forum_board WHERE kind = %s AND code = %s AND NOT is_private"


def latest() -> Latest:
    """Return the latest of all boards. One query."""
    return _drawn(lines.read("NOT is_private", [], limit=SHOWN))


def about(kind: str, code: str) -> Latest | None:
    """Return those of the board of a "theme" or "region", or those about initiatives of a "country". Two queries."""
    if kind == "country":
        known = Initiative.objects.public(archived=True).filter(countries=code)
        found = Topic.objects.public().filter(initiative__in=known).order_by("-active_at", "-pk")
        return _drawn(lines.of(list(found.values_list("pk", flat=True)[:SHOWN])))
    board = Board.objects.public().filter(kind=BOARDS[kind], code=code).first()
    if board is None:
        return None
    found = lines.read("board_id = %s", [board.pk], limit=SHOWN, order=lines.PINNED_FIRST)
    return Latest(lines.html(found), board.get_absolute_url())


def state(kind: str, code: str) -> Further:
    """Return what names them. Those about a country may be on any board."""
    return freshness.forum() if kind == "country" else Further(_BOARD, (BOARDS[kind], code))


def _drawn(found: list[lines.Line]) -> Latest:
    return Latest(lines.html(found, with_boards=True), reverse("forum:index"))
