"""Random initiatives, and random addresses that ask for some of them."""

import random

from django.http import QueryDict
from hypothesis import strategies as st

from accounts.models import StakeholderType
from countries.models import Region
from initiatives.models import Initiative
from initiatives.search import writing
from initiatives.vocabulary import (
    MEASURE_LABELS,
    Compliance,
    ContentLanguage,
    EndKind,
    InitiativeStatus,
    Instrument,
    Mark,
    MeasureStatus,
    Phase,
    Pillar,
    Scope,
    Theme,
)
from tests.factories import CollectionFactory, OrganisationFactory, country

COUNTRIES = ("KE", "UG", "FR", "NA", "TV", "PS", "AX")  # landlocked, small island, of no region, not a member
TAGS = ("Low bandwidth", "Schools")
COLLECTIONS = ("reg4covid", "cyb4covid")
DAYS = ("2019-02-28", "2020-01-01", "2020-03-23", "2020-12-31", "2024-02-29", "2026-11-22", "2030-06-01")
MONTHS = {"2020-01-01": ("day", "month", "year"), "2021-03-01": ("month",)}  # first days, and how precise they are
WORDS = ("spectrum", "towers", "schools", "écoles", "频谱", "أبراج")


def scatter(rows: int, seed: int = 1) -> list[Initiative]:
    """Write `rows` initiatives of every kind, some archived and removed, all past the services."""
    chance = random.Random(seed)  # noqa: S311
    organisations = [OrganisationFactory() for _ in range(3)]
    organisations.append(OrganisationFactory(country=None, stakeholder_type=StakeholderType.INTERNATIONAL_AGENCY))
    collections = [CollectionFactory(slug=slug, name=slug.upper()) for slug in COLLECTIONS]
    initiatives = [_one(chance, number, organisations, collections) for number in range(rows)]
    writing.write([initiative.pk for initiative in initiatives])
    return initiatives


def _one(chance: random.Random, number: int, organisations: list, collections: list) -> Initiative:
    scope, theme = chance.choice(Scope.values), chance.choice(Theme.values)
    initiative = Initiative.objects.create(
        reference=f"INI-2026-{number:06}",
        slug="x",
        title=f"{chance.choice('abcé طم')} {chance.choice(WORDS)} {number % 7}",
        summary=f"All about {chance.choice(WORDS)}.",
        organisation=chance.choice(organisations),
        collection=chance.choice(collections),
        scope=scope,
        region=chance.choice(Region.values) if scope == Scope.REGIONAL or chance.random() < 0.1 else "",
        theme=theme,
        further_themes=chance.sample([other for other in Theme.values if other != theme], chance.randint(0, 2)),
        measure_types=chance.sample(list(MEASURE_LABELS), chance.randint(0, 2)),
        stakeholder_type=chance.choice(StakeholderType.values),
        instrument=chance.choice(Instrument.values),
        compliance=chance.choice(Compliance.values),
        phase=chance.choice(Phase.values),
        language=chance.choice(ContentLanguage.values),
        mark=chance.choice(Mark.values),
        status=chance.choice([InitiativeStatus.PUBLISHED] * 6 + [InitiativeStatus.ARCHIVED, InitiativeStatus.REMOVED]),
        published_on=chance.choice(DAYS[2:4]),
        **_dates(chance),
    )
    # Some have countries whose scope does not ask for any.
    named = 0 if scope in (Scope.GLOBAL, Scope.REGIONAL) and chance.random() < 0.9 else chance.randint(1, 3)
    initiative.countries.set([country(code) for code in chance.sample(COUNTRIES, named)])
    initiative.tags.set(chance.sample(TAGS, chance.randint(0, 2)))
    return initiative


def _dates(chance: random.Random) -> dict:
    starts, end = chance.choice((None, *DAYS, *MONTHS)), chance.choice(EndKind.values)
    declared = chance.choice(("", "", "", MeasureStatus.ENDED, MeasureStatus.REVOKED))
    return {
        "starts_on": starts,
        "starts_precision": chance.choice(MONTHS.get(starts, ("day",))),
        "end_kind": end,
        "ends_on": max(chance.choice(DAYS), starts or "") if end == EndKind.DATE else None,
        "confirmed_on": chance.choice((None, None, *DAYS)),
        "declared_status": declared,
        "declared_on": chance.choice((None, *DAYS)) if declared else None,
    }


_dates_asked = st.sampled_from([*DAYS, "2020-03", "2020", "2024-02", "2027", "nonsense"])
_choices = {
    "region": Region.values,
    "country": [*COUNTRIES, "XX"],
    "group": ["ldc", "lldc", "sids"],
    "theme": Theme.values,
    "pillar": Pillar.values,
    "measure": list(MEASURE_LABELS),
    "stakeholder": StakeholderType.values,
    "status": MeasureStatus.values,
    "instrument": Instrument.values,
    "compliance": Compliance.values,
    "phase": Phase.values,
    "year": ["2019", "2020", "2026", "2031"],
    "language": ContentLanguage.values,
    "collection": COLLECTIONS,
    "tag": ["low-bandwidth", "schools"],
    "mark": Mark.values,
}
CODES = [(name, code) for name, codes in _choices.items() for code in codes if code not in ("XX", "2031")]
SORTS = ("newest", "start", "-start", "title")
_parameters = st.one_of(
    *(
        st.tuples(st.just(name), st.lists(st.sampled_from(codes), min_size=1, max_size=4))
        for name, codes in _choices.items()
    ),
    st.tuples(st.sampled_from(["in_force_on", "starts_after", "starts_before"]), st.lists(_dates_asked, max_size=1)),
    st.tuples(st.just("q"), st.lists(st.sampled_from([*WORDS, "all about", "nowhere"]), max_size=1)),
    st.tuples(st.just("archived"), st.just(["1"])),
)


@st.composite
def addresses(draw) -> QueryDict:
    """Return the parameters of an address with up to four filters."""
    query = QueryDict(mutable=True)
    for name, values in draw(st.lists(_parameters, max_size=4)):
        query.setlist(name, values)
    return query
