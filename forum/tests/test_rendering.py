"""What becomes of the text of a post."""

import re
import time
import uuid

import pytest

from common.tests.hostile import payloads
from common.tests.test_markdown import HOSTILE, Page
from forum.rendering import render

KEY = uuid.UUID("0a1b2c3d-4e5f-4a5b-8c9d-0e1f2a3b4c5d")
NOTE = "Said.[^1] Again.[^1] Other.[^x]\n\n[^1]: The decision of **2020**.\n[^x]: Another one."


def test_footnotes_lead_there_and_back():
    html = render(NOTE, key=KEY)
    ids = re.findall(r' id="([^"]+)"', html)
    leads = re.findall(r'href="#([^"]+)"', html)
    assert len(set(ids)) == len(ids) == 5
    assert sorted(set(leads)) == sorted(ids)
    assert 'aria-label="Back to the text of note 1"' in html
    assert "<strong>2020</strong>" in html


def test_footnotes_of_two_posts_on_a_page_are_not_taken_for_each_other():
    ids = [re.findall(r' id="([^"]+)"', render(NOTE, key=key)) for key in (KEY, uuid.uuid4())]
    assert not set(ids[0]) & set(ids[1])


def test_a_wide_table_is_reached_by_keyboard():
    said = render("|a|b|\n|-|-|\n|1|2|")
    assert 'class="scroll"' in said and said.count('tabindex="0"') == 1


def test_a_reference_to_no_note_stays_text():
    assert render("Said.[^9]") == "<p>Said.[^9]</p>\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("|a|b|\n|-|-|\n|1|2|", "<td>1</td>"),
        ("```\n<b> @amina\n```", "&lt;b&gt; @amina"),
        ("- [ ] one", "<li>[ ] one</li>"),
        ("3. three", '<ol start="3">'),
        ("> said", "<blockquote>"),
        ("[x](https://a.example/)", 'rel="nofollow ugc noopener"'),
        ("[Amina](/forum/p/12/):", 'href="/forum/p/12/"'),
    ],
)
def test_what_members_write_is_drawn(text, shown):
    assert shown in render(text, handles={"amina"})


@pytest.mark.parametrize("address", ["/forum/p/12/delete/", "/forum/p/1/../../admin/", "/forum/", "?quote=1", "//a.b/"])
def test_nothing_else_of_the_portal_is_linked(address):
    assert "href" not in render(f"[x]({address}) <{address}>")


OURS = re.compile(
    r'<(?:sup|ol class="footnotes")>|</sup>| (?:id|aria-label|class)="[^"]*"| href="(?:#fn|/forum/)[^"]*"'
)


@pytest.mark.parametrize(
    "wrap", ["{}", "[^1]\n\n[^1]: {}", "[^{0}]\n\n[^{0}]: {0}", "@amina{}", "> [{}](/forum/p/1/):"]
)
def test_hostile_text_does_nothing_among_footnotes_and_mentions(wrap):
    for payload in payloads(*HOSTILE):
        html = render(wrap.replace("{}", payload).replace("{0}", payload), key=KEY, handles={"amina"})
        complaints = Page(OURS.sub("", html)).complaints()
        assert not complaints, (payload, complaints)


PIECES = ["[", "![", "*", "*a ", "_*", "|", "|a", "> ", "- ", "`", "<", "[a](", "\\", "&#x", "http://a.", "@", "@abc "]
PIECES += ["[^", "[^1]", "^[", "[^a]: ", "[^1]: x\n", "[^1]\n\n[^1]: [^1]", "@abc[^1]", "> - ", "|-|\n", "~", "![a](b)"]


@pytest.mark.parametrize("piece", PIECES)
def test_the_work_grows_no_faster_than_the_text(piece):
    """In processor time, with a wide margin: what grew with the square would take minutes for the longest text."""
    start = time.process_time()
    render(("[^1]: note\n\n" + piece * 20_000)[:20_000], key=KEY)
    assert time.process_time() - start < 8
