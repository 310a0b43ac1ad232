"""What held on which day: the same as everywhere, worked out another way."""

import datetime

import pytest

from countrymap.statistics.over_time import days_of
from countrymap.views.statistics import charts
from initiatives import status
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from initiatives.vocabulary import MeasureStatus
from tests.factories import make_initiative

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2022, 2, 20)
# Columns that say when a measure holds: each is one initiative.
MEASURES = [
    {"starts_on": "2020-03-23", "end_kind": "open_ended"},
    {"starts_on": "2020-03-01", "end_kind": "date", "ends_on": "2020-04-30"},
    {"starts_on": "2020-04-01", "end_kind": "date", "ends_on": "2020-04-01"},
    {"starts_on": "2020-02-29", "end_kind": "not_announced"},
    {"starts_on": "2021-02-28", "end_kind": "not_announced"},
    {"starts_on": "2020-02-29", "end_kind": "not_announced", "confirmed_on": "2021-01-31"},
    {"starts_on": None, "end_kind": "not_announced"},
    {"starts_on": None, "end_kind": "not_announced", "confirmed_on": "2020-06-15"},
    {"starts_on": None, "end_kind": "date", "ends_on": "2020-12-31"},
    {"starts_on": "2020-03-23", "end_kind": "open_ended", "declared_status": "revoked", "declared_on": "2020-10-01"},
    {"starts_on": "2020-03-23", "end_kind": "open_ended", "declared_status": "ended", "declared_on": None},
    {"starts_on": "2020-05-01", "end_kind": "open_ended", "declared_status": "ended", "declared_on": "2020-04-01"},
    {"starts_on": "2023-01-01", "end_kind": "open_ended"},
]


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(status, "today", lambda: TODAY)


@pytest.fixture
def measures() -> None:
    for columns in MEASURES:
        pk = make_initiative().pk
        empty = {"ends_on": None, "confirmed_on": None, "declared_status": "", "declared_on": None}
        Initiative.objects.filter(pk=pk).update(**empty | columns)


def test_every_day_agrees_with_the_rule(measures):
    days = days_of(InitiativeFilter().found)
    first = datetime.date(2020, 1, 1)
    for number in range((TODAY - first).days):
        day = first + datetime.timedelta(days=number)
        held = Initiative.objects.public().with_measure_status(MeasureStatus.IN_FORCE, on=day).count()
        assert days.begins.until(day) - days.ceases.until(day) == held, day


def test_months_end_today_with_what_is_in_force(measures):
    months = days_of(InitiativeFilter().found).months()
    assert (months[0].first, months[-1].first, months[-1].last) == (
        datetime.date(2020, 2, 1),  # of the first start
        TODAY.replace(day=1),
        TODAY,
    )
    assert months[-1].in_force == Initiative.objects.public().with_measure_status(MeasureStatus.IN_FORCE).count()
    assert sum(month.started for month in months) == 9


def test_weeks_begin_on_mondays_and_hold_the_whole_year(measures):
    weeks = days_of(InitiativeFilter().found).weeks(2020)
    assert {week.first.weekday() for week in weeks} == {0}
    assert weeks[0].first == datetime.date(2019, 12, 30)
    assert weeks[-1].last == datetime.date(2021, 1, 3)
    assert next(week.started for week in weeks if week.first == datetime.date(2020, 3, 23)) == 3


def test_what_is_not_exactly_known_is_told(measures):
    one = Initiative.objects.public().latest("pk")
    Initiative.objects.filter(pk=one.pk).update(starts_precision="month")
    days = days_of(InitiativeFilter().found)
    assert (days.unknown, days.rough) == (3, 1)
    assert days.after(TODAY) == 1
    assert days.before(datetime.date(2020, 3, 1)) == 2


def test_chart_of_years_names_each_at_its_january(measures):
    days = days_of(InitiativeFilter().found)
    by_month, by_week = charts(days.months(), by_weeks=False), charts(days.weeks(2020), by_weeks=True)
    assert [label.words for chart in by_month for label in chart.labels] == ["2022", "2021"] * 2
    assert all(chart.labels[0].words == chart.steps[-1] for chart in by_week)


def test_nothing_is_counted_where_nothing_is(db):
    days = days_of(InitiativeFilter().found)
    assert days.years == []
    assert [step.in_force for step in days.months()] == [0] * len(days.months())


def test_nothing_is_asked_of_the_database(measures, django_assert_num_queries):
    choice = InitiativeFilter().found
    assert choice.ids
    with django_assert_num_queries(0):
        days_of(choice)
