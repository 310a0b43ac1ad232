"""The addresses that bench/web.py asks for: of each page one that is asked again, and many that are asked once."""

import random
from collections.abc import Iterator, Mapping
from itertools import combinations, count, cycle, product
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import connection

from accounts.models import StakeholderType
from countries.models import Country, Region
from initiatives.models import Initiative, SearchWord
from initiatives.search import matches
from initiatives.vocabulary import MeasureStatus, Phase, Theme

FILE_ROWS = 10_000
LIST, MAP = "/initiatives/", "/map/"
CODES = {  # two facets of these are chosen at once
    "theme": Theme.values,
    "region": Region.values,
    "status": MeasureStatus.values,
    "stakeholder": StakeholderType.values[:4],
    "phase": Phase.values,
    "year": [str(year) for year in range(2020, 2026)],
}


class Page(NamedTuple):
    """`fresh` gives addresses that nobody asked for, `again` is one of them; where there is but one address, `news`
    says that something is published before each request. `target` is in milliseconds, for the first view.
    """

    fresh: Iterator[str]
    again: str
    target: float | None = None
    news: bool = False
    few: bool = False  # a request takes seconds
    may_grow: bool = False  # with the number of initiatives
    headers: Mapping[str, str] = {}  # of who asks


def pages(rng: random.Random) -> dict[str, Page]:
    words = _words()
    return {
        "home": _alone("/"),
        "list, newest": _alone(LIST, target=10),
        "list, a page": Page(_numbered(rng), f"{LIST}?page=2", 10),
        "list, filtered, facets": _filtered(LIST, rng, 25),
        "search, rare word": _search(words["rare"], 60),
        "search, common word": _search(words["common"], 60),
        "search, commonest word": _search(words["commonest"], 150),
        "search, Chinese": _search(words["Chinese"], 60),
        "search, typo": _search(words["typo"], 60),
        "initiative": _details(rng),
        "country": _countries(rng),
        "map": _filtered(MAP, rng),
        "map, numbers": _filtered("/map/data.json", rng, 10),
        "compare four": _compared(rng),
        "statistics": _filtered("/statistics/", rng),
        "CSV of 10,000": _file(),
        "API, list": _filtered("/api/v1/initiatives/", rng),
        "feed": _filtered("/feeds/initiatives.atom", rng),
    }


def _alone(path: str, target: float | None = None) -> Page:
    return Page(cycle([path]), path, target, news=True)


def _filtered(path: str, rng: random.Random, target: float | None = None) -> Page:
    every = [
        f"{path}?{urlencode([(one, code), (other, another)])}"
        for one, other in combinations(CODES, 2)
        for code, another in product(CODES[one], CODES[other])
    ]
    rng.shuffle(every)
    return Page(cycle(every), every[0], target)


def _numbered(rng: random.Random) -> Iterator[str]:
    published = Initiative.objects.public().count() // 20
    numbers = list(range(3, published + 1))
    rng.shuffle(numbers)
    return cycle([f"{LIST}?page={number}" for number in numbers])


def _details(rng: random.Random) -> Page:
    found = list(Initiative.objects.public().values_list("reference", "slug"))
    every = [f"{LIST}{reference}/{slug}/" for reference, slug in rng.sample(found, min(len(found), 1_000))]
    return Page(cycle(every), every[0], 10)


def _countries(rng: random.Random) -> Page:
    """Each country once: the largest come with the others."""
    codes = list(Country.objects.filter(initiatives__isnull=False).distinct().values_list("pk", flat=True))
    rng.shuffle(codes)
    return Page(cycle([f"/countries/{code}/" for code in codes]), f"/countries/{codes[0]}/", 10)


def _compared(rng: random.Random) -> Page:
    codes = list(Country.objects.order_by("pk").values_list("pk", flat=True))
    fours = (rng.sample(codes, 4) for _each in count())
    every = (f"/compare/?{urlencode([('country', code) for code in four])}" for four in fours)
    return Page(every, next(every))


def _file() -> Page:
    """As many of the latest starts as are wanted. The order tells addresses apart."""
    latest = Initiative.objects.public().order_by("-starts_on").values_list("starts_on", flat=True)
    since = latest[min(FILE_ROWS, len(latest)) - 1]
    every = [f"{LIST}export.csv?starts_after={since}&sort={sort}" for sort in ("newest", "start", "-start", "title")]
    return Page(cycle(every), every[0], few=True, may_grow=True)


# Words


def _search(word: str, target: float) -> Page:
    """The best matches first, as the search of the header asks for them. Days long ago tell addresses apart."""
    days = (f"1990-{1 + n // 28 % 12:02}-{1 + n % 28:02}" for n in count())
    every = (f"{LIST}?{urlencode({'q': word, 'sort': 'relevance', 'starts_after': day})}" for day in days)
    return Page(every, next(every), target, may_grow=True)


def _words() -> dict[str, str]:
    """Choose words by how many initiatives they find: the commonest; one in ten texts; few."""
    words = SearchWord.objects.filter(word__regex="^[a-z]{6,}$").order_by("-uses", "word")
    chosen = list(words.values_list("word", flat=True)[:40]) + list(words.values_list("word", flat=True)[400:2400:50])
    found = {word: len(matches(word).ids()) for word in chosen}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM initiatives_searchtext")
        (rows,) = cursor.fetchone()

    def nearest(share: float) -> str:
        return min(found, key=lambda word: (abs(found[word] - share * rows), word))

    common = nearest(0.1)
    return {
        "commonest": nearest(1.0),
        "common": common,
        "rare": nearest(0.002),
        "typo": common[:2] + common[3] + common[2] + common[4:],
        "Chinese": "病毒" if matches("病毒").is_exact and matches("病毒").ids() else "中国",
    }
