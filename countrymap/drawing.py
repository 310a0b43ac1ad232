"""The map drawn by the server, as SVG: for pages, and for the picture that stands alone.

Colours are classes (`map-0` … `map-5`) and, for pages and pictures without the map's stylesheet, presentation
attributes: on pages they read the design's tokens, which keeps to a policy that forbids inline style. What does not
change, the paths, is made once in a process.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from countrymap.classes import breaks_for, class_of
from countrymap.shapes import World, world

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
    empty = _symbols((code for code in sheet.symbols if code not in counted), 0, look)
    drawn = _linked(classes, look, links, new_tab) if links else _plain(sheet, classes, look)
    return (
        f'<g stroke="{look.outline}" stroke-width="1.2" fill-rule="evenodd">{_shape(0, rest, look)}'
        f'<path fill="url(#map-hatch)" d="{"".join(sheet.uncounted)}"/>{empty}{drawn}</g>'
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


def _plain(sheet: World, classes: Mapping[str, int], look: Look) -> str:
    """One path for each class: a third of the weight of one for each country."""
    shapes = [
        _shape(number, paths, look)
        for number in sorted(set(classes.values()))
        if (paths := [path for code, path in sheet.paths.items() if classes.get(code) == number])
    ]
    return "".join([*shapes, *(_symbols([code], number, look) for code, number in sorted(classes.items()))])


def _linked(classes: Mapping[str, int], look: Look, links: Mapping[str, Link], new_tab: bool) -> str:
    """One link for each country, in the order of `classes`; those with a symbol last, so that nothing covers them."""
    tab = ' target="_blank" rel="noopener"' if new_tab else ""
    has_symbol: Callable[[str], bool] = world().symbols.__contains__
    return "".join(_country(code, classes[code], look, links, tab) for code in sorted(classes, key=has_symbol))


def _country(code: str, number: int, look: Look, links: Mapping[str, Link], tab: str) -> str:
    if code not in links:
        return _drawn(code, number, look)
    href, title = escape(links[code].href), escape(links[code].title)
    return f'<a href="{href}"{tab}><title>{title}</title>{_reach(code, look)}{_drawn(code, number, look)}</a>'


@cache
def _drawn(code: str, number: int, look: Look) -> str:
    """The shape and the symbol of a country in the colour of a class."""
    path = world().paths.get(code)
    return (_shape(number, [path], look) if path else "") + _symbols([code], number, look)


def _reach(code: str, look: Look) -> str:
    """What nobody sees and a finger hits: a symbol alone is too small."""
    if code not in world().symbols:
        return ""
    x, y = world().symbols[code]
    return f'<path class="reach" d="M{x} {y}h0" stroke="transparent" {look.stroke(REACH)} stroke-linecap="round"/>'
