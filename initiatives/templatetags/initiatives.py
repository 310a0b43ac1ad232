"""How an initiative's status, dates and places are put into words."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.templatetags.portal import when
from countries.models import Region
from initiatives.models import Content
from initiatives.models.content import ContentWords
from initiatives.vocabulary import EndKind, Mark, MeasureStatus, Scope, Sdg, TargetGroup, Technology

register = template.Library()

PLACES_SHOWN = 3
# Shapes of static/css/site.css; a status is a word with a shape, never a colour alone.
STATUS_SHAPES = {
    MeasureStatus.ANNOUNCED: "ahead",
    MeasureStatus.IN_FORCE: "positive",
    MeasureStatus.ENDED: "ended",
    MeasureStatus.REVOKED: "negative",
    MeasureStatus.NOT_KNOWN: "unknown",
}
MARK_SHAPES = {
    Mark.NOT_CHECKED: "neutral",
    Mark.SOURCE_SEEN: "seen",
    Mark.CONFIRMED: "confirmed",
    Mark.CONTESTED: "negative",
    Mark.NEEDS_REVERIFICATION: "attention",
}


@register.filter
def status_shape(status: str) -> str:
    """The class of the shape of a measure's status."""
    return f"mark--{STATUS_SHAPES[status]}"


@register.filter
def mark_shape(mark: str) -> str:
    """The class of the shape of a trust mark."""
    return f"mark--{MARK_SHAPES[mark]}"


@register.filter
def mark_anchor(mark: str) -> str:
    """Where the page about the portal explains the mark."""
    return f"mark-{mark.replace('_', '-')}"


@register.filter
def options(choices: Iterable[tuple[str, str]]) -> SafeString:
    """Choices as the options of a `select`: in one go, for there are 249 of some."""
    return format_html_join("\n", '<option value="{}">{}</option>', choices)


@register.filter
def status_brief(content: ContentWords) -> str:
    """The status of the measure in a word or three."""
    return brief(content.measure_status)


def brief(status: MeasureStatus) -> str:
    return _("status not known") if status == MeasureStatus.NOT_KNOWN else str(status.label)


@register.filter
def status_words(content: ContentWords) -> SafeString | str:
    """The status of the measure; where it is not known any more, until when it was."""
    if content.measure_status == MeasureStatus.NOT_KNOWN and content.last_confirmed:
        return format_html(_("status not known, last confirmed {date}"), date=when(content.last_confirmed))
    return status_brief(content)


@register.filter
def dates(content: ContentWords) -> SafeString | str:
    """From when until when, as far as it is known."""
    start, end = when(content.starts), when(content.ends)
    if start and end:
        return start if start == end else format_html(_("{start} to {end}"), start=start, end=end)
    if start:
        return format_html(_("from {start}"), start=start)
    if end:
        return format_html(_("until {end}"), end=end)
    return _("start not known")


@register.filter
def dates_in_full(content: Content) -> SafeString | str:
    """The dates, with what was answered about the end."""
    ends = {EndKind.OPEN_ENDED: _("{dates}, open-ended"), EndKind.NOT_ANNOUNCED: _("{dates}, end not announced")}
    phrase = ends.get(content.end_kind, "{dates}")
    if content.ends and not content.starts:
        phrase = _("{dates}, start not known")
    return format_html(phrase, dates=dates(content))


@register.filter
def places(content: Content) -> str:
    """Whom it concerns, on one line: countries by name, the region, or the world."""
    return place_words(content, [country.name for country in content.countries.all()])


def place_words(content: ContentWords, names: Sequence[str]) -> str:
    """Return the same with the countries' names."""
    if content.scope == Scope.GLOBAL:
        return _("Global")
    if content.scope == Scope.REGIONAL:
        return _("%(region)s (region)") % {"region": Region(content.region).label}
    shown, more = ", ".join(names[:PLACES_SHOWN]), len(names) - PLACES_SHOWN
    if more <= 0:
        return shown
    return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", more) % {
        "names": shown,
        "count": more,
    }


@register.filter
def coded_facts(content: Content) -> list[tuple[str, list[str]]]:
    """What was done, how and for whom, as labels with the words of their codes; "not stated" where that was said."""
    facts = [
        (_("Measures"), content.measure_type_labels),
        (_("Instrument"), [content.get_instrument_display()]),
        (_("Compliance"), [content.get_compliance_display()]),
        (_("Phase"), [content.get_phase_display()]),
        (_("Target groups"), [TargetGroup(code).label for code in content.target_groups]),
        (_("Technologies"), [Technology(code).label for code in content.technologies]),
        (_("Sustainable Development Goals"), [Sdg(number).label for number in content.sdgs]),
    ]
    return [(label, words) for label, words in facts if any(words)]
