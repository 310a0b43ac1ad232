"""What programs read of the forum: what everybody may read, in pages without doubles, at a fixed cost."""

import json
import uuid

import pytest
from django.db import connection

from accounts.leaving import leave
from accounts.models import Membership
from forum import services
from forum.api import records
from forum.models import Board, Post, Topic
from forum.tests.things import approve, board, known_member, post_reply, post_topic, private_board
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, country, make_initiative

pytestmark = pytest.mark.django_db

BOARDS, TOPICS = "/api/v1/boards/", "/api/v1/topics/"


def read(client, address: str, status: int = 200) -> dict:
    response = client.get(address)
    assert response.status_code == status, response.text
    return response.json()


def one(client, topic: Topic, query: str = "") -> dict:
    return read(client, f"{TOPICS}{topic.pk}/{query}")


def numbers(said: dict) -> list[int]:
    return [item["id"] for item in said["items"]]


def all_pages(client, address: str) -> list[dict]:
    pages = []
    while address:
        pages.append(read(client, address))
        address = pages[-1]["next"]
    return pages


def test_boards_say_what_they_are_and_count_what_can_be_read(client):
    post_reply(post_topic().topic, by=UserFactory())  # waits
    said = read(client, BOARDS)
    spectrum = next(item for item in said["items"] if item["code"] == "spectrum")
    assert (spectrum["kind"], spectrum["theme"], spectrum["region"]) == ("theme", "spectrum", None)
    assert (spectrum["topics"], spectrum["posts"]) == (1, 1)
    assert numbers(read(client, spectrum["topics_url"])) == [Topic.objects.get().pk]


def test_topics_come_by_activity_whether_pinned_or_not(client):
    first, second = post_topic().topic, post_topic(on=board("ask-your-peers")).topic
    transition(first, "pin", by=ModeratorFactory())
    assert numbers(read(client, TOPICS)) == [second.pk, first.pk]
    post_reply(first)
    assert numbers(read(client, TOPICS)) == [first.pk, second.pk]


def test_pages_of_topics_have_each_once(client):
    made = [post_topic().topic for _ in range(5)]
    transition(made[1], "pin", by=ModeratorFactory())
    pages = all_pages(client, f"{TOPICS}?limit=2")
    assert [numbers(page) for page in pages] == [
        [made[4].pk, made[3].pk],
        [made[2].pk, made[1].pk],
        [made[0].pk],
    ]
    assert {page["count"] for page in pages} == {5}


def test_filters_find_and_count(client):
    initiative = make_initiative()
    said = {"title": "Roaming at sea", "body": "How?", "key": uuid.uuid4()}
    french = services.begin_topic(board(), by=known_member(), language="fr", initiative=initiative, **said).topic
    solved = post_topic(on=board("ask-your-peers")).topic
    services.mark_solution(solved, post_reply(solved), by=solved.author)
    for query, found in {
        "board=spectrum": french,
        "board=ask-your-peers": solved,
        "language=fr": french,
        "solved=true": solved,
        "solved=false": french,
        f"initiative={initiative.reference}": french,
        "board=spectrum&board=ask-your-peers&language=en": solved,
    }.items():
        page = read(client, f"{TOPICS}?{query}")
        assert (page["count"], numbers(page)) == (1, [found.pk]), query
    assert read(client, f"{TOPICS}?board=spectrum&solved=true")["count"] == 0


@pytest.mark.parametrize(
    "query",
    [
        *("board=nowhere", "board=group", "language=xx", "solved=perhaps", "initiative=INI-2026-999999"),
        *("initiative=%00", "after=x", "after=1-5-5", "limit=0", "pinned=1"),
    ],
)
def test_what_is_not_known_is_refused_by_name(client, query):
    private_board()
    assert read(client, f"{TOPICS}?{query}", 400)["errors"][0]["parameter"] == query.partition("=")[0]


def test_a_removed_initiative_is_named_nowhere(client):
    initiative = make_initiative()
    topic = post_topic().topic
    Topic.objects.update(initiative=initiative)
    assert one(client, topic)["initiative"] == initiative.reference
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="A mistake.")
    assert initiative.reference not in json.dumps([one(client, topic), read(client, TOPICS)])
    read(client, f"{TOPICS}?initiative={initiative.reference}", 400)


def test_a_topic_has_its_posts_as_markdown_and_html(client):
    first = post_topic(body="Some **bold** words")
    answer = services.reply(first.topic, by=known_member(), body="> So.", key=uuid.uuid4(), reply_to=first)
    services.mark_solution(first.topic, answer, by=first.author)
    said = one(client, first.topic)
    asked, answered = said["items"]
    assert asked["markdown"] == first.body and "<strong>bold</strong>" in asked["html"]
    assert (answered["reply_to"], answered["solution"], said["solution"]) == (first.pk, True, answer.pk)
    assert (answered["number"], said["count"], said["posts"]) == (2, 2, 2)
    assert client.get(answered["url"]).status_code == 302


def test_pages_of_posts_go_by_number(client):
    topic = post_topic().topic
    for _ in range(4):
        post_reply(topic)
    pages = all_pages(client, f"{TOPICS}{topic.pk}/?limit=2")
    assert [[post["number"] for post in page["items"]] for page in pages] == [[1, 2], [3, 4], [5]]
    assert {page["title"] for page in pages} == {topic.title}


WITHDRAWN = {
    "waiting": lambda topic: post_reply(topic, by=UserFactory(), body="quokka"),
    "hidden": lambda topic: transition(
        post_reply(topic, body="quokka"), "hide", by=ModeratorFactory(), public_reason="Rude."
    ),
    "spam": lambda topic: transition(post_reply(topic, body="quokka"), "mark_as_spam", by=ModeratorFactory()),
    "deleted": lambda topic: _deleted(post_reply(topic, body="quokka")),
}


def _deleted(post: Post) -> None:
    services.delete_post(post, by=post.author)


@pytest.mark.parametrize("how", WITHDRAWN)
def test_what_is_not_public_is_neither_shown_nor_counted(client, how):
    topic = post_topic().topic
    WITHDRAWN[how](topic)
    last = post_reply(topic)
    said = one(client, topic)
    assert "quokka" not in json.dumps([said, read(client, TOPICS)])
    assert numbers(said) == [Post.objects.get(is_first=True).pk, last.pk] and said["count"] == said["posts"] == 2


def test_a_reply_to_what_was_hidden_does_not_name_it(client):
    first = post_topic()
    rude = post_reply(first.topic)
    services.reply(first.topic, by=known_member(), body="No.", key=uuid.uuid4(), reply_to=rude)
    assert one(client, first.topic)["items"][2]["reply_to"] == rude.pk
    transition(rude, "hide", by=ModeratorFactory(), public_reason="Rude.")
    assert one(client, first.topic)["items"][1]["reply_to"] is None


def test_topics_that_are_not_there_are_not_found(client):
    waiting, hidden = post_topic(by=UserFactory()).topic, post_topic().topic
    member = known_member()
    private = post_topic(on=private_board(member), by=member).topic
    transition(hidden, "hide", by=ModeratorFactory(), public_reason="Off topic.")
    assert read(client, TOPICS)["count"] == 0
    client.force_login(member)
    for topic in (waiting, hidden, private):
        read(client, f"{TOPICS}{topic.pk}/", 404)
    assert "group" not in [item["code"] for item in read(client, BOARDS)["items"]]
    assert read(client, TOPICS)["items"] == []


def test_a_merged_topic_leads_on(client):
    topic, into = post_topic().topic, post_topic().topic
    services.merge(topic, into, by=ModeratorFactory())
    assert one(client, topic)["id"] == into.pk
    transition(into, "hide", by=ModeratorFactory(), public_reason="Off topic.")
    read(client, f"{TOPICS}{topic.pk}/", 404)


def test_people_are_named_as_on_the_pages_with_whom_they_speak_for_now(client):
    author = known_member(name="Amina", handle="amina")
    organisation = OrganisationFactory(name="Authority", stakeholder_type="regulator", country=country("KE"))
    membership = Membership.objects.create(
        user=author, organisation=organisation, status="confirmed", confirmed_at="2026-01-01T00:00Z"
    )
    topic = post_topic(by=author).topic
    said = one(client, topic)["author"]
    assert (said["name"], said["handle"]) == ("Amina", "amina") and said["url"].endswith("/forum/members/amina/")
    voice = said["organisations"][0]
    assert (voice["name"], voice["type"], voice["country"]) == ("Authority", "regulator", "KE")
    assert voice["verified"] is organisation.is_verified
    assert author.email not in json.dumps([one(client, topic), read(client, TOPICS)])
    membership.delete()
    assert one(client, topic)["author"]["organisations"] == []


def test_who_left_is_a_former_member_without_a_handle(client):
    author = known_member(name="Amina")
    topic = post_topic(by=author).topic
    leave(author)
    said = one(client, topic)["author"]
    assert said == {"name": "former member", "handle": None, "url": None, "organisations": []}


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_as_many_queries_for_any_number(client, count, django_assert_num_queries):
    for _each in range(count):
        topic = post_topic().topic
    for _each in range(count - 1):
        post_reply(topic)
    with django_assert_num_queries(5):  # freshness, limit, boards, topics, for whom people speak
        assert len(read(client, TOPICS)["items"]) == count
    with django_assert_num_queries(6):  # the same, and how many there are
        assert read(client, f"{TOPICS}?language=en")["count"] == count
    with django_assert_num_queries(5):  # freshness, limit, topic, posts, for whom people speak
        assert len(one(client, topic)["items"]) == count
    with django_assert_num_queries(3):  # freshness, limit, boards
        read(client, BOARDS)


def test_what_did_not_change_costs_one_query_and_what_did_is_sent_anew(client, django_assert_num_queries):
    topic, waiting = post_topic().topic, post_topic(by=UserFactory())
    addresses = (BOARDS, TOPICS, f"{TOPICS}?board=spectrum", f"{TOPICS}{topic.pk}/")
    tags = {address: client.get(address)["ETag"] for address in addresses}
    for address, tag in tags.items():
        with django_assert_num_queries(1):
            assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    approve(waiting)
    for address, tag in tags.items():
        assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_an_index_gives_the_newest(client):
    found = Topic.objects.listed().filter(board__in=list(Board.objects.public()))
    sql, values = records.topics(found)[:26].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}", values)
        assert "topic_newest_activity" in "\n".join(line for (line,) in cursor.fetchall())
