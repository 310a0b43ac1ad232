"""Whatever shows a choice of initiatives shows the same one: each is asked at its address, as its readers do.

That the index says what the database says is tested in initiatives/tests/test_finding.py.
"""

import json
from collections import Counter
from functools import partial
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation
from countries.models import Country, Region
from countries.services import load_countries
from initiatives.addresses import collection_url, organisation_url, pillar_url, tag_url, theme_url
from initiatives.filters import InitiativeFilter
from initiatives.finding.choice import FACETS
from initiatives.models import Initiative
from initiatives.tests.choosing import COLLECTIONS, COUNTRIES, SORTS, addresses, scatter
from initiatives.tests.exporting import FORMATS, body, fetch
from initiatives.tests.exporting import references as references_of
from initiatives.vocabulary import InitiativeStatus, Pillar, Theme
from tests.seen import bars, entries, having, listed, number, opened, pages, references, table, tree, with_query, words

pytestmark = pytest.mark.django_db
# The same examples in every run: a failure here is no matter of luck. test_finding.py tries other ones each time.
some = partial(settings, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

LIST, MAP, STATISTICS = "/initiatives/", "/map/", "/statistics/"


@pytest.fixture(scope="module")
def scattered(kept_in_module) -> list[Initiative]:
    """All scopes, territories, themes, dates, marks, tags and languages; some archived, some removed."""
    load_countries()
    return scatter(90, seed=4)


@pytest.fixture(autouse=True)
def _fresh(scattered) -> None:
    cache.clear()


def asked_of(query) -> tuple[str, InitiativeFilter]:
    return query.urlencode(), InitiativeFilter(query)


def numbered(chosen: InitiativeFilter) -> list[str]:
    return list(chosen.qs.values_list("reference", flat=True))


def said(page) -> int:
    """The number of initiatives that a list gives in words."""
    return number(words(having(page, "p", data_announce="")))


@some(max_examples=25)
@given(query=addresses(), sort=st.sampled_from([*SORTS, "relevance"]))
def test_list_and_files_show_the_same_in_the_same_order(client, query, sort):
    query["sort"] = sort
    address, chosen = asked_of(query)
    expected = numbered(chosen)
    shown = list(pages(client, with_query(LIST, address)))
    in_list = [reference for page in shown for reference in references(page)]
    assert {said(page) for page in shown} == {len(expected)}
    assert in_list == expected if chosen.order != "relevance" else set(in_list) == set(expected)
    assert len(in_list) == len(expected)
    for format in FORMATS:
        response = fetch(client, format, address)
        assert references_of(format, body(response)) == in_list, format
        assert response["X-Row-Count"] == str(len(expected))


def items(client, address: str) -> list[dict]:
    """What the JSON file has: the ground on which the figures are counted again."""
    return json.loads(body(fetch(client, "json", address)))["items"]


def counted(rows: list[dict]) -> dict:
    """The rows by the rule of the map (docs/decisions/0005)."""
    named = [row for row in rows if row["scope"] in ("national", "multi_country")]
    countries = Counter(iso2 for row in named for iso2 in row["countries"])
    regions = Counter(row["region"] for row in rows if row["scope"] == "regional")
    totals = {
        "countries": len(countries),
        "global": sum(row["scope"] == "global" for row in rows),
        "initiatives": len(rows),
        "regional": regions.total(),
    }
    return {"counts": dict(countries), "regions": dict(regions), "totals": totals}


@some(max_examples=25)
@given(query=addresses())
def test_map_counts_what_the_files_hold(client, query):
    address, _chosen = asked_of(query)
    expected = counted(items(client, address))
    numbers = client.get(with_query("/map/data.json", address)).json()
    assert {name: numbers[name] for name in expected} == expected
    page = opened(client, with_query(MAP, address))
    rows = {row.get("data-code"): int(words(row.find("td"))) for row in page.iter("tr") if row.get("data-code")}
    assert rows == expected["counts"]
    assert number(words(having(page, "p", klass="map-totals"))) == expected["totals"]["initiatives"]


@some(max_examples=20)
@given(query=addresses())
def test_statistics_count_what_the_files_hold(client, query):
    address, _chosen = asked_of(query)
    rows = items(client, address)
    page = opened(client, with_query(STATISTICS, address))
    assert number(words(having(page, "p", klass="lead"))) == len(rows)
    lines = {
        "themes": Counter(theme for row in rows for theme in {row["theme"], *row["further_themes"]}),
        "stakeholders": Counter(row["organisation_type"] for row in rows),
        "instruments": Counter(row["instrument"] for row in rows),
        "statuses": Counter(row["status"] for row in rows),
    }
    for name, expected in lines.items():
        assert by_code(client, name, address) == expected, name
    assert sum(by_code(client, "checks", address).values()) == len(rows)
    map_rows = counted(rows)["counts"]
    coverage = table(client.get(with_query("/statistics/coverage.csv", address)))
    members = {country.pk for country in Country.objects.filter(itu_member=True)}
    assert {row[0] for row in coverage} == members
    assert {row[0]: int(row[4]) for row in coverage if row[4] != "0"} == {
        iso2: count for iso2, count in map_rows.items() if iso2 in members
    }


def by_code(client, name: str, address: str) -> dict[str, int]:
    rows = table(client.get(with_query(f"/statistics/{name}.csv", address)))
    return {code: int(count) for code, _label, count in rows if int(count)}


@some(max_examples=20)
@given(query=addresses())
def test_time_in_the_statistics_ends_with_what_is_in_force_today(client, query):
    query.pop("in_force_on", None)
    address = query.urlencode()
    steps = table(client.get(with_query("/statistics/time.csv", address)))
    starts = [row["starts_on"] for row in items(client, address) if row["starts_on"]]
    for first, last, started, _in_force in steps:
        assert int(started) == sum(first <= f"{start}-01-01"[:10] <= last for start in starts)
    query["in_force_on"] = steps[-1][1]
    assert int(steps[-1][3]) == said(opened(client, with_query(LIST, query.urlencode())))


@some(max_examples=15)
@given(query=addresses(), pick=st.randoms(use_true_random=False))
def test_choosing_a_facet_gives_what_it_promised(client, query, pick):
    """A promise is for the code in place of those chosen in the same facet: the number stands beside it."""
    address, _chosen = asked_of(query)
    page = opened(client, with_query(LIST, address))
    offered = [promise for promise in promises(page) if promise[0] in FACETS]
    for name, code, count in pick.sample(offered, min(5, len(offered))):
        others = [pair for pair in parse_qsl(address, keep_blank_values=True) if pair[0] != name]
        assert said(opened(client, with_query(LIST, urlencode([*others, (name, code)])))) == count


def promises(page) -> list[tuple[str, str, int]]:
    """Name, code and number of every choice of the form that has a number."""
    found = []
    for line in page.iter("div"):
        box, count = line.find("label/input"), line.find("span")
        if "facet" in line.get("class", "").split() and box is not None and count is not None:
            found.append((box.get("name"), box.get("value"), number(words(count))))
    return found


@some(max_examples=15)
@given(query=addresses())
def test_taking_a_filter_away_finds_no_fewer_and_one_of_its_values_no_more(client, query):
    address, chosen = asked_of(query)
    page = opened(client, with_query(LIST, address))
    found = set(listed(client, with_query(LIST, address)))
    values = [values for name, values in chosen.chosen.items() if name != "sort" for _value in values]
    links = [link.get("href") for link in page.iter("a") if "chip" in link.get("class", "").split()]
    for link, its in zip(links, values, strict=True):
        without = set(listed(client, LIST + link))
        assert without >= found if len(its) == 1 else without <= found


@some(max_examples=15)
@given(query=addresses())
def test_feed_has_every_one_once_the_newest_first(client, query):
    address, chosen = asked_of(query)
    expected = [row.reference for row in chosen.qs.newest()]
    shown = [
        reference for page in entries(client, with_query("/feeds/initiatives.atom", address)) for reference in page
    ]
    assert sorted(shown) == sorted(expected)
    assert set(entries(client, with_query("/feeds/initiatives.atom", address))[0]) == set(expected[:50])


GATHERED = [
    *(("theme", theme, theme_url(theme)) for theme in Theme.values),
    *(("pillar", pillar, pillar_url(pillar)) for pillar in Pillar.values),
    *(("collection", slug, collection_url(slug)) for slug in COLLECTIONS),
    *(("tag", slug, tag_url(slug)) for slug in ("low-bandwidth", "schools")),
]


@pytest.mark.parametrize(("name", "code", "address"), GATHERED)
def test_page_that_gathers_says_what_the_list_says(client, name, code, address):
    gathers(client, name, code, address)


def test_page_of_each_organisation_says_what_the_list_says(client):
    for organisation in Organisation.objects.accepted().filter(initiatives__isnull=False).distinct():
        gathers(client, "organisation", str(organisation.pk), organisation_url(organisation))


def gathers(client, name: str, code: str, address: str) -> None:
    """The total, the newest, and every line that leads to a list."""
    page, query = opened(client, address), urlencode({name: code})
    everything = listed(client, f"{LIST}?{query}")
    assert number(words(having(page, "div", klass="toolbar"))) == len(everything)
    assert references(page) == everything[: len(references(page))]
    lines = {url: count for url, count in bars(page).items() if url.startswith(LIST)}
    assert lines or name == "organisation"
    agree(client, lines)


def agree(client, lines: dict[str, int]) -> None:
    """Each address of the list finds as many as were said."""
    assert {url: said(opened(client, url)) for url in lines} == lines


def test_home_says_what_the_list_says(client):
    page = opened(client, "/")
    total, countries, checked = having(page, "p", klass="figures").findall("b")
    everything = opened(client, LIST)
    assert int(words(total)) == said(everything)
    assert references(page) == references(everything)[:10]
    assert int(words(countries)) == client.get("/map/data.json").json()["totals"]["countries"]
    assert (
        int(words(checked))
        == sum(by_code(client, "checks", "").values()) - by_code(client, "checks", "")["not_checked"]
    )
    agree(client, {url: count for url, count in bars(page).items() if url.startswith(LIST)})


@pytest.mark.parametrize("iso2", [*COUNTRIES, "DE"])
def test_country_says_what_list_and_map_say(client, iso2):
    address = reverse("countrymap:country", args=[iso2])
    everything = listed(client, f"{LIST}?country={iso2}")
    shown = [reference for page in pages(client, address) for reference in named(page)]
    assert shown == everything
    page = opened(client, address)
    agree(client, {url: count for url, count in bars(page).items() if url.startswith(LIST)})
    if everything:
        lead = words(having(page, "p", klass="lead"))
        assert number(lead) == len(everything)
        in_force = len(listed(client, f"{LIST}?country={iso2}&status=in_force"))
        assert f"{in_force} in force today" in lead if in_force else "none known to be in force" in lead


def named(page) -> list[str]:
    """The initiatives under the heading of those that name the country."""
    for section in page.iter("section"):
        if section.get("aria-labelledby") == "named":
            return references(section)
    raise LookupError("no section of initiatives that name the country")


def test_list_of_countries_says_what_the_map_says(client):
    counts = client.get("/map/data.json").json()["counts"]
    shown = {}
    for line in opened(client, "/countries/").iter("li"):
        link, count = line.find("a"), line.find("span")
        if link is not None and count is not None and link.get("href").startswith("/countries/"):
            shown[link.get("href").split("/")[2]] = int(words(count))
    assert shown == counts


@pytest.mark.parametrize("code", Region.values)
def test_region_says_what_list_and_statistics_say(client, code):
    page = opened(client, reverse("countrymap:region", args=[code]))
    everything = listed(client, f"{LIST}?region={code}")
    assert number(words(having(page, "p", klass="lead"))) == len(everything)
    assert by_code(client, "regions", "").get(code, 0) == len(everything)
    agree(client, {url: count for url, count in bars(page).items() if url.startswith(LIST)})
    shown = {section.get("aria-labelledby"): references(section) for section in page.iter("section")}
    regional = shown["regional"]  # each stands there once
    assert regional == [reference for reference in everything if reference in regional]
    assert shown.get("newest", []) == [reference for reference in everything[:20] if reference not in regional][:10]


def test_comparison_says_what_the_list_says(client):
    page = opened(client, "/compare/?" + urlencode([("country", iso2) for iso2 in COUNTRIES[:4]]))
    cells = {
        link.get("href"): number(words(link))
        for link in page.iter("a")
        if "compare-count" in link.get("class", "").split()
    }
    assert len(cells) > 8
    agree(client, cells)


def test_site_map_has_all_that_is_public_and_no_more(client):
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [loc.text for loc in index.iter() if loc.tag.endswith("loc")]
    found = [
        loc.text.split("/")[4]
        for part in parts
        if "sitemap-initiatives" in part
        for loc in ElementTree.fromstring(client.get(part).content).iter()
        if loc.tag.endswith("loc")
    ]
    assert sorted(found) == sorted(listed(client, LIST))


def read(client, path: str, query: str) -> dict:
    response = client.get(with_query(f"/api/v1/{path}/", query))
    assert response.status_code == 200, response.content
    return response.json()


def walked(client, query: str, limit: int) -> list[dict]:
    """The pages of the API's list, by its own links onward."""
    found = [read(client, "initiatives", "&".join(filter(None, [query, f"limit={limit}"])))]
    while found[-1]["next"]:
        found.append(client.get(found[-1]["next"]).json())
    return found


@some(max_examples=20)
@given(query=addresses(), sort=st.sampled_from(SORTS), limit=st.sampled_from([7, 30, 100]))
def test_api_walks_through_what_the_list_shows(client, query, sort, limit):
    """It refuses what the list leaves out and names, so it is asked for what is left."""
    query["sort"] = sort
    _address, chosen = asked_of(query)
    shown = walked(client, chosen.canonical_query(), limit)
    assert [item["reference"] for page in shown for item in page["items"]] == numbered(chosen)
    assert {page["count"] for page in shown} == {chosen.found.total}
    back = client.get(shown[-1]["previous"]).json() if len(shown) > 1 else shown[-1]
    assert back["items"] == shown[-2 if len(shown) > 1 else -1]["items"]


@some(max_examples=10)
@given(query=addresses())
def test_api_holds_what_the_files_hold(client, query):
    _address, chosen = asked_of(query)
    address = chosen.canonical_query()
    rows = [item for page in walked(client, address, 100) for item in page["items"]]
    filed = items(client, address)
    assert [{name: row.get(name) for name in one} for one, row in zip(filed, rows, strict=True)] == filed


@some(max_examples=10)
@given(query=addresses(), name=st.sampled_from(FACETS))
def test_api_counts_as_the_form_does(client, query, name):
    _address, chosen = asked_of(query)
    address = chosen.canonical_query(sort="")
    said_by_api = read(client, "initiatives", "&".join(filter(None, [address, f"limit=1&facets={name}"])))["facets"]
    page = opened(client, with_query(LIST, "&".join(filter(None, [address, f"all={name}"]))))
    offered = {code: count for facet, code, count in promises(page) if facet == name and count}
    assert said_by_api[name] == offered


@some(max_examples=10)
@given(query=addresses())
def test_api_has_the_statistics_of_the_page(client, query):
    _address, chosen = asked_of(query)
    address = chosen.canonical_query(sort="")
    numbers = read(client, "statistics", address)
    assert numbers["initiatives"] == len(numbered(chosen))
    for one in numbers["tables"]:
        lines = {line["code"] or "": line["initiatives"] for line in one["lines"] if line["initiatives"]}
        assert lines == by_code(client, one["name"], address), one["name"]
    steps = [[step["first_day"], step["last_day"], step["started"], step["in_force"]] for step in numbers["time"]]
    assert [list(map(str, step)) for step in steps] == table(client.get(with_query("/statistics/time.csv", address)))


def test_api_counts_for_countries_as_the_map_does(client):
    rows = read(client, "countries", "")["items"]
    counts = {row["iso2"]: row["initiatives"] for row in rows if row["initiatives"]}
    assert counts == client.get("/map/data.json").json()["counts"]


@pytest.mark.parametrize("path", ["themes", "pillars", "collections", "organisations", "regions"])
def test_each_number_of_the_api_leads_to_as_many(client, path):
    rows = read(client, path, "")["items"]
    assert any(row["initiatives"] for row in rows)
    assert {row["url"]: client.get(row["initiatives_url"]).json()["count"] for row in rows} == {
        row["url"]: row["initiatives"] for row in rows
    }


def test_what_was_removed_or_archived_is_where_it_belongs(client, scattered):
    state = {one.reference: one.status for one in scattered}
    by_default, with_archived = listed(client, LIST), listed(client, f"{LIST}?archived=1")
    assert {state[reference] for reference in by_default} == {InitiativeStatus.PUBLISHED}
    assert {state[reference] for reference in with_archived} == {InitiativeStatus.PUBLISHED, InitiativeStatus.ARCHIVED}
    assert len(with_archived) == sum(status != InitiativeStatus.REMOVED for status in state.values())


def test_tree_refuses_what_is_not_closed():
    assert words(tree("<p>a <b>c</b><br></p>")) == "a c"
    with pytest.raises(AssertionError):
        tree("<p><b></p>")
