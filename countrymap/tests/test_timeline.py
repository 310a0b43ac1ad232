import datetime

import pytest

from common.dates import PartialDate
from countrymap import timeline as module
from countrymap.timeline import timeline_of
from initiatives import status
from initiatives.models import Initiative

TODAY = datetime.date(2021, 6, 30)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(status, "today", lambda: TODAY)


def measure(start: str | None, end: str = "", **columns) -> Initiative:
    """An initiative that was never saved."""
    starts, ends = (PartialDate.parse(text) if text else None for text in (start, end))
    return Initiative(
        starts_on=starts.first if starts else None,
        starts_precision=starts.precision if starts else "day",
        ends_on=ends.last if ends else None,
        ends_precision=ends.precision if ends else "day",
        **{"end_kind": "date" if end else "open_ended", **columns},
    )


def kinds(*measures: Initiative) -> list[list[str]]:
    return [[part.kind for part in row.parts] for row in timeline_of(measures).rows]


def places(part: module.Part) -> tuple[float, float]:
    x, width = float(part.x.rstrip("%")), float(part.width.rstrip("%"))
    return x, x + width


def test_days_are_drawn_as_known():
    assert kinds(measure("2020-03-23", "2020-05-01"), measure("2020-03-23")) == [["sure"], ["sure"]]


def test_months_and_years_are_drawn_as_not_quite_known():
    assert kinds(measure("2020-03", "2020-09")) == [["unsure", "sure", "unsure"]]
    assert kinds(measure("2020")) == [["unsure", "sure"]]
    assert kinds(measure("2020", "2020-06-01")) == [["unsure"]]


def test_same_month_for_start_and_end_is_one_hollow_bar():
    row = timeline_of([measure("2020-03", "2020-03")]).rows[0]
    assert {part.kind for part in row.parts} == {"unsure"}


def test_end_that_nobody_announced_goes_on_as_not_known():
    unknown = measure("2020-03-23", end_kind="not_announced")
    recent = measure("2021-03-23", end_kind="not_announced")
    assert kinds(unknown, recent) == [["sure", "unknown"], ["sure", "unknown"]]
    old, new = (row.parts[0] for row in timeline_of([unknown, recent]).rows)
    assert places(old)[1] < places(new)[0]  # one is known on its first day only, the other until today
    today = float(timeline_of([unknown, recent]).today.rstrip("%"))
    assert places(new)[1] == pytest.approx(today, abs=1)


def test_declared_end_comes_before_an_announced_one():
    short = measure("2020-01-01", declared_status="revoked", declared_on=datetime.date(2020, 7, 1))
    long = measure("2020-01-01", "2020-12-31")
    one, other = (row.parts[0] for row in timeline_of([short, long]).rows)
    assert places(one)[1] < places(other)[1]


def test_bars_stay_inside_and_can_be_seen():
    line = timeline_of(
        [measure("1995-01-01", "2099-12-31"), measure("2021-06-30", "2021-06-30"), measure("2030-01-01")]
    )
    for row in line.rows:
        for part in row.parts:
            x, end = places(part)
            assert 0 <= x < end <= 100.01
            assert end - x > 0.5


def test_without_a_known_start_there_is_no_line():
    assert timeline_of([measure(None)]) is None
    assert timeline_of([]) is None


def test_scale_has_few_lines_in_order():
    for start in ("2021-06-01", "2020-01-01", "2015-01-01", "1990-01-01"):
        ticks = timeline_of([measure(start)]).ticks
        assert 1 <= len(ticks) <= 7
        assert [float(tick.x.rstrip("%")) for tick in ticks] == sorted(float(tick.x.rstrip("%")) for tick in ticks)


def test_time_runs_as_the_language_is_read(settings):
    from django.utils import translation

    with translation.override("ar"):
        (row,) = timeline_of([measure("2020-01-01", "2020-02-01")]).rows
    assert places(row.parts[0])[1] == pytest.approx(100)
