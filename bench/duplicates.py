"""How well likely duplicates are found: recall at 3, and false alarms per 100, at every threshold.

    python bench/duplicates.py policies.csv.gz [--languages sentences.csv.gz] [--pairs N]

Some thousand records of the file are loaded into a database of its own; then altered ones are asked for, and others
that are not there. The seed is fixed. Countries are split in two halves: the threshold is chosen by the first, what is
reported for it is of the second. The file of languages has a column of sentences for each; they serve as titles.
"""

import argparse
import csv
import gzip
import os
import random
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import alterations
import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reg4covid.settings_test")
django.setup()

from django.core.exceptions import ValidationError  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from accounts.models import Organisation  # noqa: E402
from common.text import fold  # noqa: E402
from countries.models import Country  # noqa: E402
from countries.services import load_countries  # noqa: E402
from initiatives import duplicates  # noqa: E402
from initiatives.duplicates import search  # noqa: E402
from initiatives.importing import repair  # noqa: E402
from initiatives.models import Collection, Initiative, InitiativeSource  # noqa: E402
from initiatives.models.content import TITLE_MAX  # noqa: E402
from initiatives.web_addresses import key_of  # noqa: E402

SEED, LOADED, LOWEST = 20_261_123, 4_000, 0.3
THRESHOLDS = [round(0.35 + step * 0.05, 2) for step in range(8)]
HARDEST, NOTHING = "reworded", "another measure"  # the best threshold has the fewest errors in these two
LANGUAGES = {"ar": "EG", "zh": "CN", "fr": "FR", "ru": "RU", "es": "ES"}
TITLES = {
    "reworded": alterations.reworded,
    "shortened": alterations.shortened,
    "words swapped": alterations.swapped,
    "one typo": alterations.mistyped,
}


@dataclass(frozen=True)
class Record:
    """A record of the file, as far as it matters here."""

    title: str
    country: str
    kind: str
    started: str
    url: str

    @property
    def key(self) -> str:
        return key_of(self.url)

    @property
    def half(self) -> int:
        return zlib.crc32(self.country.encode()) % 2


@dataclass(frozen=True)
class Question:
    """What is asked, and the title that should be found: none where nothing should."""

    sort: str
    title: str
    country: str
    urls: tuple[str, ...]
    wanted: str
    half: int


@dataclass(frozen=True)
class Answer:
    """The three likeliest: title, likeness of the titles, whether they share a source."""

    question: Question
    found: tuple[tuple[str, float, bool], ...]

    def at(self, threshold: float) -> list[str]:
        return [title for title, likeness, shared in self.found if likeness >= threshold or shared]

    def is_right(self, threshold: float) -> bool:
        """Found where there is something to find; for what should not be found: an alarm."""
        found = self.at(threshold)
        return self.question.wanted in found if self.question.wanted else bool(found)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(10**9)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def records_of(path: Path, rng: random.Random) -> list[Record]:
    """The records of one country with a readable title and a valid address, in an order of chance."""
    found, countries = [], set(Country.objects.values_list("pk", flat=True))
    for row in rows_of(path):
        try:
            title = repair.line(row["title"])[:TITLE_MAX]
        except ValidationError:
            continue
        urls, _errors = repair.web_addresses(row["source_url"])
        if urls and row["country_iso2"] in countries and len(fold(title)) > 20:
            found.append(Record(title, row["country_iso2"], row["policy_type"], row["date_start"], urls[0]))
    rng.shuffle(found)
    return found


def load(records: Iterable[Record]) -> None:
    """Make public initiatives of the records, straight into the tables."""
    organisation = Organisation.objects.create(name="Bench", stakeholder_type="regulator")
    collection = Collection.objects.create(slug="bench", name="Bench", opens_on="2020-01-01")
    shared = {
        **{"organisation": organisation, "collection": collection, "stakeholder_type": "regulator", "slug": "x"},
        **{"summary": "x", "language": "en", "theme": "spectrum", "scope": "national", "end_kind": "not_announced"},
    }
    rows = [
        Initiative(reference=f"INI-2026-{number:06}", title=record.title, **shared)
        for number, record in enumerate(records)
    ]
    Initiative.objects.bulk_create(rows, batch_size=1_000)
    naming = Initiative.countries.through
    pairs = list(zip(rows, records, strict=True))
    naming.objects.bulk_create(naming(initiative=row, country_id=record.country) for row, record in pairs)
    InitiativeSource.objects.bulk_create(
        InitiativeSource(initiative=row, url=record.url, url_key=record.key) for row, record in pairs
    )


def altered(loaded: list[Record], others: list[Record], count: int, rng: random.Random) -> Iterator[Question]:
    """Questions about records that are there, each alone with its title in its country and with its page."""
    titles = Counter((record.country, fold(record.title)) for record in loaded)
    pages = Counter(record.key for record in loaded)
    alone = [r for r in loaded if titles[r.country, fold(r.title)] == 1 and pages[r.key] == 1]
    for record in alone[:count]:
        asked = {"country": record.country, "wanted": record.title, "half": record.half}
        for sort, alter in TITLES.items():
            yield Question(sort, alter(record.title, rng)[:TITLE_MAX], urls=(), **asked)
        other = rng.choice(others)
        yield Question("another source, same title", record.title, urls=(other.url,), **asked)
        yield Question("same source, another title", other.title, urls=(alterations.respelt(record.url, rng),), **asked)


def negatives(loaded: list[Record], others: list[Record], count: int) -> Iterator[Question]:
    """Other measures of a country and type that are there; title, page and first day unlike any of that country."""
    there = defaultdict(list)
    for record in loaded:
        there[record.country].append(record)
    found = 0
    for record in others:
        same = there[record.country]
        kin = any(
            fold(r.title) == fold(record.title) or r.key == record.key or r.started == record.started for r in same
        )
        if found < count and not kin and any(r.kind == record.kind for r in same):
            found += 1
            yield Question(NOTHING, record.title, record.country, (record.url,), "", record.half)


def pages_shared(loaded: list[Record], others: list[Record], count: int) -> Iterator[Question]:
    """Other measures, of another type and title, that give a page which is there already."""
    there = defaultdict(list)
    for record in loaded:
        there[record.key].append(record)
    found = 0
    for record in others:
        same = there[record.key]
        kin = any(fold(r.title) == fold(record.title) or r.kind == record.kind for r in same)
        if found < count and same and not kin:
            found += 1
            yield Question("another measure, same page", record.title, record.country, (record.url,), "", record.half)


def ask(questions: Iterable[Question]) -> list[Answer]:
    """Ask once, at the lowest threshold: what is found at a higher one is the beginning of it."""
    search.ALIKE = LOWEST
    answers, start = [], time.perf_counter()
    for question in questions:
        matches = duplicates.likely(question.title, countries=[question.country], urls=question.urls)
        found = [(match.title, match.initiative.likeness, match.initiative.same_source) for match in matches]
        answers.append(Answer(question, tuple(found)))
    seconds = time.perf_counter() - start
    print(f"{len(answers)} questions, {1000 * seconds / max(1, len(answers)):.1f} milliseconds each\n")
    return answers


def share(answers: Iterable[Answer], threshold: float) -> float:
    """How many of 100 were found; for negatives: false alarms per 100."""
    every = [answer.is_right(threshold) for answer in answers]
    return 100 * sum(every) / len(every) if every else float("nan")


def errors(answers: Iterable[Answer], threshold: float) -> float:
    """Of 100 each, in the first half of the countries: the hardest ones missed, and false alarms."""
    first = [answer for answer in answers if answer.question.half == 0]
    missed = 100 - share((answer for answer in first if answer.question.sort == HARDEST), threshold)
    return missed + share((answer for answer in first if answer.question.sort == NOTHING), threshold)


def table(title: str, answers: list[Answer], thresholds: list[float]) -> None:
    sorts = defaultdict(list)
    for answer in answers:
        sorts[answer.question.sort].append(answer)
    print(f"{title:38}{'asked':>7}" + "".join(f"{threshold:8.2f}" for threshold in thresholds))
    for sort, every in sorts.items():
        what = "recall at 3" if every[0].question.wanted else "false alarms per 100"
        figures = "".join(f"{share(every, threshold):8.1f}" for threshold in thresholds)
        print(f"{sort:38}{len(every):>7}{figures}  {what}")
    print()


def of_languages(path: Path, count: int, rng: random.Random) -> tuple[list[Record], list[Question]]:
    """For each language: sentences that are loaded, altered ones of them, and as many that are not there."""
    rows = list(rows_of(path))
    records, questions = [], []
    for language, country in LANGUAGES.items():
        titles = list(dict.fromkeys(row[language].strip()[:TITLE_MAX] for row in rows))
        rng.shuffle(titles)
        there, rest = titles[: len(titles) // 2], titles[len(titles) // 2 :]
        records += [Record(title, country, "", "", f"https://{language}.example/{n}") for n, title in enumerate(there)]
        for title in [title for title in there if len(fold(title)) > 8][:count]:
            for sort in ("shortened", "words swapped", "one typo"):
                text = TITLES[sort](title, rng)
                questions.append(Question(f"{language}: {sort}", text, country, (), title, 1))
        questions += [Question(f"{language}: another sentence", title, country, (), "", 1) for title in rest[:count]]
    return records, questions


def measure(options: argparse.Namespace) -> None:
    load_countries()
    rng = random.Random(SEED)  # noqa: S311 (chance, not secrets)
    used = search.ALIKE
    records = records_of(options.file, rng)
    loaded, others = records[:LOADED], records[LOADED:]
    sentences, of_them = of_languages(options.languages, 60, rng) if options.languages else ([], [])
    load([*loaded, *sentences])
    questions = [*altered(loaded, others, options.pairs, rng), *negatives(loaded, others, 2 * options.pairs)]
    questions += pages_shared(loaded, others, options.pairs)
    answers = ask([*questions, *of_them])
    mine, theirs = answers[: len(questions)], answers[len(questions) :]
    table("first half of the countries", [answer for answer in mine if answer.question.half == 0], THRESHOLDS)
    best = min((step / 100 for step in range(35, 80)), key=lambda threshold: errors(mine, threshold))
    print(f"Fewest errors ({HARDEST} ones missed, false alarms at {NOTHING}): at {best:.2f}. In use: {used:.2f}.\n")
    table(
        "second half of the countries",
        [answer for answer in mine if answer.question.half == 1],
        sorted({*THRESHOLDS, used}),
    )
    if theirs:
        table("other languages", theirs, sorted({0.4, 0.45, used, 0.55, 0.6}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--languages", type=Path)
    parser.add_argument("--pairs", type=int, default=300)
    options = parser.parse_args()
    tests = DiscoverRunner(verbosity=0, interactive=False)
    databases = tests.setup_databases()
    try:
        measure(options)
    finally:
        tests.teardown_databases(databases)


if __name__ == "__main__":
    main()
