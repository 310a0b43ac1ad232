"""What becomes of what members write: in which order, counted how, and once."""

import threading
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from forum import services
from forum.models import Board, Post, Topic
from forum.services import repair
from forum.tests.things import approve, board, known_member, post_reply, post_topic, private_board
from forum.vocabulary import PostStatus, Waits
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_first_post_of_a_new_member_waits_and_its_topic_is_not_there():
    post = post_topic(by=UserFactory())
    assert post.status == PostStatus.WAITING
    assert Waits.NEW_MEMBER in post.waits
    assert not Topic.objects.public().exists()
    assert board().topic_count == 0


def test_approval_publishes_then():
    post = approve(post_topic(by=UserFactory()))
    topic = Topic.objects.public().get()
    assert (post.number, topic.post_count, topic.last_post) == (1, 1, post)
    assert topic.opened_at == post.published_at > post.created_at
    assert (board().topic_count, board().post_count, board().last_topic) == (1, 1, topic)


def test_a_known_member_posts_at_once():
    topic = post_topic().topic
    reply = post_reply(topic)
    topic.refresh_from_db()
    assert (reply.number, topic.post_count, topic.reply_count, topic.last_post) == (2, 2, 1, reply)


def test_what_waits_gets_its_number_when_it_becomes_public():
    topic = post_topic().topic
    late = post_reply(topic, by=UserFactory())
    early = post_reply(topic)
    assert (approve(late).number, early.number) == (3, 2)


def test_a_form_sent_twice_makes_one_post():
    topic, key, by = post_topic().topic, uuid.uuid4(), known_member()
    assert post_reply(topic, by=by, key=key) == post_reply(topic, by=by, key=key)
    assert Post.objects.count() == 2


def test_a_topic_sent_twice_is_one_topic():
    by, key = known_member(), uuid.uuid4()
    said = {"by": by, "title": "How to end it", "body": "Tell us.", "language": "en", "key": key}
    assert services.begin_topic(board(), **said) == services.begin_topic(board(), **said)
    assert Topic.objects.count() == 1


def test_the_key_of_somebody_else_is_refused():
    first = post_topic()
    with pytest.raises(PermissionDenied):
        post_reply(first.topic, key=first.key)


def test_nobody_posts_without_a_confirmed_address():
    topic = post_topic().topic
    with pytest.raises(PermissionDenied):
        post_reply(topic, by=UserFactory(confirmed=False))


def test_announcements_are_for_staff():
    with pytest.raises(PermissionDenied):
        post_topic(on=board("announcements"))
    assert post_topic(on=board("announcements"), by=ModeratorFactory()).is_public


def test_a_locked_topic_takes_no_reply_but_of_moderators():
    topic, moderator = post_topic().topic, ModeratorFactory()
    transition(topic, "lock", by=moderator)
    with pytest.raises(PermissionDenied):
        post_reply(topic)
    assert post_reply(topic, by=moderator).is_public


def test_a_private_board_takes_posts_of_its_members():
    member = known_member()
    topic = post_topic(on=private_board(member), by=member).topic
    with pytest.raises(PermissionDenied):
        post_reply(topic)
    assert not Topic.objects.public().exists()


def test_an_edit_keeps_the_earlier_text():
    post = post_topic()
    before = post.body
    services.edit_post(post, by=post.author, body="Another text, quite another one.", revision=1)
    assert (post.revision, post.revisions.get().body, "another one" in post.html) == (2, before, True)


def test_an_edit_of_an_older_text_is_refused():
    post = post_topic()
    services.edit_post(post, by=post.author, body="Another text.", revision=1)
    with pytest.raises(ValidationError):
        services.edit_post(post, by=post.author, body="A third text.", revision=1)


def test_links_put_into_a_public_post_make_it_wait_again():
    author = known_member(approved=3)
    post = post_topic(by=author)
    links = " ".join(f"https://example.org/{number}" for number in range(3))
    services.edit_post(post, by=author, body=links, revision=1)
    assert post.status == PostStatus.WAITING
    assert not Topic.objects.public().exists()
    assert list(repair.wrong_topics()) == []


def test_who_deletes_the_last_reply_leaves_nothing():
    topic = post_topic().topic
    reply = post_reply(topic)
    services.delete_post(reply, by=reply.author)
    topic.refresh_from_db()
    assert (reply.body, reply.html, topic.post_count) == ("", "", 1)


def test_a_topic_whose_only_post_is_deleted_is_gone():
    post = post_topic()
    services.delete_post(post, by=post.author)
    assert not Topic.objects.public().exists()
    assert board().topic_count == 0


@pytest.mark.parametrize("move", ["hide", "mark_as_spam"])
def test_what_is_withdrawn_is_in_no_count_and_comes_back_to_its_place(move):
    topic = post_topic().topic
    reply, last = post_reply(topic), post_reply(topic)
    moderator = ModeratorFactory()
    transition(reply, move, by=moderator, public_reason="Off topic.")
    topic.refresh_from_db()
    assert (topic.post_count, topic.last_post, board().post_count) == (2, last, 2)
    transition(reply, "restore", by=moderator)
    topic.refresh_from_db()
    assert (topic.post_count, reply.number, topic.last_post, board().post_count) == (3, 2, last, 3)


def test_a_hidden_topic_is_in_no_count():
    topic = post_topic().topic
    transition(topic, "hide", by=ModeratorFactory(), public_reason="Off topic.")
    assert (board().topic_count, board().post_count, Topic.objects.public().exists()) == (0, 0, False)


def test_moderators_do_not_judge_their_own_posts():
    moderator = ModeratorFactory()
    post = post_topic(by=moderator)
    with pytest.raises(PermissionDenied):
        transition(post, "hide", by=moderator, public_reason="Mine.")


@pytest.mark.django_db(transaction=True)
def test_counts_are_exact_with_many_writers_at_once():
    topic = post_topic().topic
    members = [known_member() for _ in range(20)]

    def write(member):
        try:
            post_reply(Topic.objects.select_related("board").get(pk=topic.pk), by=member)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[member]) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    topic.refresh_from_db()
    assert (topic.post_count, topic.last_number) == (21, 21)
    assert sorted(topic.posts.values_list("number", flat=True)) == list(range(1, 22))
    assert Board.objects.get(pk=topic.board_id).post_count == 21
