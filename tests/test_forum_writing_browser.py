"""Writing in the forum with the page's script: preview, names after “@”, drafts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from forum.models import Draft, Post
from forum.tests.things import known_member, post_reply, post_topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def topic():
    return post_topic(by=known_member(handle="amina-diallo", name="Amina Diallo")).topic


@pytest.fixture
def text(house, page, topic):
    """The reply box of a topic, before somebody who has signed in."""
    house.sign_in(page, "author")
    page.goto(topic.get_absolute_url())
    return page.get_by_role("textbox", name="Your post")


def test_the_preview_appears_without_leaving_the_page(page, text):
    text.fill("A **bold** word.")
    page.get_by_role("button", name="Preview").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator("strong")).to_have_text("bold")
    expect(preview).to_be_focused()
    expect(text).to_have_value("A **bold** word.")
    assert Post.objects.count() == 1


def test_names_are_offered_and_taken_by_keyboard(page, text):
    text.press_sequentially("Ask @ami")
    option = page.get_by_role("option", name="Amina Diallo @amina-diallo")
    expect(option).to_have_attribute("aria-selected", "true")
    assert text.get_attribute("aria-activedescendant") == option.get_attribute("id")
    text.press("Enter")
    expect(text).to_have_value("Ask @amina-diallo ")
    expect(option).to_be_hidden()
    text.press_sequentially("and @ami")
    expect(option).to_be_visible()
    text.press("Escape")
    expect(option).to_be_hidden()
    expect(text).to_be_focused()


def test_what_was_typed_is_there_again_and_gone_once_posted(page, text, topic):
    text.fill("Half a thought.")
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved at", timeout=10_000)
    page.goto(reverse("forum:index"))
    page.goto(topic.get_absolute_url())
    expect(text).to_have_value("Half a thought.")
    text.fill("Half a thought, and the other half.")  # in the browser alone so far
    page.on("dialog", lambda dialog: dialog.accept())
    page.wait_for_timeout(500)
    page.reload()
    expect(text).to_have_value("Half a thought, and the other half.")
    page.get_by_role("button", name="Post your reply").click()
    expect(page.get_by_text("Waiting for a moderator")).to_be_visible()
    expect(text).to_have_value("")
    assert not Draft.objects.exists()
    page.wait_for_load_state("load")  # the page's script has looked what was taken
    kept = page.evaluate("Object.entries(sessionStorage).filter(([name]) => name.startsWith('typed:'))")
    assert kept == []


def test_enter_in_the_title_shows_the_preview_and_posts_nothing(page, house, topic):
    house.sign_in(page, "author")
    page.goto(reverse("forum:create", args=[topic.board.slug]))
    page.get_by_role("textbox", name="Your post").fill("A **bold** word.")
    page.get_by_label("Title").press("Enter")
    expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("bold")
    assert Post.objects.count() == 1


@pytest.mark.parametrize("context", [{"java_script_enabled": False}])
def test_without_script_the_preview_of_a_long_topic_is_in_view(new_page, house, topic, context):
    for _ in range(15):
        post_reply(topic, by=topic.author)
    page = new_page(**context)
    house.sign_in(page, "author")
    page.goto(topic.get_absolute_url())
    page.get_by_role("textbox", name="Your post").fill("A **bold** word.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview")).to_be_in_viewport()
