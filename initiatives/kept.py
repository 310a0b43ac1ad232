"""Parts of pages as HTML, kept beside the index in memory: made again when anything public has changed."""

from collections.abc import Callable, Hashable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from initiatives.finding import Index
from initiatives.status import today


def part(index: Index, template: str, context: Callable[[], dict[str, Any]], *about: Hashable) -> SafeString:
    """Return the template as it is with `context`, which may depend on public initiatives and `about` alone."""
    key = (template, *about, get_language(), today())
    return index.recall(key) or index.keep(key, render_to_string(template, context()))
