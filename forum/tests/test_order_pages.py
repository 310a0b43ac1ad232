"""The pages by which moderators keep order: what others did meanwhile, and what comes of it."""

import re

import pytest
from django.urls import reverse

from forum import choosing, services
from forum.models import Topic
from forum.tests.test_ordering import topic_of
from forum.tests.things import board, known_member, post_topic, private_board
from moderation.services import transition
from outbox.models import Letter
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


def test_what_was_meant_for_a_topic_does_not_happen_to_the_one_that_took_it_in(desk):
    topic, kept = topic_of(2), topic_of(2)
    address = reverse("forum:topic_order", args=[topic.pk])
    services.merge(topic, kept, by=ModeratorFactory())
    said = {"public_reason": "Off topic", "board": "ask-your-peers", "title": "Another question", "posts": "2"}
    for move in ("lock", "pin", "hide", "move", "merge", "split"):
        answer = desk.post(address, {**said, "move": move, "into": kept.pk}, follow=True)
        assert answer.redirect_chain == [(reverse("forum:topic_order", args=[kept.pk]), 302)]
        assert "has been merged into" in answer.text
    kept.refresh_from_db()
    assert (kept.status, kept.is_pinned, kept.board, kept.post_count) == ("open", False, board(), 4)


@pytest.mark.parametrize("move", ["lock", "pin", "move", "merge", "split"])
def test_what_is_not_possible_any_more_is_said_and_nothing_typed_is_lost(desk, move):
    topic, other = topic_of(3), topic_of(1)
    transition(topic, "hide", by=ModeratorFactory(name="Boris Adeyemi"), public_reason="Off topic")
    said = {"move": move, "public_reason": "Typed", "board": "ask-your-peers", "title": "Another question"}
    said |= {"into": other.pk, "posts": topic.posts.get(number=2).pk}
    address = reverse("forum:topic_order", args=[topic.pk])
    answer = desk.post(address, said)
    if move in ("move", "merge"):
        answer = desk.post(address, {**said, "agreed": answer.context["plan"].agreed})
    assert answer.status_code == 200
    assert "Typed" in answer.text
    assert "Boris Adeyemi" in answer.text or "hidden or merged meanwhile" in answer.text


def test_a_hidden_topic_is_offered_to_be_restored_or_called_otherwise_and_nothing_else(desk):
    topic = topic_of(2)
    transition(topic, "hide", by=ModeratorFactory(), public_reason="Off topic")
    page = desk.get(reverse("forum:topic_order", args=[topic.pk])).text
    assert re.findall('name="move" value="([a-z_]+)"', page) == ["restore", "rename"]


def test_a_topic_comes_back_as_it_was():
    for before in ("open", "locked"):
        topic, moderator = topic_of(1), ModeratorFactory()
        if before == "locked":
            transition(topic, "lock", by=moderator)
        transition(topic, "hide", by=moderator, public_reason="Off topic")
        transition(topic, "restore", by=moderator)
        assert (topic.status, topic.decisions.first().to_status) == (before, before)
        assert not transition(topic, "restore", by=moderator).changed


# Said before it happens


def test_a_merge_is_asked_for_with_its_target_and_who_will_read_it(desk):
    topic, into = topic_of(2), post_topic(title="What became of the target").topic
    address, said = reverse("forum:topic_order", args=[topic.pk]), {"move": "merge", "public_reason": "Same question."}
    answer = desk.post(address, {**said, "into": f"http://testserver{into.get_absolute_url()}?page=1"})
    topic.refresh_from_db()
    assert topic.status == "open"
    for words in ("What became of the target", into.board.label, "Everybody", "Same question."):
        assert words in answer.text
    plan = answer.context["plan"]
    answer = desk.post(address, {**said, "into": into.pk, "agreed": plan.agreed})
    topic.refresh_from_db()
    assert (topic.merged_into, answer.url) == (into, into.get_absolute_url())
    assert topic.decisions.first().public_reason == "Same question."


def test_what_few_could_read_is_not_shown_to_all_unasked(desk):
    person, words = known_member(), "everybody will be able to read it at once"
    group = private_board(person)
    inside, outside = post_topic(on=group, by=person).topic, topic_of(1)
    address = reverse("forum:topic_order", args=[inside.pk])
    assert words in desk.post(address, {"move": "merge", "into": outside.pk}).text
    assert words in desk.post(address, {"move": "move", "board": "spectrum"}).text
    inside.refresh_from_db()
    assert (inside.board, inside.status) == (group, "open")
    address = reverse("forum:topic_order", args=[outside.pk])
    answer = desk.post(address, {"move": "move", "board": "group"}).text
    assert words not in answer and "will not find the topic any more" in answer


def test_who_agreed_to_something_else_is_asked_again(desk):
    topic, into = topic_of(1), topic_of(1)
    address, said = reverse("forum:topic_order", args=[topic.pk]), {"move": "merge", "into": into.pk}
    agreed = desk.post(address, said).context["plan"].agreed
    services.move(into, private_board(), by=ModeratorFactory())
    answer = desk.post(address, {**said, "agreed": agreed})
    assert "Something has changed since you were asked" in answer.text and "Working group" in answer.text
    topic.refresh_from_db()
    assert topic.status == "open"


def test_one_can_go_back_and_what_was_typed_is_there(desk):
    answer = desk.post(
        reverse("forum:topic_order", args=[topic_of(1).pk]),
        {"undecided": "yes", "public_reason": "Typed", "into": "17", "agreed": "x"},
    )
    assert answer.status_code == 200 and "Typed" in answer.text and 'value="17"' in answer.text


# Posts to split off are ticked


def test_posts_are_offered_by_their_beginning_but_the_first_and_deleted_ones(desk):
    topic = topic_of(4)
    services.delete_post(topic.posts.get(number=3), by=topic.posts.get(number=3).author)
    posts = desk.get(reverse("forum:topic_order", args=[topic.pk])).context["posts"]
    assert [(one.number, one.beginning) for one in posts.choices] == [(2, "Answer 2"), (4, "Answer 4")]


def test_posts_of_a_long_topic_are_chosen_page_by_page(desk, monkeypatch):
    monkeypatch.setattr(choosing, "PER_PAGE", 2)
    topic = topic_of(6)
    pks = dict(topic.posts.values_list("number", "pk"))
    address = reverse("forum:topic_order", args=[topic.pk])
    said = {"posts": [pks[2]], "title": "Another question", "public_reason": "Typed"}
    answer = desk.post(address, {**said, "shown": "1", "page": "3"})
    assert [one.number for one in answer.context["posts"].choices] == [5, 6]
    assert answer.context["posts"].elsewhere == [pks[2]]
    for kept in (f'name="posts" value="{pks[2]}"', "Another question", "Typed"):
        assert kept in answer.text
    desk.post(address, {**said, "move": "split", "posts": [pks[2], pks[5]]})
    made = Topic.objects.get(title="Another question")
    assert [post.body for post in made.posts.order_by("number")] == ["Answer 2", "Answer 5"]


def test_all_that_follows_goes_along(desk):
    topic = topic_of(6)
    chosen = topic.posts.get(number=3)
    address = reverse("forum:topic_order", args=[topic.pk])
    assert f'value="{chosen.pk}" checked' in desk.get(f"{address}?post={chosen.pk}").text
    desk.post(address, {"move": "split", "title": "Another question", "posts": chosen.pk, "onwards": "on"})
    made = Topic.objects.get(title="Another question")
    assert [post.body for post in made.posts.order_by("number")] == [f"Answer {number}" for number in range(3, 7)]
    topic.refresh_from_db()
    assert topic.post_count == 2


def test_posts_that_others_moved_meanwhile_are_not_split_off(desk):
    topic = topic_of(3)
    post = topic.posts.get(number=2)
    services.split(topic, [post], title="Somewhere else", by=ModeratorFactory())
    answer = desk.post(
        reverse("forum:topic_order", args=[topic.pk]),
        {"move": "split", "title": "Another question", "posts": [post.pk, topic.posts.get(number=3).pk]},
    )
    assert "Choose posts of this topic." in answer.text
    assert not Topic.objects.filter(title="Another question").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_choice_costs_the_same_with_more_posts(count, django_assert_num_queries):
    topic = topic_of(1 + count)
    with django_assert_num_queries(1):
        assert len(choosing.page_of(topic, 1, set()).choices) == count


@pytest.mark.parametrize("value", ["", "0", "-1", "x", "\x00", "٣", "9" * 30, "1.5"])
def test_bad_numbers_are_answered(desk, value):
    address = reverse("forum:topic_order", args=[topic_of(1).pk])
    assert desk.get(address, {"post": value}).status_code == 200
    said = {"title": "Another question", "posts": value, "into": value, "shown": value}
    for move in ("split", "merge"):
        assert desk.post(address, {**said, "move": move}).status_code == 200
    assert desk.post(address, {**said, "page": value}).status_code == 200


# The author is told


def told(person) -> list[str]:
    return [
        f"{letter.subject}\n{letter.body}" for letter in Letter.objects.filter(recipient=person.email).order_by("pk")
    ]


@pytest.mark.parametrize("move", ["lock", "hide", "pin"])
def test_the_author_of_a_topic_is_told_of_what_is_done_with_it(move):
    topic, moderator = topic_of(1), ModeratorFactory()
    transition(topic, move, by=moderator, public_reason="Our reason")
    letters = told(topic.author)
    assert [("Our reason" in letter, topic.title in letter) for letter in letters] == [(True, True)] * (move != "pin")
    if move == "hide":
        transition(topic, "restore", by=moderator)
        assert "there again" in told(topic.author)[-1]


def test_the_author_is_told_where_the_topic_went():
    topic, into, moderator = topic_of(3), post_topic(title="What became of it").topic, ModeratorFactory()
    services.move(topic, board("ask-your-peers"), by=moderator, public_reason="Our reason")
    services.split(
        topic, [topic.posts.get(number=2)], title="Another question", by=moderator, public_reason="Two things"
    )
    services.merge(topic, into, by=moderator, public_reason="The same")
    moved, split, merged = told(topic.author)
    assert "Ask your peers" in moved and "Our reason" in moved
    made = Topic.objects.get(title="Another question")
    assert made.get_absolute_url() in split and "Two things" in split
    assert into.get_absolute_url() in merged and "What became of it" in merged and "The same" in merged
    assert len(told(made.author)) == 1
    assert told(into.author) == []


def test_a_letter_does_not_name_a_board_that_its_reader_may_not_know_of():
    moderator, group = ModeratorFactory(), private_board(known_member())
    inside = post_topic(on=group, by=group.members.get(), title="Among ourselves").topic
    topic, other = topic_of(1), topic_of(1)
    services.move(topic, group, by=moderator)
    services.merge(other, inside, by=moderator)
    for letter in told(topic.author) + told(other.author):
        assert "do not belong to" in letter
        assert "Working group" not in letter and "Among ourselves" not in letter and "/forum/" not in letter


def test_moderators_are_not_told_of_what_they_do_themselves():
    moderator = ModeratorFactory()
    topic = post_topic(by=moderator).topic
    transition(topic, "lock", by=moderator, public_reason="x")
    assert told(moderator) == []
