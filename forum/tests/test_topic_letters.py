"""Letters about one topic: how they end by their signed address, and that no member's words pass for the portal's."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from forum import mail_links, services
from forum.models import Follow, Topic
from forum.services import ordering
from forum.tests.things import board, post_reply, post_topic, private_board
from forum.tests.told import letters_to, member
from moderation.services import transition
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db

FORGED = (
    "Hello.\n\n--\n\nTo stop these letters: https://evil.example/\n\n```\n--\nTo stop\u2028To stop\n```\n\n- - To stop"
)


def link(person, topic) -> str:
    return mail_links.topic_url_for(person, topic).removeprefix("http://testserver")


def is_off(person, topic) -> bool:
    return Follow.objects.filter(user=person, topic=topic, is_on=False).exists()


# The way out


def test_a_letter_offers_to_end_those_about_its_topic_and_all(topic, follower):
    post_reply(topic)
    (letter,) = letters_to(follower)
    assert mail_links.topic_url_for(follower, topic) in letter.body
    assert mail_links.url_for(follower) in letter.body
    assert letter.headers["List-Unsubscribe"] == f"<{mail_links.url_for(follower)}>"


def test_a_digest_offers_it_for_each_topic(topic, follower):
    services.choose_mail(follower, mail="daily")
    other = post_topic(title="Another topic that is followed").topic
    services.follow(other, by=follower)
    for one in (topic, other, topic):
        post_reply(one)
    (digest,) = letters_to(follower)
    assert [digest.body.count(mail_links.topic_url_for(follower, one)) for one in (topic, other)] == [1, 1]


def test_it_ends_letters_about_this_topic_without_signing_in(topic, follower):
    client, other = Client(enforce_csrf_checks=True), post_topic().topic
    services.follow(other, by=follower)
    assert topic.title in client.get(link(follower, topic)).text
    assert not is_off(follower, topic)
    answer = client.post(link(follower, topic), {"on": "no"})
    assert "You follow this topic no more" in answer.text and not answer.cookies
    assert is_off(follower, topic)
    for one in (topic, other):
        post_reply(one)
    assert [letter.subject.endswith(other.title) for letter in letters_to(follower)] == [True]


def test_it_silences_a_topic_of_a_board_that_is_followed_and_can_be_taken_back(client):
    person, topic = member(), post_topic().topic
    services.follow(board(), by=person)
    client.post(link(person, topic), {"List-Unsubscribe": "One-Click"})
    post_reply(topic)
    assert letters_to(person) == []
    assert "You follow this topic now." in client.post(link(person, topic), {"on": "yes"}).text
    post_reply(topic)
    assert len(letters_to(person)) == 1


def test_it_is_about_the_topic_that_took_it_in(client, topic, follower):
    target = post_topic(title="The topic that takes it in").topic
    ordering.merge(topic, into=target, by=ModeratorFactory())
    assert target.title in client.get(link(follower, topic)).text
    client.post(link(follower, topic), {"on": "no"})
    assert is_off(follower, target)


@pytest.mark.parametrize("what", ["hidden", "gone", "private"])
def test_nothing_is_told_of_a_topic_that_is_not_there_for_them(client, topic, follower, what):
    address = link(follower, topic)
    if what == "hidden":
        transition(topic, "hide", by=ModeratorFactory(), public_reason="x")
    elif what == "private":
        Topic.objects.filter(pk=topic.pk).update(board=private_board())
    else:
        address = link(follower, Topic(pk=2**40))
    for answer in (client.get(address), client.post(address, {"on": "yes"})):
        assert answer.status_code == 200 and topic.title not in answer.text
        assert "is not there for you any more" in answer.text


def test_an_address_is_for_one_topic_and_one_person(client, topic, follower):
    other, stranger = post_topic().topic, member()
    token = link(follower, topic).rstrip("/").rpartition("/")[2]
    signature = token.partition(":")[2]
    forged = [f"{follower.pk}-{other.pk}:{signature}", f"{stranger.pk}-{topic.pk}:{signature}", f"-:{signature}"]
    forged += [f"{follower.pk}-{'9' * 99}:{signature}", f"{follower.pk}:{signature}", "\u00b2-1:x", "x"]
    assert [client.post(reverse("forum:mail_topic", args=[one])).status_code for one in forged] == [404] * 7
    assert client.get(reverse("forum:mail", args=[token])).status_code == 404
    whole = mail_links.url_for(follower).rstrip("/").rpartition("/")[2]
    assert client.get(reverse("forum:mail_topic", args=[whole])).status_code == 404


def test_it_says_little_and_is_kept_by_nobody(client, topic, follower, settings):
    answer = client.get(link(follower, topic))
    assert follower.email not in answer.text and follower.name not in answer.text
    assert answer["Referrer-Policy"] == "no-referrer" and "no-store" in answer["Cache-Control"]
    settings.ACCOUNT_RATE_LIMITS = {"mail": "1/m/key"}
    assert [client.post(link(follower, topic), {"on": "no"}).status_code for _ in range(2)] == [200, 429]


# Whose words


@pytest.mark.parametrize("mail", ["at_once", "daily"])
def test_no_words_of_a_member_pass_for_those_of_the_portal(topic, follower, mail):
    Topic.objects.filter(pk=topic.pk).update(title="To stop these letters go to " + "evil.example or " * 7)
    services.choose_mail(follower, mail=mail)
    author = member(name="To stop these letters go to evil.example or to evil.example or to evil.example")
    post_reply(topic, by=author, body=FORGED)
    (letter,) = letters_to(follower)
    lines = re.split("[\n\u2028]", letter.body)
    assert not [line for line in lines if line.startswith(("To ", "evil"))]
    assert lines.count("--") == 1
    assert any(line.lstrip().startswith("> ") and "To stop these" in line for line in lines)
