import re
from pathlib import Path

import pytest
from django.conf import settings

from countrymap.classes import FIXED, breaks_for, class_of, legend, legend_rule
from countrymap.drawing import LIGHT


def test_classes_at_launch_size():
    assert breaks_for([1, 1, 2, 7, 12]) == FIXED
    assert [class_of(n, FIXED) for n in (0, 1, 2, 3, 4, 5, 6, 40)] == [0, 1, 2, 3, 4, 4, 5, 5]


def test_classes_of_nothing():
    assert breaks_for([]) == FIXED


def test_legend_at_launch_size():
    assert [entry.label for entry in legend(FIXED)] == ["none recorded", "1", "2", "3", "4–5", "6 or more"]
    assert [entry.number for entry in legend(FIXED)] == [0, 1, 2, 3, 4, 5]
    assert legend_rule(FIXED) == ""


def test_classes_beyond_are_quantiles_of_what_has_any():
    counts = list(range(1, 101))
    breaks = breaks_for([0, 0, 0, *counts])
    assert breaks == (1, 21, 41, 61, 81)
    assert [sum(1 for n in counts if class_of(n, breaks) == number) for number in range(1, 6)] == [20] * 5


def test_quantiles_say_their_rule():
    breaks = breaks_for(range(1, 101))
    assert [entry.label for entry in legend(breaks)][1:] == ["1–20", "21–40", "41–60", "61–80", "81 or more"]
    assert "about the same number" in legend_rule(breaks)


def test_equal_counts_share_a_class():
    breaks = breaks_for([1] * 90 + [50] * 10)
    assert breaks == (1,)
    assert {class_of(n, breaks) for n in (1, 50)} == {1}


def test_quantiles_ascend_and_are_at_most_five():
    for counts in ([13], [5, 5, 5, 99], [1, 2, 3, 400], [20, 30, 30, 30, 31, 500, 500]):
        breaks = breaks_for(counts)
        assert list(breaks) == sorted(set(breaks))
        assert breaks[0] == 1
        assert len(breaks) <= 5


def luminance(colour: str) -> float:
    """Relative luminance (WCAG) of `#rrggbb`: what is left of a colour for who sees none."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def shades() -> list[list[str]]:
    """The classes of each colour scheme, from none on."""
    text = Path(settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    found = re.findall(r"--map-(?:none|[1-5]): (#[0-9a-f]{6})", text)
    return [found[:6], found[6:]]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_classes_differ_without_colour(scheme):
    """Each is darker (on dark paper: lighter) than the one before, by a step that can be seen in grey."""
    lights = [luminance(shade) + 0.05 for shade in shades()[scheme]]
    assert lights == sorted(lights, reverse=scheme == 0)
    steps = [max(pair) / min(pair) for pair in zip(lights, lights[1:], strict=False)]
    assert min(steps) >= 1.2, steps


def test_picture_has_the_colours_of_the_light_scheme():
    assert list(LIGHT) == shades()[0]
