"""docs/forum.md says of the forum what it does."""

import datetime
import re
from importlib import import_module

import pytest

from forum.vocabulary import Waits
from tests.house import ROOT

TEXT = (ROOT / "docs" / "forum.md").read_text()
SAID = re.compile(r"(\d[\d:]*)\s*(days|minutes)?\s+\(`(forum[\w.]*)\.([A-Z_]+)`\)")


@pytest.mark.parametrize(("number", "unit", "module", "name"), SAID.findall(TEXT))
def test_number_is_that_of_the_constant(number, unit, module, name):
    value = getattr(import_module(module), name)
    if unit:
        value //= datetime.timedelta(**{unit: 1})
    assert number == (f"{value:%H:%M}" if isinstance(value, datetime.time) else str(value))


def test_every_constant_that_makes_posts_wait_is_named():
    policy = (ROOT / "forum" / "policy.py").read_text()
    names = set(re.findall(r"^([A-Z][A-Z_]+)\b", policy, re.MULTILINE)) | {"BURST_TIME", "REPEATED_MIN"}
    assert len(SAID.findall(TEXT)) >= 10
    assert names <= {name for *_more, name in SAID.findall(TEXT)}
    assert len(Waits) == 8  # a new reason has to be written down there too


def test_rate_limits_commands_and_pages_that_it_names_are_there():
    settings = (ROOT / "reg4covid" / "settings.py").read_text()
    named = re.search(r"How fast one may write.*?\n\n", TEXT, re.DOTALL)[0]
    assert all(f'"{name}": "' in settings for name in re.findall(r"`([a-z]+)`", named))
    for command in re.findall(r"manage\.py (\w+_\w+)", TEXT):
        assert (ROOT / "forum" / "management" / "commands" / f"{command}.py").is_file()
    assert "docs/forum.md" in (ROOT / "README.md").read_text()
