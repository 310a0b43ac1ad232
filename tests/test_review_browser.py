"""A measure is found to hold still, from the letter, in a browser that has never been here."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from initiatives.models import Initiative, Submission
from initiatives.services import review_rounds
from initiatives.tests.reviewing import set_due

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def links(house) -> list[str]:
    """The paths of the letter's links: valid, ended, correct."""
    set_due(house.corrected)
    mail.outbox.clear()
    review_rounds.ask()
    (letter,) = mail.outbox
    return re.findall(r"http://[^/]+(/reviews/\S+)", letter.body)


def states(house) -> tuple:
    initiative = Initiative.objects.get(pk=house.corrected.pk)
    return initiative.review_on, initiative.confirmed_on, initiative.decisions.count(), Submission.objects.count()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_one_click_says_that_it_still_holds(script, house, links, new_page):
    page = new_page(java_script_enabled=script)
    before = states(house)
    for link in links:  # as a mail scanner would
        page.goto(link)
        page.wait_for_load_state()
    assert states(house) == before
    page.goto(links[0])
    page.get_by_role("button", name="It still holds").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(page.get_by_text("You answered on")).to_be_visible()
    assert house.corrected.decisions.filter(move="confirm").count() == 1
    page.goto(links[1])
    expect(page.get_by_text("You answered on")).to_be_visible()
    page.goto(house.corrected.get_absolute_url() + "history/")
    expect(page.locator("main").get_by_text("it still holds", exact=False)).to_be_visible()


def test_end_is_sent_for_review_without_signing_in(house, links, page_no_script):
    page = page_no_script
    page.goto(links[1])
    page.get_by_role("button", name="It has ended").click()
    expect(page.get_by_text("A moderator looks at it")).to_be_visible()
    assert Submission.objects.filter(initiative=house.corrected, status="submitted").count() == 1
    page.get_by_role("link", name="See where your correction stands").click()
    expect(page.locator("main input[type=email]").first).to_be_visible()


def test_promise_leads_to_the_draft_by_signing_in(house, links, page):
    page.goto(links[2])
    page.get_by_role("button", name="Begin the correction").click()
    house.sign_in(page, "author")
    page.get_by_role("link", name="Write the correction").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value(house.corrected.title)
