"""Figures of moderation for a period, from the record of decisions: what people sent and decided, never machines."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from moderation.models import Decision, Moderated
from moderation.statistics import SENDING, answers_of_people
from moderation.workflow import registered

REMEMBERED = 300  # seconds
WEEK = datetime.timedelta(weeks=1)


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included, in the portal's time zone."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def of_last(cls, weeks: int) -> "Period":
        """This week so far and the ones before it; weeks begin on Monday."""
        today = timezone.localdate()
        return cls(_monday(today) - (weeks - 1) * WEEK, today)

    @property
    def weeks(self) -> list[datetime.date]:
        """The Monday of each week that the period touches."""
        first = _monday(self.first)
        return [first + number * WEEK for number in range((self.last - first).days // 7 + 1)]

    @property
    def condition(self) -> Q:
        after = self.last + datetime.timedelta(days=1)
        return Q(decided_at__gte=_midnight(self.first), decided_at__lt=_midnight(after))


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


@dataclass(frozen=True)
class Breakdown:
    """How a room tells its decisions apart, e.g. by region. A decision counts once under each code of its subject.

    `codes` is an expression over decisions on `model` that yields an array of codes; `labels` their words, in order.
    """

    name: str
    label: Any
    model: type[Moderated]
    codes: Any
    labels: Callable[[], Mapping[str, Any]]
    note: Any = ""


_breakdowns: dict[str, Breakdown] = {}


def register(breakdown: Breakdown) -> None:
    """Count decisions by `breakdown` too. Called when the room that owns it is ready."""
    _breakdowns[breakdown.name] = breakdown


def breakdowns_of(model: type[Moderated]) -> list[Breakdown]:
    return [one for one in _breakdowns.values() if one.model is model]


def counted_models() -> list[type[Moderated]]:
    """Kinds of things that are sent and answered."""
    return [
        model
        for model, workflow in registered().items()
        if SENDING in workflow.moves and any(move.held for move in workflow.moves.values())
    ]


@dataclass
class Week:
    """What people sent and decided in a week; times in seconds, None where nothing was answered."""

    starts: datetime.date
    sent: int = 0
    sent_first: int = 0  # by people who never sent anything before
    decided: int = 0
    timed: int = 0  # of those decided, the ones whose time from sending is known
    median: float | None = None
    ninetieth: float | None = None


@dataclass
class Figures:
    """Everything that the page shows of a period. `groups`: by the name of a breakdown, code (and words): number."""

    counted_at: datetime.datetime
    weeks: list[Week]
    total: Week
    people: list[tuple[int, str, int]] = field(default_factory=list)  # whose, named then, how many
    groups: dict[str, dict[str, int]] = field(default_factory=dict)


def figures(model: type[Moderated], period: Period) -> Figures:
    """Return the figures of a period, remembered for some minutes."""
    key = f"moderation-figures-{model._meta.label_lower}-{period.first}-{period.last}"
    return cache.get_or_set(key, lambda: _count(model, period), REMEMBERED)


def _count(model: type[Moderated], period: Period) -> Figures:
    weeks = {day: Week(day) for day in period.weeks}
    found = Figures(timezone.now(), list(weeks.values()), Week(period.first))
    for starts, sent, first in _sent(model, period):
        weeks[starts].sent, weeks[starts].sent_first = sent, first
        found.total.sent += sent
        found.total.sent_first += first
    for name, code, words, number, timed, median, ninetieth in _decided(model, period):
        if name in ("week", "total"):
            week = found.total if name == "total" else weeks[datetime.date.fromisoformat(code)]
            week.decided, week.timed, week.median, week.ninetieth = number, timed, median, ninetieth
        elif name == "person":
            found.people.append((int(code), words, number))
        else:
            found.groups.setdefault(name, {})[code] = number
    found.people.sort(key=lambda one: (-one[2], one[1]))
    return found


def _sent(model: type[Moderated], period: Period) -> list[tuple[datetime.date, int, int]]:
    """Return for each week how often people sent something, and how often it was their first."""
    sendings = Decision.objects.filter(content_type=ContentType.objects.get_for_model(model), move=SENDING)
    before = sendings.filter(decided_by=OuterRef("decided_by"), pk__lt=OuterRef("pk"))
    rows = sendings.filter(period.condition, by_machine=False).order_by()
    rows = rows.annotate(week=TruncWeek("decided_at"), first=~Exists(before))
    rows = rows.values("week").annotate(sent=Count("pk"), firsts=Count("pk", filter=Q(first=True)))
    return [(week.date(), sent, firsts) for week, sent, firsts in rows.values_list("week", "sent", "firsts")]


# Name: code, words, and what is grouped by beside the breakdowns of rooms.
_GROUPS = {
    "total": ("''", "''"),
    "week": ("week::date::text", "''"),
    "person": ("person::text", "name"),  # by name too: whoever changed it stands there as named then
    "move": ("move", "''"),
    "reason": ("reason", "''"),
}
_GROUP = """SELECT '{name}', {code}, {words}, count(*), count(seconds),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds)
    FROM answers GROUP BY 2, 3"""
_BREAKDOWN = """SELECT '{name}', coalesce(code, ''), '', count(*), 0, NULL, NULL
    FROM answers LEFT JOIN LATERAL unnest({name}) code ON true GROUP BY 2"""
_ANSWERS = """WITH given (week, person, name, move, reason, decided_at, sent_at{names}) AS MATERIALIZED ({answers}),
answers AS MATERIALIZED (SELECT *, extract(epoch FROM decided_at - sent_at)::float AS seconds FROM given)
"""


def _decided(model: type[Moderated], period: Period) -> list[tuple]:
    """Count the answers in every way, in one query: name, code, words, number, timed, median, ninetieth."""
    breakdowns = breakdowns_of(model)
    answers = answers_of_people(model).filter(period.condition).annotate(week=TruncWeek("decided_at"))
    answers = answers.annotate(**{f"in_{one.name}": one.codes for one in breakdowns})
    columns = ("week", "decided_by_id", "decided_by_name", "move", "reason_code", "decided_at", "sent_at")
    sql, params = answers.values_list(*columns, *(f"in_{one.name}" for one in breakdowns)).query.sql_with_params()
    head = _ANSWERS.format(names="".join(f", {one.name}" for one in breakdowns), answers=sql)
    parts = [_GROUP.format(name=name, code=code, words=words) for name, (code, words) in _GROUPS.items()]
    parts += [_BREAKDOWN.format(name=one.name) for one in breakdowns]
    with connection.cursor() as cursor:
        cursor.execute(head + "\nUNION ALL ".join(parts), params)
        return cursor.fetchall()
