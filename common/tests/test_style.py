"""The house's rules for stylesheets and templates, read from the files."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-(?:margin|padding))-(?:left|right|top|bottom)"
    r"|left|right|(?:min-|max-)?(?:width|height))\s*:"
)
MEDIA = re.compile(r"@media[^{]*|@page[^}]*}")
FOUR_SIDES = re.compile(r"(?<![\w-])(?:margin|padding|inset):\s*([^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;]+);")


def weight(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes())) for path in paths)


def test_stylesheets_weigh_little():
    assert weight(STATIC / "css/tokens.css", STATIC / "css/site.css") < 15_000


def test_script_weighs_little():
    assert weight(STATIC / "js/site.js") < 20_000


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_stylesheet_is_the_same_in_both_directions(sheet):
    rules = MEDIA.sub("", sheet.read_text())
    assert PHYSICAL.findall(rules) == []
    assert [match for match in FOUR_SIDES.findall(rules) if match[1] != match[3]] == []


def test_colours_are_named_in_one_place():
    rules = (STATIC / "css/site.css").read_text()
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_template_has_no_inline_style_or_script(template):
    text = template.read_text()
    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", text)
