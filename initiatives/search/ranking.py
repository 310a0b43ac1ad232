"""The best of what is found first: words in the title, words elsewhere, what can be relied on, and the newest."""

from collections.abc import Iterable
from itertools import islice

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Case, F, FloatField, Func, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from initiatives import status
from initiatives.models import Initiative
from initiatives.vocabulary import Mark, MeasureStatus

RANKED = 2_000  # of more than so many, the newest are compared
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"  # of description, nothing yet, summary and what it is filed under, title
# What a rank is multiplied by: 1 for what is in force and not doubted.
BY_STATUS = {MeasureStatus.ENDED: 0.7, MeasureStatus.REVOKED: 0.7, MeasureStatus.NOT_KNOWN: 0.9}
BY_MARK = {Mark.CONFIRMED: 1.2, Mark.SOURCE_SEEN: 1.1, Mark.CONTESTED: 0.8, Mark.NEEDS_REVERIFICATION: 0.9}
VERIFIED = 1.2  # the organisation


def newest_of(found: QuerySet) -> list[int]:
    return list(found.newest().values_list("pk", flat=True)[:RANKED])


def newest(ids: Iterable[int], newest_first: Iterable[int]) -> list[int]:
    """Return the newest of `ids`, all of which are among `newest_first`, where there are too many."""
    wanted = ids if isinstance(ids, BitMap) else BitMap(list(ids))
    if len(wanted) <= RANKED:
        return list(wanted)
    return list(islice((one for one in newest_first if one in wanted), RANKED))


def ranked(candidates: list[int], *, expression: str, prized: Iterable[str], limit: int) -> list[int]:
    """Return the best of the candidates, which `expression` has found.

    First come those that have most of what is `prized`: all words in the title, and all in the order of the question.
    Then words count by where they stand and how close together (cover density).
    """
    if not candidates:
        return []
    found = Initiative.objects.public(archived=True).filter(_one_of(candidates))
    vector, rank = F("search_text__vector"), {"function": "ts_rank_cd", "output_field": FloatField()}
    order = [(Func(Value(WEIGHTS), vector, _typed(expression), **rank) * _reliance()).desc()]
    order += [F("published_on").desc(), F("starts_on").desc(nulls_last=True), F("pk").desc()]
    if won := [Case(When(_matches(one), then=1), default=0) for one in prized if one]:
        order.insert(0, sum(won[1:], start=won[0]).desc())
    return list(found.order_by(*order).values_list("pk", flat=True)[:limit])


def _one_of(numbers: list[int]) -> RawSQL:
    """Like `pk__in`, for which Django looks at each of the two thousand numbers several times."""
    return RawSQL('"initiatives_initiative"."id" = ANY(%s)', [numbers], BooleanField())  # noqa: S611


def _reliance() -> Case:
    """How much the entry can be relied on."""
    today = status.today()
    by_status = Case(*[When(status.condition(one, today), then=part) for one, part in BY_STATUS.items()], default=1.0)
    by_mark = Case(*[When(mark=mark, then=part) for mark, part in BY_MARK.items()], default=1.0)
    verified = Case(When(organisation__verified_at__isnull=False, then=VERIFIED), default=1.0)
    return by_status * by_mark * verified


def _typed(expression: str) -> Func:
    return Func(Value(expression), template="%(expressions)s::tsquery", output_field=SearchQueryField())


def _matches(expression: str) -> Func:
    template = "(%(expressions)s)"
    return Func(
        F("search_text__vector"),
        _typed(expression),
        template=template,
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )
