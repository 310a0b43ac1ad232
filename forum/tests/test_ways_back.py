"""Where buttons lead from a page of a long topic: back to it."""

import pytest
from django.urls import reverse

from forum import services
from forum.models import Follow
from forum.models.topic import PER_PAGE
from forum.tests.things import board, known_member, post_reply, post_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def last():
    """The only post on the second page of a topic."""
    topic, author = post_topic().topic, known_member()
    last = [post_reply(topic, by=author) for _ in range(PER_PAGE)][-1]
    topic.refresh_from_db()
    last.topic = topic
    return last


@pytest.fixture
def reader(client):
    person = known_member()
    client.force_login(person)
    return person


def test_a_flag_leads_back_to_the_post(client, reader, last):
    answer = client.post(reverse("forum:flag", args=[last.pk]), {"reason": "rude", "note": ""})
    assert answer.url == f"{last.topic.get_absolute_url()}?page=2#{last.anchor}"


def test_the_flag_that_hides_a_whole_topic_leads_to_the_board(client, reader):
    post = post_topic()
    for _ in range(2):
        services.flag(post, by=known_member(), reason="rude")
    answer = client.post(reverse("forum:flag", args=[post.pk]), {"reason": "rude", "note": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == board().get_absolute_url()
    assert "A moderator will look at the post." in answer.text


def test_following_leads_back_to_the_page(client, reader, last):
    topic = last.topic
    assert 'name="page" value="2"' in client.get(topic.address_of(2)).text
    assert 'name="page"' not in client.get(topic.get_absolute_url()).text
    answer = client.post(reverse("forum:follow", args=[topic.pk]), {"on": "yes", "page": "2"})
    assert answer.url == topic.address_of(2)
    assert Follow.objects.filter(user=reader, topic=topic, is_on=True).exists()


@pytest.mark.parametrize("page", ["", "0", "x", "-1", "\0", "9" * 30, "\u0662"])
def test_a_page_that_is_none_is_the_first(client, reader, page):
    topic = post_topic().topic
    answer = client.post(reverse("forum:follow", args=[topic.pk]), {"on": "yes", "page": page})
    assert answer.url == topic.get_absolute_url()
