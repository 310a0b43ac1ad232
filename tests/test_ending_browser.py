"""“This measure has ended” in two clicks, with and without a script."""

import pytest
from playwright.sync_api import expect

from initiatives.models import Submission
from moderation.services import transition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_two_clicks_say_that_a_measure_has_ended(script, house, new_page):
    page = new_page(java_script_enabled=script)
    house.sign_in(page, "author")
    page.goto(house.corrected.get_absolute_url())
    page.get_by_role("link", name="It has ended").click()
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_text("Waiting for a moderator")).to_be_visible()
    expect(page.get_by_role("heading", name="What your correction changes")).to_be_visible()
    house.corrected.refresh_from_db()
    assert house.corrected.measure_status == "in_force"  # until a moderator has approved it
    sent = Submission.objects.get(initiative=house.corrected, status="submitted")
    transition(sent, "approve", by=house.people.moderator)
    page.goto(house.corrected.get_absolute_url())
    expect(page.locator(".marks").get_by_text("Ended")).to_be_visible()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="Version 3")).to_be_visible()
    page.get_by_role("link", name="Compare with the version before").first.click()
    expect(page.locator("main").get_by_text("Ended or revoked", exact=False).first).to_be_visible()


def test_what_is_wrong_is_said_and_what_was_typed_stays(house, page_no_script):
    page = page_no_script
    house.sign_in(page, "author")
    page.goto(house.corrected.get_absolute_url())
    page.get_by_role("link", name="It was extended").click()
    page.get_by_label("Web address of a source").fill("https://gazette.example/extension")
    page.get_by_role("button", name="Send for review").click()
    expect(page.locator(".error-summary")).to_contain_text("Give the date.")
    expect(page.get_by_label("Web address of a source")).to_have_value("https://gazette.example/extension")
    for part, value in (("Day", "31"), ("Month", "12"), ("Year", "2031")):
        page.get_by_label(part).fill(value)
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_text("Waiting for a moderator")).to_be_visible()
