"""How the database answers the lists at 100,000 initiatives: plans, milliseconds, and no scan of the whole table.

Run by hand: python bench/explain_lists.py [rows]. It makes a database of its own and takes it away again.
"""

import sys
import time
from collections.abc import Mapping

from scratch import own_database  # isort: skip (sets Django up)

from django.contrib.postgres.indexes import GinIndex
from django.db import connection
from django.http import QueryDict

from common.paging import page_of
from countries.services import load_countries
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from initiatives.vocabulary import Phase, Theme

ROWS = next((int(argument) for argument in sys.argv[1:] if argument.isdigit()), 100_000)
PAGE = 20
RUNS = 5
TABLE = Initiative._meta.db_table

# What the list, and the pages of countries, ask for; the name of a country with many and one with few initiatives.
QUERIES = {
    "newest": "",
    "one theme": "theme=spectrum",
    "two themes": "theme=spectrum&theme=digital_inclusion",
    "one stakeholder type": "stakeholder=regulator",
    "one collection": "collection=call-1",
    "big country": "country=FR",
    "small country": "country=NR",
    "region": "region=AFR",
    "two regions": "region=AFR&region=CIS",
    "in force today": "status=in_force",
    "in force on a day": "in_force_on=2020-06-01",
    "instrument": "instrument=law",
    "organisation": "organisation=7",
    "tag": "tag=tag-3",
    "latest start": "sort=-start",
    "earliest start": "sort=start",
    "by title": "sort=title",
    "common word": "q=spectrum",
    "rare word": "q=word1999",
    "two words": "q=word1500+word1200",
    "country and theme": "country=KE&theme=spectrum",
    "region, theme, status": "region=EUR&theme=spectrum&status=in_force",
}

SEED = """
SELECT setseed(0.42);
INSERT INTO accounts_organisation (
    name, short_name, stakeholder_type, country_id, domain, website, created_at, accepted_at
)
SELECT 'Organisation ' || i, '', 'regulator', (SELECT iso2 FROM countries_country OFFSET i %% 249 LIMIT 1), '', '',
    now(), now()
FROM generate_series(1, 2000) i;
INSERT INTO initiatives_collection (slug, name, description, opens_on)
SELECT 'call-' || i, 'Call ' || i, '', '2020-03-23' FROM generate_series(1, 3) i;
INSERT INTO taggit_tag (name, slug) SELECT 'Tag ' || i, 'tag-' || i FROM generate_series(1, 500) i;
INSERT INTO initiatives_initiative (
    reference, slug, status, hold_problem, removal_notice, mark, checked, author_is_confirmed, origin, published_on,
    changed_at, version, title, summary, description, language, stakeholder_type, relation, partners, scope, region,
    theme, further_themes, measure_types, instrument, compliance, phase, target_groups, technologies, sdgs,
    starts_on, starts_precision, end_kind, ends_on, ends_precision, declared_status, results, challenges, lessons,
    contact_point, collection_id, organisation_id
)
SELECT 'INI-2026-' || lpad(i::text, 6, '0'), 'slug', CASE WHEN i %% 50 = 0 THEN 'archived' ELSE 'published' END, '',
    '', {mark}, 'not_checked', false, 'import', date '2020-03-23' + (random() * 2400)::int, now(), 1,
    {title}, {summary}, {description}, {language},
    (array['regulator', 'regulator', 'policy_maker', 'operator', 'civil_society'])[1 + i %% 5], 'observer', '{{}}',
    CASE WHEN i %% 100 < 3 THEN 'regional' WHEN i %% 100 < 5 THEN 'global' WHEN i %% 100 < 15 THEN 'multi_country'
        ELSE 'national' END,
    CASE WHEN i %% 100 < 3 THEN (array['AFR', 'AMS', 'ARB', 'ASP', 'CIS', 'EUR'])[1 + (i / 100) %% 6] ELSE '' END,
    (%(themes)s)[1 + floor(random() ^ 2 * 12)::int],
    CASE WHEN i %% 4 = 0 THEN array[(%(themes)s)[1 + floor(random() * 12)::int]] ELSE '{{}}' END, {measures},
    (array['law', 'guideline', 'funding', 'regulation_decision'])[1 + i %% 4], {compliance}, (%(phases)s)[1 + i %% 5],
    '{{}}', '{{}}', '{{}}', date '2020-01-01' + (random() * 2400)::int, 'day',
    CASE i %% 3 WHEN 0 THEN 'date' WHEN 1 THEN 'open_ended' ELSE 'not_announced' END,
    CASE WHEN i %% 3 = 0 THEN date '2026-08-01' + (random() * 300)::int END, 'day', '', '', '', '', '',
    (SELECT min(id) FROM initiatives_collection) + i %% 3,
    (SELECT min(id) FROM accounts_organisation) + floor(random() ^ 2 * 2000)::int
FROM generate_series(1, %(rows)s) i {beside};
INSERT INTO initiatives_initiative_countries (initiative_id, country_id)
SELECT DISTINCT initiative.id, entries.iso2s[1 + floor(random() ^ 2 * 249)::int]
FROM initiatives_initiative initiative,
    generate_series(1, CASE scope WHEN 'multi_country' THEN 4 WHEN 'national' THEN 1 ELSE 0 END),
    (SELECT array_agg(iso2 ORDER BY iso2 = 'NR', md5(iso2)) AS iso2s FROM countries_country) entries;
INSERT INTO taggit_taggeditem (tag_id, content_type_id, object_id)
SELECT DISTINCT (SELECT min(id) FROM taggit_tag) + floor(random() ^ 2 * 500)::int, kind.id, initiative.id
FROM initiatives_initiative initiative, django_content_type kind
WHERE kind.app_label = 'initiatives' AND kind.model = 'initiative' AND initiative.id %% 2 = 0;
"""
# Words of very different frequency; $1 of them. The first of the vocabulary stands in about every other text.
WORDS = """
CREATE FUNCTION pg_temp.words(n int) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT string_agg(CASE v WHEN 5 THEN 'spectrum' ELSE 'word' || v END, ' ')
    FROM (SELECT floor(random() ^ 3 * 2000)::int AS v FROM generate_series(1, n)) w
$$
"""
# What is written into these columns, as SQL; bench/web_rows.py writes real texts instead.
MADE_UP = {
    "title": "initcap(pg_temp.words(8))",
    "summary": "pg_temp.words(60)",
    "description": "pg_temp.words(150)",
    "language": "'en'",
    "mark": "'not_checked'",
    "measures": "'{}'",
    "compliance": "'not_stated'",
    "beside": "",  # joined to the numbers
}


def fill(rows: int = ROWS, columns: Mapping[str, str] = MADE_UP, **values: object) -> None:
    """Make so many initiatives; `values` are those of the SQL of `columns`."""
    load_countries()
    trigrams = [index for index in Initiative._meta.indexes if isinstance(index, GinIndex)]
    with connection.schema_editor() as editor:
        for index in trigrams:  # quicker to build than to keep
            editor.remove_index(Initiative, index)
    with connection.cursor() as cursor:
        cursor.execute(WORDS)
        values |= {"rows": rows, "themes": list(Theme.values), "phases": list(Phase.values)}
        cursor.execute(SEED.format(**columns), values)
    with connection.schema_editor() as editor:
        for index in trigrams:
            editor.add_index(Initiative, index)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def milliseconds(work) -> float:
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[RUNS // 2]


def main() -> int:
    with own_database():
        fill()
        return report()


def report() -> int:
    failures = []
    print(f"{'milliseconds':24}{'rows ':>8}{'page 1':>10}{'page 50':>10}{'count':>10}{'countries':>10}")
    for name, query in QUERIES.items():
        found = InitiativeFilter(QueryDict(query)).qs
        page, deep = found.for_list()[:PAGE], found.for_list()[PAGE * 49 : PAGE * 50]
        plan = found.for_list()[:PAGE].explain(analyze=True)
        if f"Seq Scan on {TABLE}" in plan:
            failures.append(name)
        figures = [milliseconds(lambda rows=rows: list(rows.all())) for rows in (page, deep)]
        counted = page_of(found, "1").paginator
        figures.append(milliseconds(lambda rows=found: page_of(rows, "1")))
        figures.append(0.0 if counted.has_more else milliseconds(found.countries_named))
        total = f"{counted.count}{'+' if counted.has_more else ' '}"
        print(f"{name:24}{total:>8}" + "".join(f"{figure:10.1f}" for figure in figures))
        if "--plans" in sys.argv or name in failures:
            print(plan)
    print("Seq Scan: " + ", ".join(failures) if failures else "No list scans the whole table.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
