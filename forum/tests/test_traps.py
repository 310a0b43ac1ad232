"""Signs of a program in the forms of the forum: what falls into a trap waits, and nothing is refused or lost."""

import datetime
import re
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from forum import policy, services, traps
from forum.forms import ReplyForm
from forum.models import Post
from forum.tests.things import known_member, post_topic
from forum.vocabulary import PostStatus, Waits
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - datetime.timedelta(days=100)
HOMEPAGE = {"homepage": "https://shop.example/"}


@pytest.fixture
def later(monkeypatch):
    """Let some seconds pass after forms are drawn."""

    def pass_by(seconds: float) -> None:
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + seconds)

    return pass_by


@pytest.mark.parametrize(
    ("approved", "signs", "reasons"),
    [
        (2, [], []),
        (2, [Waits.HURRIED], [Waits.HURRIED]),
        (2, [Waits.LURED], [Waits.LURED]),
        (10, [Waits.HURRIED], []),
        (10, [Waits.LURED, Waits.HURRIED], [Waits.LURED]),
    ],
)
def test_who_has_a_record_may_be_quick_and_nobody_fills_in_what_is_not_seen(approved, signs, reasons):
    member = known_member(approved=approved, date_joined=LONG_AGO)
    assert policy.reasons_to_wait(member, "Thank you.", signs=signs) == reasons


def test_moderators_never_wait_for_it():
    assert policy.reasons_to_wait(ModeratorFactory(), "Thank you.", signs=[Waits.LURED, Waits.HURRIED]) == []


def send(client, topic, **said) -> Post:
    """Open the topic, send its form as it was drawn with what is `said`, and return the post."""
    page = client.get(topic.get_absolute_url()).text
    drawn = dict(re.findall(r'name="(key|drawn|homepage)" value="([^"]*)"', page))
    client.post(reverse("forum:reply", args=[topic.pk]), {"body": "Thank you.", **drawn, **said})
    return Post.objects.get(key=drawn["key"])


def test_quick_reply_of_a_known_member_is_public(client):
    client.force_login(known_member())
    assert send(client, post_topic().topic).is_public


def test_quick_reply_of_a_member_without_a_record_waits_and_is_kept(client):
    client.force_login(known_member(approved=2, date_joined=LONG_AGO))
    post = send(client, post_topic().topic)
    assert (post.status, post.waits, post.body) == (PostStatus.WAITING, [Waits.HURRIED], "Thank you.")


def test_what_was_written_in_a_while_is_public(client, monkeypatch):
    client.force_login(known_member(approved=2, date_joined=LONG_AGO))
    topic = post_topic().topic
    monkeypatch.setattr(traps, "HURRY", -1)
    assert send(client, topic).is_public


def test_whoever_fills_in_what_is_not_seen_waits_and_loses_nothing(client):
    client.force_login(known_member())
    post = send(client, post_topic().topic, **HOMEPAGE)
    assert (post.status, post.waits, post.body) == (PostStatus.WAITING, [Waits.LURED], "Thank you.")


def test_a_topic_has_the_same_trap(client):
    client.force_login(known_member())
    said = {"title": "How to end licences", "language": "en", "body": "Tell us.", **HOMEPAGE}
    client.post(reverse("forum:create", args=["spectrum"]), said)
    assert Post.objects.get().waits == [Waits.LURED]


def test_an_edit_does_not_lead_out_of_a_trap(client):
    author = known_member()
    client.force_login(author)
    post = send(client, post_topic().topic, **HOMEPAGE)
    services.edit_post(post, by=author, body="Thank you very much.", revision=1)
    assert (post.status, post.waits) == (PostStatus.WAITING, [Waits.LURED])


def signs_after(seconds: float, later, **said) -> list[Waits]:
    drawn = ReplyForm().initial["drawn"]
    later(seconds)
    form = ReplyForm({"body": "Thank you.", "drawn": drawn, **said})
    assert form.is_valid()
    return form.cleaned_data["signs"]


@pytest.mark.parametrize(
    ("seconds", "signs"), [(0, [Waits.HURRIED]), (5, []), (86_400, []), (8 * 86_400, [Waits.HURRIED])]
)
def test_a_form_knows_when_it_was_drawn(seconds, signs, later):
    assert signs_after(seconds, later) == signs


@pytest.mark.parametrize("drawn", ["", ":1abcde:x", "\x00", "é\u202e", "1" * 10_000])
def test_a_time_that_is_not_ours_is_a_sign_and_no_error(drawn, later):
    assert signs_after(60, later, drawn=drawn) == [Waits.HURRIED]


@pytest.mark.parametrize("typed", ["x", "\x00", "\u0627" * 10_000])
def test_whatever_is_typed_there_is_a_sign_and_no_error(typed, later):
    assert signs_after(60, later, homepage=typed) == [Waits.LURED]


def test_nobody_meets_the_field_by_eye_ear_or_keyboard():
    html = str(ReplyForm())
    trap = re.search(r'<div class="visually-hidden" aria-hidden="true">.*?</div>', html, re.DOTALL)[0]
    assert 'name="homepage"' in trap and 'tabindex="-1"' in trap and 'autocomplete="off"' in trap
    assert "Leave this empty" in trap and html.count('name="homepage"') == 1


def test_a_form_that_comes_back_keeps_its_time(client):
    client.force_login(known_member())
    address, drawn = reverse("forum:reply", args=[post_topic().topic.pk]), ReplyForm().initial["drawn"]
    for more in ({"body": ""}, {"body": "x", "preview": "shown"}, {"body": "x", "action": "picture"}):
        assert f'name="drawn" value="{drawn}"' in client.post(address, {"drawn": drawn, **more}).text
