import calendar
import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from common.dates import PartialDate, Precision
from common.templatetags.portal import when


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2020-03-23", "2020-03-23", "2020-03-23", "23 March 2020"),
        ("2020-3", "2020-03-01", "2020-03-31", "March 2020"),
        ("2020-02", "2020-02-01", "2020-02-29", "February 2020"),
        ("2021-02", "2021-02-01", "2021-02-28", "February 2021"),
        ("2020", "2020-01-01", "2020-12-31", "2020"),
    ],
)
def test_a_date_covers_its_day_month_or_year(text, first, last, words):
    date = PartialDate.parse(text)
    assert (date.first.isoformat(), date.last.isoformat(), date.words()) == (first, last, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20",
        "2021-02-29",
        "2020-13",
        "2020-00",
        "2020-01-32",
        "1989",
        "2101",
        "2020-03-23T00:00",
        "٢٠٢٠",
        "-2020",
        "x",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValidationError):
        PartialDate.parse(text)


def test_a_day_without_a_month_is_refused():
    with pytest.raises(ValidationError):
        PartialDate(2020, None, 3)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)), st.sampled_from(Precision.values))
def test_a_date_survives_the_database_and_its_own_text(day, precision):
    date = PartialDate.of(day, precision)
    assert date.precision == precision
    assert PartialDate.of(date.first, precision) == PartialDate.of(date.last, precision) == date
    assert PartialDate.parse(str(date)) == date
    assert date.first <= day <= date.last
    assert date.last.day == (day.day if precision == "day" else calendar.monthrange(date.year, date.last.month)[1])


def test_no_date_is_none():
    assert PartialDate.of(None, "day") is None


@pytest.mark.parametrize(
    ("date", "html"),
    [
        (PartialDate(2020, 3), '<time datetime="2020-03">March 2020</time>'),
        (datetime.date(2020, 3, 23), '<time datetime="2020-03-23">23 March 2020</time>'),
        (None, ""),
    ],
)
def test_a_date_is_written_out(date, html):
    assert when(date) == html
