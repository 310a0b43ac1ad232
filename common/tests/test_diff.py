"""Differences by word: what they say, that they lose nothing, and that no text makes them slow."""

import random
import time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common import diff
from common.templatetags.diff import marked

LONG = 8_000  # characters, the longest text that the portal takes
texts = st.text(alphabet="ab .,\n一二é\u0301م", max_size=60)


def removed(old: str, new: str) -> list[str]:
    return [segment.text for segment in diff.words(old, new)[0] if segment.kind == diff.REMOVED]


def added(old: str, new: str) -> list[str]:
    return [segment.text for segment in diff.words(old, new)[1] if segment.kind == diff.ADDED]


def joined(segments) -> str:
    return "".join(segment.text for segment in segments)


@given(texts, texts)
def test_sides_hold_the_whole_texts(old, new):
    before, after = diff.words(old, new)
    assert (joined(before), joined(after)) == (old, new)


@given(texts, texts)
def test_what_stays_is_the_same_on_both_sides(old, new):
    before, after = diff.words(old, new)
    kept = [joined(one for one in side if one.kind == diff.EQUAL) for side in (before, after)]
    assert kept[0] == kept[1]


@given(texts)
def test_same_texts_do_not_differ(text):
    assert removed(text, text) == added(text, text) == []


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [
        ("for six months", "for nine months", ["six"], ["nine"]),
        ("20 MHz, free", "30 MHz, free", ["20"], ["30"]),
        ("costs 20,000.50 each", "costs 25,000.50 each", ["20,000.50"], ["25,000.50"]),
        ("one two", "one (two)", [], ["(", ")"]),
        ("ends 30 June 2020", "ends 31 December 2020", ["30 June"], ["31 December"]),
        ("为所有运营商分配频谱", "为全部运营商分配频谱", ["所有"], ["全部"]),
        ("規制当局は周波数を割り当てた", "規制当局は周波数を貸した", ["割り当て"], ["貸し"]),
        ("لمدة ستة أشهر", "لمدة تسعة أشهر", ["ستة"], ["تسعة"]),
        ("naïve café", "naïve cafe\u0301s", ["café"], ["cafe\u0301s"]),
        ("one\ntwo", "one\n\ntwo", [], ["\n"]),
        ("- a\n\nend", "- a b\n- c\n\nend", [], [" b\n- c"]),
        ("operators for", "all carriers for", ["operators"], ["all carriers"]),
    ],
)
def test_words_are_told_as_people_see_them(old, new, gone, came):
    assert (removed(old, new), added(old, new)) == (gone, came)


def test_word_in_the_midst_of_a_new_sentence_does_not_scatter_it():
    old, new = "Everything that was to be done is done.", "Operators of networks report on whatever they need."
    assert len(added(old, new)) == 1


def test_items_of_a_list_are_whole():
    before, after = diff.items(["South Sudan", "Sudan"], ["Chad", "Sudan"])
    assert before == [("South Sudan", "removed"), (", Sudan", "equal")]
    assert after == [("Chad", "added"), (", Sudan", "equal")]


_random = random.Random(1)


def _of(alphabet: str) -> str:
    return "".join(_random.choices(alphabet, k=LONG))


HOSTILE = {
    "turned": ("a b " * (LONG // 4), "b a " * (LONG // 4)),
    "few words": (_of("ab "), _of("ab ")),
    "few characters": (_of("一二"), _of("一二")),
    "punctuation": (_of(".,;"), _of(".,;")),
    "nothing shared": ("." * LONG, "," * LONG),
    "half of it": ("." * LONG, ".," * (LONG // 2)),
    "lines": ("\n" * LONG, "\n x" * (LONG // 3)),
    "other order": (
        "".join(map(chr, range(0x4E00, 0x4E00 + LONG))),
        "".join(map(chr, range(0x4E00 + LONG, 0x4E00, -1))),
    ),
    "one word": ("e" + "\u0301" * LONG, "e" + "\u0302" * LONG),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_it_slow(name):
    old, new = HOSTILE[name]
    begun = time.process_time()
    before, after = diff.words(old, new)
    assert time.process_time() - begun < 3  # 0.4 s at most where nothing else runs
    assert (joined(before), joined(after)) == (old, new)
    assert len(before) <= 600  # the page stays light


# As HTML


def test_changes_are_told_without_colour():
    before, after = (marked(side) for side in diff.words("six months", "nine months"))
    assert "<del>" in before and " removed: " in before and " end of removed " in before
    assert "<ins>" in after and " added: " in after and " end of added " in after


def test_words_for_listeners_are_in_their_own_language_and_direction():
    with translation.override("ar"):
        assert 'lang="ar" dir="rtl"' in marked(diff.words("", "six")[1])


def test_html_of_others_is_text():
    before, after = (marked(side) for side in diff.words("<b>x</b> & y", "<script>x</script> & y"))
    assert "<b>" not in before and "<script>" not in after and "&amp; y" in after


def test_line_break_alone_is_named_and_shown():
    html = marked(diff.words("one\ntwo", "one\n\ntwo")[1])
    assert "line break" in html and "¶" in html


def test_space_at_the_edge_of_a_change_is_not_marked():
    assert marked(diff.words("a b", "a new b")[1]).startswith("a <ins>")
