"""The queue: whatever waits for staff, oldest first, whatever its kind. Rooms register a source for each kind."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.db.models import F, IntegerField, Model, Q, QuerySet, Value
from django.utils.functional import cached_property

from accounts.models import User

# Rows of a kind that are counted: nobody needs to know how many more, and counting on takes its time. Where filters
# are in use, each row has to be looked at.
COUNTED, COUNTED_NARROWED = 10_000, 1_000
NO_REGION = "none"  # among regions: the whole world, and what belongs to none
_ORDER = ("waits_since", "waits_rank", "waits_key")
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits, as the queue shows it. What a kind does not have stays empty."""

    title: str
    url: str
    lang: str = ""
    direction: str = "auto"
    notes: Sequence[str] = ()  # what it is, quietly below the title
    marks: Sequence[str] = ()  # why to look twice
    places: str = ""
    regions: str = ""
    theme: str = ""
    organisation: str = ""
    organisation_notes: Sequence[str] = ()
    is_verified: bool = False
    claimed_by: str = ""
    acts: Sequence[tuple[str, str]] = ()  # what can be done in place: name and words of the button


class Source:
    """One kind of thing that waits. The room that owns it subclasses this, and may say more filters (`fields`).

    For each filter that it knows it has a method `narrow_<name>(value, user)`, which returns the condition, or None
    where nothing of it can match. A kind that does not know a filter is not shown while the filter is in use.
    """

    kind = ""  # in addresses: small letters
    label: Any = ""
    model: type[Model]
    since = ""  # the column that says since when it waits
    fields: Mapping[str, Callable[[], forms.Field]] = {}

    def waiting(self) -> QuerySet:
        """Return the rows that wait. One index serves them in the order of `since` and the primary key."""
        raise NotImplementedError

    def rows(self, keys: Sequence[int], *, user: User) -> Mapping[int, Row]:
        """Return the rows of `keys` as shown, in a fixed number of queries."""
        raise NotImplementedError

    def act(self, key: int, name: str, *, by: User) -> str:
        """Do what a row's button says and return in words what came of it; PermissionDenied where `by` may not."""
        raise NotImplementedError

    def may_be_seen_by(self, user: User) -> bool:
        return user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}")

    def may_be_changed_by(self, user: User) -> bool:
        return user.has_perm(f"{self.model._meta.app_label}.change_{self.model._meta.model_name}")

    def narrowed(self, filters: Mapping[str, Any], user: User) -> QuerySet:
        found = self.waiting().order_by()
        for name, value in filters.items():
            condition = getattr(self, f"narrow_{name}", _nothing)(value, user)
            if condition is None:
                return found.none()
            found = found.filter(condition)
        return found


def _nothing(value: Any, user: User) -> Q | None:
    return None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Show what `source` knows of in the queue. Called when the room that owns it is ready."""
    _sources[source.kind] = source


def source_of(kind: str) -> Source | None:
    return _sources.get(kind)


@dataclass(frozen=True)
class Also:
    """What else waits for staff and is no row of the queue: in words, and where it is listed."""

    words: str
    url: str


_also: dict[str, Callable[[User], Also | None]] = {}


def register_also(name: str, ask: Callable[[User], Also | None]) -> None:
    """Let the start page ask this too; None where nothing waits, or `user` may not see it. One query, capped."""
    _also[name] = ask


def also_waiting(user: User) -> list[Also]:
    return [found for found in (ask(user) for ask in _also.values()) if found]


def sources_for(user: User) -> list[Source]:
    """Return the sources whose rows `user` may see."""
    return [source for source in _sources.values() if source.may_be_seen_by(user)]


class Position(NamedTuple):
    """Where in the order something stands: rows that come or go elsewhere do not move it."""

    since: datetime.datetime
    rank: int
    key: int

    def __str__(self) -> str:
        return f"{(self.since - _EPOCH) // _MICROSECOND}-{self.rank}-{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Position | None":
        """Read what `str` wrote; None for anything else."""
        parts = text.split("-")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            return None
        try:
            return cls(_EPOCH + int(parts[0]) * _MICROSECOND, int(parts[1]), int(parts[2]))
        except OverflowError:
            return None


@dataclass(frozen=True)
class Waiting:
    """A row with its place in the queue."""

    source: Source
    position: Position
    row: Row

    @property
    def since(self) -> datetime.datetime:
        return self.position.since

    @property
    def key(self) -> int:
        return self.position.key


@dataclass(frozen=True)
class Count:
    """How many of a kind wait; `more` where they were not counted to the end."""

    source: Source
    number: int
    more: bool


class Queue:
    """What waits and `user` may see, under `filters` (name: value). Without `kind`: every kind."""

    def __init__(self, user: User, filters: Mapping[str, Any] | None = None, *, kind: str = "") -> None:
        self.user, self.filters, self.kind = user, filters or {}, kind

    @cached_property
    def sources(self) -> list[Source]:
        return sources_for(self.user)

    def page(self, size: int, after: Position | None = None) -> list[Waiting]:
        """Return up to `size` rows that come after a position, oldest first. Two queries, and those of the kinds."""
        positions = self.positions(size, after)
        shown = {}
        for rank, source in enumerate(self.sources):
            keys = [position.key for position in positions if position.rank == rank]
            shown |= {(rank, key): row for key, row in source.rows(keys, user=self.user).items()} if keys else {}
        # A row that was decided on between the queries is not there any more.
        return [
            Waiting(self.sources[one.rank], one, shown[one.rank, one.key])
            for one in positions
            if (one.rank, one.key) in shown
        ]

    def positions(self, limit: int, after: Position | None = None) -> list[Position]:
        """Return the places of the first rows after a position. One query over all kinds."""
        parts = [
            _placed(source.narrowed(self.filters, self.user), source, rank, limit, after)
            for rank, source in enumerate(self.sources)
            if self.kind in ("", source.kind)
        ]
        if not parts:
            return []
        found = parts[0].union(*parts[1:], all=True).order_by(*_ORDER)[:limit] if len(parts) > 1 else parts[0]
        return [Position(*row) for row in found]

    def counts(self) -> list[Count]:
        """Return how many of each kind wait, those of the other kinds too. One query for each kind."""
        limit = COUNTED_NARROWED if self.filters else COUNTED
        return [_counted(source, source.narrowed(self.filters, self.user), limit) for source in self.sources]


def _placed(rows: QuerySet, source: Source, rank: int, limit: int, after: Position | None) -> QuerySet:
    """Return where the first of `rows` stand, beginning in the index where `after` ends."""
    if after is not None:
        last = after.key if rank == after.rank else -1 if rank > after.rank else None
        beyond = Q(**{f"{source.since}__gt": after.since})
        if last is not None:
            beyond |= Q(**{source.since: after.since}, pk__gt=last)
        rows = rows.filter(Q(**{f"{source.since}__gte": after.since}) & beyond)
    places = rows.annotate(waits_since=F(source.since), waits_rank=Value(rank, IntegerField()), waits_key=F("pk"))
    return places.order_by("waits_since", "waits_key").values_list(*_ORDER)[:limit]


def _counted(source: Source, rows: QuerySet, limit: int) -> Count:
    number = rows.values("pk")[: limit + 1].count()
    return Count(source, min(number, limit), number > limit)


def words_in(columns: Iterable[str], text: str) -> Q:
    """Return the condition that every word of `text` stands in one of the columns."""
    found = Q()
    for word in text.split()[:10]:
        in_one = Q()
        for column in columns:
            in_one |= Q(**{f"{column}__icontains": word})
        found &= in_one
    return found
