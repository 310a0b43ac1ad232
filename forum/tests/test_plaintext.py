"""Posts in letters: plain text that keeps its shape, in lines that fit."""

import pytest

from common.wrapping import columns, wrap
from forum import plaintext, services
from forum.rendering import render
from forum.tests.things import post_reply
from forum.tests.told import letters_to

LONG = "https://regulator.example.org/" + "a-very-long-address/" * 5
ARABIC = "طلبنا من كل مشغّل خطة لإنهاء التراخيص المؤقتة قبل نهاية الفترة، ونود أن نعرف كيف فعلت الهيئات الأخرى ذلك."
CHINESE = "我们在危机期间向每个运营商额外分配了十兆赫的频谱，为期六个月。你们是怎样结束这种临时许可的？"
WORDS = "We gave each operator ten more megahertz for six months and asked for a plan."


def text_of(body: str, length: int = 5_000) -> str:
    return plaintext.of_html(render(body), length)


SHAPES = {
    "paragraphs": ("# Plans\n\nOne *and* **two**.\n\nThree.", "Plans\n\nOne and two.\n\nThree."),
    "broken line": ("One  \ntwo.", "One\ntwo."),
    "list": ("Both:\n\n- one\n- two\n\nEnd.", "Both:\n\n- one\n- two\n\nEnd."),
    "numbers": ("3. three\n4. four\n   - deep", "3. three\n4. four\n   - deep"),
    "long item": (f"- {WORDS}", "- We gave each operator ten more megahertz for six months and asked for a\n  plan."),
    "quote": ("> One.\n>\n> Two.\n\nMine.", "> One.\n>\n> Two.\n\nMine."),
    "list in a quote": ("> - one\n> - two", "> - one\n> - two"),
    "code": ("```\ndef plan(x):\n    return x\n\nend\n```", "    def plan(x):\n        return x\n\n    end"),
    "long code": (f"    {WORDS} {WORDS}", f"    {WORDS} {WORDS}"),
    "table": ("| A | B |\n|---|---|\n| 1 | two |", "A | B\n1 | two"),
    "rule": ("One.\n\n---\n\nTwo.", f"One.\n\n{'-' * 20}\n\nTwo."),
    "link": ("See [a plan](https://example.org/p).", "See a plan <https://example.org/p>."),
    "address": ("See https://example.org/p.", "See https://example.org/p."),
    "address before a stop": ("见https://example.org/zh。", "见https://example.org/zh。"),
    "signs": ("1 &lt; 2 & `a<b>`", "1 < 2 & a<b>"),
    "footnote": ("One[^1].\n\n[^1]: Two.", f"One[1].\n\n{'-' * 20}\n\n1. Two."),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("what", SHAPES)
def test_a_letter_keeps_the_shape_of_a_post(what):
    body, text = SHAPES[what]
    assert text_of(body) == text


@pytest.mark.parametrize("body", [WORDS * 9, ARABIC * 3, CHINESE * 3, f"- {CHINESE * 3}\n\n> {WORDS * 5}"])
def test_no_line_is_wider_than_it_may_be_and_nothing_is_lost(body):
    text = text_of(body)
    assert max(map(columns, text.split("\n"))) <= 76
    assert "".join(text.replace("> ", "").split()) == "".join(body.replace("> ", "").split())


def test_an_address_is_never_broken():
    text = text_of(f"{WORDS} See {LONG} and [the plan]({LONG}2) too. {CHINESE}{LONG}。{CHINESE}")
    lines = text.split("\n")
    assert sum(LONG in line for line in lines) == 3
    assert all(columns(line) <= 76 for line in lines if "://" not in line)


def test_chinese_is_broken_between_characters_and_not_before_a_stop():
    lines = wrap("中" * 38 + "。" + "文" * 3)
    assert lines == ["中" * 37, "中。文文文"]
    assert wrap("「" + "中" * 40)[0] == "「" + "中" * 37


def test_marks_upon_letters_take_no_column():
    assert (columns("مشغّل"), columns("e\u0301"), columns("中a")) == (4, 1, 3)
    assert len(wrap("َ" * 30 + " ".join(["كَتَبَ"] * 19))) == 1


def test_what_is_left_out_is_said():
    assert text_of("One. Two is longer.\n\nThree.", 12) == "One.\n\n[…]"
    assert text_of("```\none\ntwo\nthree\n```", 9) == "    one\n    two\n\n[…]"
    assert text_of("One.\n\nTwo.", 4) == "One.\n\n[…]"
    assert text_of("One.\n\nTwo.", 8) == "One.\n\nTwo."


@pytest.mark.parametrize(
    "html", ["</li></ul></pre>", "<li>x", "<a href>x", "<pre>x", "<ol start=x><li>x", "x</blockquote>"]
)
def test_html_that_is_not_whole_is_read_too(html):
    assert plaintext.of_html(html, 100).strip(" -1.") in ("", "x")


def test_what_is_deep_within_quotes_has_room_too():
    lines = plaintext.of_html(f"{'<blockquote>' * 90}<p>{WORDS}", 5_000).split("\n")
    assert max(map(columns, lines)) <= 76 and len(lines) == 2


@pytest.mark.django_db
def test_letters_at_once_and_digests_are_written_so(topic, follower):
    title = "A title of a topic that has about as many words as there may be, and then some more of them all"
    type(topic).objects.filter(pk=topic.pk).update(title=title)
    post_reply(topic, body=f"{WORDS} {WORDS}\n\n- one\n- two\n\n```\nx = 1\n```")
    (letter,) = letters_to(follower)
    assert "\n>\n> - one\n> - two\n>\n>     x = 1\n" in letter.body
    services.choose_mail(follower, mail="daily")
    post_reply(topic, body=f"{WORDS} {CHINESE}")
    digest = letters_to(follower)[-1]
    for one in (letter, digest):
        assert max(columns(line) for line in one.body.split("\n") if "://" not in line) <= 76
    assert "\n  > We gave each operator" in digest.body
