"""The segments of a difference as HTML: told by words and lines, never by colour alone."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from common.diff import ADDED, EQUAL, REMOVED, Segment

register = template.Library()

_LINE_SIGN = mark_safe('<span class="line-sign" aria-hidden="true">¶</span>\n')


@register.filter
def marked(segments: Iterable[Segment]) -> SafeString:
    """Segments as text with `del` and `ins`. Whoever listens hears where each begins and ends.

    Lines are kept as they are: put it where `white-space` is `pre-wrap`.
    """
    return format_html_join("", "{}", ((_one(segment),) for segment in segments))


def _one(segment: Segment) -> SafeString | str:
    if segment.kind == EQUAL:
        return segment.text
    tag, start, end = {
        REMOVED: ("del", _("removed:"), _("end of removed")),
        ADDED: ("ins", _("added:"), _("end of added")),
    }[segment.kind]
    if not segment.text.strip():  # nobody hears it
        start += " " + (_("line break") if "\n" in segment.text else _("space"))
        return format_html("<{}>{}{}{}</{}>", tag, _heard(start), _signed(segment.text), _heard(end), tag)
    text = segment.text.strip(" ")
    before, _text, after = segment.text.partition(text)  # a space at its edge needs no mark
    return format_html("{}<{}>{}{}{}</{}>{}", before, tag, _heard(start), text, _heard(end), tag, after)


def _heard(words: str) -> SafeString:
    """Words for those who listen. They are the reader's, whatever the language and direction of the text around."""
    direction = "rtl" if get_language_bidi() else "ltr"
    html = '<span class="visually-hidden" lang="{}" dir="{}"> {} </span>'
    return format_html(html, get_language() or "", direction, words)


def _signed(text: str) -> SafeString:
    """Spaces and line breaks alone, which nobody sees: the latter with a sign."""
    return format_html_join(_LINE_SIGN, "{}", ((part,) for part in text.split("\n")))
