"""What somebody who is silenced reads of it, and what nobody else does."""

import pytest
from django.urls import reverse

from forum.models import Member, Post
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db

WORDS, REASON = "you cannot post until", "You called others names."


@pytest.fixture
def topic():
    return post_topic().topic


@pytest.fixture
def silenced(client):
    """Somebody who is silenced, signed in."""
    person = known_member()
    record = Member.objects.get(user=person)
    moderator = ModeratorFactory()
    transition(record, "silence_1", by=moderator, public_reason="An earlier reason.")
    transition(record, "silence_7", by=moderator, public_reason=REASON)
    client.force_login(person)
    return person


def test_where_one_would_write_it_stands_until_when_and_why(client, silenced, topic):
    until = f"{Member.objects.get(user=silenced).silenced_until:%Y-%m-%d}"
    own = reverse("forum:member", args=[silenced.handle])
    for address in (topic.get_absolute_url(), board().get_absolute_url(), own):
        shown = client.get(address).text
        assert WORDS in shown and REASON in shown and until in shown
        assert "An earlier reason." not in shown
    assert own in client.get(topic.get_absolute_url()).text


def test_the_form_for_a_new_topic_says_it_too(client, silenced):
    answer = client.get(reverse("forum:create", args=["spectrum"]))
    assert answer.status_code == 403
    assert WORDS in answer.text and REASON in answer.text


def test_who_would_edit_or_flag_reads_it_too(client, silenced, topic):
    own, other = post_reply(topic), topic.posts.get(number=1)
    Post.objects.filter(pk=own.pk).update(author=silenced)
    for address in (reverse("forum:edit", args=[own.pk]), reverse("forum:flag", args=[other.pk])):
        answer = client.get(address)
        assert answer.status_code == 403
        assert WORDS in answer.text and REASON in answer.text


def test_nobody_else_reads_it(client, silenced, topic):
    addresses = [topic.get_absolute_url(), board().get_absolute_url()]
    for person in (None, known_member(), ModeratorFactory()):
        client.logout() if person is None else client.force_login(person)
        assert not any(WORDS in client.get(address).text for address in addresses)
        assert REASON not in client.get(reverse("forum:member", args=[silenced.handle])).text


def test_nothing_is_said_where_nobody_can_write(client, silenced, topic):
    transition(topic, "lock", by=ModeratorFactory(), public_reason="Done.")
    announcements = board("announcements").get_absolute_url()
    assert not any(WORDS in client.get(address).text for address in (topic.get_absolute_url(), announcements))


def test_it_is_over_when_it_was_ended(client, silenced, topic):
    transition(Member.objects.get(user=silenced), "unsilence", by=ModeratorFactory())
    shown = client.get(topic.get_absolute_url()).text
    assert WORDS not in shown and "Post your reply" in shown


def test_who_has_not_confirmed_an_address_reads_what_to_do(client, topic):
    client.force_login(UserFactory(confirmed=False))
    assert "Confirm your e-mail address first." in client.get(topic.get_absolute_url()).text


def test_only_who_cannot_write_pays_for_it(client, silenced, topic, django_assert_num_queries):
    client.get(topic.get_absolute_url())
    with django_assert_num_queries(11):  # as for others: one for the silence, none for a draft
        client.get(topic.get_absolute_url())
