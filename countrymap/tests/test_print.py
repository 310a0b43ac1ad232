"""On paper: what no reader of paper needs is gone, and day, address and licence are said."""

import pytest

from tests.factories import make_initiative

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = ["/countries/KE/", "/regions/AFR/", "/compare/?country=KE&country=UG", "/statistics/", "/initiatives/"]


@pytest.mark.parametrize("path", PATHS)
def test_page_prints_as_a_brief(page, path):
    make_initiative(countries=["KE"])
    make_initiative(countries=["UG"])
    page.goto(path)
    line = page.locator(".print-line")
    assert not line.is_visible()
    page.emulate_media(media="print")
    assert line.is_visible()
    assert "CC BY 4.0" in line.inner_text() and path.split("?")[0] in line.inner_text()
    for gone in (".site-nav", ".site-footer", "form", ".button"):
        assert not any(one.is_visible() for one in page.locator(gone).all()), gone
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_comparison_stays_a_table_on_paper(page):
    make_initiative(countries=["KE"])
    page.set_viewport_size({"width": 660, "height": 900})
    page.goto("/compare/?country=KE")
    page.emulate_media(media="print")
    assert page.locator(".compare thead").is_visible()


def test_comparison_names_the_country_of_each_cell_on_a_telephone(page):
    make_initiative(countries=["KE"])
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/compare/?country=KE")
    assert page.locator(".compare-name").first.is_visible()
    assert page.get_by_role("cell", name="Kenya").count() == 14
