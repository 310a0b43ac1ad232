"""Whatever changes what a page of the forum shows gives the page another name; hidden words are gone at once."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Organisation, User
from countries.models import Country
from forum import services
from forum.models import Board, Post, Topic
from forum.tests.things import board, known_member, post_reply, post_topic
from initiatives.models import Initiative
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic() -> Topic:
    author, first = known_member(name="Amina"), post_topic()
    Membership.objects.create(
        user=author, organisation=OrganisationFactory(), status="confirmed", confirmed_at="2026-01-01T00:00Z"
    )
    reply = post_reply(first.topic, by=author, body="We asked for a quokka plan.")
    post_reply(first.topic)
    Topic.objects.filter(pk=reply.topic_id).update(initiative=make_initiative())
    return Topic.objects.get(pk=reply.topic_id)


def moved(topic: Topic, subject, name: str) -> None:
    transition(subject, name, by=ModeratorFactory(), public_reason="Said in public.")


def reply_of(topic: Topic) -> Post:
    return Post.objects.get(topic=topic, number=2)


def switched_off(name: str) -> None:
    user = User.objects.get(name=name)
    user.is_active = False
    user.save()


CHANGES = {
    "posted": lambda topic: post_reply(topic),
    "topic begun": lambda topic: post_topic(),
    "hidden": lambda topic: moved(topic, reply_of(topic), "hide"),
    "spam": lambda topic: moved(topic, reply_of(topic), "mark_as_spam"),
    "deleted": lambda topic: services.delete_post(reply_of(topic), by=reply_of(topic).author),
    "edited": lambda topic: services.edit_post(
        reply_of(topic), by=reply_of(topic).author, body="We did so without.", revision=1
    ),
    "edited, waits": lambda topic: services.edit_post(
        reply_of(topic), by=reply_of(topic).author, body="x" * 50 + " https://a.example " * 9, revision=1
    ),
    "written past services": lambda topic: Post.objects.filter(pk=reply_of(topic).pk).update(html="<p>Other</p>"),
    "locked": lambda topic: moved(topic, topic, "lock"),
    "pinned": lambda topic: moved(topic, topic, "pin"),
    "topic hidden": lambda topic: moved(topic, topic, "hide"),
    "topic moved": lambda topic: services.move(topic, board("ask-your-peers"), by=ModeratorFactory()),
    "topic merged": lambda topic: services.merge(topic, post_topic().topic, by=ModeratorFactory()),
    "topic split": lambda topic: services.split(topic, [reply_of(topic)], title="Plans for it", by=ModeratorFactory()),
    "solved": lambda topic: Topic.objects.filter(pk=topic.pk).update(solution=reply_of(topic)),
    "author renamed": lambda topic: User.objects.filter(name="Amina").update(name="Amina of Kenya"),
    "author switched off": lambda topic: switched_off("Amina"),
    "membership ended": lambda topic: Membership.objects.update(status="ended"),
    "organisation renamed": lambda topic: Organisation.objects.filter(memberships__user__name="Amina").update(
        name="Another Authority"
    ),
    "organisation verified": lambda topic: Organisation.objects.update(verified_at="2026-01-01T00:00Z"),
    "country renamed": lambda topic: Country.objects.update(name_en="Another name"),
    "initiative renamed": lambda topic: Initiative.objects.update(title="Another title"),
    "board private": lambda topic: Board.objects.filter(pk=topic.board_id).update(
        kind="group", code="", name="Group", is_private=True
    ),
    "board closed": lambda topic: Board.objects.filter(pk=topic.board_id).update(is_closed=True),
}


def look(pages) -> dict[str, tuple[str, bytes]]:
    answers = {page: Client().get(page) for page in pages}
    return {
        page: (answer.headers.get("ETag", str(answer.status_code)), answer.content) for page, answer in answers.items()
    }


@pytest.mark.parametrize("change", CHANGES)
def test_page_that_shows_a_change_has_another_name(change, topic):
    pages = [reverse("forum:index"), topic.board.get_absolute_url(), topic.get_absolute_url()]
    pages.append(topic.initiative.get_absolute_url())
    before = look(pages)
    CHANGES[change](topic)
    after = look(pages)
    shown = {page for page in pages if before[page][1] != after[page][1]}
    assert shown, "nothing shows"
    assert {page for page in shown if before[page][0] == after[page][0]} == set()


@pytest.mark.parametrize("change", ["hidden", "spam", "deleted", "topic hidden", "board private", "edited, waits"])
def test_who_has_the_page_is_not_told_that_hidden_words_are_still_there(change, topic):
    address = topic.get_absolute_url()
    first = Client().get(address)
    CHANGES[change](topic)
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert b"quokka" in first.content and again.status_code in (200, 404) and b"quokka" not in again.content


def test_what_waits_and_what_others_say_elsewhere_changes_no_name_of_a_topic(topic):
    etag = Client().get(topic.get_absolute_url())["ETag"]
    assert post_reply(topic, by=UserFactory()).is_waiting
    post_topic()
    assert Client().get(topic.get_absolute_url())["ETag"] == etag


def test_who_is_switched_off_keeps_name_and_posts_and_has_no_page(topic):
    author, address = User.objects.get(name="Amina"), topic.get_absolute_url()
    page = reverse("forum:member", args=[author.handle])
    first = Client().get(address)
    assert page in first.text and Client().get(page).status_code == 200
    switched_off("Amina")
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert "quokka" in again.text and "Amina" in again.text and page not in again.text
    assert Client().get(page).status_code == 404
    User.objects.filter(pk=author.pk).update(is_active=True)
    assert page in Client().get(address, headers={"if-none-match": again["ETag"]}).text


def test_a_visit_of_a_member_renews_no_page(topic):
    etag = Client().get(topic.get_absolute_url())["ETag"]
    User.objects.filter(name="Amina").update(last_login="2026-11-01T00:00Z", email="other@example.org", language="fr")
    assert Client().get(topic.get_absolute_url())["ETag"] == etag


def edited(topic: Topic, *texts: str) -> str:
    """Let the author of the reply edit it, and return the address of its history."""
    reply = reply_of(topic)
    for text in texts:
        services.edit_post(reply, by=reply.author, body=text, revision=reply.revision)
    return reverse("forum:history", args=[reply.pk])


HISTORY = {
    "edited again": lambda topic: edited(topic, "We did so without any."),
    "earlier text removed": lambda topic: services.remove_text(
        reply_of(topic), 1, by=ModeratorFactory(), public_reason="It says too much."
    ),
    "topic merged into another": lambda topic: services.merge(
        topic, post_topic(title="Another title").topic, by=ModeratorFactory()
    ),
    "topic renamed": lambda topic: Topic.objects.filter(pk=topic.pk).update(title="Another title"),
} | {name: CHANGES[name] for name in ("hidden", "topic hidden", "board private", "author renamed")}


@pytest.mark.parametrize("change", HISTORY)
def test_a_history_that_shows_a_change_has_another_name(change, topic):
    page = f"{edited(topic, 'We did so without.')}?version=2"
    before = look([page])[page]
    assert look([page])[page] == before and before[0].startswith("W/") and b"quokka" in before[1]
    HISTORY[change](topic)
    after = look([page])[page]
    assert after[1] != before[1] and after[0] != before[0]


def test_who_has_a_history_is_not_told_that_a_removed_text_is_still_there(topic):
    page = edited(topic, "We did so without.")
    first = Client().get(page)
    assert Client().get(page, headers={"if-none-match": first["ETag"]}).status_code == 304
    HISTORY["earlier text removed"](topic)
    again = Client().get(page, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200 and b"quokka" in first.content and b"quokka" not in again.content
