"""What is shown of a text that was found: safe, and with the words marked that were asked for."""

import re

import pytest
from django.utils.html import escape
from django.utils.safestring import SafeString

from common.tests.hostile import payloads
from initiatives.models import Initiative
from initiatives.search import matches, vocabulary
from initiatives.tests.searching import made

pytestmark = pytest.mark.django_db


def excerpt(text: str, one: Initiative) -> dict:
    return matches(text).excerpts([one])[one.pk]


@pytest.mark.parametrize(
    "language, title, typed, marked",
    [
        ("en", "Operators extended networks", "extending", "Operators <mark>extended</mark> networks"),
        ("en", "Free Wi-Fi now", "wifi", "Free <mark>Wi-Fi</mark> now"),
        ("fr", "Les mesures de télésanté", "telesante mesure", "Les <mark>mesures</mark> de <mark>télésanté</mark>"),
        ("ru", "Операторы расширили сети", "сеть", "Операторы расширили <mark>сети</mark>"),
        ("ar", "حِمَايَةُ الأَطْفَالِ", "اطفال", "حِمَايَةُ <mark>الأَطْفَالِ</mark>"),
        ("zh", "政府免费提供移动网络", "免费 网", "政府<mark>免费</mark>提供移动<mark>网</mark>络"),
        ("zh", "政府免费提供移动网络", "提供移动", "政府免费<mark>提供移动</mark>网络"),
    ],
)
def test_words_are_marked_as_they_are_written(language, title, typed, marked):
    assert excerpt(typed, made(title, language))["title"] == marked


def test_word_that_was_meant_is_marked():
    one = made("Quarantine rules")
    vocabulary.count_all()
    assert excerpt("quarantene", one)["title"] == "<mark>Quarantine</mark> rules"


def test_excluded_word_is_not_marked():
    assert "<mark>" not in excerpt("data -rules", made("Rules"))["title"]


def test_excerpt_is_from_the_text_that_has_the_words():
    one = made("Title", description="## Start\n\n" + "Nothing. " * 60 + "Then **antennas** came. " + "More. " * 60)
    shown = excerpt("antenna", one)["excerpt"]
    assert "Then <mark>antennas</mark> came." in shown
    assert shown.startswith("…") and shown.endswith("…") and len(shown) < 310


def test_excerpt_is_the_beginning_of_the_summary_where_the_word_is_elsewhere():
    one = made("Antennas", summary="Beginning " + "word " * 100)
    assert excerpt("antennas", one)["excerpt"].startswith("Beginning word")


def test_excerpt_shows_the_place_where_most_of_the_words_stand():
    one = made("Title", summary="Data first. " + "Nothing. " * 60 + "Then free data for schools.")
    assert "<mark>free</mark> <mark>data</mark>" in excerpt("free data schools", one)["excerpt"]


def test_hostile_text_is_escaped():
    for text in payloads("xss")[:300]:
        text = text.replace("\x00", "")[:1_000]
        one = Initiative(pk=1, title=text[:150], summary=f"alert {text}", language="en")
        for shown in matches("alert script onerror").excerpts([one])[1].values():
            assert isinstance(shown, SafeString)
            bare = re.sub("</?mark>", "", shown).strip("…")
            assert bare in escape(text) or bare in escape(f"alert {text}")


def test_excerpts_ask_four_times_whatever_the_length(django_assert_num_queries):
    rows = [made(f"Antennas {number}", description="A long text") for number in range(3)]
    deferred = list(Initiative.objects.for_list())
    for some in (deferred[:1], deferred):
        with django_assert_num_queries(4):  # the dictionaries, what is found, long texts, words that are the same
            assert len(matches("antennas").excerpts(some)) == len(some)
    assert len(rows) == 3
