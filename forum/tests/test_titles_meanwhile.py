"""What happens to a title and a text while somebody has a form open, and what short titles do not stop."""

import pytest
from django.urls import reverse

from accounts.leaving import leave
from forum import services
from forum.models import Post, Topic
from forum.tests.things import board, post_reply, post_topic, private_board
from forum.tests.told import letters_to
from moderation.services import transition
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db
OLD, NEW, HIDDEN = "How to zqold temporary licences", "How to end temporary licences", "Hidden title"


def order(client, topic: Topic, move: str = "rename", **said):
    return client.post(reverse("forum:topic_order", args=[topic.pk]), {"move": move, **said})


def hide(post: Post) -> Topic:
    """Hide a first post in whose topic somebody went on."""
    post_reply(post.topic)
    transition(post, "hide", by=ModeratorFactory(), public_reason="It names a person.")
    return Topic.objects.get(pk=post.topic_id)


# The author's form


def test_a_refused_text_is_saved_over_the_newer_one_by_sending_it_again(client):
    post = post_topic(title=OLD)
    client.force_login(post.author)
    address, said = reverse("forum:edit", args=[post.pk]), {"title": OLD, "language": "en", "body": "Another text"}
    services.rename(post.topic, title=NEW, language="fr", by=ModeratorFactory())
    form = client.post(address, {**said, "revision": 1}).context["form"]
    assert (form["body"].value(), form["title"].value(), form["language"].value()) == ("Another text", NEW, "fr")
    assert OLD in str(form["title"].errors)
    again = {name: form[name].value() for name in ("title", "language", "body", "revision")}
    assert client.post(address, again).status_code == 302
    post.refresh_from_db()
    assert (post.body, post.topic.title) == ("Another text", NEW)


# The moderator's form


@pytest.mark.parametrize("happens", ["hide", "restore", "rename"])
def test_who_changes_the_language_on_an_old_page_leaves_the_title_as_it_is_now(client, happens):
    post = post_topic(title=OLD)
    seen = hide(post).title if happens == "restore" else OLD
    if happens == "hide":
        hide(post)
    elif happens == "restore":
        transition(post, "restore", by=ModeratorFactory())
    else:
        services.rename(post.topic, title=NEW, by=post.author)
    before = Topic.objects.get()
    client.force_login(ModeratorFactory())
    order(client, before, new_title=seen, seen_title=seen, language="fr", seen_language="en")
    now = Topic.objects.get()
    assert (now.title, now.kept_title, now.language) == (before.title, before.kept_title, "fr")


def test_who_changes_the_title_on_an_old_page_is_told_first(client):
    topic = post_topic(title=OLD).topic
    services.rename(topic, title="How to roam in a crisis", by=topic.author)
    client.force_login(ModeratorFactory())
    said = {"new_title": NEW, "language": "en", "seen_language": "en"}
    answer = order(client, topic, **said, seen_title=OLD)
    assert (
        "has another title meanwhile" in answer.text
        and 'name="seen_title" value="How to roam in a crisis"' in answer.text
    )
    order(client, topic, **said, seen_title="How to roam in a crisis")
    assert Topic.objects.get().title == NEW


def test_a_short_title_stops_no_button_but_its_own(client):
    topic = post_topic(title=OLD).topic
    Topic.objects.filter(pk=topic.pk).update(title="Fees?")
    client.force_login(ModeratorFactory())
    said = {"new_title": "Fees?", "seen_title": "Fees?", "language": "en", "seen_language": "en"}
    order(client, topic, "lock", **said, public_reason="Done.")
    assert Topic.objects.get().is_locked
    assert "at least 8 characters" in order(client, topic, **{**said, "new_title": "Fee"}).text
    order(client, topic, **{**said, "language": "fr"})
    assert (Topic.objects.get().title, Topic.objects.get().language) == ("Fees?", "fr")


def test_moderators_do_not_show_their_own_title_that_a_colleague_hid(client):
    moderator = ModeratorFactory()
    topic = hide(post_topic(title=OLD, by=moderator))
    client.force_login(moderator)
    assert "is shown at once" not in client.get(reverse("forum:topic_order", args=[topic.pk])).text
    order(client, topic, new_title=NEW, seen_title=HIDDEN, language="en")
    topic.refresh_from_db()
    assert (topic.title, topic.own_title) == (HIDDEN, NEW)


# What is forgotten, and what is not told


def test_a_title_that_is_kept_back_is_forgotten_by_a_merge():
    first, into = post_topic(title=OLD), post_topic().topic
    topic = hide(first)
    services.merge(topic, into, by=ModeratorFactory(), public_reason="The same")
    leave(first.author)
    assert not Topic.objects.exclude(kept_title="").exists() and not Topic.objects.filter(title=OLD).exists()


def test_the_record_does_not_keep_a_hidden_title_of_what_its_author_deletes():
    post = post_topic(title=OLD)
    hide(post)
    Post.objects.filter(pk=post.pk).update(status="waiting")  # as after an edit
    post = Post.objects.select_related("topic").get(pk=post.pk)
    services.delete_post(post, by=post.author)
    assert post.decisions.first().subject_name == f"{HIDDEN} #1"


def test_authors_are_told_their_own_title_and_nothing_of_boards_that_they_do_not_know():
    post = post_topic(title=OLD)
    topic, moderator = hide(post), ModeratorFactory()
    services.rename(topic, language="fr", by=moderator)
    assert any(OLD in letter.subject for letter in letters_to(post.author))
    services.move(topic, private_board(), by=moderator, public_reason="For the group")
    told = len(letters_to(post.author))
    services.rename(topic, title="What the group calls it", by=moderator)
    transition(topic, "lock", by=moderator, public_reason="Done.")
    assert len(letters_to(post.author)) == told
    assert board().pk != topic.board_id


def test_a_post_that_is_moved_by_a_merge_has_another_history_page_for_caches(client):
    first, second = post_topic(), post_topic()
    services.edit_post(second, by=second.author, body="Another text.", revision=1)
    address = reverse("forum:history", args=[second.pk])
    before, edition = client.get(address)["ETag"], Topic.objects.get(pk=second.topic_id).edition
    services.merge(second.topic, first.topic, by=ModeratorFactory(), public_reason="The same")
    Topic.objects.update(edition=edition)
    assert client.get(address)["ETag"] != before
