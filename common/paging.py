"""Lists in pages."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

PER_PAGE = 20
COUNTED = 10_000  # rows


class CappedPaginator(Paginator):
    """Counts, and goes, no further than 10,000 rows: nobody turns 500 pages, and counting on takes its time."""

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: COUNTED + 1].count()

    @property
    def count(self) -> int:
        return min(self._counted, COUNTED)

    @property
    def has_more(self) -> bool:
        """Whether there are more than are counted."""
        return self._counted > COUNTED


def page_of(rows: QuerySet, number: str | None, per_page: int = PER_PAGE) -> Page:
    """Return the page asked for; the first where `number` is none, the last where it lies beyond."""
    return CappedPaginator(rows, per_page).get_page(number or 1)
