"""Search in topics and posts."""

from typing import Any

from django.views.generic import TemplateView

from common.text import clean_line
from forum import searching
from forum.models import Board


class SearchView(TemplateView):
    """What is said in the forum about words, the best first, on the boards that the person may read."""

    template_name = "forum/search.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        boards = list(Board.objects.visible_to(self.request.user))
        asked = {name: clean_line(self.request.GET.get(name, "")) for name in ("q", "board", "page")}
        page = searching.found_for(asked, boards)
        return super().get_context_data(page=page, words=page.matches.text, boards=boards, **kwargs)
