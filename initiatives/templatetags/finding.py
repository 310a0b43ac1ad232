"""How the list offers its choices."""

from functools import lru_cache

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from initiatives.facets import Facet

register = template.Library()

_CHOICE = '<div class="facet"><label><input type="checkbox" name="{}" value="{}"{}> <bdi>{}</bdi></label>'
_COUNT = "<span>{}</span></div>"
_CHECKED = mark_safe(" checked")


@register.filter
def choices(facet: Facet) -> SafeString:
    """The options of a facet as checkboxes: in one go, for there are a hundred on a page."""
    reader = get_language()
    rows = (_choice(facet.name, one.code, one.label, one.chosen) + _count(one.count, reader) for one in facet.options)
    return mark_safe("\n".join(rows))  # noqa: S308 (each is safe)


@lru_cache(maxsize=10_000)  # all but the counts is the same on every page
def _choice(name: str, code: str, label: str, chosen: bool) -> SafeString:
    return format_html(_CHOICE, name, code, _CHECKED if chosen else "", label)


@lru_cache(maxsize=10_000)
def _count(count: int, reader: str | None) -> SafeString:
    return format_html(_COUNT, _number(count))


def _number(count: int) -> str:
    return str(count) if count < 1_000 else number_format(count, force_grouping=True)
