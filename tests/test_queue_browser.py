"""A moderator's day at the start page: by keyboard, without script, and on a telephone."""

import pytest
from playwright.sync_api import expect

from accounts.models import Membership
from initiatives.models import Submission
from moderation.models import Duty
from tests.factories import OrganisationFactory, UserFactory, confirm, make_submission

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
START = "/admin/"


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.DEMO = True


def waiting(title: str, **values) -> Submission:
    organisation, author = OrganisationFactory(), UserFactory()
    confirm(author, organisation)
    return make_submission(by=author, organisation=organisation, title=title, **values)


def test_day_of_a_moderator_without_script(house, page_no_script):
    """Regions, a filter, a claim, a decision, many at once, a membership: each leads back to the queue."""
    page = page_no_script
    african = waiting("African measure")
    spam = [waiting(f"Buy now {number}", countries=["FR"]) for number in range(2)]
    house.sign_in(page, "moderator")
    page.goto(START)
    page.get_by_text("My regions and mail").click()
    page.locator(".queue-duty").get_by_label("Africa").check()
    page.locator(".queue-duty").get_by_label("Never").check()
    page.locator(".queue-duty").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Shown: my regions.")).to_be_visible()
    expect(page.get_by_role("link", name="Buy now 0")).to_have_count(0)
    assert Duty.objects.get().mail == "never"

    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Words").fill("african")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="African measure").click()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()
    expect(page.get_by_label("Words")).to_have_value("african")
    african.refresh_from_db()
    assert african.status == "approved"

    page.goto(f"{START}?region=all&kind=submission")
    for one in spam:
        page.get_by_label(one.title).check()
    page.get_by_label("With the chosen ones:").select_option("Mark as spam")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Mark as spam", exact=True).click()
    assert Submission.objects.filter(status="spam").count() == 2

    page.goto(f"{START}?region=all&kind=membership")
    page.get_by_role("button", name="Confirm").first.click()
    expect(page.get_by_text("confirmed.")).to_be_visible()
    assert Membership.objects.filter(confirmed_by=house.people.moderator).count() == 1
    assert page.url.endswith("?region=all&kind=membership") or page.url.endswith("?kind=membership&region=all")


def test_keyboard_reaches_the_table_at_once(house, page):
    waiting("African measure")
    house.sign_in(page, "moderator")
    page.goto(START)
    skip = page.get_by_role("link", name="Skip to the table")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the first control of the table's form
    assert page.evaluate("document.activeElement.closest('#queue') !== null")
    page.get_by_role("link", name="African measure").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="African measure").first).to_be_visible()


def test_one_box_ticks_all_and_says_when_some_are(house, page):
    waiting("One"), waiting("Two")
    house.sign_in(page, "moderator")
    page.goto(f"{START}?kind=submission")
    every, boxes = page.get_by_label("Choose all of this page"), page.locator("input[name=chosen]")
    every.check()
    assert [box.is_checked() for box in boxes.all()] == [True] * boxes.count()
    boxes.first.uncheck()
    assert every.evaluate("e => e.indeterminate") is True


def test_table_keeps_its_meaning_on_a_telephone(house, new_page):
    waiting("طيف مؤقت لشبكات الهاتف المحمول", language="ar", countries=["EG"])
    page = new_page(viewport={"width": 360, "height": 740})
    house.sign_in(page, "moderator")
    page.goto(START)
    title = page.get_by_role("link", name="طيف مؤقت لشبكات الهاتف المحمول")
    assert title.evaluate("e => getComputedStyle(e).direction") == "rtl"
    expect(page.get_by_role("table")).to_have_count(1)
    assert page.get_by_role("columnheader").count() == page.get_by_role("row").last.locator("> *").count()
