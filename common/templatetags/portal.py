"""What templates of every room need: text from outside, dates, addresses."""

import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from common import markdown as safe_markdown
from common.dates import PartialDate
from common.filling import fill
from common.text import cut_at_sentence

register = template.Library()

LOCALES = {"ar": "ar_AR", "zh-hans": "zh_CN", "en": "en_GB", "fr": "fr_FR", "ru": "ru_RU", "es": "es_ES"}


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as safe HTML."""
    return safe_markdown.render(text)


@register.filter
def when(date: PartialDate | datetime.date | None) -> SafeString | str:
    """A date written out, in a `time` element; nothing where there is none."""
    return _written_out(date, get_language()) if date else ""


@lru_cache(maxsize=5_000)  # days come again and again, on one page and on the next
def _written_out(date: PartialDate | datetime.date, language: str | None) -> SafeString:
    if isinstance(date, PartialDate):
        return format_html('<time datetime="{}">{}</time>', date, date.words())
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), formats.date_format(date, "j F Y"))


@register.simple_tag
def today() -> SafeString:
    """The day that it is for the reader, written out, in a `time` element."""
    return _written_out(timezone.localdate(), get_language())


@register.simple_tag
def attributes(attrs: dict[str, Any]) -> SafeString:
    """The attributes of a form's widget. No placeholders: the label above the field says it, and stays."""
    said = {name: value for name, value in attrs.items() if value is not False and name != "placeholder"}
    each = [fill(" {}", name) if value is True else fill(' {}="{}"', name, value) for name, value in said.items()]
    return mark_safe("".join(each))  # noqa: S308 (each is escaped)


@register.filter
def locale_name(language: str) -> str:
    """The name by which OpenGraph calls a language."""
    return LOCALES.get(language, language)


@register.filter
def beginning(text: str, length: int = 300) -> str:
    """The beginning of a text, cut after a sentence or a word."""
    return cut_at_sentence(" ".join(text.split()), length)


@register.filter
def web_address(value: str) -> str:
    """The value where it is an address of the web, else nothing: no other scheme ever becomes a link."""
    return value if value.lower().startswith(("https://", "http://")) else ""


@register.filter
def contact(value: str) -> SafeString | str:
    """A mailbox or an address of the web as a link, anything else as text."""
    if web_address(value):
        return format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', value, value)
    if value.count("@") == 1 and not set(value) & set(" <>\"'?&"):
        return format_html('<a href="mailto:{}" rel="nofollow">{}</a>', quote(value, safe="@+"), value)
    return value
