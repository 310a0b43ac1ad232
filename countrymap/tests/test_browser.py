"""The map in a real browser: with script, by keyboard, without script, on a telephone."""

import pytest

from countries.services import load_countries
from tests.factories import make_initiative

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SINGAPORE = "path.symbol[aria-label^='Singapore']"


@pytest.fixture
def world():
    load_countries()
    make_initiative(countries=["KE"])
    make_initiative(countries=["KE", "SG"], scope="multi_country", theme="economic_measures", measure_types=["subsidy"])


def open_map(page, address: str = "/map/"):
    page.goto(address)
    page.wait_for_selector("path.country.map-2, path.country.map-1")
    return page


def focused(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') || ''")


def test_script_draws_the_numbers_of_the_page(page, world):
    open_map(page)
    assert page.locator("svg.world").count() == 0
    assert page.locator("path.country[aria-label='Kenya. Initiatives: 2']").get_attribute("class").split()[1] == "map-2"
    assert page.locator(SINGAPORE).count() == 1


def test_filters_reach_the_map(page, world):
    open_map(page, "/map/?theme=economic_measures")
    assert page.locator("path.country[aria-label='Kenya. Initiatives: 1']").count() == 1


def test_hover_tells_and_click_opens(page, world):
    open_map(page)
    page.locator(SINGAPORE).hover()
    assert page.locator(".leaflet-tooltip").inner_text() == "Singapore\nInitiatives: 1"
    page.locator(SINGAPORE).click()
    page.wait_for_url("**/countries/SG/")


def test_map_is_one_stop_of_the_tab_key_and_arrows_go_on(page, world):
    open_map(page)
    page.locator(".leaflet-control-zoom-in").focus()
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Kenya. Initiatives: 2"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Singapore. Initiatives: 1"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Kenya. Initiatives: 2"
    page.keyboard.press("Enter")
    page.wait_for_url("**/countries/KE/")


def test_without_script_the_servers_drawing_has_links(page_no_script, world):
    page_no_script.goto("/map/")
    link = page_no_script.locator("svg.world a[href='/countries/SG/']")
    assert link.locator("title").text_content() == "Singapore: 1 initiative"
    link.click()
    page_no_script.wait_for_url("**/countries/SG/")


def test_lost_numbers_leave_the_servers_drawing(page, world):
    page.route("**/map/data.json*", lambda route: route.fulfill(status=503))
    page.goto("/map/", wait_until="networkidle")
    page.watch.complaints.clear()
    assert page.locator("svg.world a").count() == 2


def test_map_fits_a_telephone(new_page, world):
    page = open_map(new_page(viewport={"width": 360, "height": 740}))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
