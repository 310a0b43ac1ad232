"""Whatever is typed is answered."""

import pytest

from common.tests.hostile import payloads
from initiatives.models import Initiative
from initiatives.search import matches, writing
from initiatives.search.asking import TERMS_MAX
from initiatives.tests.searching import made

pytestmark = pytest.mark.django_db

OWN = [
    "\x00",
    "a\x00b",
    "\ud800",
    "x" * 10_000,
    "word " * 2_000,
    "政" * 10_000,
    "a-" * 5_000,
    "'\"\\&|!():*<->",
    '"unbalanced',
    'a"b "c',
    "--a ---b -",
    "a:* & !b | 'c''",
    "\\' \\\\",
    "e\u0301" * 100,
    "\u202eevil\u200d",
    "ß ŉ ﬁ İ ı Ⅷ ½ ² ㎏",
    "क्षि ไทย 한국어 ខ្មែរ",
    "\U00020000\U0001f600",
    "9" * 400,
    "1e400 0x1f 1.5.2 a@b.example https://x.example/?q='--",
    "_ __ a_b",
    "\n\t\r\v\f\u2028\u3000",
]


@pytest.fixture(autouse=True)
def rows():
    made("Something with words", description="<b>alert(1)</b> select from where union")


def ask(text: str) -> None:
    asked = matches(text)
    Initiative.objects.public().filter(asked.condition()).count()
    initiatives = Initiative.objects.filter(pk__in=asked.ranked_ids(asked.ids(), 20))
    asked.suggestion()
    asked.excerpts(initiatives)


@pytest.mark.parametrize("text", OWN)
def test_our_own_strings_are_answered(text):
    ask(text)


def test_hostile_strings_are_answered():
    strings = payloads()
    assert len(strings) > 1_000
    for text in strings:
        ask(text)


def test_only_so_many_terms_are_read():
    assert len(matches("a b c d e f g h i j k l m n").query.terms) == TERMS_MAX


def test_hostile_strings_can_be_stored():
    one = made("One")
    for text in [*OWN, *payloads()[::20]]:
        Initiative.objects.filter(pk=one.pk).update(description=text.replace("\x00", "").replace("\ud800", "")[:8_000])
        assert writing.write([one.pk]) == 1
