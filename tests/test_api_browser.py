"""The two pages of the API in a browser: any complaint of the console, or request to others, fails them."""

import pytest
from playwright.sync_api import expect

from reg4covid.api.document import document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_swagger_draws_the_description_under_our_policy(page):
    page.goto("/api/v1/docs/try/")
    expect(page.locator(".opblock")).to_have_count(len(document()["paths"]))
    page.locator(".opblock-summary-control").nth(2).click()
    expect(page.get_by_role("button", name="Try it out")).to_be_visible()


def test_page_needs_no_script(page_no_script):
    page_no_script.goto("/api/v1/docs/#problem-gone")
    expect(page_no_script.locator("#problem-gone")).to_be_in_viewport()
    page_no_script.goto("/api/v1/docs/try/")
    expect(page_no_script.get_by_role("link", name="The page of the API")).to_be_visible()
