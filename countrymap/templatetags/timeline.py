"""Rows of a timeline: in one go, for there are twenty, each with the lines of the whole scale."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from countrymap.timeline import UNKNOWN, Part, Row, Timeline
from initiatives.templatetags.initiatives import dates_in_full, status_shape, status_words

register = template.Library()

_ROW = """<tr><th scope="row"><a href="{}" lang="{}" dir="{}">{}</a></th>\
<td>{}<br><span class="mark {}">{}</span></td>\
<td aria-hidden="true"><svg class="span" width="100%" height="22" focusable="false">{}{}</svg></td></tr>"""
_LINE = '<line class="span-{}" x1="{}" x2="{}" y2="22"/>'


@register.filter
def timeline_rows(timeline: Timeline) -> SafeString:
    """The measures with their bars."""
    lines = [("tick", tick.x, tick.x) for tick in timeline.ticks] + [("today", timeline.today, timeline.today)]
    scale = format_html_join("", _LINE, lines)
    return format_html_join("\n", "{}", ((_row(row, scale),) for row in timeline.rows))


def _row(row: Row, scale: SafeString) -> SafeString:
    measure = row.initiative
    return format_html(
        _ROW,
        measure.get_absolute_url(),
        measure.language_code,
        measure.direction,
        measure.title,
        dates_in_full(measure),
        status_shape(measure.measure_status),
        status_words(measure),
        scale,
        format_html_join("", "{}", ((_part(part),) for part in row.parts)),
    )


def _part(part: Part) -> SafeString:
    if part.kind == UNKNOWN:
        return format_html('<line class="span-unknown" x1="{}" x2="{}" y1="11" y2="11"/>', part.x, part.x2)
    return format_html('<rect class="span-{}" x="{}" width="{}" y="5" height="12"/>', part.kind, part.x, part.width)
