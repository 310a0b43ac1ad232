"""Dumps in any order, in several files, and after moderators have put things elsewhere; and whose posts they are."""

import pytest

from accounts.models import User, validate_handle
from forum import services
from forum.models import Post, Topic
from forum.services import repair
from forum.tests.dumps import bring_in, dump_of, said
from forum.tests.test_ordering import topic_of
from forum.tests.things import post_topic
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db


def here(number: int, topic: int = 7) -> Post:
    return Post.objects.get(source=f"elsewhere:{topic}:{number}")


def test_lines_of_topics_may_be_mixed_and_in_any_order(tmp_path):
    other = {"topic_id": 8, "topic_title": "Another one"}
    rows = [said(2, reply_to_post_number=1), said(1, **other), said(3, reply_to_post_number=2), said(1)]
    bring_in(dump_of(tmp_path, *rows, said(2, reply_to_post_number=1, **other)))
    assert [here(number).number for number in (1, 2, 3)] == [1, 2, 3]
    assert (here(1).is_first, here(2).is_first) == (True, False)
    assert (here(2).reply_to, here(3).reply_to, here(2, 8).reply_to) == (here(1), here(2), here(1, 8))


def test_a_topic_longer_than_what_goes_in_at_once_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr("forum.importing.runner.BATCH", 2)
    bring_in(dump_of(tmp_path, *[said(number, reply_to_post_number=number - 1) for number in range(1, 6)]))
    topic = Topic.objects.get()
    assert [post.number for post in topic.posts.order_by("pk")] == [1, 2, 3, 4, 5]
    assert Post.objects.filter(reply_to=None).get() == Post.objects.get(is_first=True) == here(1)
    assert list(repair.wrong_topics()) == []


def test_replies_of_a_later_dump_find_what_they_answer(tmp_path):
    bring_in(dump_of(tmp_path, said(1), said(2)))
    bring_in(dump_of(tmp_path, said(3, reply_to_post_number=1), said(4, reply_to_post_number=9)))
    assert (here(3).reply_to, here(4).reply_to) == (here(1), None)


def test_what_comes_after_a_merge_goes_where_the_topic_is_now(tmp_path):
    bring_in(dump_of(tmp_path, said(1)))
    into = topic_of(2)
    services.merge(Topic.objects.get(source="elsewhere:7"), into, by=ModeratorFactory())
    opened = into.opened_at
    bring_in(dump_of(tmp_path, said(2), said(3, reply_to_post_number=1)))
    into.refresh_from_db()
    assert [here(2).topic, here(3).topic, here(2).number, into.post_count] == [into, into, 4, 5]
    assert Post.objects.public().filter(source__gt="").count() == 3
    assert (here(2).is_first, into.opened_at) == (False, opened)
    assert list(repair.wrong_topics()) == list(repair.wrong_boards()) == []


def test_an_answer_to_what_was_split_off_follows_it(tmp_path):
    bring_in(dump_of(tmp_path, said(1), said(2), said(3)))
    topic = Topic.objects.get()
    made = services.split(topic, topic.posts.filter(number=2), title="Another question", by=ModeratorFactory())
    rows = [said(4, reply_to_post_number=2), said(5, reply_to_post_number=4), said(6, reply_to_post_number=3), said(7)]
    bring_in(dump_of(tmp_path, *rows))
    assert [here(number).topic for number in (4, 5, 6, 7)] == [made, made, topic, topic]
    assert list(repair.wrong_topics()) == []


def test_an_old_topic_merged_into_a_new_one_does_not_throw_it_back(tmp_path):
    bring_in(dump_of(tmp_path, said(1)))
    into = post_topic().topic
    active = into.active_at
    services.merge(Topic.objects.get(source="elsewhere:7"), into, by=ModeratorFactory())
    assert into.active_at == active
    assert list(repair.wrong_topics()) == []


def test_authors_of_any_script_are_people_of_their_own(tmp_path):
    long = "International Union of Telecommunication Authorities "
    names = ["张伟", "محمد", "Иван", "李娜", "ivan", "Ivan", f"{long}A", f"{long}B", "", None]
    rows = [said(number, author=name) for number, name in enumerate(names, start=1)]
    bring_in(dump_of(tmp_path, *rows, said(1, forum="Форум", author="张伟")))
    authors = User.objects.filter(posts__isnull=False).distinct()
    assert sorted({author.name for author in authors}) == sorted({"unknown", *names} - {"", None})
    assert here(1).author != Post.objects.get(source="Форум:7:1").author
    assert here(9).author == here(10).author
    assert authors.count() == len(names)
    for author in authors:
        validate_handle(author.handle)


def test_an_interruption_keeps_what_is_done(tmp_path, monkeypatch):
    file = dump_of(tmp_path, said(1), said(1, topic_id=8), said(1, topic_id=9))
    with monkeypatch.context() as patched:
        patched.setattr("forum.importing.admission.slug_of", _stop_at_second())
        told = bring_in(file)
    assert told.endswith("Interrupted. What is done is kept; run it again to go on. [130]")
    assert Post.objects.count() == 1
    assert "2 added, 1 there already" in bring_in(file)
    assert list(repair.wrong_topics()) == []


def _stop_at_second():
    answers = iter(["first"])

    def slug(title: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise KeyboardInterrupt from None

    return slug
