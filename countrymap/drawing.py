"""The map drawn by the server, as SVG: for pages, and for the picture that stands alone.

Colours are classes (`map-0` … `map-5`) and, for pages and pictures without the map's stylesheet, presentation
attributes: on pages they read the design's tokens, which keeps to a policy that forbids inline style. What does not
change, the paths, is made once in a process.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from countrymap.classes import breaks_for, class_of
from countrymap.shapes import world

ANTARCTICA = "AQ"
EDGE = 2  # pixels, of a symbol's edge on both sides
DOT, EMPTY_DOT, REACH = 8, 4, 24  # pixels: of a symbol, of one for none, of what answers to a finger


@dataclass(frozen=True)
class Look:
    """The colours of a drawing, those of the classes from none on; `step` is a pixel in steps of the sheet.

    Where `step` is 0, symbols are of the same size on every screen, whatever the size of the drawing.
    """

    shades: tuple[str, ...]
    outline: str
    ink: str
    edge: str
    step: float = 0

    def stroke(self, pixels: float) -> str:
        if self.step:
            return f'stroke-width="{pixels * self.step:.3g}"'
        return f'stroke-width="{pixels}" vector-effect="non-scaling-stroke"'


LIGHT = ("#eceff1", "#c9deec", "#96bfdb", "#5c9bc4", "#2a74a6", "#08456b")
ON_PAGE = Look(
    shades=("var(--map-none,#eceff1)", *(f"var(--map-{n},{LIGHT[n]})" for n in range(1, len(LIGHT)))),
    outline="var(--map-outline,#fff)",
    ink="var(--ink,#14202b)",
    edge="var(--edge,#71808c)",
)


@dataclass(frozen=True)
class Link:
    """Where a country's shape leads, and the words shown for it."""

    href: str
    title: str


def hatch(look: Look) -> str:
    """What marks areas that are not counted: a pattern to fill with, `#map-hatch`."""
    return (
        '<pattern id="map-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="M0 0h7v7H0z" fill="{look.shades[0]}"/><path d="M0 0v7" stroke="{look.edge}" stroke-width="3"/>'
        "</pattern>"
    )


def world_svg(
    counts: Mapping[str, int],
    *,
    label: str,
    links: Mapping[str, Link] | None = None,
    breaks: tuple[int, ...] = (),
    new_tab: bool = False,
) -> SafeString:
    """The world coloured by `counts` (by ISO alpha-2), named by `label`.

    Without `links` it is one picture; with them each country that they name is a link with its own words.
    """
    width, height = size_for(counts)
    return mark_safe(  # noqa: S308 (label, addresses and words of links are escaped; all else is ours)
        f'<svg class="world" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' role="{"group" if links else "img"}" aria-label="{escape(label)}">'
        f"<defs>{hatch(ON_PAGE)}</defs>{world_shapes(counts, ON_PAGE, links or {}, breaks, new_tab=new_tab)}</svg>"
    )


def size_for(counts: Mapping[str, int]) -> tuple[int, int]:
    """Width and height of the sheet in steps: with Antarctica only where something is counted there."""
    sheet = world()
    return sheet.width, sheet.whole_height if counts.get(ANTARCTICA) else sheet.height


def world_shapes(
    counts: Mapping[str, int],
    look: Look,
    links: Mapping[str, Link],
    breaks: tuple[int, ...] = (),
    *,
    new_tab: bool = False,
) -> str:
    """The shapes alone, in steps of the sheet; they need the pattern of `hatch` beside them."""
    sheet = world()
    counted = {code: n for code, n in counts.items() if n > 0}
    breaks = breaks or breaks_for(counted.values())
    classes = {code: class_of(n, breaks) for code, n in counted.items()}
    rest = [path for code, path in sheet.paths.items() if len(code) == 2 and code not in counted and code != ANTARCTICA]
    small = [code for code in sheet.symbols if code not in counted]
    return (
        f'<g stroke="{look.outline}" stroke-width="1.2" fill-rule="evenodd">{_shape(0, rest, look)}'
        f'<path fill="url(#map-hatch)" d="{"".join(sheet.uncounted)}"/>{_lands(classes, look, links, new_tab)}'
        # Symbols above all shapes, on top those that have any.
        f"{_dots(dict.fromkeys(small, 0), look, links, new_tab)}{_dots(classes, look, links, new_tab)}</g>"
    )


def _shape(number: int, paths: Iterable[str], look: Look) -> str:
    return f'<path class="map-{number}" fill="{look.shades[number]}" d="{"".join(paths)}"/>'


def _symbols(codes: Iterable[str], number: int, look: Look) -> str:
    """Dots of one class: lines of no length with round ends, and others below them as their edges."""
    places = "".join(f"M{x} {y}h0" for x, y in (world().symbols[code] for code in codes if code in world().symbols))
    colour, size = (look.ink, DOT) if number else (look.edge, EMPTY_DOT)
    return places and "".join(
        f'<path class="{name}" d="{places}" stroke="{stroke}" {look.stroke(pixels)} stroke-linecap="round"/>'
        for name, stroke, pixels in (
            ("symbol-edge", colour, size + EDGE),
            (f"symbol map-{number}", look.shades[number], size),
        )
    )


def _lands(classes: Mapping[str, int], look: Look, links: Mapping[str, Link], new_tab: bool) -> str:
    """The shapes: one link for each country that has one and no symbol, the rest one path for each class.

    That is a third of the weight of one path for each country.
    """
    sheet = world()
    linked = [code for code in classes if code in links and code in sheet.paths and code not in sheet.symbols]
    plain = {code: number for code, number in classes.items() if code not in linked}
    together = [
        _shape(number, paths, look)
        for number in sorted(set(plain.values()))
        if (paths := [path for code, path in sheet.paths.items() if plain.get(code) == number])
    ]
    apart = [_link(links[code], _land(code, classes[code], look), new_tab) for code in linked]
    return "".join([*together, *apart])


def _dots(classes: Mapping[str, int], look: Look, links: Mapping[str, Link], new_tab: bool) -> str:
    """The symbols of those that have one, each in its link; those of none without links as one path."""
    codes = [code for code in classes if code in world().symbols]
    if not any(classes.values()) and not links:
        return _symbols(codes, 0, look)
    return "".join(
        _link(links[code], _reach(code, classes[code], look) + _dot(code, classes[code], look), new_tab)
        if code in links
        else _dot(code, classes[code], look)
        for code in sorted(codes)
    )


def _link(link: Link, drawn: str, new_tab: bool) -> str:
    tab = ' target="_blank" rel="noopener"' if new_tab else ""
    return f'<a href="{escape(link.href)}"{tab}><title>{escape(link.title)}</title>{drawn}</a>'


@cache
def _land(code: str, number: int, look: Look) -> str:
    """The shape of a country in the colour of a class."""
    return _shape(number, [world().paths[code]], look)


@cache
def _dot(code: str, number: int, look: Look) -> str:
    """The symbol of a country in the colour of a class."""
    return _symbols([code], number, look)


def _reach(code: str, number: int, look: Look) -> str:
    """What nobody sees and a finger hits: a symbol alone is too small. Those of none leave the room to others."""
    if not number:
        return ""
    x, y = world().symbols[code]
    return f'<path class="reach" d="M{x} {y}h0" stroke="transparent" {look.stroke(REACH)} stroke-linecap="round"/>'
