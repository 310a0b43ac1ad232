"""What new members are told of texts that wait: before they give a public one up, and where they find it again."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from forum import services
from forum.models import Member, Post
from forum.tests.things import approve, board, known_member, post_reply, post_topic
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db

LINKS = " ".join(f"https://example.org/{number}" for number in range(3))
SAVES_AND_WAITS, WARNS = "Save, and let it wait", "nobody else sees your post until a moderator has looked"


@pytest.fixture
def approved():
    """The first post of a new member, whom a moderator let in."""
    return approve(post_topic(by=UserFactory()))


def edit(client, post, body: str, **more) -> str:
    address = reverse("forum:edit", args=[post.pk])
    said = {"title": post.topic.own_title, "language": post.topic.language, "body": body, "revision": 1}
    return client.post(address, said | more, follow=True).content.decode()


# A changed text


def test_a_public_text_is_not_given_up_for_one_that_has_to_wait():
    post = approve(post_topic(by=UserFactory()))
    with pytest.raises(ValidationError) as refused:
        services.edit_post(post, by=post.author, body="Another text.", revision=1, may_wait=False)
    post.refresh_from_db()
    assert refused.value.code == "waits"
    assert (post.status, post.revision, post.revisions.count()) == ("public", 1, 0)


def test_a_new_member_is_told_before_that_a_changed_text_waits(client, approved):
    client.force_login(approved.author)
    form = client.get(reverse("forum:edit", args=[approved.pk])).content.decode()
    assert WARNS in form
    assert SAVES_AND_WAITS in form


def test_the_public_text_stays_until_its_author_lets_the_other_wait(client, approved):
    client.force_login(approved.author)
    asked = edit(client, approved, "Another text.")
    assert Post.objects.get().is_public
    assert "This text has to wait for a moderator. Nothing is changed yet." in asked
    assert "Another text." in asked
    assert SAVES_AND_WAITS in asked
    said = edit(client, approved, "Another text.", may_wait="yes")
    assert Post.objects.get().is_waiting
    assert "Your post waits for a moderator." in said


def test_who_is_known_is_asked_only_for_a_text_that_has_to_wait(client):
    post = post_topic(by=known_member(approved=3))
    client.force_login(post.author)
    assert WARNS not in client.get(reverse("forum:edit", args=[post.pk])).content.decode()
    assert SAVES_AND_WAITS in edit(client, post, LINKS)
    assert Post.objects.get().is_public
    edit(client, post, "A harmless text.")
    post.refresh_from_db()
    assert (post.is_public, post.body) == (True, "A harmless text.")


def test_a_text_that_waits_already_is_changed_without_a_word(client):
    post = post_topic(by=UserFactory())
    client.force_login(post.author)
    assert WARNS not in client.get(reverse("forum:edit", args=[post.pk])).content.decode()
    edit(client, post, "Another text.")
    post.refresh_from_db()
    assert (post.is_waiting, post.body) == (True, "Another text.")


def test_moderators_are_never_new(client):
    post = post_topic(by=ModeratorFactory())
    Member.objects.filter(user=post.author).update(approved_count=0)
    client.force_login(post.author)
    assert WARNS not in client.get(reverse("forum:edit", args=[post.pk])).content.decode()


# The way back to what waits


def test_the_page_of_a_board_names_what_of_ones_own_waits(client, approved):
    fresh = post_topic(by=UserFactory(), title="Waiting for somebody to look")
    address = fresh.topic.board.get_absolute_url()
    for person, is_named in [(None, False), (known_member(), False), (fresh.author, True)]:
        if person:
            client.force_login(person)
        shown = client.get(address).text
        assert ("Your posts that wait for a moderator" in shown) == is_named
        assert (fresh.get_absolute_url() in shown) == is_named


def test_ones_own_page_names_what_waits_to_oneself_alone(client):
    waiting = post_topic(by=UserFactory(), title="Waiting for somebody to look")
    address = reverse("forum:member", args=[waiting.author.handle])
    client.force_login(ModeratorFactory())
    assert client.get(address).status_code == 404
    client.force_login(waiting.author)
    assert waiting.get_absolute_url() in client.get(address).text
    approve(waiting)
    assert "wait for a moderator" not in client.get(address).text
    client.force_login(known_member())
    assert client.get(address).status_code == 200


def test_what_waits_in_a_hidden_topic_is_not_named_for_it_is_not_found(client):
    topic, author = post_topic().topic, UserFactory()
    waiting = post_reply(topic, by=author)
    transition(topic, "hide", by=ModeratorFactory(), public_reason="x")
    client.force_login(author)
    for address in (topic.board.get_absolute_url(), reverse("forum:member", args=[author.handle])):
        assert waiting.get_absolute_url() not in client.get(address).text


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_costs_one_query(client, count, django_assert_num_queries):
    author = UserFactory()
    for _ in range(count):
        post_topic(by=author)
    client.force_login(author)
    client.get(reverse("forum:index"))
    with django_assert_num_queries(7):  # session, person; who, for whom they speak, what they said; what waits; silence
        client.get(reverse("forum:member", args=[author.handle]), {"show": "posts"})
    with django_assert_num_queries(10):  # whether anything waits, and what
        client.get(board().get_absolute_url())


def test_my_contributions_lead_to_what_one_has_said(client):
    person = UserFactory()
    client.force_login(person)
    assert reverse("forum:member", args=[person.handle]) in client.get(reverse("portal:my")).text
