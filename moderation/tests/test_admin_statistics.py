"""The page of statistics: what it says, to whom, and its files."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.utils import translation

from moderation.admin.weeks import time_words
from moderation.figures import counted_models
from moderation.tests.records import story
from tests.factories import ModeratorFactory, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

PAGE = "/admin/moderation/decision/statistics/"
SPRING = "since=2026-03-02&until=2026-03-22"
FRIDAY = datetime(2026, 3, 13, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def model():
    return counted_models()[0]


@pytest.fixture
def decided(model, moderator):
    """Two by Amina (`moderator`), one by Boris, after 1, 2 and 6 hours."""
    boris = ModeratorFactory(name="Boris")
    for thing, hours, by in ((1, 1, moderator), (2, 2, moderator), (3, 6, boris)):
        story(model, thing, ("submit", hours), ("approve", 0), by=by, end=FRIDAY)


@pytest.fixture
def administrator_desk(client):
    client.force_login(ModeratorFactory(name="Adam", group="Administrator"))
    return client


def table(client, name: str) -> list[list[str]]:
    response = client.get(f"{PAGE}?{SPRING}&table={name}")
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"), newline="")))


def lines(page, name: str) -> list[tuple[str, int]]:
    """The lines of one of the page's tables."""
    found = next(one for one in page.context["tables"] if one.name == name)
    return [(str(bar.label), bar.number) for bar in found.bars]


def test_page_says_how_fast(desk, decided):
    text = re.sub(r"\s+", " ", desk.get(f"{PAGE}?{SPRING}").text)
    assert "Sent: 3, of these 3 the first ever by their sender. Decided: 3." in text
    assert "Half were decided within 2.0 hours, nine in ten within 5.2 hours." in text


def test_page_says_what_waits(desk):
    make_submission()
    waiting = desk.get(PAGE).context["waiting"]
    number = {one["count"].source.kind: (one["count"].number, bool(one["since"])) for one in waiting}
    assert number["submission"] == (1, True) and number["correction"] == (0, False)


def test_page_opens_where_nothing_was_ever_decided(desk):
    assert "Nothing was decided in this time." in desk.get(PAGE).text


@pytest.mark.parametrize(
    ("query", "weeks"), [("", 12), ("weeks=26", 26), ("weeks=52", 52), (SPRING, 3), ("weeks=x", 12)]
)
def test_period_is_chosen(desk, query, weeks):
    assert len(desk.get(f"{PAGE}?{query}").context["rows"]) == weeks


@pytest.mark.parametrize(
    "query", ["since=2026-03-09&until=2026-03-02", "until=2026-03-02", "since=1990-01-01", "since=x"]
)
def test_impossible_period_is_said(desk, query):
    response = desk.get(f"{PAGE}?{query}")
    assert len(response.context["rows"]) == 12 and 'class="errorlist"' in response.text


def test_administrators_see_everybodys_work(administrator_desk, decided):
    assert lines(administrator_desk.get(f"{PAGE}?{SPRING}"), "moderator") == [("Amina", 2), ("Boris", 1)]


def test_moderators_see_their_own_work(desk, decided):
    page = desk.get(f"{PAGE}?{SPRING}")
    assert lines(page, "moderator") == [("Amina", 2)] and "Boris" not in page.text
    assert table(desk, "moderator")[1:] == [["Amina", "2"]]


def test_outcomes_are_told_in_words(desk, decided):
    assert lines(desk.get(f"{PAGE}?{SPRING}"), "outcome") == [("Approve", 3)]


def test_weeks_are_a_file(desk, decided):
    assert table(desk, "weeks")[1:] == [
        ["2026-03-02", "0", "0", "0", "", ""],
        ["2026-03-09", "3", "3", "3", "2.0", "5.2"],
        ["2026-03-16", "0", "0", "0", "", ""],
    ]


@pytest.mark.parametrize("name", ["outcome", "reason", "moderator", "region", "theme"])
def test_every_table_is_a_file(desk, decided, name):
    assert len(table(desk, name)) >= 2


def test_unknown_table_is_not_found(desk):
    assert desk.get(f"{PAGE}?table=nothing").status_code == 404


def test_charts_are_named_and_have_no_style_of_their_own(desk, decided):
    html = desk.get(f"{PAGE}?{SPRING}").text
    for name in re.findall(r'<svg class="chart"[^>]* aria-labelledby="([^"]+)"', html):
        assert all(f'id="{one}">' in html for one in name.split())
    assert html.count('<svg class="chart"') == 2 and "style=" not in html.partition("statistics-charts")[2]


def test_start_page_leads_there(desk):
    assert f'href="{PAGE}"' in desk.get("/admin/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_same_for_any_number(desk, model, rows, django_assert_num_queries):
    for thing in range(rows):
        story(model, thing, ("submit", 3), ("approve", 0), end=FRIDAY)
    desk.get(f"{PAGE}?{SPRING}")
    cache.clear()
    with django_assert_num_queries(20):
        desk.get(f"{PAGE}?{SPRING}")


def test_page_is_right_to_left_in_arabic(desk, decided):
    """Time runs with the language: the first week stands at the right."""
    charts = desk.get(f"{PAGE}?{SPRING}").context["charts"]
    with translation.override("en"):
        there = [float(rect.x[:-1]) for rect in charts[0].drawn[0].rects]
    with translation.override("ar"):
        back = [float(rect.x[:-1]) for rect in charts[0].drawn[0].rects]
    assert there == sorted(there) and back == sorted(back, reverse=True)


@pytest.mark.parametrize("query", ["since=9998-01-01&until=9999-12-31", "since=0001-01-01&until=0001-01-05"])
def test_period_of_no_sensible_year_is_refused_and_stays_typed(desk, query):
    response = desk.get(f"{PAGE}?{query}")
    assert "The year must lie between 1990 and 2100." in response.text
    assert all(part.partition("=")[2] in response.text for part in query.split("&"))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "less than a minute"),
        (60, "1 minute"),
        (5_400, "90 minutes"),
        (7_200, "2.0 hours"),
        (90_000, "25.0 hours"),
        (172_800, "2.0 days"),
    ],
)
def test_times_are_said_in_units_that_fit(seconds, words):
    assert time_words(seconds) == words
