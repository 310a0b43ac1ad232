"""The map drawn by the server, as SVG: for the home page, and for the map page without script.

Colours are classes (`map-0` … `map-5`) and, for pages and pictures without the map's stylesheet, presentation
attributes that read the design's tokens; both keep to a policy that forbids inline style.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from countrymap.classes import breaks_for, class_of
from countrymap.shapes import World, world

LIGHT = ("#eceff1", "#c9deec", "#96bfdb", "#5c9bc4", "#2a74a6", "#08456b")  # where no stylesheet says otherwise
ANTARCTICA = "AQ"
HATCH = mark_safe(
    '<pattern id="map-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0h7v7H0z" fill="var(--map-none,#eceff1)"/>'
    '<path d="M0 0v7" stroke="var(--edge,#71808c)" stroke-width="3"/></pattern>'
)


@dataclass(frozen=True)
class Link:
    """Where a country's shape leads, and the words shown for it."""

    href: str
    title: str


def shade(number: int) -> str:
    """The fill of a class: the design's token, with the light colour for a picture on its own."""
    name = f"map-{number}" if number else "map-none"
    return f"var(--{name},{LIGHT[number]})"


def world_svg(
    counts: Mapping[str, int], *, label: str, links: Mapping[str, Link] | None = None, breaks: tuple[int, ...] = ()
) -> SafeString:
    """The world coloured by `counts` (by ISO alpha-2), named by `label`.

    Without `links` it is one picture; with them each country that they name is a link with its own words.
    """
    sheet = world()
    counted = {code: n for code, n in counts.items() if n > 0}
    breaks = breaks or breaks_for(counted.values())
    draw = _linked if links else _plain
    rest = [path for code, path in sheet.paths.items() if len(code) == 2 and code not in counted and code != ANTARCTICA]
    return format_html(
        '<svg class="world" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="{}" aria-label="{}">'
        '<defs>{}</defs><g stroke="var(--map-outline,#fff)" stroke-width="1.2" fill-rule="evenodd">'
        '{}<path fill="url(#map-hatch)" d="{}"/>{}</g></svg>',
        sheet.width,
        sheet.whole_height if ANTARCTICA in counted else sheet.height,
        "group" if links else "img",
        label,
        HATCH,
        _shape(0, rest),
        "".join(sheet.uncounted),
        draw(sheet, counted, breaks, links or {}),
    )


def _shape(number: int, paths: Iterable[str]) -> SafeString:
    return format_html('<path class="map-{}" fill="{}" d="{}"/>', number, shade(number), "".join(paths))


def _symbol(sheet: World, code: str, number: int) -> SafeString:
    """A dot of the same size on every screen: a line of no length with round ends, and one below it as its edge."""
    if code not in sheet.symbols:
        return mark_safe("")
    return format_html_join(
        "",
        '<path class="{}" d="M{} {}h0" stroke="{}" stroke-width="{}" stroke-linecap="round" '
        'vector-effect="non-scaling-stroke"/>',
        [
            ("symbol-edge", *sheet.symbols[code], "var(--ink,#14202b)", 10),
            (f"symbol map-{number}", *sheet.symbols[code], shade(number), 8),
        ],
    )


def _plain(sheet: World, counted: Mapping[str, int], breaks: tuple[int, ...], links: Mapping[str, Link]) -> SafeString:
    """One path for each class: a third of the weight of one for each country."""
    classes = {code: class_of(n, breaks) for code, n in counted.items()}
    shapes = [
        _shape(number, paths)
        for number in sorted(set(classes.values()))
        if (paths := [path for code, path in sheet.paths.items() if classes.get(code) == number])
    ]
    symbols = [_symbol(sheet, code, number) for code, number in sorted(classes.items())]
    return format_html_join("", "{}", ((drawn,) for drawn in [*shapes, *symbols]))


def _linked(sheet: World, counted: Mapping[str, int], breaks: tuple[int, ...], links: Mapping[str, Link]) -> SafeString:
    """One link for each country, in the order of `counted`; those with a symbol last, so that nothing covers them."""
    order = sorted(counted, key=lambda code: code in sheet.symbols)
    return format_html_join("", "{}", ((_country(sheet, code, counted[code], breaks, links),) for code in order))


def _country(sheet: World, code: str, count: int, breaks: tuple[int, ...], links: Mapping[str, Link]) -> SafeString:
    number = class_of(count, breaks)
    path = sheet.paths.get(code)
    drawn = format_html("{}{}", _shape(number, [path]) if path else "", _symbol(sheet, code, number))
    if code not in links:
        return drawn
    return format_html('<a href="{}"><title>{}</title>{}</a>', links[code].href, links[code].title, drawn)
