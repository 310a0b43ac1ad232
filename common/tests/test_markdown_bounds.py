"""A text of the allowed length does not become megabytes."""

import pytest
from django.core.exceptions import ValidationError
from markdown_it.rules_block import StateBlock

from common import markdown
from common.form_fields import MarkdownField
from common.markdown_bounds import CELLS_MAX, HTML_MAX

REFERENCES = "[a]: http://e.x/" + "u" * 9_000 + "\n\n" + "[a] " * 2_600
TITLES = '[a]: http://e.x/ "' + "u" * 9_000 + '"\n\n' + "[a] " * 2_600
IMAGES = "[a]: http://e.x/" + "u" * 9_000 + "\n\n" + "![x][a] " * 1_300
WIDE = "|a" * 250 + "|\n" + "|-" * 250 + "|\n" + "|a\n" * 250
TABLES = "\n".join([WIDE] * 11)
QUOTED = "> " + WIDE.replace("\n", "\n> ")
NESTED = (">" * 20 + "a\n\n") * 800


@pytest.mark.parametrize("text", [REFERENCES, TITLES, IMAGES, TABLES, WIDE, QUOTED, NESTED])
def test_what_would_become_too_much_is_refused_in_words(text):
    with pytest.raises(ValidationError) as refused:
        markdown.check(text)
    assert refused.value.code in ("too_much", "cells")
    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize("text", [REFERENCES, TITLES, TABLES])
def test_what_is_stored_already_is_shown_as_it_was_typed(text):
    html = markdown.render(text)
    assert len(html) < 2 * len(text)
    assert html.startswith("<pre>")


def test_cells_are_counted_before_they_are_made(monkeypatch):
    pushed = []
    push = StateBlock.push
    monkeypatch.setattr(StateBlock, "push", lambda state, name, *said: pushed.append(name) or push(state, name, *said))
    with pytest.raises(ValidationError):
        markdown.check(TABLES)
    assert pushed.count("td_open") <= CELLS_MAX


def test_tables_and_references_of_an_honest_text_pass():
    table = "|" + "a|" * 20 + "\n|" + "-|" * 20 + "\n" + ("|" + "word|" * 20 + "\n") * 90
    text = "[a]: https://a.example/some/report/of/2020.pdf\n\n" + "As [a] says. " * 200
    assert markdown.check(table).count("<td>") == 1_800
    assert markdown.check(text).count("href") == 200
    assert len(markdown.check("Ordinary *words*, https://a.example/ and more.\n\n" * 400)) < HTML_MAX


@pytest.mark.parametrize("text", ["&#8203;", "[a]: http://x", "&#x202e; &shy;", "#", "| |\n|-|"])
def test_a_text_of_which_nothing_would_be_seen_is_refused(text):
    with pytest.raises(ValidationError, match="Nothing would be seen"):
        markdown.check(text)


def test_references_bring_back_no_control_character():
    html = markdown.render("a&#x202e;b&#x2067;c&#x2066;d [l](https://a.example/ '&#x202e;f')")
    assert "abcd" in html
    assert not set(html) & set("\u202e\u2067\u2066")


def test_fields_of_markdown_refuse_it_and_do_not_draw_what_is_too_long(monkeypatch):
    field = MarkdownField(required=False, max_length=20_000)
    with pytest.raises(ValidationError, match="more than 2,000 cells"):
        field.clean(TABLES[:20_000])
    monkeypatch.setattr(field, "check", lambda text: pytest.fail("drawn"))
    with pytest.raises(ValidationError, match="at most 20000 characters"):
        field.clean("a" * 20_001)
    assert field.clean("") == ""
