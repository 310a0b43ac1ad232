"""Topics about an initiative: what the initiative's own page is told of them."""

from django.urls import reverse

from forum import latest
from forum.models import Board, Topic
from forum.vocabulary import BoardKind
from initiatives.discussions import Place
from initiatives.freshness import Further
from initiatives.models import Initiative

# Moved by whatever makes a topic public or not, so the number itself names the state.
_COUNT = """
    SELECT count(*) FROM forum_topic topic JOIN forum_board board ON board.id = topic.board_id
    JOIN initiatives_initiative about ON about.id = topic.initiative_id
    WHERE about.reference = %s AND topic.status IN ('open', 'locked') AND topic.opened_at IS NOT NULL
        AND NOT board.is_private
"""


def url(reference: str) -> str:
    return reverse("forum:about", args=[reference])


def count(reference: str) -> int:
    return Topic.objects.public().filter(initiative__reference=reference).count()


def state(reference: str) -> Further:
    return Further(_COUNT, (reference,))


PLACE = Place(url, count, state, latest.about, latest.state)


def topic_of(initiative: Initiative, *, reader) -> Topic | None:
    """Return the topic about the initiative in which something was said last, of those that the reader may read."""
    found = Topic.objects.listed().filter(initiative=initiative, board__in=Board.objects.visible_to(reader))
    return found.order_by("-active_at", "-pk").first()


def board_for(initiative: Initiative) -> Board | None:
    """Return where a topic about the initiative begins: on the board of its theme, else where peers are asked."""
    theme = Board.objects.public().filter(kind=BoardKind.THEME, code=initiative.theme, is_closed=False)
    return theme.first() or Board.objects.public().filter(kind=BoardKind.PEERS, is_closed=False).first()
