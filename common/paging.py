"""Lists in pages."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

PER_PAGE = 20


def page_of(rows: QuerySet, number: str | None, per_page: int = PER_PAGE) -> Page:
    """Return the page asked for; the first where `number` is none, the last where it lies beyond."""
    return Paginator(rows, per_page).get_page(number or 1)
