"""Filters of the map in a real browser: map, table, totals and address change together, without a new page."""

import pytest

from countries.services import load_countries
from tests.factories import make_initiative

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ECONOMIC = "#facets [name=theme][value=economic_measures]"
SUBSIDY = {"theme": "economic_measures", "measure_types": ["subsidy"]}


@pytest.fixture
def map_page(page):
    load_countries()
    make_initiative(countries=["KE"], title="Extra spectrum for three months")
    make_initiative(countries=["KE", "SG"], scope="multi_country", **SUBSIDY)
    make_initiative(countries=["SN"], **SUBSIDY)
    page.goto("/map/")
    page.wait_for_selector("path.country.map-2")
    page.evaluate("window.same = true")
    page.locator(".filters > summary").click()
    return page


def shown(page) -> tuple[str, list[str], str]:
    """What totals, table and map say."""
    kenya = page.locator("path.country[aria-label^='Kenya']").get_attribute("aria-label")
    totals = page.locator("#map-totals b").first.inner_text()
    return totals, page.locator("#map-side tbody tr").all_inner_texts(), kenya


ALL = ("3", ["Kenya\t2", "Senegal\t1", "Singapore\t1"], "Kenya. Initiatives: 2")
FOUND = ("2", ["Kenya\t1", "Senegal\t1", "Singapore\t1"], "Kenya. Initiatives: 1")


def wait_for_kenya(page, count: int | str) -> None:
    page.wait_for_selector(f"path.country[aria-label='Kenya. Initiatives: {count}']")


def choose(page) -> None:
    page.locator(ECONOMIC).check()
    wait_for_kenya(page, 1)


def test_all_changes_together(map_page):
    assert shown(map_page) == ALL
    choose(map_page)
    assert shown(map_page) == FOUND
    assert map_page.url.endswith("/map/?theme=economic_measures")
    assert map_page.locator("#map-chips .chip").count() == 1
    assert map_page.locator(".filters > summary").inner_text() == "Filters (1)"
    for link in ("svg", "png"):
        address = map_page.locator(f"#map-files a[href^='/map/map.{link}']").get_attribute("href")
        assert address.endswith("?theme=economic_measures")
    assert "/map/embed/?theme=economic_measures" in map_page.locator("#map-snippet").input_value()
    assert map_page.evaluate("window.same")


def test_focus_stays_and_a_voice_tells(map_page):
    choose(map_page)
    assert map_page.evaluate("document.activeElement.value") == "economic_measures"
    said = map_page.locator("[role=status].visually-hidden").text_content()
    assert said == "2 initiatives; 3 countries and territories are named."


def test_back_and_forward_bring_it_again(map_page):
    choose(map_page)
    map_page.go_back()
    wait_for_kenya(map_page, 2)
    assert shown(map_page) == ALL
    assert not map_page.locator(ECONOMIC).is_checked()
    map_page.go_forward()
    wait_for_kenya(map_page, 1)
    assert shown(map_page) == FOUND
    assert map_page.locator(ECONOMIC).is_checked()
    assert map_page.evaluate("window.same")


def test_back_from_another_page_shows_the_whole_page(map_page):
    choose(map_page)
    map_page.get_by_role("link", name="See these in the list").click()
    map_page.wait_for_url("**/initiatives/?theme=economic_measures")
    map_page.go_back()
    map_page.locator("h1", has_text="Map").wait_for()
    wait_for_kenya(map_page, 1)


def test_chip_takes_its_filter_away(map_page):
    map_page.locator("[name=q]").last.fill("spectrum")
    map_page.keyboard.press("Enter")
    map_page.locator("#map-chips .chip").wait_for()
    map_page.locator("#map-chips .chip").click()
    map_page.wait_for_url("**/map/")
    assert map_page.locator(".filters [name=q]").input_value() == ""
    assert map_page.evaluate("document.activeElement.hasAttribute('data-announce') && window.same")


def test_table_sorts_in_place(map_page):
    map_page.locator("#map-sort-name").click()
    map_page.wait_for_url("**/map/?order=name")
    assert map_page.locator("#map-side tbody th").all_inner_texts() == ["Kenya", "Senegal", "Singapore"]
    assert map_page.locator("th[aria-sort]").inner_text() == "Country or territory"
    map_page.locator("#map-sort-name").click()
    map_page.wait_for_url("**/map/?order=-name")
    assert map_page.evaluate("document.activeElement.id") == "map-sort-name"
    assert map_page.evaluate("window.same")


def test_open_panel_follows_the_filters(map_page):
    map_page.locator("tr[data-code=KE] a").click()
    map_page.locator(".map-panel h2", has_text="Kenya: 2 initiatives").wait_for()
    choose(map_page)
    map_page.locator(".map-panel h2", has_text="Kenya: 1 initiative").wait_for()
    assert map_page.evaluate("document.activeElement.value") == "economic_measures"


def test_nothing_found_leaves_an_empty_map(map_page):
    map_page.locator(".filters [name=q]").fill("nothing-like-this")
    map_page.keyboard.press("Enter")
    wait_for_kenya(map_page, "none recorded")
    assert "No initiative matches these filters." in map_page.locator("#map-side").inner_text()


def test_outdated_answers_are_dropped(map_page):
    held = []
    map_page.route("**/map/?theme=economic_measures", lambda route: held.append(route))
    map_page.locator(ECONOMIC).check()
    map_page.wait_for_timeout(600)
    map_page.locator(ECONOMIC).uncheck()
    map_page.locator("#facets [name=theme][value=spectrum]").check()
    map_page.wait_for_url("**/map/?theme=spectrum")
    assert len(held) == 1
    assert map_page.locator("#map-chips .chip bdi").inner_text() == "Theme: Spectrum"


def test_failure_falls_back_to_the_page(map_page):
    map_page.route(
        "**/map/?theme=*",
        lambda route: route.continue_() if route.request.is_navigation_request() else route.abort(),
    )
    map_page.locator(ECONOMIC).check()
    map_page.wait_for_url("**/map/?theme=economic_measures")
    wait_for_kenya(map_page, 1)
    assert not map_page.evaluate("Boolean(window.same)")
    map_page.watch.complaints.clear()


def test_map_without_leaflet_is_drawn_anew_by_the_server(new_page, map_page):
    page = new_page()
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto("/map/")
    page.locator(".filters > summary").click()
    page.locator(ECONOMIC).check()
    page.locator("svg.world title", has_text="Kenya: 1 initiative").wait_for(state="attached")
    page.watch.complaints.clear()
