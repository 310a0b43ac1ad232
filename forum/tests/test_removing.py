"""A moderator takes an earlier text out of a post's history, and with it whatever else would tell what it said."""

import json

import pytest
from django.apps import apps
from django.urls import reverse

from forum import services
from forum.models import Member, Post
from forum.tests.things import known_member, post_reply, post_topic
from forum.tests.told import letters_to, member
from moderation.models import Decision
from moderation.services import transition
from outbox.models import Letter
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db
SECRET, GONE = "zqtelephone", "A moderator has removed this text."


@pytest.fixture
def post() -> Post:
    """A reply that a follower and its author were mailed, then edited twice: the first text says too much."""
    topic, reader = post_topic().topic, member()
    services.follow(topic, by=reader)
    author = known_member()
    post = post_reply(topic, by=author, body=f"Call {SECRET} any time.")
    assert SECRET in letters_to(reader)[-1].body
    services.edit_post(post, by=author, body="Call us any time.", revision=1)
    services.edit_post(post, by=author, body="Write to us any time.", revision=2)
    return post


def places_of(word: str) -> set[str]:
    """The tables in which the word stands anywhere."""
    rows = ((model, row) for model in apps.get_models() for row in model._base_manager.values())
    return {model._meta.label for model, row in rows if word in json.dumps(row, default=str)}


def remove(client, post: Post, number: int = 1, reason: str = "It names a person."):
    return client.post(reverse("forum:remove_text", args=[post.pk, number]), {"public_reason": reason}, follow=True)


def history(client, post: Post, version: int) -> str:
    return client.get(reverse("forum:history", args=[post.pk]), {"version": version}).text


def test_nothing_of_a_removed_text_is_kept_anywhere(client, post):
    assert places_of(SECRET) >= {"forum.PostRevision", "outbox.Letter"}
    client.force_login(ModeratorFactory())
    assert SECRET in client.get(reverse("forum:remove_text", args=[post.pk, 1])).text
    answer = remove(client, post)
    assert answer.redirect_chain == [(reverse("forum:history", args=[post.pk]), 302)]
    assert places_of(SECRET) == set()


def test_the_history_says_so_to_everybody_and_shows_the_other_texts(client, post):
    assert SECRET in history(client, post, 2) and GONE not in history(client, post, 2)
    services.remove_text(post, 1, by=ModeratorFactory(), public_reason="It names a person.")
    page = history(client, post, 2)
    assert GONE in page and "Call us any time." in page and SECRET not in page
    assert GONE not in history(client, post, 3)
    services.remove_text(post, 2, by=ModeratorFactory(), public_reason="So does this.")
    assert history(client, post, 2).count(GONE) == 2
    assert "Write to us any time." in history(client, post, 3)


def test_who_removed_it_and_why_is_recorded_and_told_to_the_author(client, post):
    moderator = ModeratorFactory()
    client.force_login(moderator)
    remove(client, post)
    decision = post.decisions.first()
    assert (decision.move, decision.decided_by, decision.private_note) == ("remove_text", moderator, "→ 1")
    assert decision.public_reason == "It names a person."
    assert decision.from_status == decision.to_status == "public"
    letter = Letter.objects.get(occasion=f"decision-{decision.pk}-{post.author_id}")
    assert "It names a person." in letter.body and SECRET not in letter.body


def test_without_a_reason_it_stays(client, post):
    client.force_login(ModeratorFactory())
    assert "Give a reason" in remove(client, post, reason=" ").text
    assert post.revisions.get(number=1).body and not Decision.objects.filter(move="remove_text").exists()


@pytest.mark.parametrize("state", ["waiting", "sending"])
def test_a_letter_that_has_not_left_says_the_text_of_now(state):
    author, moderator = known_member(), ModeratorFactory()
    post = post_reply(post_topic().topic, by=author, body=f"Call {SECRET} any time.")
    transition(post, "hide", by=moderator, public_reason="Advertising.")
    transition(post, "restore", by=moderator)
    services.edit_post(post, by=author, body="Write to us any time.", revision=1)
    letter = Letter.objects.get(occasion__startswith="decision-", body__contains=SECRET)
    Letter.objects.filter(pk=letter.pk).update(state=state)
    services.remove_text(post, 1, by=moderator, public_reason="It names a person.")
    letter.refresh_from_db()
    assert "Write to us any time." in letter.body and "Advertising." in letter.body
    assert letter.state == state and places_of(SECRET) == set()


def test_a_text_removed_meanwhile_does_not_keep_a_restored_post_on_the_record_of_its_author(post):
    moderator = ModeratorFactory()
    transition(post, "hide", by=moderator, public_reason="Rude.")
    assert Member.objects.get(user=post.author).refused_count == 1
    services.remove_text(post, 1, by=moderator, public_reason="It names a person.")
    transition(post, "restore", by=moderator)
    assert Member.objects.get(user=post.author).refused_count == 0


@pytest.mark.parametrize("number", [0, 3, 4, 10**30])
def test_the_text_of_now_and_what_is_not_kept_cannot_be_removed(client, post, number):
    client.force_login(ModeratorFactory())
    assert remove(client, post, number).status_code == 404


def test_what_a_colleague_has_removed_meanwhile_is_recorded_once(client, post):
    services.remove_text(post, 1, by=ModeratorFactory(), public_reason="It names a person.")
    client.force_login(ModeratorFactory())
    assert remove(client, post).status_code == 404
    with pytest.raises(services.removing.ValidationError):
        services.remove_text(post, 1, by=ModeratorFactory(), public_reason="Again.")
    assert Decision.objects.filter(move="remove_text").count() == 1


def test_moderators_alone_are_led_there_and_not_with_their_own(client, post):
    address, page = reverse("forum:remove_text", args=[post.pk, 2]), reverse("forum:history", args=[post.pk])
    for person, offered in ((post.author, False), (known_member(), False), (ModeratorFactory(), True)):
        client.force_login(person)
        assert (address in client.get(page).text) is offered
    own = ModeratorFactory()
    theirs = post_reply(post.topic, by=own, body="One thing.")
    services.edit_post(theirs, by=own, body="Another thing.", revision=1)
    client.force_login(own)
    assert remove(client, theirs).status_code == 403 and theirs.revisions.get().body


def test_the_record_keeps_nothing_of_a_text_that_is_deleted(post):
    again = post_reply(post.topic, by=post.author, body="zqsecond text")
    services.delete_post(again, by=post.author)
    assert places_of("zqsecond") == set()
    assert again.decisions.first().subject_name == f"{post.topic.title} #{again.number}"


def test_moderators_read_in_the_admin_that_it_is_gone(desk, post):
    page = reverse("admin:forum_post_change", args=[post.pk])
    assert SECRET in desk.get(page).text and reverse("forum:remove_text", args=[post.pk, 1]) in desk.get(page).text
    services.remove_text(post, 1, by=ModeratorFactory(), public_reason="It names a person.")
    assert SECRET not in desk.get(page).text and GONE in desk.get(page).text


@pytest.fixture(autouse=True)
def _demonstration(demonstration) -> None:
    """The admin without a second factor."""
