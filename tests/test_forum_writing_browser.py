"""Writing in the forum with the page's script: preview, names after “@”, drafts."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from forum.models import Draft, Post
from forum.services import rename
from forum.tests.things import known_member, png, post_reply, post_topic

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


# Quotes


@pytest.fixture
def replies(topic):
    return [post_reply(topic, by=known_member(), body=f"Answer zq{number}.") for number in range(2)]


def quote(page, post) -> None:
    page.locator(f"#{post.anchor}").get_by_role("link", name="Quote").click()


def test_quotes_come_after_what_is_typed_and_nothing_is_lost(page, replies, text, topic):
    text.press_sequentially("My thoughts.")
    for post in replies:  # before anything was saved
        quote(page, post)
        expect(text).to_have_value(re.compile(f"> Answer zq{post.pk - replies[0].pk}"))
    first, second = (post.author.name for post in replies)
    wanted = rf"^My thoughts\.\n\n> \[{first}\].*\n>\n> Answer zq0\.\n\n> \[{second}\].*\n>\n> Answer zq1\.\n\n$"
    assert re.search(wanted, text.input_value())
    expect(text).to_be_focused()
    page.keyboard.type("And so do I.")
    page.get_by_role("button", name="Post your reply").click()
    expect(page.get_by_text("Waiting for a moderator")).to_be_visible()
    posted = Post.objects.latest("pk")
    assert posted.reply_to == replies[1]
    assert posted.body.startswith("My thoughts.") and posted.body.endswith("And so do I.")


def test_a_quote_by_its_address_comes_after_what_is_typed_too(page, replies, text, topic):
    page.on("dialog", lambda dialog: dialog.accept())
    text.press_sequentially("My thoughts.")
    page.goto(f"{topic.get_absolute_url()}?quote={replies[0].pk}#reply")
    expect(text).to_have_value(re.compile(r"^My thoughts\.\n\n> \[.*\n>\n> Answer zq0\.\n\n$"))
    page.wait_for_timeout(500)
    page.goto(f"{topic.get_absolute_url()}?quote={replies[1].pk}#reply")
    expect(text).to_have_value(re.compile(r"^My thoughts\.(\n|.)*Answer zq0\.\n\n> \[.*\n>\n> Answer zq1\.\n\n$"))
    page.reload()
    expect(text).to_have_value(re.compile("^My thoughts"))
    assert text.input_value().count("Answer zq1.") == 1


def test_a_quote_that_cannot_be_fetched_is_asked_for_by_its_address(page, replies, text, topic):
    page.route(
        "**/*quote=*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    quote(page, replies[0])
    expect(page).to_have_url(re.compile("quote="))
    expect(text).to_have_value(re.compile("> Answer zq0"))
    page.unroute_all(behavior="ignoreErrors")
    page.watch.complaints.clear()


# A text that is there


def test_a_changed_text_comes_back_when_the_session_had_ended(page, house):
    post = post_reply(post_topic().topic, by=house.people.author)
    address = reverse("forum:edit", args=[post.pk])
    house.sign_in(page, "author")
    page.goto(address)
    text = page.get_by_role("textbox", name="Your post")
    text.fill("A better text.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("your session has ended")).to_be_visible()
    house.sign_in(page, "author")
    page.goto(post.topic.get_absolute_url())  # where the post itself is no sign that it was taken
    page.goto(address)
    expect(page.get_by_text("What you had typed before is back")).to_be_visible()
    expect(text).to_have_value("A better text.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your post waits for a moderator.")).to_be_visible()
    post.refresh_from_db()
    assert post.body == "A better text."
    Post.objects.filter(pk=post.pk).update(body="Changed elsewhere.", revision=3)
    page.goto(address)
    expect(text).to_have_value("Changed elsewhere.")
    page.watch.complaints.clear()


def test_a_picture_comes_into_a_changed_text(page, house):
    post = post_reply(post_topic().topic, by=house.people.author)
    house.sign_in(page, "author")
    page.goto(reverse("forum:edit", args=[post.pk]))
    text = page.get_by_role("textbox", name="Your post")
    text.fill("A better text.")
    page.get_by_text("Add a picture").click()
    picture = png()
    page.get_by_label("Picture", exact=True).set_input_files(
        {"name": picture.name, "mimeType": "image/png", "buffer": picture.read()}
    )
    page.get_by_label("What it shows").fill("A mast")
    page.get_by_role("button", name="Put it into the text").click()
    expect(text).to_have_value(re.compile(r"A better text\.\s+!\[A mast\]"))


def test_a_text_that_was_refused_for_a_newer_one_comes_back(page, house):
    post = post_topic(title="How to end licences", by=house.people.author)
    house.sign_in(page, "author")
    page.goto(reverse("forum:edit", args=[post.pk]))
    text = page.get_by_role("textbox", name="Your post")
    text.fill("A better text.")
    rename(post.topic, title="How to end temporary licences", by=house.people.moderator)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Nothing of yours is saved yet").first).to_be_visible()
    expect(text).to_have_value("A better text.")
    page.get_by_role("link", name="Cancel").click()
    page.goto(reverse("forum:edit", args=[post.pk]))
    expect(text).to_have_value("A better text.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your post waits for a moderator.")).to_be_visible()
    post.refresh_from_db()
    assert (post.body, post.topic.title) == ("A better text.", "How to end temporary licences")


def test_nothing_is_saved_of_a_changed_text_before_it_is_sent(page, house):
    post = post_reply(post_topic().topic, by=house.people.author)
    house.sign_in(page, "author")
    page.goto(reverse("forum:edit", args=[post.pk]))
    page.clock.install()
    page.get_by_role("textbox", name="Your post").fill("A better text.")
    page.clock.run_for(60_000)
    page.wait_for_timeout(300)
    assert not Draft.objects.exists()
    before = post.body
    post.refresh_from_db()
    assert post.body == before


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
