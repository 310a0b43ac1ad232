"""Which posts wait, and why."""

import datetime

import pytest
from django.utils import timezone

from forum import policy
from forum.models import Member, Watchword
from forum.tests.things import known_member, post_reply, post_topic
from forum.vocabulary import Waits
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - datetime.timedelta(days=100)
THREE_LINKS = "See https://a.example/ and https://b.example/ and www.c.example/x"


def test_a_member_is_new_until_two_posts_were_public():
    member = known_member(approved=1, date_joined=LONG_AGO)
    assert policy.reasons_to_wait(member, "Hello to all.") == [Waits.NEW_MEMBER]
    Member.objects.filter(user=member).update(approved_count=2)
    assert policy.reasons_to_wait(member, "Hello to all.") == []


@pytest.mark.parametrize(
    ("approved", "joined", "body", "reasons"),
    [
        (5, LONG_AGO, THREE_LINKS, [Waits.LINKS]),
        (5, LONG_AGO, "One: https://a.example/", []),
        (5, None, "One: https://a.example/", [Waits.NEW_WITH_LINK]),
        (10, None, THREE_LINKS, []),
    ],
)
def test_links_wait_for_members_without_a_record(approved, joined, body, reasons):
    member = known_member(approved=approved, **({"date_joined": joined} if joined else {}))
    assert policy.reasons_to_wait(member, body) == reasons


def test_who_was_refused_often_is_not_trusted():
    member = known_member(approved=10, date_joined=LONG_AGO)
    Member.objects.filter(user=member).update(refused_count=3)
    assert policy.reasons_to_wait(member, THREE_LINKS) == [Waits.LINKS]


@pytest.mark.parametrize("text", ["Casino BONUS here", "casino-bonus", "cásino bonus!"])
def test_a_watched_word_is_found_in_any_case_and_spelling(text):
    Watchword.objects.create(text="casino bonus")
    assert policy.reasons_to_wait(known_member(), text) == [Waits.WORDS]


def test_a_part_of_a_word_is_not_the_word():
    Watchword.objects.create(text="spam")
    assert policy.reasons_to_wait(known_member(), "The antispam office") == []


def test_a_watched_word_in_the_title_counts():
    Watchword.objects.create(text="spam")
    assert policy.reasons_to_wait(known_member(), "Text", title="Spam for you") == [Waits.WORDS]


def test_many_posts_in_a_short_time_wait():
    member, topic = known_member(approved=3), post_topic().topic
    for number in range(policy.BURST):
        post_reply(topic, by=member, body=f"Answer {number}")
    assert policy.reasons_to_wait(member, "One more") == [Waits.BURST]


def test_the_same_long_text_again_waits():
    member, topic = known_member(), post_topic().topic
    text = "Visit our stand at the fair, where all of this is shown in hall seven."
    post_reply(topic, by=member, body=text)
    assert policy.reasons_to_wait(member, text) == [Waits.REPEATED]


def test_moderators_never_wait():
    assert policy.reasons_to_wait(ModeratorFactory(), THREE_LINKS) == []


def test_whoever_is_unknown_is_new():
    assert Waits.NEW_MEMBER in policy.reasons_to_wait(UserFactory(), "Hello")


HIDDEN_LINKS = [
    r"[x](https\://spam.example)",
    "[x](https&#58;//spam.example)",
    "[q]: https&colon;//spam.example\n\nSee [q].",
    "__https://spam.example__",
    "_https://spam.example_",
    "中文https://spam.example",
    "ht\u200btps://spam.example",
    "ht**tps://spam.example**",
    "`https://spam.example`",
    "![x](https://spam.example/x.png)",
    "<mailto:me@spam.example>",
    "中文www.spam.example",
    "[x](https://spam.example 'a > b')",
]


@pytest.mark.parametrize("text", HIDDEN_LINKS)
def test_a_link_is_counted_however_it_is_written(text):
    assert policy.reasons_to_wait(known_member(5), text) == [Waits.NEW_WITH_LINK]
    old = known_member(5, date_joined=LONG_AGO)
    assert policy.reasons_to_wait(old, text) == []
    assert policy.reasons_to_wait(old, "\n\n".join([text, text, text])) == [Waits.LINKS]


@pytest.mark.parametrize(
    "text",
    [
        "[Amina](/forum/p/12/):\n\n> said",
        "Ask @amina.[^1]\n\n[^1]: Or the awww.team.",
        "![a mast](/forum/pictures/0a1b2c3d-4e5f-4a5b-8c9d-0e1f2a3b4c5d/)",
        "https or mailto: what do you use?",
    ],
)
def test_what_stays_in_the_forum_is_no_link(text):
    assert policy.reasons_to_wait(known_member(5), text) == []


def test_the_title_is_looked_at_for_links():
    assert policy.reasons_to_wait(known_member(5), "Text", title="https://a.example/") == [Waits.NEW_WITH_LINK]


@pytest.mark.parametrize(
    ("watched", "text"),
    [
        ("赌场", "我们去赌场吧"),
        ("赌场", "我们去赌 场 吧"),
        ("كازينو", "والكازينو هنا"),
        ("카지노", "카지노에서"),
        ("casino", "ca\u200bsi\u00adn\u2060o"),
        ("casino", "**ca**sino"),
        ("casino", "ca&#8203;sino"),
        ("casino", "cas&#105;no"),
        ("casino", r"ca\sino"),
        ("casino", "c.a.s.i.n.o"),
        ("casino", "c\u0430sin\u043e"),  # Cyrillic
        ("казино", "каzино".replace("z", "з").replace("а", "a", 1)),
        ("casino", "ｃａｓｉｎｏ"),
        ("casino", "See [this](https://best-casino.example/)."),
        ("casino", "[x](https://a.example/ 'the casino')"),
        ("casino", "| casino |\n|-|"),
    ],
)
def test_a_watched_word_is_found_as_a_reader_sees_it(watched, text):
    Watchword.objects.create(text=watched)
    assert policy.reasons_to_wait(known_member(), text) == [Waits.WORDS]


@pytest.mark.parametrize(
    ("watched", "text"),
    [("spam", "antispam"), ("казино", "казиноведение"), ("art in", "the part inside"), ("cas ino", "ca si no")],
)
def test_words_of_scripts_with_spaces_are_found_as_a_whole(watched, text):
    Watchword.objects.create(text=watched)
    assert policy.reasons_to_wait(known_member(), text) == []


def test_a_text_that_was_drawn_is_not_drawn_again(monkeypatch):
    monkeypatch.setattr(policy.rendering, "render", lambda body: pytest.fail("drawn again"))
    assert policy.reasons_to_wait(known_member(), "Text", html="<p>Text</p>") == []
