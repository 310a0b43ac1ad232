"""How the list offers its choices."""

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from initiatives.facets import Facet

register = template.Library()

_CHOICE = (
    '<div class="facet"><label><input type="checkbox" name="{}" value="{}"{}> <bdi>{}</bdi></label>'
    "<span>{}</span></div>"
)
_CHECKED = mark_safe(" checked")


@register.filter
def choices(facet: Facet) -> SafeString:
    """The options of a facet as checkboxes: in one go, for there are a hundred on a page."""
    rows = (
        (facet.name, option.code, _CHECKED if option.chosen else "", option.label, _number(option.count))
        for option in facet.options
    )
    return format_html_join("\n", _CHOICE, rows)


def _number(count: int) -> str:
    return str(count) if count < 1_000 else number_format(count, force_grouping=True)
