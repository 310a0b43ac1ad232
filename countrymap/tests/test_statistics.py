import csv
import io

import pytest

from countrymap.tests.warming import warm
from initiatives.models import Initiative
from tests.caches import KEPT
from tests.factories import country, make_initiative

pytestmark = pytest.mark.django_db

TABLES = ["themes", "regions", "stakeholders", "instruments", "statuses", "checks"]
QUERIES = 1  # state of the log: what is counted is in the index


@pytest.fixture
def some():
    """Kenya with two, one of them on two themes; Africa and the world with one each. Zambia has none."""
    country("ZM")
    make_initiative(countries=["KE"], further_themes=["digital_inclusion"])
    make_initiative(countries=["KE", "UG"], scope="multi_country", instrument="law")
    make_initiative(countries=[], scope="regional", region="AFR")
    make_initiative(countries=[], scope="global", starts_on="2021-02-01")


def page(client, query: str = ""):
    return client.get(f"/statistics/{query}").context


def numbers(context, name: str) -> dict[str, int]:
    table = next(table for table in context["tables"] if table.name == name)
    return {line.code: line.count for line in table.lines if line.count}


def file(client, name: str, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/statistics/{name}.csv{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def test_statistics_count(client, some):
    context = page(client)
    assert context["counts"].total == 4
    assert numbers(context, "themes") == {"spectrum": 4, "digital_inclusion": 1}
    assert numbers(context, "regions") == {"AFR": 3, "": 1}
    assert numbers(context, "stakeholders") == {"regulator": 4}
    assert numbers(context, "instruments") == {"regulation_decision": 3, "law": 1}
    assert numbers(context, "statuses") == {"in_force": 4}


@pytest.mark.parametrize("query", ["", "?theme=spectrum", "?country=KE&instrument=law", "?region=AFR&region=EUR"])
def test_each_number_is_that_of_its_list(client, some, query):
    context = page(client, query)
    assert context["counts"].total == client.get(f"/initiatives/{query}").context["total"]
    for table in context["tables"]:
        for line in table.lines:
            if line.url:
                assert client.get(line.url).context["total"] == line.count, line


def test_line_that_no_list_shows_is_no_link(client, some):
    context = page(client, "?theme=spectrum")
    lines = next(table for table in context["tables"] if table.name == "themes").lines
    assert {line.code: bool(line.url) for line in lines if line.count} == {"spectrum": True, "digital_inclusion": False}


@pytest.mark.parametrize("query", ["", "?country=UG"])
@pytest.mark.parametrize("name", TABLES)
def test_file_has_the_numbers_of_the_page(client, some, name, query):
    shown = next(table for table in page(client, query)["tables"] if table.name == name)
    found = [(row["code"], int(row["initiatives"])) for row in file(client, name, query)]
    assert found == [(line.code, line.count) for line in shown.lines]


@pytest.mark.parametrize("query", ["", "?weeks=2020", "?weeks=2020&country=UG"])
def test_file_over_time_has_the_steps_of_the_page(client, some, query):
    found = [(row["first day"], int(row["started"])) for row in file(client, "time", query)]
    assert found == [(step.first.isoformat(), step.started) for step in page(client, query)["steps"]]


def test_over_time_ends_with_what_is_in_force(client, some):
    context = page(client)
    assert context["steps"][-1].in_force == context["counts"].statuses["in_force"]
    assert sum(step.started for step in context["steps"]) == 4


def test_year_by_weeks(client, some):
    context = page(client, "?weeks=2020")
    assert (context["year"], len(context["steps"])) == (2020, 53)
    assert sum(step.started for step in context["steps"]) == 3
    assert page(client, "?weeks=1999")["year"] is None


def test_coverage_says_which_members_have_none(client, some):
    context = page(client)
    assert (context["members"], context["covered"], context["uncovered"]) == (3, 2, 1)
    rows = {row["code"]: row["initiatives"] for row in file(client, "coverage")}
    assert rows == {"KE": "2", "UG": "1", "ZM": "0"}


def test_statistics_follow_a_publication_at_once(client, some):
    page(client)
    make_initiative(countries=["KE"], starts_on="2020-08-01")
    context = page(client)
    assert context["counts"].total == 5
    assert sum(step.started for step in context["steps"]) == 5


def test_statistics_follow_a_row_however_it_was_changed(client, some):
    page(client)
    Initiative.objects.update(instrument="law", checked="source_seen")
    context = page(client)
    assert numbers(context, "instruments") == {"law": 4}
    assert context["counts"].checked_share == 100


def test_statistics_of_nothing_say_so(client):
    response = client.get("/statistics/?theme=spectrum")
    assert "No initiative matches these filters." in response.text
    assert client.get("/statistics/time.csv?theme=spectrum").status_code == 200


def test_unknown_file_is_not_found(client):
    assert client.get("/statistics/passwords.csv").status_code == 404


def test_file_may_be_kept_by_anybody(client, some):
    response = client.get("/statistics/themes.csv")
    assert response["Cache-Control"] == KEPT
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex" and response["Access-Control-Allow-Origin"] == "*"
    again = client.get("/statistics/themes.csv", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_initiative()
    changed = client.get("/statistics/themes.csv", headers={"if-none-match": response["ETag"]})
    assert changed.status_code == 200
    asked = client.options("/statistics/themes.csv")
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_file_has_a_mark_for_excel_where_it_is_wanted(client, some):
    assert client.get("/statistics/themes.csv").content.startswith(b"code,")
    assert client.get("/statistics/themes.csv?variant=excel").content.startswith(b"\xef\xbb\xbfcode,")
    shown = client.get("/statistics/?country=UG").text
    assert "/statistics/themes.csv?country=UG&amp;variant=excel" in shown


def test_file_names_what_nobody_knows(client, some):
    response = client.get("/statistics/themes.csv?country=ZZ&weeks=2020")
    assert response["X-Ignored-Parameters"] == "country=ZZ"
    assert "-statistics-themes-ignored-country-2" in response["Content-Disposition"]


@pytest.mark.parametrize("rows", [1, 3])
def test_statistics_take_the_same_queries_at_any_length(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative()
    warm(client, "/statistics/")
    with django_assert_num_queries(QUERIES):
        client.get("/statistics/")
    with django_assert_num_queries(QUERIES):
        client.get("/statistics/?theme=spectrum")
