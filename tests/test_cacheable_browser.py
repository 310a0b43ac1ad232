"""What a browser keeps of a visitor's page is not what it shows to somebody who has signed in, nor the other way."""

import pytest
from playwright.sync_api import expect

from tests import steps
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser, live_server):
    """A page of a browser that keeps what it may: one whose requests are watched (`new_page`) keeps nothing."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="en")
    yield context.new_page()
    context.close()


def test_page_shows_who_is_there_before_and_after_signing_in(page):
    person = UserFactory(email="achieng@ca.example", name="Achieng")
    entries = page.locator("header nav").first
    mine, sign_in = (entries.get_by_role("link", name=name) for name in ("My contributions", "Sign in"))
    for _visit in range(2):
        page.goto("/about/")
        expect(sign_in).to_be_visible()
    steps.sign_in(page, person.email, "/accounts/login/?next=/about/")
    for _visit in range(2):
        page.goto("/about/")
        expect(mine).to_be_visible()
        expect(sign_in).to_have_count(0)
    entries.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    for _visit in range(2):
        page.goto("/about/")
        expect(sign_in).to_be_visible()
        expect(mine).to_have_count(0)
    page.goto("/initiatives/")
    page.go_back()
    expect(sign_in).to_be_visible()


def test_page_that_is_known_is_asked_for_and_not_sent_again(page):
    page.goto("/about/")
    with page.expect_response("**/about/") as seen:
        page.goto("/about/")
    sent = seen.value.request.all_headers()
    assert sent["if-none-match"].startswith('W/"') and seen.value.status in (200, 304)
