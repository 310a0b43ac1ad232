"""Lines of a table with a bar beside each number, and where each leads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common.charts import Bar, bars
from initiatives.vocabulary import Theme


@dataclass(frozen=True)
class Line:
    """One line; `url` is empty where no list shows exactly what is counted."""

    code: str
    url: str
    bar: Bar

    @property
    def label(self) -> Any:
        return self.bar.label

    @property
    def count(self) -> int:
        return self.bar.number


def lines(entries: Iterable[tuple[str, Any, int]], url: Callable[[str], str]) -> list[Line]:
    """Return lines for code, label and number; `url` says where a code leads."""
    entries = list(entries)
    drawn = bars((label, number) for _code, label, number in entries)
    return [Line(code, url(code) if bar.number else "", bar) for (code, *_), bar in zip(entries, drawn, strict=True)]


def by_theme(counts: Mapping[str, int], **filters: str) -> tuple[list[Line], list[Any]]:
    """Return a line for each theme that has any, most first, and the names of the themes that have none.

    `filters` are those of the list in which the lines end.
    """
    some = sorted((theme for theme in Theme if counts.get(theme)), key=lambda theme: -counts[theme])
    found = lines(
        [(theme.value, theme.label, counts[theme]) for theme in some], lambda code: list_url(**filters, theme=code)
    )
    return found, [theme.label for theme in Theme if not counts.get(theme)]


def list_url(**filters: Any) -> str:
    return reverse("initiatives:list", query=filters)
