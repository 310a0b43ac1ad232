"""A new member's first post: written, waiting, read by a moderator, public, told."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from forum.models import Post
from outbox.models import Letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.DEMO = True


def test_the_first_post_of_a_new_member_is_read_by_a_moderator_before_others(house, page):
    house.sign_in(page, "author")
    page.goto(reverse("forum:board", args=["ask-your-peers"]))
    page.get_by_role("link", name="Begin a topic").click()
    page.get_by_label("Title").fill("How did you end temporary licences?")
    page.get_by_label("Your post").fill("Ours end in **eight weeks**.")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_text("Waiting for a moderator")).to_be_visible()
    address = page.url.split("#")[0]

    page.context.clear_cookies()
    assert page.goto(address).status == 404

    house.sign_in(page, "moderator")
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="How did you end temporary licences?").click()
    expect(page.get_by_text("first posts of a new member")).to_be_visible()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("it is “public” now")
    assert Post.objects.get().is_public

    page.context.clear_cookies()
    page.goto(reverse("forum:index"))
    page.get_by_role("link", name="How did you end temporary licences?").click()
    expect(page.locator("strong", has_text="eight weeks")).to_be_visible()
    letter = Letter.objects.get(recipient=house.people.author.email, subject__contains="Your post is public")
    assert Post.objects.get().get_absolute_url() in letter.body
