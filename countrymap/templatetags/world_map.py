"""The world as a picture, for pages of rooms above."""

from typing import Any

from django import template

from countrymap.classes import breaks_for, legend, legend_rule
from countrymap.drawing import ON_PAGE, world_svg
from countrymap.numbers import Numbers, count_initiatives
from countrymap.pages import world_label

register = template.Library()


@register.simple_tag
def home_picture(numbers: Numbers | None = None) -> dict[str, Any]:
    """What countrymap/_picture.html shows. Counts what is public (two queries) unless given the numbers."""
    if not isinstance(numbers, Numbers):
        numbers = count_initiatives()
    return {"svg": world_svg(numbers.countries, label=world_label(numbers)), **legend_of(numbers)}


def legend_of(numbers: Numbers) -> dict[str, Any]:
    """What countrymap/_legend.html shows."""
    breaks = breaks_for(numbers.countries.values())
    return {"legend": legend(breaks), "legend_rule": legend_rule(breaks)}


@register.filter
def map_shade(number: int) -> str:
    """The fill of a colour class, as a presentation attribute's value."""
    return ON_PAGE.shades[number]
