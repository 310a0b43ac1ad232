"""Charts that the server draws."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from common.charts import LABELS, Chart, Series, bars, nice_step


def chart(*values, count=4, **more) -> Chart:
    steps = [f"step {number}" for number in range(count)]
    return Chart("c", "Title", "What is seen", steps, [Series(f"s{n}", one) for n, one in enumerate(values)], **more)


@pytest.mark.parametrize(
    ("least", "step"), [(0, 1), (0.3, 1), (1, 1), (1.1, 2), (3, 5), (7, 10), (12, 20), (700, 1000)]
)
def test_steps_of_the_scale_are_round(least, step):
    assert nice_step(least) == step


@pytest.mark.parametrize("highest", [0, 1, 3, 7, 10, 99, 12_345])
def test_highest_value_lies_within_the_scale(highest):
    drawn = chart([highest, 0, 0, 0])
    assert drawn.top >= highest and 2 <= len(drawn.grid) <= 6


def test_bars_stand_on_the_ground_and_are_as_high_as_their_value():
    low, high = chart([5, 10], count=2).drawn[0].rects
    assert float(low.height) * 2 == pytest.approx(float(high.height), abs=0.1)
    assert float(low.y) + float(low.height) == pytest.approx(float(high.y) + float(high.height), abs=0.1)


def test_line_breaks_where_nothing_was_measured():
    drawn = chart([1, 2, None, 4], is_line=True).drawn[0]
    assert (len(drawn.points), len(drawn.lines)) == (3, 1)


@pytest.mark.parametrize("count", [1, 5, 6, 12, 26, 52, 157])
def test_few_words_under_the_plot_and_the_latest_among_them(count):
    labels = chart([1] * count, count=count).labels
    assert len(labels) <= LABELS and labels[0].words == f"step {count - 1}"


def test_words_stand_only_under_steps_that_may_have_them():
    labels = chart([1] * 84, count=84, marks=list(range(0, 84, 12))).labels
    assert [label.words for label in labels] == ["step 72", "step 48", "step 24", "step 0"]


def test_nothing_to_draw_is_drawn():
    assert "<svg" in render_to_string("charts/chart.html", {"chart": chart([], count=0)})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_stays_within_the_picture(language):
    with translation.override(language):
        for one in chart([1, 2, 3, 4], [4, 3, 2, 1]).drawn:
            assert all(float(r.x[:-1]) >= 0 and float(r.x[:-1]) + float(r.width[:-1]) <= 100 for r in one.rects)


def test_longest_bar_takes_the_whole_width():
    assert [bar.width for bar in bars([("a", 4), ("b", 1)])] == ["100.00%", "25.00%"]


def test_bars_begin_where_the_language_does():
    with translation.override("ar"):
        assert [bar.x for bar in bars([("a", 4), ("b", 1)])] == ["0.00%", "75.00%"]


def test_words_are_escaped():
    html = render_to_string("charts/chart.html", {"chart": chart([1, 2, 3, 4], is_line=True)})
    assert "<title" in html and "<desc" in html
    evil = Chart("c", "<b>", "&", ["<i>"], [Series("<u>", [1])])
    assert not any(tag in render_to_string("charts/chart.html", {"chart": evil}) for tag in ("<b>", "<i>", "<u>"))
