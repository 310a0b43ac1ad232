"""How well search finds, and what it costs.

    python bench/search.py quality multilingual_tico19.csv.gz policies.csv.gz [--questions N]
    python bench/search.py cost multilingual_tico19.csv.gz policies.csv.gz [--rows N] [--plans]

Quality: records of both files are loaded, then known-item questions are asked (see search_queries.py), with a fixed
seed, of search, of `icontains`, and of Django's `SearchVector` as it comes. Cost: as many rows as wanted, and questions
of every sort. Each run makes a database of its own and takes it away again.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reg4covid.settings_test")
django.setup()

import psutil  # noqa: E402
import search_queries as queries  # noqa: E402
import search_rows as fill  # noqa: E402
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.db.models import F, Q  # noqa: E402

from countries.services import load_countries  # noqa: E402
from initiatives.models import Initiative, SearchProgress, SearchText, SearchWord  # noqa: E402
from initiatives.search import matches, vocabulary  # noqa: E402

SEED, TEN, PAGE, RUNS = 20_200_323, 10, 20, 5
TEXTS = ("title", "summary", "description")


# Ways to find: each returns the numbers of the ten best.


def by_search(text: str, rows) -> list[int]:
    found = matches(text)
    return found.ranked_ids(found.ids(), TEN) if found else []


def by_contains(text: str, rows) -> list[int]:
    asked = Q()
    for name in TEXTS:
        asked |= Q(**{f"{name}__icontains": text})
    return list(Initiative.objects.public().filter(asked).newest().values_list("pk", flat=True)[:TEN])


def by_vector(text: str, rows) -> list[int]:
    """SearchVector("title", "summary", "description") with SearchRank: kept in a table, else it takes seconds."""
    query = SearchQuery(text)
    found = Plain.objects.filter(vector=query).annotate(rank=SearchRank(F("vector"), query))
    return list(found.order_by("-rank", "-id").values_list("pk", flat=True)[:TEN])


WAYS = {"search": by_search, "icontains": by_contains, "SearchVector": by_vector}


class Plain(models.Model):  # noqa: DJ008
    """The vectors of SearchVector as it comes."""

    vector = SearchVectorField()

    class Meta:
        app_label = "initiatives"
        managed = False
        db_table = "bench_plain"


def make_plain() -> None:
    text = " || ' ' || ".join(f"coalesce({name}, '')" for name in TEXTS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE bench_plain AS SELECT id, to_tsvector({text}) AS vector "  # noqa: S608
            "FROM initiatives_initiative"
        )
        cursor.execute("CREATE INDEX ON bench_plain USING gin (vector)")
        cursor.execute("VACUUM ANALYZE")


def quality(options) -> int:
    rng = random.Random(SEED)  # noqa: S311
    records = [*fill.sentences(options.sentences), *fill.policies(options.policies, options.records)]
    rows = fill.load(records, rng)
    vocabulary.count_all()
    make_plain()
    print(f"{len(rows)} records, {SearchWord.objects.count()} words")
    same = defaultdict(set)  # records that say the same are the same item
    for row in rows:
        same[row.title, row.summary].add(row.pk)
    sources = {"policies": [row for row in rows if row.pk > rows[0].pk + 6 * 601 - 1]}
    for language in fill.LANGUAGES:
        sources[language] = [row for row in rows[: 6 * 601] if row.language == language]
    for source, some in sources.items():
        chosen = rng.sample(some, min(options.questions, len(some)))
        asked = [(row, queries.phrase(row.summary, row.language, rng)) for row in chosen]
        for kind, alter in queries.KINDS.items():
            language = "en" if source == "policies" else source
            pairs = [(alter(text, language, rng) if text else "", row) for row, text in asked]
            report_quality(
                source, kind, [(text, same[row.title, row.summary]) for text, row in pairs if text], options.missed
            )
    return 0


def report_quality(source: str, kind: str, asked: list, missed: bool) -> None:
    """A line for each way: success@1, success@10, mean reciprocal rank, milliseconds."""
    for name, way in WAYS.items() if asked else ():
        ranks, start = [], time.perf_counter()
        for text, wanted in asked:
            found = way(text, None)
            ranks.append(next((1 / place for place, pk in enumerate(found, 1) if pk in wanted), 0.0))
            if missed and way is by_search and not ranks[-1]:
                print(f"missed: {text}")
        each = 1000 * (time.perf_counter() - start) / len(asked)
        first, ten = (100 * sum(rank >= least for rank in ranks) / len(ranks) for least in (1.0, 0.05))
        print(
            f"{source:9} {kind:11} {len(asked):4} {name:13} {first:6.1f} {ten:6.1f} {statistics.mean(ranks):6.3f} "
            f"{each:7.1f} ms",
            flush=True,
        )


# What somebody types, at 100,000 rows.
TYPED = {
    "no such word": "xylophonium",
    "rare word": "kiribati",
    "two words": "spectrum telemedicine",
    "five words": "closure of primary schools announced",
    "common word": "covid",
    "most common": "government",
    "two common": "government health",
    "phrase": '"primary schools"',
    "common phrase": '"the government"',
    "minus": "government -covid",
    "Chinese, 1": "病",
    "Chinese, 2": "病毒",
    "Chinese, 4": "冠状病毒",
    "Chinese, 8": "新型冠状病毒肺炎",
    "Arabic": "فيروس كورونا",
    "typo": "quarantene",
    "typo and word": "quarantene schools",
    "typo in Chinese": "冠状丙毒",
}


def cost(options) -> int:
    rng = random.Random(SEED)  # noqa: S311
    started = time.perf_counter()
    index = next(one for one in SearchText._meta.indexes if one.name == "search_vector")
    with connection.schema_editor() as editor:  # quicker to build than to keep
        editor.remove_index(SearchText, index)
    texts = chain(fill.sentences(options.sentences), fill.policies(options.policies, options.records))
    last = fill.load(texts, rng)[-1].pk
    made = time.perf_counter()
    fill.multiply(options.rows)
    with connection.schema_editor() as editor:
        editor.add_index(SearchText, index)
    counted = time.perf_counter()
    while vocabulary.count_some() and SearchProgress.objects.get().words_after < last:
        pass  # the copies have no other words
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(
        f"{SearchText.objects.count()} rows: texts {made - started:.0f} s, copies and index {counted - made:.0f} s, "
        f"words {time.perf_counter() - counted:.0f} s"
    )
    print_sizes()
    server = psutil.Process(connection.connection.get_backend_pid())
    print(f"{'':17}{'found':>8}{'ids':>16}{'ranked page':>16}{'newest page':>16}{'excerpts':>16}   app + database")
    for name, text in TYPED.items():
        print(
            f"{name:17}{len(matches(text).ids()):8}"
            + "".join(f"{measured(work, text, server):>16}" for work in (ids, ranked_page, newest_page, excerpts)),
            flush=True,
        )
        if options.plans:
            print(Initiative.objects.public().filter(matches(text).condition()).newest()[:PAGE].explain(analyze=True))
    return 0


def ids(text: str) -> None:
    matches(text).ids()


def ranked_page(text: str) -> None:
    found = matches(text)
    found.ranked_ids(found.ids(), PAGE)


def newest_page(text: str) -> None:
    list(Initiative.objects.public().search(text).newest().for_list()[:PAGE])


def excerpts(text: str) -> None:
    """Of a page that is there already."""
    found = matches(text)
    found.found  # noqa: B018
    found.excerpts(Initiative.objects.filter(pk__in=found.ids(PAGE)))


def measured(work: Callable[[str], None], text: str, server: psutil.Process) -> str:
    """Milliseconds of processor, of the program and of the database: the mean of some runs."""
    work(text)
    before, start = sum(server.cpu_times()[:2]), time.process_time()
    for _run in range(RUNS):
        work(text)
    ours, theirs = time.process_time() - start, sum(server.cpu_times()[:2]) - before
    return f"{1000 * ours / RUNS:.0f} + {1000 * theirs / RUNS:.0f}"


def print_sizes() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_size_pretty(pg_relation_size('initiatives_searchtext')), "
            "pg_size_pretty(pg_table_size('initiatives_searchtext')), "
            "pg_size_pretty(pg_relation_size('search_vector')), count(*) FROM initiatives_searchword"
        )
        print("rows {}, with vectors {}, index {}, {} words".format(*cursor.fetchone()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["quality", "cost"])
    parser.add_argument("sentences", type=Path)
    parser.add_argument("policies", type=Path)
    parser.add_argument("--questions", type=int, default=100, help="of each language and sort")
    parser.add_argument("--records", type=int, default=4_000, help="of the policies; more rows are copies")
    parser.add_argument("--missed", action="store_true", help="print what was not among the ten best")
    parser.add_argument("--rows", type=int, default=100_000, help="for cost")
    parser.add_argument("--plans", action="store_true")
    options = parser.parse_args()
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        load_countries()
        return {"quality": quality, "cost": cost}[options.what](options)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
