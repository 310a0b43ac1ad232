"""The page of a member: what it says to whom."""

import pytest
from django.urls import reverse

from accounts.leaving import leave
from forum import profile
from forum.tests.things import known_member, post_reply, post_topic, private_board
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm

pytestmark = pytest.mark.django_db


def address(person) -> str:
    return reverse("forum:member", args=[person.handle])


@pytest.fixture
def amina():
    return known_member(name="Amina", handle="amina", email="amina.private@example.org")


def test_it_names_the_organisation_as_it_is_now_and_nothing_personal(client, amina):
    confirm(amina, OrganisationFactory(name="Regulator of Kenya"))
    post_topic(by=amina, title="How to end it", body="We asked **all** operators.")
    shown = client.get(address(amina)).text
    for words in ("Amina", "@amina", "Regulator of Kenya", "regulator", "Kenya", "We asked all operators."):
        assert words in shown
    assert f"member since {amina.date_joined:%B %Y}" in shown
    assert "amina.private" not in shown


def test_names_in_posts_lead_there(client, amina):
    assert f'href="{address(amina)}"' in client.get(post_topic(by=amina).topic.get_absolute_url()).text


@pytest.mark.parametrize(("show", "queries"), [("posts", 3), ("topics", 4)])
@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_with_more_posts(client, amina, show, queries, count, django_assert_num_queries):
    confirm(amina, OrganisationFactory())
    for _ in range(count):
        post_topic(by=amina)
    with django_assert_num_queries(queries):
        assert client.get(address(amina), {"show": show}).status_code == 200


def test_topics_are_those_that_the_member_began(client, amina):
    post_topic(by=amina, title="Begun by Amina")
    post_reply(post_topic(title="Begun by another").topic, by=amina)
    assert "Begun by another" in client.get(address(amina)).text
    topics = client.get(address(amina), {"show": "topics"}).text
    assert "Begun by Amina" in topics and "Begun by another" not in topics


def test_pages_go_on_from_a_place(client, amina):
    topic = post_topic(title="The oldest topic of all", by=amina).topic
    replies = [post_reply(topic, by=amina, body=f"Answer zq{number}.") for number in range(profile.PER_PAGE)]
    first = client.get(address(amina)).text
    assert "zq0." in first and "How did you end" not in first
    second = client.get(address(amina), {"after": replies[0].pk}).text
    assert "zq0." not in second and "How did you end" in second


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "\0", "١"])
def test_a_place_that_is_none_is_the_first_page(client, amina, after):
    post_topic(by=amina)
    assert "How did you end" in client.get(address(amina), {"after": after}).text


def test_who_has_said_nothing_in_public_has_no_page_but_for_themselves(client):
    silent, waiting = UserFactory(), post_topic(by=UserFactory()).author
    for person in (silent, waiting):
        assert client.get(address(person)).status_code == 404
        client.force_login(person)
        assert client.get(address(person)).status_code == 200
        client.logout()


def test_what_is_hidden_is_not_shown_there(client, amina):
    post = post_topic(by=amina, title="Hidden by a moderator")
    post_topic(by=amina)
    transition(post, "hide", by=ModeratorFactory(), public_reason="x")
    for show in ("posts", "topics"):
        assert "Hidden by a moderator" not in client.get(address(amina), {"show": show}).text


def test_what_is_said_in_private_is_for_who_may_read_it(client, amina):
    reader = known_member()
    post_topic(by=amina, on=private_board(amina, reader), title="Only for the group")
    assert client.get(address(amina)).status_code == 404
    post_topic(by=amina)
    for user, is_there in [(None, False), (known_member(), False), (reader, True), (ModeratorFactory(), True)]:
        if user:
            client.force_login(user)
        for show in ("posts", "topics"):
            assert ("Only for the group" in client.get(address(amina), {"show": show}).text) is is_there


def test_who_has_left_has_no_page_and_no_link(client, amina):
    topic = post_topic(by=amina).topic
    leave(amina)
    amina.refresh_from_db()
    assert client.get(address(amina)).status_code == 404
    assert address(amina) not in client.get(topic.get_absolute_url()).text


@pytest.mark.parametrize("handle", ["follow", "read", "new", "people"])
def test_a_handle_that_is_a_word_of_other_addresses_has_its_page(client, handle):
    assert client.get(address(post_topic(by=known_member(handle=handle)).author)).status_code == 200


def test_machines_have_no_page(client):
    from accounts.models import User

    assert client.get(address(User.objects.system("forum", "The forum itself"))).status_code == 404


@pytest.mark.parametrize("handle", ["nobody", "a\0b", "é", "x" * 300])
def test_a_handle_that_nobody_has_is_not_found(client, handle):
    assert client.get(reverse("forum:member", args=[handle])).status_code == 404


def test_a_former_handle_leads_to_the_page_as_long_as_there_is_one(client, amina, django_assert_num_queries):
    post = post_reply(post_topic().topic, body="Hello.")
    post_topic(by=amina)
    old = address(amina)
    amina.handle = "amina-diallo"
    amina.save()
    for _again in range(2):
        answer = client.get(old)
        assert (answer.status_code, answer.url) == (302, "/forum/members/amina-diallo/")
    amina.handle = "amina"  # back again: no circle
    amina.save()
    assert client.get(old).status_code == 200
    assert client.get("/forum/members/amina-diallo/").url == old
    leave(amina)
    assert client.get(old).status_code == 404 == client.get("/forum/members/amina-diallo/").status_code
    assert post.author.handle != "amina"


def test_a_former_handle_says_nothing_of_who_has_no_page(client):
    silent = UserFactory(handle="silent")
    silent.handle = "silent-one"
    silent.save()
    assert client.get("/forum/members/silent/").status_code == 404
