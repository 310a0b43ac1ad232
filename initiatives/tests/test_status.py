"""One rule, twice: for a row in Python and as a condition for the database."""

import calendar
import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.dates import PartialDate
from initiatives import status
from initiatives.models import Initiative
from initiatives.vocabulary import EndKind, MeasureStatus
from tests.factories import CollectionFactory, OrganisationFactory

LEAP_DAY = datetime.date(2024, 2, 29)
# Days around which the rule turns: those of the year before and after, ends of February, of months and years.
EDGES = [
    LEAP_DAY + datetime.timedelta(days=days)
    for days in (-732, -731, -730, -367, -366, -365, -364, -60, -1, 0, 1, 365, 366, 367)
]
days = st.sampled_from(EDGES) | st.dates(datetime.date(2021, 1, 1), datetime.date(2027, 12, 31))
precisions = st.sampled_from(["day", "month", "year"])


@st.composite
def measures(draw) -> dict:
    """The dates of a measure as they are kept: a start is the first day of its period, an end the last."""
    start, start_precision = draw(st.none() | days), draw(precisions)
    end, end_precision = draw(days), draw(precisions)
    kind = draw(st.sampled_from(EndKind.values))
    first = PartialDate.of(start, start_precision)
    last = PartialDate.of(max(end, start or end), end_precision)
    declared = draw(st.sampled_from(["", "", "ended", "revoked"]))
    return {
        "starts_on": first.first if first else None,
        "starts_precision": start_precision,
        "end_kind": kind,
        "ends_on": last.last if kind == EndKind.DATE else None,
        "ends_precision": end_precision,
        "declared_status": declared,
        "declared_on": draw(st.none() | days) if declared else None,
        "confirmed_on": draw(st.none() | days),
    }


def store(rows: list[dict]) -> list[Initiative]:
    given = {
        "collection": CollectionFactory(),
        "organisation": OrganisationFactory(),
        "title": "Title",
        "summary": "Summary",
        "theme": "spectrum",
        "language": "en",
        "stakeholder_type": "regulator",
        "scope": "global",
    }
    return Initiative.objects.bulk_create(
        Initiative(reference=f"INI-2026-{number:06}", slug="slug", **given, **row) for number, row in enumerate(rows)
    )


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(measures(), min_size=80, max_size=120), on=days)
def test_row_and_database_agree_and_every_row_has_one_status(rows, on):
    Initiative.objects.all().delete()
    stored = store(rows)
    for wanted in MeasureStatus:
        in_python = {row.pk for row in stored if status.of(row, on) == wanted}
        in_database = set(Initiative.objects.with_measure_status(wanted, on=on).values_list("pk", flat=True))
        assert in_database == in_python, wanted
    assert Initiative.objects.with_measure_status(*MeasureStatus.values, on=on).count() == len(stored)


def measure(**dates) -> Initiative:
    return Initiative(**{"end_kind": EndKind.NOT_ANNOUNCED, **dates})


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("dates", "on", "wanted"),
    [
        ({"starts_on": day("2024-03-01")}, "2024-02-29", "announced"),
        ({"starts_on": day("2024-03-01")}, "2024-03-01", "in_force"),
        ({"starts_on": day("2023-03-01")}, "2024-02-29", "in_force"),
        ({"starts_on": day("2023-03-01")}, "2024-03-01", "not_known"),
        ({"starts_on": day("2023-02-28")}, "2024-02-29", "not_known"),
        ({"starts_on": LEAP_DAY}, "2025-02-28", "in_force"),
        ({"starts_on": LEAP_DAY}, "2025-03-01", "not_known"),
        ({"starts_on": day("2020-03-01"), "confirmed_on": day("2024-01-10")}, "2024-12-31", "in_force"),
        ({}, "2024-12-31", "not_known"),
        ({"end_kind": "open_ended", "starts_on": day("1999-01-01")}, "2024-12-31", "in_force"),
        ({"end_kind": "date", "ends_on": LEAP_DAY}, "2024-02-29", "in_force"),
        ({"end_kind": "date", "ends_on": LEAP_DAY}, "2024-03-01", "ended"),
        ({"end_kind": "open_ended", "declared_status": "revoked"}, "2024-03-01", "revoked"),
        ({"end_kind": "open_ended", "declared_status": "ended", "declared_on": LEAP_DAY}, "2024-02-28", "in_force"),
        ({"end_kind": "open_ended", "declared_status": "ended", "declared_on": LEAP_DAY}, "2024-02-29", "ended"),
    ],
)
def test_status_on_a_day(dates, on, wanted):
    assert status.of(measure(**dates), day(on)) == wanted


def test_an_end_known_to_the_month_or_year_lasts_to_its_last_day():
    for text in ("2024-02", "2023"):
        last = PartialDate.parse(text).last
        assert last.day == calendar.monthrange(last.year, last.month)[1]
        assert status.of(measure(end_kind="date", ends_on=last), last) == "in_force"
        assert status.of(measure(end_kind="date", ends_on=last), last + datetime.timedelta(days=1)) == "ended"


def test_last_confirmation_is_the_later_day():
    assert status.last_confirmed(measure(starts_on=day("2020-01-01"))) == day("2020-01-01")
    assert status.last_confirmed(measure(starts_on=day("2020-01-01"), confirmed_on=LEAP_DAY)) == LEAP_DAY
    assert status.last_confirmed(measure()) is None
