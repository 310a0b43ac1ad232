"""The map in a real browser: with script, by keyboard, without script, on a telephone."""

import math
from itertools import zip_longest

import pytest

from countries.services import load_countries
from countrymap.shapes import world as shapes
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
    assert page.locator("path.country.map-2[aria-label='Kenya. Initiatives: 2']").count() == 1
    assert page.locator(SINGAPORE).count() == 1


def test_filters_reach_the_map(page, world):
    open_map(page, "/map/?theme=economic_measures")
    assert page.locator("path.country[aria-label='Kenya. Initiatives: 1']").count() == 1


def test_hover_tells_and_click_opens_the_panel(page, world):
    open_map(page)
    page.locator(SINGAPORE).hover()
    assert page.locator(".leaflet-tooltip").inner_text() == "Singapore\nInitiatives: 1"
    page.locator(SINGAPORE).click()
    assert page.locator("tr[data-code=SG] + tr .map-panel h2").inner_text() == "Singapore: 1 initiative"


def test_map_is_one_stop_of_the_tab_key_and_arrows_go_on(page, world):
    open_map(page)
    page.locator(".leaflet-control-zoom-in").focus()
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Kenya. Initiatives: 2"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Singapore. Initiatives: 1"
    page.get_by_role("tooltip", name="Singapore Initiatives: 1").wait_for()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Kenya. Initiatives: 2"
    page.keyboard.press("End")
    assert focused(page) == "Singapore. Initiatives: 1"


def test_focus_on_the_map_is_seen(page, world):
    open_map(page)
    page.locator(".leaflet-control-zoom-in").focus()
    page.keyboard.press("Shift+Tab")
    style = page.evaluate("(s => [s.stroke, s.strokeWidth])(getComputedStyle(document.activeElement))")
    assert style == ["rgb(179, 92, 0)", "3px"]


def test_without_script_the_servers_drawing_has_links(page_no_script, world):
    page_no_script.goto("/map/")
    link = page_no_script.locator("svg.world a[href='/countries/SG/']")
    assert link.locator("title").text_content() == "Singapore: 1 initiative"
    link.press("Enter")
    page_no_script.wait_for_url("**/countries/SG/")


def test_lost_numbers_leave_the_servers_drawing(page, world):
    page.route("**/map/data.json*", lambda route: route.fulfill(status=503))
    page.goto("/map/", wait_until="networkidle")
    page.watch.complaints.clear()
    assert page.locator("svg.world a:has(.map-1, .map-2)").count() == 2


def test_map_fits_a_telephone(new_page, world):
    page = open_map(new_page(viewport={"width": 360, "height": 740}))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def middle_of(page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_antarctica_is_there_where_something_is_counted_in_it(page, world):
    make_initiative(countries=["NZ"])
    open_map(page)
    south = page.locator("path.country[aria-label^='Antarctica']")
    assert not south.is_visible()
    page.locator("path.country[aria-label^='New Zealand']").focus()
    page.keyboard.press("a")
    assert focused(page).startswith(("Afghanistan", "Åland"))
    make_initiative(countries=["AQ"])
    open_map(page)
    box, frame = south.bounding_box(), page.locator("#map").bounding_box()
    assert frame["y"] <= box["y"] and box["y"] + box["height"] <= frame["y"] + frame["height"] + 1


def test_finger_near_a_symbol_means_it(new_page, world):
    """22 pixels around its middle in the open sea."""
    make_initiative(countries=["MU"])
    page = open_map(new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True))
    page.locator("#map").scroll_into_view_if_needed()
    x, y = middle_of(page, "path.symbol[aria-label^='Mauritius']")
    page.touchscreen.tap(x + 13, y + 13)
    page.locator(".map-panel h2", has_text="Mauritius").wait_for()


HEARD = """() => {
    window.heard = [];
    window.addEventListener("country", (event) => {
        event.stopImmediatePropagation();
        event.preventDefault();
        heard.push(event.detail.opener.getAttribute("aria-label").split(". ")[0]);
    }, true);
}"""
MIDDLES = """() => [...document.querySelectorAll("path.symbol")].map((symbol) => {
    const box = symbol.getBoundingClientRect();
    const name = symbol.getAttribute("aria-label").split(". ")[0];
    return [name, box.x + box.width / 2, box.y + box.height / 2];
})"""


def alone(middles: list, pixels: float) -> list:
    """Those that have no other within so many pixels."""
    near = [sum(math.dist(one[1:], other[1:]) < pixels for other in middles) for one in middles]
    return [one for one, number in zip(middles, near, strict=True) if number == 1]


def far_apart(middles: list) -> list:
    """The same, from side to side: two at once in one place would be a double click or tap, and zoom."""
    ordered = sorted(middles, key=lambda one: one[1])
    half = (len(ordered) + 1) // 2
    return [one for pair in zip_longest(ordered[:half], ordered[half:]) for one in pair if one]


@pytest.mark.parametrize(("width", "apart", "at_least"), [(1280, 1, 85), (360, 6, 40)])
def test_the_middle_of_each_symbol_means_it(new_page, width, apart, at_least):
    """With a mouse even where a neighbour covers it; browsers move the tap of a finger a little."""
    load_countries()
    make_initiative(countries=sorted(shapes().symbols)[::2], scope="multi_country")
    finger = {"has_touch": True, "is_mobile": True} if width < 500 else {}
    page = new_page(viewport={"width": width, "height": 800}, **finger)
    page.goto("/map/")
    page.wait_for_selector("path.symbol.map-1")
    page.locator("#map").scroll_into_view_if_needed()
    page.evaluate(HEARD)
    middles = far_apart(alone(page.evaluate(MIDDLES), apart))
    assert len(middles) >= at_least
    wrong = []
    for name, x, y in middles:
        if finger:
            page.touchscreen.tap(x, y)
            page.wait_for_timeout(210)  # Leaflet asks for the time alone
        else:
            page.mouse.move(x, y)
            wrong += [(name, told)] if (told := page.locator(".leaflet-tooltip b").last.inner_text()) != name else []
            page.mouse.click(x, y)
        heard = page.evaluate("heard.splice(0)")
        wrong += [(name, heard)] if heard != [name] else []
    assert wrong == []


def test_a_letter_goes_to_the_next_country_that_begins_with_it(page, world):
    """With any or without; who has none is told only where one stands on it."""
    open_map(page)
    page.locator(SINGAPORE).focus()
    page.keyboard.press("m")
    page.keyboard.press("M")
    assert focused(page) == "Malawi. Initiatives: none recorded"
    assert page.evaluate("document.activeElement.hasAttribute('aria-hidden')") is False
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Singapore. Initiatives: 1"
    assert page.locator("path[aria-label^='Malawi']").get_attribute("aria-hidden") == "true"
    page.keyboard.press("o")
    assert focused(page) == "Oman. Initiatives: none recorded"


def test_keys_do_not_move_the_whole_world_away(page, world):
    make_initiative(countries=["FJ", "WS"], scope="multi_country")
    open_map(page)
    place = "e => [e.getBoundingClientRect().x, e.getBoundingClientRect().y]"
    kenya = page.locator("path.country[aria-label^='Kenya']")
    before = kenya.evaluate(place)
    kenya.focus()
    page.keyboard.press("End")
    assert focused(page) == "Singapore. Initiatives: 1"
    page.keyboard.press("f")
    assert focused(page).startswith("Falkland")
    page.keyboard.press("Home")
    assert focused(page) == "Fiji. Initiatives: 1"
    page.wait_for_timeout(400)
    scrolled = page.evaluate("scrollY")
    assert kenya.evaluate(place) == [before[0], before[1] - scrolled]


def test_the_table_can_be_skipped(page, world):
    open_map(page)
    page.get_by_role("link", name="Skip the table").press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.map-figure'))")


def test_targets_are_large_enough_for_a_finger(new_page, world):
    page = open_map(new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True))
    page.locator("#map-side tr[data-code=KE] a").tap()
    page.locator(".map-panel").wait_for()
    small = page.evaluate("""[...document.querySelectorAll("main :is(a, button, summary):not(.skip)")]
        .filter(e => e.checkVisibility() && !e.closest("p"))
        .map(e => [e.textContent.trim(), e.getBoundingClientRect().height]).filter(([, height]) => height < 24)""")
    assert small == []


def test_small_symbols_reach_as_far_as_a_finger_without_script(new_page, world):
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto("/map/")
    reach = page.locator("svg.world a[href='/countries/SG/'] .reach")
    assert reach.evaluate("e => [getComputedStyle(e).strokeWidth, getComputedStyle(e).vectorEffect]") == [
        "44px",
        "non-scaling-stroke",
    ]


def from_right_to_left(page) -> None:
    """Show pages as an Arabic interface will have them; its words are still to come."""

    def turn(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('lang="en" dir="ltr"', 'lang="ar" dir="rtl"', 1))

    page.context.route("**/map/**", turn)
    page.context.route("**/map/data.json*", lambda route: route.continue_())


def test_map_from_right_to_left(page, world):
    """Table at the right, arrows go the way they point, Arabic titles stand as they are read."""
    make_initiative(countries=["EG"], title="طيف مؤقت لشبكات الهاتف المحمول", language="ar")
    from_right_to_left(page)
    open_map(page)
    assert page.locator("#map-side").bounding_box()["x"] > page.locator("#map").bounding_box()["x"]
    page.locator("path.country[aria-label^='Egypt']").focus()
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Kenya. Initiatives: 2"
    page.locator("tr[data-code=EG] a").click()
    title = page.locator(".map-panel a[lang=ar]")
    assert title.get_attribute("dir") == "rtl"
    assert title.inner_text() == "طيف مؤقت لشبكات الهاتف المحمول"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_moves_where_movement_is_not_wanted(new_page, world):
    page = open_map(new_page(reduced_motion="reduce"))
    page.locator(".leaflet-control-zoom-in").click()
    assert page.locator(".leaflet-zoom-anim").count() == 0


def test_paper_says_what_was_filtered_and_what_shades_mean(page, world):
    open_map(page, "/map/?country=KE")
    page.emulate_media(media="print")
    assert page.locator("#map-chips").inner_text().strip() == "Country or territory: Kenya"
    assert page.locator("#map-classes .swatch").first.is_visible()
    assert not page.locator(".filters").is_visible()
    assert "/map/?country=KE" in page.locator(".print-line").inner_text()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_coverage_fits_a_telephone(new_page, world, direction):
    page = new_page(viewport={"width": 360, "height": 740})
    page.goto("/statistics/")
    page.evaluate("(direction) => { document.documentElement.dir = direction; }", direction)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".coverage").evaluate("e => e.parentElement.scrollWidth <= e.parentElement.clientWidth")
