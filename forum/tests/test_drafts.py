"""What is kept of a text while somebody writes it."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.leaving import leave
from forum.models import Draft, Post
from forum.services import drafts
from forum.tests.things import board, known_member, post_topic, private_board
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    member = known_member()
    client.force_login(member)
    return member


@pytest.fixture
def topic():
    return post_topic().topic


def autosave(client, topic, **values) -> dict:
    said = {"action": "autosave", "key": str(uuid.uuid4()), "revision": "0", **values}
    return client.post(reverse("forum:reply", args=[topic.pk]), said).json()


def test_a_reply_in_writing_is_kept_and_offered_again(client, member, topic):
    key = uuid.uuid4()
    first = autosave(client, topic, body="Half a", key=str(key))
    second = autosave(client, topic, body="Half a thought\n\n    kept", key=str(key))
    assert (first["revision"], second["revision"]) == (1, 2)
    assert second["goes_on"]
    assert "Draft saved at <time" in second["saved"]
    form = client.get(topic.get_absolute_url()).context["form"]
    assert (form["body"].value(), form["key"].value()) == ("Half a thought\n\n    kept", str(key))
    assert Post.objects.filter(topic=topic).count() == 1


def test_a_topic_in_writing_is_kept_with_title_and_language(client, member):
    address = reverse("forum:create", args=["spectrum"])
    client.post(address, {"action": "autosave", "title": "Short", "language": "fr", "body": "B"})
    form = client.get(address).context["form"]
    assert [form[name].value() for name in ("title", "language", "body")] == ["Short", "fr", "B"]


def test_nobody_else_reads_a_draft(client, member, topic):
    autosave(client, topic, body="Only mine")
    for other in (known_member(), ModeratorFactory(), topic.author):
        client.force_login(other)
        assert "Only mine" not in client.get(topic.get_absolute_url()).content.decode()
        assert drafts.of(other, topic) is None


def test_a_quote_stands_behind_the_draft(client, member, topic):
    autosave(client, topic, body="First this.")
    form = client.get(topic.get_absolute_url(), {"quote": topic.last_post_id}).context["form"]
    assert form["body"].value().startswith("First this.\n\n> [")


def test_what_is_posted_is_no_draft_any_more_and_does_not_come_back(client, member, topic):
    key = str(uuid.uuid4())
    autosave(client, topic, body="An answer", key=key)
    client.post(reverse("forum:reply", args=[topic.pk]), {"body": "An answer.", "key": key})
    assert not Draft.objects.exists()
    late = autosave(client, topic, body="An answer", key=key)
    assert not late["goes_on"]
    assert not Draft.objects.exists()


def test_a_draft_is_thrown_away_on_demand(client, member, topic):
    autosave(client, topic, body="An answer")
    assert "Throw the draft away" in client.get(topic.get_absolute_url()).content.decode()
    answer = client.post(reverse("forum:reply", args=[topic.pk]), {"action": "discard", "body": "An answer"})
    assert answer.url == topic.get_absolute_url()
    assert not Draft.objects.exists()


def test_nothing_typed_keeps_nothing(client, member, topic):
    autosave(client, topic, body="An answer")
    assert autosave(client, topic, body="")["goes_on"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("body", ["x" * 30_000, "\x00\ud800", "نص", "a\r\nb"])
def test_any_text_is_kept_as_far_as_it_may_be(client, member, topic, body):
    answer = autosave(client, topic, body=body.encode("utf-8", "replace").decode(), key="nonsense", language="xx")
    assert answer["goes_on"]


def test_who_may_not_reply_keeps_nothing(client, topic):
    private = post_topic(on=private_board(owner := known_member()), by=owner).topic
    client.force_login(known_member())
    said = {"action": "autosave", "body": "x"}
    assert client.post(reverse("forum:reply", args=[private.pk]), said).status_code == 404
    assert not Draft.objects.exists()


def test_drafts_go_with_the_person_and_with_time():
    member, other = known_member(), known_member()
    for user in (member, other):
        drafts.keep(user, board(), key=uuid.uuid4(), body="x", title="y", language="en")
    leave(member)
    assert Draft.objects.get().user == other
    Draft.objects.update(saved_at=timezone.now() - drafts.KEPT_FOR + datetime.timedelta(days=1))
    assert drafts.delete_old() == 0
    Draft.objects.update(saved_at=timezone.now() - drafts.KEPT_FOR)
    assert drafts.delete_old() == 1
