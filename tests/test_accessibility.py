"""WCAG 2.2 A and AA as far as axe can see, on every page, light and dark, wide and narrow; and the keyboard."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browsing import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAULTS = {"resultTypes": ["violations"]}  # what is right would be written out too, node by node
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}, **FAULTS}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, **FAULTS}
# Django's own frame
ADMIN = (
    "start",
    "post in the admin",
    "start filtered",
    "queue",
    "review list",
    "decision",
    "decision held",
    "held decisions",
    "letter",
    "decision log",
    "statistics",
)
TAKES_THE_FOCUS = (
    "form with errors",
    "form in conflict",
    "map with panel",
    "begin a topic with errors",
    "begin a topic with preview",
    "begin a topic with a wrong picture",
    "reason missing",
)
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => `${e.tagName}.${e.className}`).slice(0, 5)"""
# Another scheme changes colours alone.
LOOKS = [("light", 1280, RULES), ("light", 360, RULES), ("dark", 1280, COLOURS), ("dark", 360, COLOURS)]


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.DEMO = True


@pytest.fixture(params=["visitor", "author", "moderator"])
def pages(request, house, new_page) -> Callable:
    """Every page that is for one of the people, one after the other in one browser: name and page."""

    def each(**options) -> Iterator:
        page = new_page(**options)
        house.sign_in(page, request.param)
        for name, (person, go) in PAGES.items():
            if person == request.param:
                go(page, house)
                yield name, page
            page.watch.complaints.clear()

    return each


def opened(name: str, house, new_page, **options):
    """The page `name`, opened by whom it is for."""
    person, go = PAGES[name]
    page = new_page(**options)
    house.sign_in(page, person)
    go(page, house)
    return page


def violations(page, rules: dict) -> list[str]:
    """What axe finds, a line each: rule, where, and why. Colours that still change on the way are none to judge."""
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished.catch(() => 0)))")
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{found['id']}: {' '.join(node['target'])}: {node['failureSummary'].splitlines()[-1].strip()}"
        for found in page.evaluate("rules => axe.run(rules).then(results => results.violations)", rules)
        for node in found["nodes"]
    ]


def test_pages_are_accessible(pages):
    """And nothing is cut off sideways at 360 px, which is also 1,440 px enlarged four times."""
    found = []
    for name, page in pages(bypass_csp=True):  # axe brings its own script
        for scheme, width, rules in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            lines = violations(page, rules) + [f"too wide: {element}" for element in page.evaluate(TOO_WIDE)]
            found += [f"{name}, {scheme}, {width}: {line}" for line in lines]
    assert not found, "\n".join(found)


def test_pages_have_one_heading_a_title_a_language_and_a_way_past_the_menu(pages):
    """And they ask nobody but the portal for anything, and complain of nothing: one visit shows all of it."""
    found = {}
    for name, page in pages(viewport={"width": 360, "height": 740}):
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))")
        jumps = [pair for pair in zip(levels, levels[1:], strict=False) if pair[1] - pair[0] > 1]
        language = page.locator("html").get_attribute("lang")
        if name not in ADMIN and (levels.count(1), jumps, language) != (1, [], "en") or not page.title().strip():
            found[name] = (levels, language, page.title())
        if wide := page.evaluate(TOO_WIDE):  # opened at this width, not brought to it
            found[f"{name}, too wide"] = wide
        if name not in (*ADMIN, *TAKES_THE_FOCUS, "map embedded") and not leads_past_the_menu(page):
            found[f"{name}, first key"] = page.evaluate("document.activeElement.outerHTML.slice(0, 90)")
        page.wait_for_load_state("networkidle")
        if page.watch.complaints:
            found[f"{name}, complaints"] = list(page.watch.complaints)
    assert found == {}


def leads_past_the_menu(page) -> bool:
    """Whether the first key shows a link to the content, and the second one follows it."""
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    seen = skip.is_visible() and skip.bounding_box()["y"] >= 0 and skip.get_attribute("href")
    page.keyboard.press("Enter")
    return (seen, page.evaluate("document.activeElement.id")) == ("#main", "main")


FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.type !== "hidden" && e.tabIndex >= 0)
    .filter(e => e.type !== "radio" && !e.closest("svg"))"""


@pytest.mark.parametrize("name", ["home", "list", "map", "form filled"])
def test_keyboard_reaches_everything_and_leaves_again(name, house, new_page):
    page = opened(name, house, new_page)
    page.evaluate("window.reached = new Set()")
    steps, standing = page.evaluate(f"({FOCUSABLE})().length") + 400, 0
    while steps and standing < 8:  # a date has several stops of its own
        before = page.evaluate("window.reached.size")
        page.keyboard.press("Tab")
        standing = standing + 1 if page.evaluate("window.reached.add(document.activeElement).size") == before else 0
        steps -= 1
    missed = page.evaluate(f"({FOCUSABLE})().filter(e => !reached.has(e)).map(e => e.outerHTML.slice(0, 90))")
    assert missed == []
    assert page.evaluate("reached.has(document.body)")


def test_focus_is_seen(house, new_page):
    for name in ("home", "form filled"):
        page = opened(name, house, new_page)
        for selector in ("a[href]:visible", "button:visible", "input:visible:not([type=hidden])"):
            page.keyboard.press("Tab")  # so that the browser takes the keyboard to be in use
            element = page.locator(f"main {selector}").first
            element.focus()
            style = element.evaluate("e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth] }")
            assert style == ["solid", "3px"], (name, selector)


def test_errors_are_named_and_reached(house, new_page):
    """The summary of errors has the focus, and its first link leads to the field."""
    page = opened("form with errors", house, new_page)
    assert page.title().startswith("Error:")
    summary = page.locator(".error-summary")
    assert summary.evaluate("e => e === document.activeElement || e.contains(document.activeElement)")
    summary.get_by_role("link").first.click()
    assert page.locator(":focus").get_attribute("aria-invalid") == "true"


def test_text_can_grow(house, new_page):
    """Twice as large, nothing is cut off sideways."""
    page = opened("list", house, new_page, viewport={"width": 640, "height": 740})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
