"""The list's filters in a real browser: with script, by keyboard, without script, on a telephone, back and forward."""

import re

import pytest
from django.urls import reverse

from initiatives.models import Initiative
from tests.factories import make_initiative

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MANY = "KE UG GH NG SN CI TG BJ ZA ZM RW ET".split()  # more than a facet shows at once
SPECTRUM, INCLUSION = "[name=theme][value=spectrum]", "[name=theme][value=digital_inclusion]"


@pytest.fixture
def three() -> list[Initiative]:
    """Two on spectrum, one of them in Kenya alone; one on inclusion."""
    return [
        make_initiative(title="Kenya lends spectrum"),
        make_initiative(title="East and West share", scope="multi_country", countries=MANY),
        make_initiative(title="Schools online", theme="digital_inclusion", measure_types=[], countries=["KE"]),
    ]


def titles(page) -> list[str]:
    return page.locator("#results .item-title").all_inner_texts()


def shows(page, query: str, *expected: str) -> None:
    """Address, results, number in words and boxes say the same."""
    page.wait_for_function("query => location.search === query", arg=query)
    page.wait_for_function("count => document.querySelectorAll('#results .item').length === count", arg=len(expected))
    assert set(titles(page)) == set(expected)
    assert page.locator("[data-announce]").inner_text().startswith(f"{len(expected)} initiative")
    ticked = page.eval_on_selector_all("form[data-apply] :checked", "all => all.map(one => `${one.name}=${one.value}`)")
    assert sorted(ticked) == sorted(pair for pair in query.lstrip("?").split("&") if pair and not pair.startswith("q="))
    assert len(page.locator(".chips .chip").all()) == len([pair for pair in query.lstrip("?").split("&") if pair])


KENYA, EAST, SCHOOLS = "Kenya lends spectrum", "East and West share", "Schools online"


def test_choice_applies_itself_and_is_told(page, three):
    page.goto(reverse("initiatives:list"))
    page.evaluate("window.stayed = true")
    page.locator(SPECTRUM).check()
    shows(page, "?theme=spectrum", KENYA, EAST)
    assert page.evaluate("window.stayed")
    assert page.evaluate("document.activeElement.value") == "spectrum"
    said = page.locator("p.visually-hidden[role=status]").inner_text()
    assert re.match(r"2 initiatives from 12 countries and territories, newest first", said)
    page.locator(INCLUSION).check()
    shows(page, "?theme=spectrum&theme=digital_inclusion", KENYA, EAST, SCHOOLS)


def test_everything_is_done_by_keyboard(page, three):
    page.goto(reverse("initiatives:list"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[name=theme][value=spectrum]')"):
            break
    page.keyboard.press("Space")
    shows(page, "?theme=spectrum", KENYA, EAST)
    page.keyboard.press("Space")  # the focus is still there
    shows(page, "", KENYA, EAST, SCHOOLS)
    page.locator("#id_q").focus()
    page.keyboard.type("schools")
    page.keyboard.press("Enter")
    shows(page, "?q=schools", SCHOOLS)
    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    shows(page, "", KENYA, EAST, SCHOOLS)


@pytest.mark.parametrize("script", [True, False])
def test_chips_take_filters_away(new_page, three, script):
    page = new_page(java_script_enabled=script)
    page.goto(reverse("initiatives:list") + "?country=KE&theme=spectrum")
    assert set(titles(page)) == {KENYA, EAST}
    page.get_by_role("link", name="Remove Theme: Spectrum").click()
    page.wait_for_url("**/initiatives/?country=KE")
    assert not page.locator(SPECTRUM).is_checked() and page.locator("[name=country][value=KE]").is_checked()
    page.get_by_role("link", name="Clear all").click()
    page.wait_for_url(re.compile(r"/initiatives/\??$"))
    assert page.locator("form[data-apply] :checked").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_long_facet_is_shown_whole_when_asked_for(new_page, three, script):
    page = new_page(java_script_enabled=script)
    page.goto(reverse("initiatives:list") + "?theme=spectrum")
    countries = page.locator("#facet-country input")
    assert countries.count() == 10
    page.locator("#facet-country a", has_text="2 more").click()
    page.wait_for_url("**all=country*")
    assert countries.count() == len(MANY)
    assert page.locator(SPECTRUM).is_checked()
    assert page.locator("#facet-country").evaluate("one => one.getBoundingClientRect().top < innerHeight")


def test_back_and_forward_bring_back_address_results_and_boxes(page, three):
    page.goto(reverse("initiatives:list"))
    page.locator(SPECTRUM).check()
    shows(page, "?theme=spectrum", KENYA, EAST)
    page.locator("[name=country][value=UG]").check()
    uganda = "?country=UG&theme=spectrum"
    shows(page, uganda, EAST)
    page.go_back()
    shows(page, "?theme=spectrum", KENYA, EAST)
    page.go_back()
    shows(page, "", KENYA, EAST, SCHOOLS)
    page.go_forward()
    shows(page, "?theme=spectrum", KENYA, EAST)
    page.go_forward()
    shows(page, uganda, EAST)


def test_back_from_an_initiative_brings_back_the_choice(page, three):
    page.goto(reverse("initiatives:list"))
    page.locator(INCLUSION).check()
    shows(page, "?theme=digital_inclusion", SCHOOLS)
    page.get_by_role("link", name=SCHOOLS).click()
    page.wait_for_url("**/schools-online/")
    page.go_back()
    shows(page, "?theme=digital_inclusion", SCHOOLS)


def test_without_script_the_form_is_sent(page_no_script, three):
    page = page_no_script
    page.goto(reverse("initiatives:list"))
    page.locator(SPECTRUM).check()
    page.locator("#id_q").fill("lends")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**theme=spectrum*")
    assert titles(page) == [KENYA]
    assert page.locator(SPECTRUM).is_checked() and page.locator("#id_q").input_value() == "lends"
    page.go_back()
    assert len(titles(page)) == 3


@pytest.mark.parametrize("script", [True, False])
def test_filters_unfold_on_a_telephone(new_page, three, script):
    page = new_page(viewport={"width": 360, "height": 740}, java_script_enabled=script)
    page.goto(reverse("initiatives:list"))
    assert not page.locator(SPECTRUM).is_visible()
    page.locator("details.filters > summary").click()
    page.locator(SPECTRUM).check()
    if not script:
        page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**theme=spectrum*")
    page.wait_for_selector(".chip")
    assert set(titles(page)) == {KENYA, EAST}
    assert page.locator("details.filters > summary").inner_text() in ("Filters", "Filters (1)")
    assert page.locator(".facet label").first.bounding_box()["height"] >= 24 if script else True


def test_nothing_is_wider_than_a_telephone(new_page, three):
    page = new_page(viewport={"width": 360, "height": 740})
    for query in ("", "?q=xyzzy&country=KE&theme=spectrum", "?country=KE&country=UG&theme=spectrum&q=share"):
        page.goto(reverse("initiatives:list") + query)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_filters_on_a_telephone_say_what_they_find(new_page, three):
    page = new_page(viewport={"width": 360, "height": 640})
    page.goto(reverse("initiatives:list"))
    page.locator(".filters > summary").click()
    page.locator(SPECTRUM).check()
    shows(page, "?theme=spectrum", KENYA, EAST)
    assert page.locator(".filters > summary").inner_text() == "Filters (1)"
    link = page.get_by_role("link", name="Show 2 results")
    assert link.is_visible()
    link.click()
    page.wait_for_function("() => document.getElementById('results').getBoundingClientRect().top < innerHeight / 2")
