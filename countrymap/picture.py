"""The map as a picture for reports: an SVG that stands alone, with title, filters, totals, legend, source, disclaimer.

It brings its own style, asks nobody for anything and is light whatever the reader's screen: paper is white.
"""

from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from countrymap.classes import breaks_for, legend, legend_rule
from countrymap.drawing import LIGHT, Look, hatch, size_for, world_shapes
from countrymap.lettering import broken, extent, set_in_type
from countrymap.numbers import Numbers

NARROWEST, USUAL, WIDEST = 600, 1200, 2400  # pixels
INK, QUIET, EDGE, PAPER = "#14202b", "#4a5a68", "#71808c", "#ffffff"
LINE = 1.4  # of the size of the type, from one line to the next
SWATCH = 1.6, 1.05  # of the size of the type: width and height
STYLE = (
    'text{font-family:"Noto Sans",system-ui,"Helvetica Neue",Arial,sans-serif;fill:' + INK + "}"
    '.arabic{font-family:"Noto Sans Arabic","Geeza Pro",Tahoma,sans-serif}'
    ".title{font-weight:700}.quiet{fill:" + QUIET + "}"
)


@dataclass(frozen=True)
class Caption:
    """The words of a picture."""

    title: str
    filters: str
    totals: list[str]
    source: str
    disclaimer: str


class Sheet:
    """A picture that grows downwards. Units are pixels; above 1,000 of them the type grows with the width."""

    def __init__(self, width: int) -> None:
        self.width, self.scale = width, max(1, width / 1000)
        self.margin = 24 * self.scale
        self.room = width - 2 * self.margin
        self.y = self.margin
        self.parts: list[str] = []

    def write(self, text: str, pixels: float, kind: str = "", most: int = 3) -> None:
        """Set a text in lines of the whole width; what is longer than `most` of them is cut."""
        size = pixels * self.scale
        for line in broken(text, size, self.room, most):
            self.y += size * LINE
            self.parts.append(text_at(self.margin, self.y - size * 0.4, size, line, kind))

    def space(self, pixels: float) -> None:
        self.y += pixels * self.scale

    def draw_map(self, numbers: Numbers, breaks: tuple[int, ...]) -> None:
        width, height = size_for(numbers.countries)
        scale = self.room / width
        look = Look(shades=LIGHT, outline=PAPER, ink=INK, edge=EDGE, step=self.scale / scale)
        self.parts.append(
            f'<defs>{hatch(look)}</defs><g transform="translate({self.margin:.4g} {self.y:.5g}) scale({scale:.5g})">'
            f"{world_shapes(numbers.countries, look, {}, breaks)}</g>"
        )
        self.y += height * scale

    def draw_legend(self, breaks: tuple[int, ...]) -> None:
        entries = [(LIGHT[entry.number], entry.label) for entry in legend(breaks)]
        size, x = 14 * self.scale, self.margin
        width, height = (size * part for part in SWATCH)
        self.y += size * LINE
        for fill, label in [*entries, ("url(#map-hatch)", _("not counted (no ISO code)"))]:
            needed = width + size * 0.4 + extent(label, size) + size
            if x > self.margin and x + needed > self.margin + self.room:
                x, self.y = self.margin, self.y + size * LINE
            self.parts.append(
                f'<rect x="{x:.5g}" y="{self.y - height:.5g}" width="{width:.4g}" height="{height:.4g}"'
                f' fill="{fill}" stroke="{EDGE}"/>{text_at(x + width + size * 0.4, self.y - size * 0.15, size, label)}'
            )
            x += needed


def text_at(x: float, y: float, size: float, text: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.5g}" y="{y:.5g}" font-size="{size:.4g}">{set_in_type(text)}</text>'


def picture_svg(numbers: Numbers, caption: Caption, width: int = USUAL) -> str:
    """The picture, `width` pixels wide and as high as it needs to be."""
    breaks = breaks_for(numbers.countries.values())
    sheet = Sheet(width)
    sheet.write(caption.title, 24, "title", most=2)
    sheet.write(caption.filters, 16)
    sheet.write(" ".join(caption.totals), 14, "quiet")
    sheet.space(14)
    sheet.draw_map(numbers, breaks)
    sheet.draw_legend(breaks)
    sheet.space(6)
    for text in (legend_rule(breaks), caption.disclaimer, caption.source):
        sheet.write(text, 12.5, "quiet")
    height = round(sheet.y + sheet.margin)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" aria-labelledby="title desc"><title id="title">{escape(caption.title)}: {escape(caption.filters)}'
        f'</title><desc id="desc">{escape(" ".join([*caption.totals, caption.disclaimer]))}</desc>'
        f'<style>{STYLE}</style><path fill="{PAPER}" d="M0 0h{width}v{height}H0z"/>{"".join(sheet.parts)}</svg>'
    )
