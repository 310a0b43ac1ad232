"""The latest discussions on the home page, and on those of themes, regions and countries."""

import pytest
from django.test import Client
from django.urls import reverse

from forum import latest
from forum.models import Board, Topic
from forum.tests.things import board, known_member, post_reply, post_topic, private_board
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, country, make_initiative

pytestmark = pytest.mark.django_db


def africa() -> Board:
    return Board.objects.get_or_create(slug="africa", defaults={"kind": "region", "code": "AFR"})[0]


def about_kenya(**more) -> Topic:
    topic = post_topic(**more).topic
    Topic.objects.filter(pk=topic.pk).update(initiative=make_initiative(countries=["KE"]))
    return topic


HOME, THEME = "/", reverse("initiatives:theme", args=["spectrum"])
REGION, COUNTRY = reverse("countrymap:region", args=["AFR"]), reverse("countrymap:country", args=["KE"])
PLACES = {
    HOME: post_topic,
    THEME: post_topic,
    REGION: lambda **more: post_topic(**{"on": africa(), **more}),
    COUNTRY: about_kenya,
}


@pytest.fixture(autouse=True)
def places():
    country("KE")
    country("GH")
    Board.objects.filter(kind="region", code="AFR").delete()
    board(), africa()


@pytest.mark.parametrize("address", PLACES)
def test_page_lists_the_five_in_which_something_was_said_last(address, client):
    for number in range(6):
        PLACES[address](title=f"Question number {number} about licences")
    post_reply(Topic.objects.get(title="Question number 1 about licences"), by=known_member(name="Amina Said"))
    page = client.get(address).text
    shown = [number for number in range(6) if f"Question number {number} about" in page]
    assert shown == [1, 2, 3, 4, 5] and "1 reply" in page and "Amina Said" in page
    assert page.index("Question number 1") < page.index("Question number 5")


@pytest.mark.parametrize("address", PLACES)
def test_page_is_another_one_as_soon_as_something_is_said(address):
    topic = PLACES[address](title="How to end temporary licences")
    topic = getattr(topic, "topic", topic)
    first = Client().get(address)
    post_reply(topic)
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200 and "1 reply" in again.text and "1 reply" not in first.text
    transition(Topic.objects.get(pk=topic.pk), "hide", by=ModeratorFactory(), public_reason="Rude.")
    gone = Client().get(address, headers={"if-none-match": again["ETag"]})
    assert gone.status_code == 200 and "How to end temporary licences" not in gone.text


@pytest.mark.parametrize("address", PLACES)
def test_what_waits_is_not_listed(address, client):
    PLACES[address](title="Waiting for a moderator", by=UserFactory())
    assert "Waiting for a moderator" not in client.get(address).text


@pytest.mark.parametrize("address", [HOME, COUNTRY])
def test_what_is_private_is_not_listed(address, client):
    member = known_member()
    PLACES[address](title="Said among ourselves", by=member, on=private_board(member))
    client.force_login(member)
    assert "Said among ourselves" not in client.get(address).text


def test_country_lists_what_is_about_its_own_initiatives(client):
    about_kenya(title="How did Kenya end it")
    post_topic(title="About nothing in particular")
    page = client.get(COUNTRY).text
    assert "How did Kenya end it" in page and "About nothing in particular" not in page
    other = client.get(reverse("countrymap:country", args=["GH"])).text
    assert "How did Kenya end it" not in other and "Latest discussions" not in other


def test_nobody_learns_from_a_topic_that_an_initiative_was_removed(client):
    topic = about_kenya(title="How did Kenya end it")
    transition(Topic.objects.get(pk=topic.pk).initiative, "remove", by=ModeratorFactory(), public_reason="By mistake.")
    assert "How did Kenya end it" not in client.get(COUNTRY).text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("about", "queries"), [(("theme", "spectrum"), 2), (("region", "AFR"), 2), (("country", "KE"), 2)]
)
def test_literal_query_count(about, queries, count, django_assert_num_queries):
    make = {"theme": THEME, "region": REGION, "country": COUNTRY}[about[0]]
    for number in range(count):
        PLACES[make](title=f"Question number {number} about licences")
    with django_assert_num_queries(queries):
        assert len(latest.about(*about).lines) == count
    with django_assert_num_queries(1):
        assert len(latest.latest().lines) == count


def test_theme_without_a_board_has_no_list(client):
    Board.objects.filter(kind="theme", code="spectrum").delete()
    answer = client.get(THEME)
    assert answer.status_code == 200 and "Latest discussions" not in answer.text
