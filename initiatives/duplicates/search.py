"""How the database finds them; docs/duplicates.md says what it costs and why the numbers are what they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Case, Count, Exists, F, FloatField, Func, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.functions import Greatest, Upper
from django.db.models.lookups import GreaterThanOrEqual

from initiatives.models import Initiative, InitiativeSource, Submission
from initiatives.querysets import LONG_TEXTS
from initiatives.vocabulary import Scope
from initiatives.web_addresses import is_home_page

# Likeness of titles, 0 to 1, from which they count as similar: in the same place, and where no place is known yet.
ALIKE, ALIKE_ANYWHERE = 0.46, 0.8
# A title that stands inside a longer one is that much alike, where the shorter of the two says something.
INSIDE, INSIDE_FROM = 0.8, 20  # the latter in bytes: 20 Latin letters, 7 Chinese characters
ALIKE_AS_A_WHOLE = 0.3  # below it nothing is looked at more closely
TITLE_FROM = 6  # bytes
BEGINNING = 40  # characters of a title by which it is looked for where no place is known
# A page that more initiatives than this give is about many measures: like a home page, it is no evidence by itself.
MANY = 20
SAME_SOURCE = 0.6  # what the same source is worth, whatever the titles say
# Of more than so many in one place, those that name most of the countries are compared, then the newest; of more than
# so many with one source, the newest.
NEAREST, SHARING = 2_000, 50


@dataclass(frozen=True)
class Wanted:
    """What is looked for."""

    title: str
    countries: tuple[str, ...]  # ISO codes
    scope: str
    region: str
    keys: tuple[str, ...]  # of its sources
    telling: tuple[str, ...]  # those of them that are evidence by themselves

    @property
    def has_place(self) -> bool:
        if self.scope == Scope.REGIONAL:
            return bool(self.region)
        return bool(self.countries) or self.scope == Scope.GLOBAL


@dataclass(frozen=True)
class Found:
    """An initiative or a submission that looks like it."""

    row: Initiative | Submission
    similar_title: bool
    same_source: bool
    score: float


def telling(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of pages that are about one measure or few."""
    pages = sorted({key for key in keys if key and not is_home_page(key)})
    if not pages:
        return ()
    given = InitiativeSource.objects.filter(url_key__in=pages, initiative__in=Initiative.objects.public(archived=True))
    uses = given.order_by().values("url_key").annotate(uses=Count("initiative_id", distinct=True))
    crowded = set(uses.filter(uses__gt=MANY).values_list("url_key", flat=True))
    return tuple(key for key in pages if key not in crowded)


def look(rows: QuerySet, wanted: Wanted, limit: int, *, few: bool = False) -> list[Found]:
    """Return those of `rows` that look like it, the likeliest first, at most `limit`.

    `rows` are initiatives or submissions; `few` says that there are so few of them that all may be compared.
    """
    enough = ALIKE if wanted.has_place else ALIKE_ANYWHERE
    compared = rows.annotate(likeness=_likeness(wanted.title), same_source=_gives_one_of(rows.model, wanted.keys))
    compared = compared.defer(*LONG_TEXTS).order_by("-likeness", "-pk")
    found = list(compared.filter(pk__in=_sharing(rows, wanted.telling))[:limit]) if wanted.telling else []
    if len(wanted.title.encode()) >= TITLE_FROM:
        alike = compared.filter(likeness__gte=enough)
        found += _near(alike, rows, wanted, few)[:limit] if wanted.has_place else _anywhere(alike, wanted.title, limit)
    every = {row.pk: Found(row, row.likeness >= enough, row.same_source, _score(row)) for row in found}
    return sorted(every.values(), key=lambda one: (-one.score, -one.row.pk))[:limit]


def _score(row) -> float:
    return SAME_SOURCE + (1 - SAME_SOURCE) * row.likeness if row.same_source else row.likeness


def _likeness(title: str) -> Func:
    """How alike the titles are: as wholes, or the one inside the other."""
    typed, stored = Value(title), F("title")
    whole = _measure("similarity", stored, typed)
    if len(title.encode()) < INSIDE_FROM:
        return whole
    inside = Greatest(_measure("word_similarity", typed, stored), _measure("word_similarity", stored, typed))
    stored_bytes = Func(stored, function="octet_length", output_field=IntegerField())
    says_something = When(GreaterThanOrEqual(stored_bytes, INSIDE_FROM), then=inside * INSIDE)
    return Greatest(whole, Case(says_something, default=0.0, output_field=FloatField()))


def _measure(function: str, *texts) -> Func:
    return Func(*texts, function=function, output_field=FloatField())


def _sources(model: type):
    """The sources of initiatives or of submissions, and the column that says whose they are."""
    return model.sources.rel.related_model.objects.order_by(), f"{model._meta.model_name}_id"


def _gives_one_of(model: type, keys: Iterable[str]) -> Exists:
    sources, owner = _sources(model)
    return Exists(sources.filter(url_key__in=[key for key in keys if key], **{owner: OuterRef("pk")}))


def _sharing(rows: QuerySet, keys: Iterable[str]) -> QuerySet:
    """The ids of those with one of the sources."""
    sources, owner = _sources(rows.model)
    given = sources.filter(url_key__in=keys, **{f"{rows.model._meta.model_name}__in": rows})
    return given.order_by(f"-{owner}").values(owner)[:SHARING]


def _near(alike: QuerySet, rows: QuerySet, wanted: Wanted, few: bool) -> QuerySet:
    """Those of the same place. The database compares them one by one, so there must not be too many."""
    alike = alike.annotate(whole=_measure("similarity", F("title"), Value(wanted.title)))
    alike = alike.filter(whole__gte=ALIKE_AS_A_WHOLE)  # cheaper than the rest, so it is asked first
    if wanted.scope == Scope.GLOBAL:
        near = rows.filter(scope=Scope.GLOBAL).order_by("-pk").values("pk")
    elif wanted.scope == Scope.REGIONAL:
        near = rows.filter(scope=Scope.REGIONAL, region=wanted.region).order_by("-pk").values("pk")
    else:
        near = _naming(rows.model, wanted.countries)
    return alike.filter(pk__in=near if few else near[:NEAREST])


def _naming(model: type, countries: Iterable[str]) -> QuerySet:
    """The ids of those that name one of the countries: first those that name most of them, then the newest."""
    owner = f"{model._meta.model_name}_id"
    naming = model.countries.through.objects.filter(country__in=countries)
    return naming.values(owner).annotate(named=Count("*")).order_by("-named", f"-{owner}").values(owner)


def _anywhere(alike: QuerySet, title: str, limit: int) -> list:
    """Those of any place, found by the trigrams of the title's beginning: quick only where much has to be alike."""
    beginning = Upper(Value(title[:BEGINNING].strip()))
    found = alike.annotate(upper=Upper("title")).filter(upper__trigram_word_similar=beginning)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE_ANYWHERE)])
        return list(found[:limit])
