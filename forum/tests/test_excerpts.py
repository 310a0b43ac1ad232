"""The beginnings of posts as plain text."""

import uuid

import pytest

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
