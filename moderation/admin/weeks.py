"""The weeks of the statistics as charts and as lines of a table."""

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from common.charts import Chart, Series
from moderation.figures import Week

MINUTE, HOUR, DAY = 60, 3600, 86_400  # seconds


def charts(weeks: Sequence[Week]) -> list[Chart]:
    steps = [date_format(week.starts, "j M") for week in weeks]
    return [_numbers(weeks, steps), _times(weeks, steps)]


def _numbers(weeks: Sequence[Week], steps: list[str]) -> Chart:
    sent, decided = [week.sent for week in weeks], [week.decided for week in weeks]
    words = gettext(
        "In %(weeks)s: %(sent)s sent, %(decided)s decided. The most in one week: %(most)s sent, %(done)s decided."
    )
    description = words % {
        "weeks": _number_of_weeks(weeks),
        "sent": sum(sent),
        "decided": sum(decided),
        "most": max(sent, default=0),
        "done": max(decided, default=0),
    }
    series = [Series(gettext("sent"), sent), Series(gettext("decided"), decided)]
    return Chart("chart-numbers", gettext("Sent and decided each week"), description, steps, series, _scale)


def _times(weeks: Sequence[Week], steps: list[str]) -> Chart:
    values = [week.ninetieth for week in weeks if week.ninetieth is not None]
    unit = _unit_of(max(values, default=DAY))
    title = {
        MINUTE: gettext("Minutes from sending to the decision"),
        HOUR: gettext("Hours from sending to the decision"),
        DAY: gettext("Days from sending to the decision"),
    }[unit]
    series = [
        Series(gettext("median: half were decided sooner"), [_in(unit, week.median) for week in weeks]),
        Series(
            gettext("90th percentile: nine in ten were decided sooner"), [_in(unit, week.ninetieth) for week in weeks]
        ),
    ]
    medians = [week.median for week in weeks if week.median is not None]
    if not medians:
        description = gettext("Nothing was decided in this time.")
    else:
        words = gettext("The weekly median lies between %(least)s and %(most)s.")
        description = words % {"least": time_words(min(medians)), "most": time_words(max(medians))}
    return Chart("chart-times", title, description, steps, series, _scale, is_line=True)


def _unit_of(seconds: float) -> int:
    return MINUTE if seconds < 2 * HOUR else HOUR if seconds < 2 * DAY else DAY


def _in(unit: int, seconds: float | None) -> float | None:
    return None if seconds is None else seconds / unit


def _scale(value: float) -> str:
    return number_format(round(value), force_grouping=True)


def _number_of_weeks(weeks: Sequence[Week]) -> str:
    return ngettext("%(number)d week", "%(number)d weeks", len(weeks)) % {"number": len(weeks)}


def week_headings(*, in_file: bool = False) -> list[str]:
    """Return the headings of the table; in a file, where machines read on, times are in hours."""
    times = [gettext("Median"), gettext("90th percentile")]
    if in_file:
        times = [gettext("Median, hours"), gettext("90th percentile, hours")]
    return [
        gettext("Week from"),
        gettext("Sent"),
        gettext("First ever by the sender"),
        gettext("Decided"),
        *times,
    ]


def week_rows(weeks: Sequence[Week]) -> list[tuple[datetime.date, list[str]]]:
    """Return the Monday and the cells of each week, for people."""
    return [
        (
            week.starts,
            [*map(_scale, (week.sent, week.sent_first, week.decided)), *map(_time, (week.median, week.ninetieth))],
        )
        for week in weeks
    ]


def _time(seconds: float | None) -> str:
    return "–" if seconds is None else time_words(seconds)


def time_words(seconds: float) -> str:
    """Return a time in minutes, in hours from two on, in days from two on."""
    if seconds < MINUTE:
        return gettext("less than a minute")
    unit = _unit_of(seconds)
    if unit == MINUTE:
        minutes = round(seconds / MINUTE)
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    if unit == HOUR:
        return gettext("%(hours)s hours") % {"hours": number_format(seconds / HOUR, 1)}
    return gettext("%(days)s days") % {"days": number_format(seconds / DAY, 1, force_grouping=True)}
