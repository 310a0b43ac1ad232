"""The boards that everybody may read."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from common.api.shapes import part
from forum.api.fresh import ForumView
from forum.models import Board
from forum.vocabulary import BoardKind
from initiatives.api.gathering import WholeListView


@cache
def _topics_path() -> str:
    return reverse("api:topics")


def topics_url(slug: str) -> str:
    """Return where the API has the topics of the board."""
    return f"{settings.SITE_URL}{_topics_path()}?{urlencode({'board': slug})}"


class BoardListView(ForumView, WholeListView):
    name = "listBoards"
    summary = gettext_lazy("Boards of the forum")
    about = gettext_lazy("Those that everybody may read, in the order of the portal. “posts” counts replies too.")
    shape = part("BoardPage")

    def rows(self) -> Iterable[dict[str, Any]]:
        return map(board, Board.objects.public())


def board(row: Board) -> dict[str, Any]:
    """Return what everybody may know of a board. No query."""
    return {
        "code": row.slug,
        "name": row.label,
        "description": row.description or None,
        "kind": row.kind,
        "theme": row.code if row.kind == BoardKind.THEME else None,
        "region": row.code if row.kind == BoardKind.REGION else None,
        "closed": row.is_closed,
        "topics": row.topic_count,
        "posts": row.post_count,
        "url": settings.SITE_URL + row.get_absolute_url(),
        "topics_url": topics_url(row.slug),
    }
