"""The beginnings of posts as plain text."""

import uuid
from itertools import accumulate

import pytest
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from forum import excerpts, rendering

LINKS = "\n\n".join(f"[a](https://example.org/{'x' * 190}{number})" for number in range(40))


def rendered(body: str) -> str:
    return rendering.render(body, key=uuid.uuid4(), handles=set(), language="en")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("in*ter*national and **bold**words", "international and boldwords"),
        ("one\n\ntwo\n\n- three\n- four", "one two three four"),
        ("| a | b |\n| --- | --- |\n| 1 | 2 |", "a b 1 2"),
        ('1 < 2 > 0 & "so" `<b>&amp;</b>`', '1 < 2 > 0 & "so" <b>&amp;</b>'),
        ('[a](https://example.org/?x="<b>" "title > more")', "a"),
    ],
)
def test_text_is_what_stands_between_tags(body, text):
    assert excerpts.of_html(rendered(body)) == excerpts.plain(rendered(body)) == text


def test_no_half_of_a_tag_is_shown():
    for length in range(20, 300, 7):
        text = excerpts.of_html(rendered(LINKS), length)
        assert set(text) <= set("a …"), text


# What readers take for one sign: letters with marks, of several characters, emoji; and what HTML writes as an entity.
SIGNS = ["e\u0323\u0301", "لَّ", "ك\u0654", "क्षि", "กำ", "각", "👨‍👩‍👧", "👍🏽", "🇫🇷", "❤️", "中", "&", "<", '"', "a", " "]
PIECES = ["{}", "{}", "<b>{}</b>", '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow">{}</a>', "<p>{}</p>"]
WRITTEN = st.lists(st.tuples(st.sampled_from(SIGNS), st.integers(1, 4), st.sampled_from(PIECES)), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(WRITTEN, st.integers(min_value=12, max_value=60))
def test_a_beginning_has_whole_signs_only(written, length):
    html = "".join(piece.format(escape(sign * times)) for sign, times, piece in written)
    whole, cut = excerpts.plain(html), excerpts.of_html(html, length)
    assert len(cut) <= length
    if cut != whole:
        start = cut.removesuffix("…")
        assert whole.startswith(start)
        ends = {0, *accumulate(map(len, iter_graphemes(whole)))}
        assert len(start) in ends, (whole, cut)


@pytest.mark.parametrize("place", range(8))
def test_no_half_of_an_entity_is_shown(place):
    html = "<b></b>" * 8 + "x" * place + "&amp;" * 9
    assert set(excerpts.of_html(html, 3)) <= set("x&…")
    assert excerpts.of_html("<b></b>" * 8 + "x" * (place - 4) + "&lt;" * 9, 3).count("l") == 0


def test_what_is_left_out_behind_spaces_is_said():
    assert excerpts.of_html(f"<pre>one first{' ' * 2_000}last words</pre>", 40) == "one…"
