"""The frequent reasons against posts: offered where they fit, told in the author's language."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from forum.models import Post
from forum.tests.things import known_member, post_reply, post_topic
from moderation import reasons
from moderation.models import Reason
from moderation.workflow import workflow_of
from outbox.models import Letter
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db
FOR_POSTS = ["post_off_topic", "post_advertising", "post_personal_data"]
FOR_POSTS += ["post_insult", "post_not_yours", "post_repeated"]


def decide(post: Post) -> str:
    return reverse("admin:forum_post_decide", args=[post.pk])


@pytest.mark.parametrize("move", ["reject", "hide", "uphold_flags"])
def test_what_goes_against_posts_has_reasons_of_its_own(move):
    found = reasons.offered([workflow_of(Post).moves[move]])
    assert list(found.values_list("code", flat=True)) == FOR_POSTS


@pytest.mark.parametrize("move", ["publish", "approve", "restore", "mark_as_spam"])
def test_what_needs_no_reason_has_none(move):
    assert not reasons.offered([workflow_of(Post).moves[move]]).exists()


def test_a_moderator_hides_with_a_reason_that_the_author_reads_in_their_language(client):
    author = known_member(language="fr")
    post = post_reply(post_topic().topic, by=author)
    client.force_login(ModeratorFactory())
    page = client.get(reverse("admin:forum_post_change", args=[post.pk])).text
    assert "Advertising" in page and "No usable source" not in page
    client.post(decide(post), {"move": "hide", "reason": "post_insult"})
    decision = post.decisions.first()
    text = Reason.objects.get(code="post_insult").text_fr
    assert (decision.move, decision.reason_code, decision.public_reason) == ("hide", "post_insult", text)
    assert text in " ".join(Letter.objects.get(recipient=author.email).body.split())


def test_a_waiting_post_is_rejected_with_one(client):
    post = post_reply(post_topic().topic, by=UserFactory())
    client.force_login(ModeratorFactory())
    client.post(decide(post), {"move": "reject", "reason": "post_off_topic"})
    assert post.decisions.first().public_reason == Reason.objects.get(code="post_off_topic").text_en


def test_the_public_page_offers_them_too(client):
    post = post_reply(post_topic().topic, by=known_member())
    client.force_login(ModeratorFactory())
    address = reverse("forum:post_order", args=[post.pk])
    assert "Advertising" in client.get(address).text
    refused = client.post(address, {"move": "mark_as_spam", "reason": "post_insult"})
    assert "is not offered for" in refused.text
    client.post(address, {"move": "hide", "reason": "post_insult", "public_reason": "And more."})
    decision = post.decisions.first()
    assert (decision.move, decision.reason_code) == ("hide", "post_insult")
    assert decision.public_reason.endswith("\n\nAnd more.")


def test_words_that_staff_edited_survive_the_migration():
    Reason.objects.filter(code="post_insult").update(text_en="Ours")
    Reason.objects.filter(code="post_repeated").delete()
    import_module("forum.migrations.0023_write_first_reasons_of_posts").write(apps, None)
    assert Reason.objects.get(code="post_insult").text_en == "Ours"
    assert Reason.objects.filter(code="post_repeated").exists()
