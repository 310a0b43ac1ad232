"""The topics of a board in pages: each once, whatever is posted meanwhile."""

import pytest

from forum import listing
from forum.models import Topic
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.services import transition
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 3)


@pytest.fixture
def topics():
    author = known_member()
    made = [post_topic(by=author, title=f"Topic number {number}").topic for number in range(8)]
    transition(made[2], "pin", by=ModeratorFactory())
    return made


def page(**asked) -> listing.TopicPage:
    return listing.page_of(board(), asked)


def walk(link: str, found: listing.TopicPage, *, then=lambda: None) -> list[list[int]]:
    """The numbers of the topics, page by page, along `link`."""
    pages = [[int(topic.title.split()[-1]) for topic in found.topics]]
    while said := getattr(found, link):
        then()
        found = page(**dict([said.split("=")]))
        pages.append([int(topic.title.split()[-1]) for topic in found.topics])
    return pages


def test_pages_go_through_all_the_pinned_first(topics):
    assert walk("older", page()) == [[2, 7, 6], [5, 4, 3], [1, 0]]


def test_pages_go_back(topics):
    last = page(after=str(listing.Place.of(Topic.objects.get(title="Topic number 3"))))
    assert walk("newer", last) == [[1, 0], [5, 4, 3], [2, 7, 6]]


def test_no_topic_is_seen_twice_while_others_post(topics):
    author = known_member()
    seen = walk("older", page(), then=lambda: post_reply(topics[1], by=author, body="And we."))
    numbers = [number for one in seen for number in one]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) >= {0, 2, 3, 4, 5, 6, 7}


@pytest.mark.parametrize("place", ["", "x", "1-2", "2-3-4", "1-99999999999999999-1", "0-1-1\x00", "٣-1-1"])
def test_what_is_no_place_is_the_first_page(topics, place):
    assert [topic.pk for topic in page(after=place).topics][:1] in ([topics[2].pk], [])
    assert page(before=place).topics
