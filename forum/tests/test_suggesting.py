"""People to mention: those who read the same board, and were seen in the forum."""

import pytest
from django.urls import reverse

from forum.suggesting import SUGGESTED_MAX
from forum.tests.things import board, known_member, post_reply, post_topic, private_board, speaker
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reader(client):
    reader = known_member(handle="zz-reader")
    client.force_login(reader)
    return reader


def handles(client, q, on="spectrum", **more) -> list[str]:
    answer = client.get(reverse("forum:people", args=[on]), {"q": q, **more})
    assert answer.status_code == 200
    return [person["handle"] for person in answer.json()["people"]]


def test_people_are_found_by_the_beginning_of_the_handle(client):
    for handle in ("amina", "amadou", "ben"):
        speaker(handle)
    assert handles(client, "am") == ["amadou", "amina"]
    assert handles(client, "AM") == ["amadou", "amina"]
    assert handles(client, "") == []


def test_who_speaks_in_the_topic_is_found_by_name(client):
    topic = post_topic(by=known_member(name="李明", handle="member-7")).topic
    assert handles(client, "李", topic=topic.pk) == ["member-7"]
    assert handles(client, "李") == []


def test_who_was_never_seen_is_not_found(client):
    UserFactory(handle="amina")
    known_member(handle="amira", is_active=False)
    known_member(handle="amidala", is_system=True)
    assert handles(client, "am") == []


def test_on_a_private_board_its_members_are_found_and_nobody_else_asks(client, reader):
    speaker("amina")
    private_board(reader, UserFactory(handle="amadou"))
    assert handles(client, "am", on="group") == ["amadou"]


def test_who_spoke_on_a_private_board_alone_is_not_found_elsewhere(client, reader):
    member = known_member(handle="amina")
    post_topic(by=member, on=private_board(reader, member))
    assert handles(client, "am") == []
    client.force_login(known_member())
    assert client.get(reverse("forum:people", args=["group"]), {"q": "am"}).status_code == 404


def test_members_of_a_private_board_are_not_found_through_its_topic_elsewhere(client, reader):
    other = known_member(handle="amina", name="Zoe")
    topic = post_topic(on=private_board(reader, other), by=other).topic
    assert handles(client, "Zo", topic=topic.pk) == []


def test_visitors_are_told_nobody(client):
    client.logout()
    assert client.get(reverse("forum:people", args=["spectrum"]), {"q": "a"}).status_code == 302


@pytest.mark.parametrize("q", ["%", "_", "\\", "\x00", "a" * 9_999, "'; --", "\u202e"])
def test_odd_beginnings_find_nobody(client, q):
    speaker("amina")
    assert handles(client, q, topic="x") == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_with_more_people(client, count, django_assert_num_queries):
    topic = post_topic().topic
    for number in range(count):
        post_reply(topic, by=known_member(handle=f"amina-{number}"))
    address = reverse("forum:people", args=[board().slug])
    with django_assert_num_queries(7):
        client.get(address, {"q": "am", "topic": topic.pk})


def test_few_are_offered(client):
    for number in range(SUGGESTED_MAX + 3):
        speaker(f"amina-{number}")
    assert len(handles(client, "am")) == SUGGESTED_MAX
