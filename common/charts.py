"""Charts that the server draws: places and words for the templates in `templates/charts/`.

Places along the text are per cent of the width, and heights are pixels, so letters keep their size on a narrow screen.
Series differ by shape as well as by colour. Time runs the way the language is read.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import get_language_bidi

HEIGHT, ABOVE, BELOW = 220, 12, 26  # pixels: the whole, over the plot, and for the words under it
START, END = 9.0, 2.0  # per cent of the width left free for the words of the scale, and at the other end
LABELS, SHORT_LABELS, SHORT = 5, 9, 4  # words under the plot at most, so that they fit on a telephone; characters
LINES = 4  # of the scale, about


class Rect(NamedTuple):
    x: str
    y: str
    width: str
    height: str


class Point(NamedTuple):
    x: str
    y: str


class Line(NamedTuple):
    x1: str
    y1: str
    x2: str
    y2: str


class Label(NamedTuple):
    x: str
    y: str
    words: str
    anchor: str  # start, middle or end, from left to right


@dataclass(frozen=True)
class Series:
    """One thing that is measured at every step; None where there is nothing to measure."""

    label: Any
    values: Sequence[float | None]


@dataclass(frozen=True)
class Drawn:
    """A series with its places: `number` (from 1) says which shape and colour."""

    number: int
    label: Any
    rects: Sequence[Rect] = ()
    points: Sequence[Point] = ()
    lines: Sequence[Line] = ()


@dataclass(frozen=True)
class Chart:
    """Series over steps of time; `key` makes ids on the page, `description` says in words what there is to see."""

    key: str
    title: Any
    description: Any
    steps: Sequence[str]
    series: Sequence[Series]
    words: Callable[[float], str] = str
    is_line: bool = False
    marks: Sequence[int] = ()  # the steps that may have words under them; any where none is named
    height: int = HEIGHT

    @property
    def top(self) -> float:
        """The highest number of the scale."""
        return self._step * max(1, math.ceil(self._highest / self._step))

    @property
    def _highest(self) -> float:
        return max((value for one in self.series for value in one.values if value is not None), default=0)

    @property
    def _step(self) -> float:
        return nice_step(self._highest / LINES)

    @property
    def grid(self) -> list[tuple[Line, Label]]:
        """The lines of the scale with their words, from zero up."""
        found = []
        for number in range(round(self.top / self._step) + 1):
            value = number * self._step
            y = self._y(value)
            words = Label(along(START - 1), _px(y + 4), self.words(value), "start" if get_language_bidi() else "end")
            found.append((Line(along(START), _px(y), along(100 - END), _px(y)), words))
        return found

    @property
    def labels(self) -> list[Label]:
        """Some of the steps that may have words, evenly, the latest of them among them."""
        marks = self.marks or range(len(self.steps))
        most = SHORT_LABELS if all(len(self.steps[one]) <= SHORT for one in marks) else LABELS
        chosen = marks[:: -(math.ceil(len(marks) / most) or 1)]
        return [Label(along(self._middle(one)), _px(self.height - 6), self.steps[one], "middle") for one in chosen]

    @property
    def radius(self) -> float:
        """Of the points of a line, in pixels: the more there are, the smaller."""
        return 4 if len(self.steps) <= 16 else 2

    @property
    def drawn(self) -> list[Drawn]:
        draw = self._as_line if self.is_line else self._as_bars
        return [draw(number, one) for number, one in enumerate(self.series, start=1)]

    def _as_bars(self, number: int, series: Series) -> Drawn:
        room = self._width * 0.8
        width = room / len(self.series)
        rects = []
        for index, value in enumerate(series.values):
            start = self._middle(index) - room / 2 + (number - 1) * width
            y = self._y(value or 0)
            bottom = self._y(0)
            rects.append(Rect(along(start, width), _px(y), percent(width * 0.9), _px(bottom - y)))
        return Drawn(number, series.label, rects=rects)

    def _as_line(self, number: int, series: Series) -> Drawn:
        places = [
            (self._middle(index), self._y(value)) if value is not None else None
            for index, value in enumerate(series.values)
        ]
        lines = [
            Line(along(one[0]), _px(one[1]), along(two[0]), _px(two[1]))
            for one, two in zip(places, places[1:], strict=False)
            if one and two
        ]
        return Drawn(
            number, series.label, points=[Point(along(x), _px(y)) for x, y in filter(None, places)], lines=lines
        )

    @property
    def _width(self) -> float:
        return (100 - START - END) / max(1, len(self.steps))

    def _middle(self, index: int) -> float:
        return START + (index + 0.5) * self._width

    def _y(self, value: float) -> float:
        room = self.height - ABOVE - BELOW
        return ABOVE + room * (1 - value / self.top)


def nice_step(least: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20 … that is not less than `least`."""
    power = 10 ** max(0, math.floor(math.log10(least))) if least > 0 else 1
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)


@dataclass(frozen=True)
class Bar:
    """A line of a table with a bar beside its number."""

    label: Any
    number: int
    width: str
    x: str


def bars(numbers: Iterable[tuple[Any, int]]) -> list[Bar]:
    """Return the lines of a table; the longest bar takes the whole width."""
    numbers = list(numbers)
    most = max((number for _label, number in numbers), default=0) or 1
    widths = [100 * number / most for _label, number in numbers]
    return [
        Bar(label, number, percent(width), along(0, width))
        for (label, number), width in zip(numbers, widths, strict=True)
    ]


def along(place: float, width: float = 0) -> str:
    """Return where something begins, counted from the left as SVG wants it, for a place counted as the text is read."""
    return percent(100 - place - width if get_language_bidi() else place)


def percent(value: float) -> str:
    return f"{value:.2f}%"


def _px(value: float) -> str:
    return f"{value:.1f}"
