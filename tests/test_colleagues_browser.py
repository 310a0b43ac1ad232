"""A colleague asks to join, a member confirms, and both see each other's drafts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.services import request_membership
from tests.factories import OrganisationFactory, UserFactory, confirm, make_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False])
def test_colleague_asks_and_both_see_each_others_drafts(house, new_page, script):
    organisation = OrganisationFactory(name="Maritime Authority of Kenya")
    confirm(house.people.author, organisation)
    make_draft(by=house.people.author, organisation=organisation, title="Hers to finish")
    asking, member = (new_page(java_script_enabled=script) for _ in range(2))
    house.sign_in(asking, "stranger")
    house.sign_in(member, "author")

    asking.goto(reverse("portal:my"))
    asking.get_by_role("link", name="Join an organisation").click()
    asking.get_by_label("Name of the organisation").fill("maritime")
    asking.locator("main").get_by_role("button", name="Search").click()
    asking.get_by_role("link", name="Maritime Authority of Kenya").click()
    expect(asking.get_by_text("charlie@elsewhere.example")).to_be_visible()
    asking.get_by_role("button", name="Ask to join").click()
    expect(asking.get_by_text("Requested")).to_be_visible()
    make_draft(by=house.people.stranger, organisation=organisation, title="His to finish")
    expect(asking.get_by_role("link", name="Hers to finish", exact=True)).to_have_count(0)

    member.goto(reverse("portal:my"))
    expect(member.get_by_role("link", name="His to finish", exact=True)).to_have_count(0)
    expect(member.get_by_text("charlie@elsewhere.example")).to_be_visible()
    member.get_by_role("button", name="Confirm Charlie").click()
    expect(member.get_by_role("link", name="His to finish", exact=True)).to_be_visible()
    asking.reload()
    expect(asking.get_by_role("link", name="Hers to finish", exact=True)).to_be_visible()
    asking.get_by_role("link", name="Hers to finish", exact=True).click()
    expect(asking.get_by_role("link", name="Continue").first).to_be_visible()


def test_member_refuses_with_a_reason(house, new_page):
    organisation = OrganisationFactory(name="Maritime Authority of Kenya")
    confirm(house.people.author, organisation)
    request_membership(UserFactory(name="Unknown Person"), organisation)
    page = new_page()
    house.sign_in(page, "author")
    page.goto(reverse("portal:my"))
    page.locator("summary", has_text="Refuse Unknown Person").click()
    page.get_by_label("Reason, sent to the person").fill("We do not know you")
    page.get_by_role("button", name="Refuse Unknown Person").click()
    expect(page.get_by_text("Unknown Person: the membership is refused.")).to_be_visible()
