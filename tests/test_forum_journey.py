"""A new member's first post: written, waiting, read by a moderator, public, told."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from forum.models import Post
from forum.services import choose_mail, follow, telling
from forum.tests.things import board, known_member, post_reply, post_topic
from outbox.models import Letter
from tests.factories import OrganisationFactory, confirm

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


@pytest.fixture
def known(house):
    """Three people whose flags count, a follower who is told at once, and a topic of one post."""
    members = [known_member() for _ in range(3)]
    follower = house.people.colleague
    choose_mail(follower, mail="at_once")
    topic = post_topic(by=members[0], on=board("ask-your-peers")).topic
    follow(topic, by=follower)
    return members, follower, topic


def opened(page, house, user, address: str) -> None:
    """Open the address as somebody else."""
    page.context.clear_cookies()
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": house.url}])
    page.goto(address)


def test_a_follower_hears_of_the_first_post_of_a_new_member_when_it_is_approved(house, page, known):
    _members, follower, topic = known
    house.sign_in(page, "author")
    page.goto(topic.get_absolute_url())
    page.get_by_label("Your post").fill("Ours end in **eight weeks**.")
    page.get_by_role("button", name="Post your reply").click()
    expect(page.get_by_text("Waiting for a moderator")).to_be_visible()
    telling.tell_due()
    told = Letter.objects.filter(recipient=follower.email, headers__has_key="List-Id")
    assert not told.exists()

    post = Post.objects.get(author=house.people.author)
    opened(page, house, house.people.moderator, reverse("admin:forum_post_change", args=[post.pk]))
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("it is “public” now")
    telling.tell_due()
    letter = told.get()
    assert "Ours end in eight weeks." in letter.body

    page.context.clear_cookies()
    page.goto(letter.headers["List-Unsubscribe"].strip("<>").removeprefix(settings.SITE_URL))
    page.get_by_role("button", name="End all mail of the forum").click()
    expect(page.get_by_text("The forum mails you no more.")).to_be_visible()
    post_reply(topic)
    telling.tell_due()
    assert told.count() == 1


def test_three_flags_hide_a_post_and_a_moderator_puts_it_back(house, page, known):
    _members, _follower, topic = known
    flagged = post_reply(topic, body="Something that members find wrong.")
    for user in (known_member(), known_member(), known_member()):
        confirm(user, OrganisationFactory())
        opened(page, house, user, reverse("forum:flag", args=[flagged.pk]))
        page.get_by_label("rude or abusive").check()
        page.get_by_role("button", name="Tell the moderators").click()
        expect(page.get_by_text("Thank you. A moderator will look")).to_be_visible()
    expect(page.get_by_text("Something that members find wrong.")).to_have_count(0)

    opened(page, house, house.people.moderator, reverse("forum:post_order", args=[flagged.pk]))
    page.get_by_role("button", name="Restore").click()
    page.context.clear_cookies()
    page.goto(topic.get_absolute_url())
    expect(page.get_by_text("Something that members find wrong.")).to_be_visible()


def test_a_moderator_splits_a_topic_and_merges_it_back(house, page, known):
    _members, _follower, topic = known
    post_reply(topic, body="An answer to the question.")
    post_reply(topic, body="Quite another question.")
    house.sign_in(page, "moderator")
    page.goto(topic.get_absolute_url())
    page.get_by_role("link", name="Keep order").click()
    page.get_by_label("Title of the topic that is split off").fill("Quite another question of somebody")
    page.get_by_role("group", name="Posts that go there").get_by_label("Quite another question.").check()
    page.get_by_role("button", name="Split off").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quite another question of somebody")
    expect(page.get_by_text("Quite another question.", exact=True)).to_be_visible()
    split_off = page.url

    page.get_by_role("link", name="Keep order").click()
    page.get_by_label("Merge into the topic").fill(str(topic.pk))
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merge this topic?")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("An answer to the question.")).to_be_visible()
    expect(page.get_by_text("Quite another question.", exact=True)).to_be_visible()
    page.context.clear_cookies()
    page.goto(split_off)
    expect(page.get_by_role("heading", level=1)).to_have_text(topic.title)


def test_a_member_sees_what_is_new_follows_and_marks_the_solution(house, page, known):
    members, _follower, topic = known
    User.objects.filter(pk=members[0].pk).update(date_joined=timezone.now() - timedelta(days=9))
    post_reply(topic, body="An answer to the question.")
    members[0].refresh_from_db()
    opened(page, house, members[0], reverse("forum:board", args=["ask-your-peers"]))
    page.get_by_role("link", name="1 new").click()
    page.get_by_role("button", name="This is the solution").click()
    expect(page.get_by_text("Marked as the solution.")).to_be_visible()
    expect(page.get_by_role("link", name="Go to the solution")).to_be_visible()
    page.get_by_role("button", name="Stop following this topic").click()
    expect(page.get_by_role("button", name="Follow this topic", exact=True)).to_be_visible()
    page.goto(reverse("forum:board", args=["ask-your-peers"]))
    expect(page.get_by_role("link", name="1 new")).to_have_count(0)
    expect(page.get_by_text("answered")).to_be_visible()
