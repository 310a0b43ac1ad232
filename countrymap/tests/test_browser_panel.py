"""The panel of a country in a real browser: from the table and from the map, by mouse and by keyboard, and back."""

import pytest

from countries.services import load_countries
from countrymap.shapes import world as shapes
from tests.factories import make_initiative

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KENYA = "tr[data-code=KE] a"
PANEL = "tr[data-code=KE] + tr .map-panel"


@pytest.fixture
def map_page(page):
    load_countries()
    make_initiative(countries=["KE"], title="Extra spectrum for three months")
    make_initiative(countries=["KE", "SG"], scope="multi_country", theme="economic_measures", measure_types=["subsidy"])
    page.goto("/map/")
    page.wait_for_selector("path.country.map-2")
    return page


def focused(page) -> str:
    return page.evaluate("(e => e.getAttribute('aria-label') || e.textContent)(document.activeElement)")


def test_row_opens_under_itself_and_closes(map_page):
    link = map_page.locator(KENYA)
    assert link.get_attribute("aria-expanded") == "false"
    link.click()
    map_page.locator(PANEL).wait_for()
    assert link.get_attribute("aria-expanded") == "true"
    assert focused(map_page) == "Kenya: 2 initiatives"
    map_page.locator(PANEL).get_by_role("button", name="Close").click()
    assert map_page.locator(PANEL).count() == 0
    assert focused(map_page) == "Kenya"
    assert map_page.url.endswith("/map/")


def test_row_again_closes(map_page):
    map_page.locator(KENYA).click()
    map_page.locator(PANEL).wait_for()
    map_page.locator(KENYA).click()
    map_page.locator(PANEL).wait_for(state="detached")


def test_only_one_is_open(map_page):
    map_page.locator(KENYA).click()
    map_page.locator(PANEL).wait_for()
    map_page.locator("tr[data-code=SG] a").click()
    map_page.locator("tr[data-code=SG] + tr .map-panel").wait_for()
    assert map_page.locator(".map-panel").count() == 1
    assert map_page.locator(KENYA).get_attribute("aria-expanded") == "false"


def test_keyboard_goes_from_the_map_to_the_panel_and_back(map_page):
    map_page.locator("path.country[aria-label^='Kenya']").focus()
    map_page.keyboard.press("Enter")
    map_page.locator(PANEL).wait_for()
    assert focused(map_page) == "Kenya: 2 initiatives"
    map_page.keyboard.press("Tab")
    assert map_page.evaluate("Boolean(document.activeElement.closest('.map-panel'))")
    map_page.keyboard.press("Escape")
    assert map_page.locator(".map-panel").count() == 0
    assert focused(map_page) == "Kenya. Initiatives: 2"


def test_panel_marks_its_place_on_the_map(map_page):
    map_page.locator(KENYA).click()
    map_page.locator("path.country.chosen[aria-label^='Kenya']").wait_for()
    map_page.keyboard.press("Escape")
    assert map_page.locator("path.country.chosen").count() == 0


def test_country_without_any_says_so_above_the_table(map_page):
    map_page.locator("path.country[aria-label^='Brazil']").click(force=True)
    panel = map_page.locator("#map-side > .map-panel")
    assert "Brazil: 0 initiatives" in panel.inner_text()
    assert "None recorded yet" in panel.inner_text()


def test_panel_keeps_the_filters(map_page):
    map_page.goto("/map/?theme=economic_measures")
    map_page.locator(KENYA).click()
    panel = map_page.locator(PANEL)
    assert panel.locator("h2").inner_text() == "Kenya: 1 initiative"
    panel.get_by_role("link", name="See it in the list").click()
    map_page.wait_for_url("**/initiatives/?country=KE&theme=economic_measures")


def test_lost_panel_leads_to_the_page(map_page):
    map_page.route("**/map/panel/**", lambda route: route.fulfill(status=503))
    map_page.locator(KENYA).click()
    map_page.wait_for_url("**/countries/KE/")
    map_page.watch.complaints.clear()


def test_link_opens_in_another_tab_where_that_is_asked_for(map_page):
    with map_page.context.expect_page() as opened:
        map_page.locator(KENYA).click(modifiers=["Control"])
    opened.value.wait_for_url("**/countries/KE/")
    assert map_page.locator(".map-panel").count() == 0


def test_the_address_names_what_is_open(map_page):
    """Back and forward go through the panels; closing is a step of its own."""
    map_page.locator(KENYA).click()
    map_page.wait_for_url("**/map/#KE")
    map_page.locator("tr[data-code=SG] a").click()
    map_page.wait_for_url("**/map/#SG")
    map_page.go_back()
    map_page.locator(PANEL).wait_for()
    map_page.go_back()
    map_page.locator(PANEL).wait_for(state="detached")
    assert map_page.url.endswith("/map/")
    map_page.go_forward()
    map_page.locator(PANEL).wait_for()
    map_page.locator("path.country.chosen[aria-label^='Kenya']").wait_for()


def test_a_link_opens_the_panel(map_page):
    map_page.goto("about:blank")
    map_page.goto("/map/?theme=economic_measures#KE")
    map_page.locator(PANEL, has_text="Kenya: 1 initiative").wait_for()
    map_page.locator("path.country.chosen[aria-label^='Kenya']").wait_for()
    assert focused(map_page) == "Kenya: 1 initiative"


@pytest.mark.parametrize("hash", ["#ZZ", "#map-legend", "#toString", "#%00"])
def test_other_fragments_open_nothing(map_page, hash):
    map_page.goto(f"/map/{hash}")
    map_page.wait_for_timeout(200)
    assert map_page.locator(".map-panel").count() == 0
    assert "/map/" in map_page.url


def test_panel_and_filters_share_the_history(map_page):
    map_page.locator(KENYA).click()
    map_page.locator(PANEL).wait_for()
    map_page.locator(".filters > summary").click()
    map_page.locator("#facets [name=theme][value=economic_measures]").check()
    map_page.wait_for_url("**/map/?theme=economic_measures#KE")
    map_page.locator(PANEL, has_text="Kenya: 1 initiative").wait_for()
    map_page.go_back()
    map_page.locator(PANEL, has_text="Kenya: 2 initiatives").wait_for()
    assert map_page.url.endswith("/map/#KE")
    map_page.go_back()
    map_page.locator(PANEL).wait_for(state="detached")
    map_page.go_forward()
    map_page.go_forward()
    map_page.locator(PANEL, has_text="Kenya: 1 initiative").wait_for()
    map_page.locator(PANEL).get_by_role("button", name="Close").click()
    map_page.wait_for_url("**/map/?theme=economic_measures")


def test_on_a_telephone_the_panel_opens_below_the_map(new_page, map_page):
    """In view with its first lines; closing leads back to where the reader was."""
    make_initiative(countries=[iso2 for iso2 in sorted(shapes().paths) if len(iso2) == 2], scope="multi_country")
    page = new_page(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page.goto("/map/")
    page.wait_for_selector("path.country[aria-label='Kenya. Initiatives: 3']")
    page.locator("#map").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    page.locator("path.country[aria-label^='Brazil']").tap()
    page.locator(".map-figure .map-panel").wait_for()
    assert focused(page) == "Brazil: 1 initiative"
    assert page.evaluate("scrollY") - before < 640
    for part in ("h2", "h3 >> nth=0", "li >> nth=0"):
        box = page.locator(f".map-panel {part}").bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 640
    page.locator(".map-panel").get_by_role("button", name="Close").tap()
    assert page.evaluate("scrollY") == before
    assert focused(page) == "Brazil. Initiatives: 1"
