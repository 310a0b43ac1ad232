"""Flags: what they do, who may raise them, and what comes of them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from forum import services
from forum.models import Flag, Member, Post
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.queue import Queue
from moderation.services import transition
from outbox.models import Letter
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm

pytestmark = pytest.mark.django_db


def flagged(*people) -> Post:
    post = post_reply(post_topic().topic)
    for person in people:
        services.flag(post, by=person, reason="rude", note="Look at this.")
    return post


def test_a_flag_is_seen_by_moderators_alone(client):
    post = flagged(known_member())
    assert post.is_public
    assert [row.row.marks for row in Queue(ModeratorFactory(), kind="flag").page(10)] == [["rude or abusive"]]
    assert "Look at this." not in client.get(post.topic.get_absolute_url()).text


def test_three_independent_flags_hide_until_a_moderator_has_looked():
    post = flagged(known_member(), known_member())
    assert post.is_public
    services.flag(post, by=known_member(), reason="spam")
    assert post.status == "hidden"
    assert post.topic.posts.public().count() == 1
    assert board().post_count == 1
    assert Letter.objects.filter(recipient=post.author.email, subject__contains="hidden for now").exists()


@pytest.mark.parametrize("kind", ["new members", "colleagues", "one person"])
def test_flags_that_are_not_independent_do_not_hide(kind):
    people = [known_member(approved=3 if kind == "new members" else 10) for _ in range(5)]
    organisation = OrganisationFactory()
    for person in people if kind == "colleagues" else ():
        confirm(person, organisation)
    post = flagged(*(people[:1] * 5 if kind == "one person" else people))
    assert post.is_public
    assert post.flagged_at


def test_flags_that_are_dismissed_are_settled_and_the_same_text_is_not_flagged_again():
    person = known_member()
    post = flagged(person)
    transition(post, "dismiss_flags", by=ModeratorFactory())
    assert post.flagged_at is None and not Flag.objects.filter(settled_at=None).exists()
    assert not services.flag(post, by=person, reason="rude")
    assert not Queue(ModeratorFactory(), kind="flag").page(10)


def test_another_text_can_be_flagged_again():
    person = known_member()
    post = flagged(person)
    transition(post, "dismiss_flags", by=ModeratorFactory())
    services.edit_post(post, by=post.author, body="Something much ruder.", revision=1)
    assert services.flag(post, by=person, reason="rude")


@pytest.mark.parametrize(("move", "status", "refused"), [("restore", "public", 0), ("uphold_flags", "hidden", 1)])
def test_a_moderator_has_the_last_word(move, status, refused):
    post = flagged(known_member(), known_member(), known_member())
    transition(post, move, by=ModeratorFactory(), public_reason="We have read it.")
    assert (post.status, post.flagged_at) == (status, None)
    assert Member.objects.get(user=post.author).refused_count == refused


@pytest.mark.parametrize("move", ["hide", "mark_as_spam", "reject"])
def test_what_is_restored_does_not_count_against_its_author(move):
    post = post_topic(by=UserFactory()) if move == "reject" else post_topic()
    moderator = ModeratorFactory()
    before = Member.objects.values_list("approved_count", "refused_count").get(user=post.author)
    transition(post, move, by=moderator, public_reason="x")
    assert Member.objects.get(user=post.author).refused_count == 1
    transition(post, "restore", by=moderator)
    good, bad = Member.objects.values_list("approved_count", "refused_count").get(user=post.author)
    assert (good, bad) == (before[0] + (move == "reject"), 0)


def test_one_refusal_is_taken_back_not_all():
    post, moderator = flagged(known_member(), known_member(), known_member()), ModeratorFactory()
    Member.objects.filter(user=post.author).update(refused_count=3)
    transition(post, "restore", by=moderator)  # flags had hidden it, and nobody had refused it
    assert Member.objects.get(user=post.author).refused_count == 3
    transition(post, "hide", by=moderator, public_reason="x")
    transition(post, "restore", by=moderator)
    assert Member.objects.get(user=post.author).refused_count == 3


def test_what_its_author_deletes_is_in_no_queue_any_more():
    person = known_member()
    post = flagged(person)
    services.delete_post(post, by=post.author)
    assert post.flagged_at is None and not Flag.objects.filter(settled_at=None).exists()
    assert not Queue(ModeratorFactory(), kind="flag").page(10)


def test_nobody_flags_their_own_or_without_a_confirmed_address():
    post = post_topic()
    for person in (post.author, UserFactory(confirmed=False)):
        with pytest.raises(PermissionDenied):
            services.flag(post, by=person, reason="rude")


def test_a_member_flags_by_the_page(client):
    post = post_topic()
    client.force_login(known_member())
    address = reverse("forum:flag", args=[post.pk])
    assert address in client.get(post.topic.get_absolute_url()).text
    assert 'href="#id_reason' in client.post(address, {"note": "x"}).text
    client.post(address, {"reason": "spam", "note": "An advertisement."})
    assert Flag.objects.get().note == "An advertisement."


def test_who_flags_is_led_back_to_where_they_were(client):
    first = post_topic()
    posts = [post_reply(first.topic) for _number in range(20)]
    client.force_login(known_member())
    answer = client.post(reverse("forum:flag", args=[posts[-1].pk]), {"reason": "spam"})
    assert answer.url == f"{first.topic.get_absolute_url()}?page=2#{posts[-1].anchor}"


def test_whose_flag_hides_the_topic_is_led_to_its_board(client):
    post = post_topic()
    for person in (known_member(), known_member()):
        services.flag(post, by=person, reason="spam")
    client.force_login(known_member())
    answer = client.post(reverse("forum:flag", args=[post.pk]), {"reason": "spam"}, follow=True)
    assert answer.redirect_chain == [(post.topic.board.get_absolute_url(), 302)] and "Thank you" in answer.text


def test_a_moderator_is_not_told_who_flags_their_own_post(client, desk):
    own, flagger = ModeratorFactory(), known_member(name="Zqflagger")
    post = post_topic(by=own)
    services.flag(post, by=flagger, reason="rude", note="Zqflagger says so")
    pages = [reverse("forum:post_order", args=[post.pk]), reverse("admin:forum_post_change", args=[post.pk])]
    for page in pages:
        assert "Zqflagger" in desk.get(page).text
    client.force_login(own)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200 and "Zqflagger" not in answer.text


# Silence


def test_who_is_silenced_cannot_post_and_is_told(client):
    member = known_member()
    topic = post_topic().topic
    transition(Member.objects.get(user=member), "silence_7", by=ModeratorFactory(), public_reason="Calm down.")
    with pytest.raises(PermissionDenied):
        post_reply(topic, by=member)
    client.force_login(member)
    answer = client.post(reverse("forum:reply", args=[topic.pk]), {"body": "My thoughts."})
    assert answer.status_code == 403
    assert "you cannot post until" in answer.text and "My thoughts." in answer.text
    assert "Calm down." in Letter.objects.get(recipient=member.email).body


def test_a_silence_can_be_ended():
    member, moderator = known_member(), ModeratorFactory()
    record = Member.objects.get(user=member)
    transition(record, "silence_30", by=moderator, public_reason="x")
    transition(record, "unsilence", by=moderator)
    assert post_topic(by=member).is_public


def test_whose_posts_all_wait_can_be_silenced(client):
    post = post_topic(by=UserFactory())
    record = Member.objects.get(user=post.author)
    client.force_login(ModeratorFactory())
    assert (
        reverse("admin:forum_member_change", args=[record.pk])
        in client.get(reverse("admin:forum_post_change", args=[post.pk])).text
    )


def test_moderators_do_not_silence_each_other():
    other = ModeratorFactory()
    record = Member.objects.create(user=other)
    with pytest.raises(PermissionDenied):
        transition(record, "silence_1", by=ModeratorFactory(), public_reason="x")
