"""How the database answers the queue at 20,000 waiting: milliseconds, plans, and no scan of the whole table.

Run by hand: python bench/explain_queue.py [rows]. It makes a database of its own and takes it away again. Four times as
many submissions are decided already, as they will be.
"""

import sys
import time

from scratch import own_database  # isort: skip (sets Django up)

from django.db import connection

from accounts.models import User
from countries.services import load_countries
from initiatives.models import Submission
from initiatives.vocabulary import Theme
from moderation.queue import NO_REGION, Queue

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
PAGE, RUNS = 50, 5
TABLE = Submission._meta.db_table

QUERIES = {
    "everything": {},
    "one region": {"region": ["AFR"]},
    "my regions": {"region": ["AFR", "ARB", NO_REGION]},
    "small region": {"region": ["CIS"]},
    "no region": {"region": [NO_REGION]},
    "big country": {"country": "FR"},
    "small country": {"country": "NR"},
    "theme": {"theme": "spectrum"},
    "collection": {"collection": "call-2"},
    "language": {"language": "ar"},
    "claimed by me": {"claimed": "me"},
    "claimed by nobody": {"claimed": "nobody"},
    "suspicion": {"suspicion": "dead_source"},
    "common word": {"q": "measure"},
    "rare word": {"q": "19999"},
    "region, theme, language": {"region": ["EUR"], "theme": "spectrum", "language": "fr"},
    "corrections": {"kind": "correction"},
    "corrections of a region": {"kind": "correction", "region": ["AFR"]},
}

SEED = """
SELECT setseed(0.42);
INSERT INTO accounts_user (
    password, is_superuser, email, name, handle, language, is_staff, is_active, is_system, date_joined
)
SELECT '!', i = 1, 'person' || i || '@example.org', 'Person ' || i, 'person-' || i, 'en', i = 1, true, false, now()
FROM generate_series(1, 2000) i;
INSERT INTO accounts_organisation (
    name, short_name, stakeholder_type, country_id, domain, website, created_at, accepted_at
)
SELECT 'Organisation ' || i, '', 'regulator', (SELECT iso2 FROM countries_country OFFSET i %% 249 LIMIT 1), '', '',
    now() - i * interval '1 minute', CASE WHEN i %% 20 > 0 THEN now() END
FROM generate_series(1, 2000) i;
INSERT INTO accounts_membership (user_id, organisation_id, status, requested_at, confirmed_at)
SELECT (SELECT min(id) FROM accounts_user) + i - 1, (SELECT min(id) FROM accounts_organisation) + (i * 7) %% 2000,
    CASE WHEN i %% 10 = 0 THEN 'requested' ELSE 'confirmed' END, now() - i * interval '1 minute',
    CASE WHEN i %% 10 > 0 THEN now() END
FROM generate_series(1, 2000) i;
INSERT INTO initiatives_collection (slug, name, description, opens_on)
SELECT 'call-' || i, 'Call ' || i, '', '2020-03-23' FROM generate_series(1, 3) i;
INSERT INTO initiatives_initiative (
    reference, slug, status, hold_problem, removal_notice, mark, checked, author_is_confirmed, origin, published_on,
    changed_at, version, title, summary, description, language, stakeholder_type, relation, partners, scope, region,
    theme, further_themes, measure_types, instrument, compliance, phase, target_groups, technologies, sdgs,
    starts_precision, end_kind, ends_precision, declared_status, results, challenges, lessons, contact_point,
    organisation_id, collection_id
)
SELECT 'INI-2026-000001', 'slug', 'published', '', '', 'not_checked', 'not_checked', false, 'import', now(), now(), 1,
    'T', 'S', '', 'en', 'regulator', 'observer', '{{}}', 'national', '', 'spectrum', '{{}}', '{{}}', 'law', '', '',
    '{{}}', '{{}}', '{{}}', 'day', 'open_ended', 'day', '', '', '', '', '', (SELECT min(id) FROM accounts_organisation),
    (SELECT min(id) FROM initiatives_collection);
INSERT INTO initiatives_submission (
    key, status, author_id, initiative_id, tag_names, organisation_name, organisation_type, contributor_name,
    contributor_role, contributor_email, origin, source_dataset, source_id, provenance_note, revision, edited_by_staff,
    is_another_one, suspicions, claimed_by_id, claimed_at, created_at, updated_at, submitted_at, hold_problem,
    title, summary, description, language, organisation_id, stakeholder_type, relation, partners, scope, region, theme,
    further_themes, measure_types, instrument, compliance, phase, target_groups, technologies, sdgs, starts_on,
    starts_precision, end_kind, ends_precision, declared_status, results, challenges, lessons, contact_point,
    collection_id
)
SELECT gen_random_uuid(),
    CASE WHEN i %% 5 > 0 THEN (array['approved', 'rejected', 'approved', 'draft'])[1 + (i / 5) %% 4]
        WHEN i %% 35 = 0 THEN 'in_review' ELSE 'submitted' END,
    (SELECT min(id) FROM accounts_user) + floor(random() ^ 2 * 2000)::int,
    CASE WHEN i %% 5 > 0 AND (i / 5) %% 2 = 0 OR i %% 200 = 0 THEN (SELECT min(id) FROM initiatives_initiative) END,
    '{{}}', '', '', 'N', 'R', 'e@example.org', 'form', '', '', '', 1, false, false,
    CASE WHEN i %% 15 = 0 THEN array['first_time'] WHEN i %% 200 = 5 THEN array['dead_source'] ELSE '{{}}' END,
    CASE WHEN i %% 35 = 0 THEN (SELECT min(id) FROM accounts_user) + (i / 35) %% 3 END, now(), now(), now(),
    now() - random() * interval '90 days', '', 'Measure number ' || i || ' about networks', repeat('summary ', 60),
    repeat('description ', 150), (array['en', 'en', 'fr', 'es', 'ar', 'zh', 'ru'])[1 + (i / 5) %% 7],
    (SELECT min(id) FROM accounts_organisation) + floor(random() ^ 2 * 2000)::int, 'regulator', 'issuing_body', '{{}}',
    CASE WHEN i / 5 %% 100 < 3 THEN 'regional' WHEN i / 5 %% 100 < 5 THEN 'global'
        WHEN i / 5 %% 100 < 15 THEN 'multi_country' ELSE 'national' END,
    CASE WHEN i / 5 %% 100 < 3 THEN (array['AFR', 'AMS', 'ARB', 'ASP', 'CIS', 'EUR'])[1 + (i / 500) %% 6] ELSE '' END,
    (%(themes)s)[1 + floor(random() ^ 2 * 12)::int], '{{}}', '{{}}', 'law', '', '', '{{}}', '{{}}', '{{}}',
    '2020-03-23', 'day', 'open_ended', 'day', '', '', '', '', '', (SELECT min(id) FROM initiatives_collection) + i %% 3
FROM generate_series(1, %(rows)s * 5) i;
INSERT INTO initiatives_submission_countries (submission_id, country_id)
SELECT DISTINCT submission.id, entries.iso2s[1 + floor(random() ^ 2 * 249)::int]
FROM initiatives_submission submission,
    generate_series(1, CASE scope WHEN 'multi_country' THEN 4 WHEN 'national' THEN 1 ELSE 0 END),
    (SELECT array_agg(iso2 ORDER BY iso2 = 'NR', md5(iso2)) AS iso2s FROM countries_country) entries;
"""


def fill() -> None:
    load_countries()
    with connection.cursor() as cursor:
        cursor.execute(SEED.replace("{{}}", "{}"), {"rows": ROWS, "themes": list(Theme.values)})
        cursor.execute("VACUUM ANALYZE")


def milliseconds(work) -> float:
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[RUNS // 2]


def plan_of(queue: Queue, after=None) -> str:
    """Return how the database finds the places of a page."""
    with connection.execute_wrapper(explained := _Explained()):
        queue.positions(PAGE + 1, after)
    return explained.plan


class _Explained:
    """Lets a query run, after having asked how."""

    plan = ""

    def __call__(self, execute, sql, params, many, context):
        with connection.connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN ANALYZE {sql}", params)  # noqa: S608 (our own query again)
            self.plan = "\n".join(row[0] for row in cursor.fetchall())
        return execute(sql, params, many, context)


def report() -> int:
    user, failures = User.objects.get(is_superuser=True), []
    print(f"{'milliseconds':26}{'rows ':>8}{'page 1':>10}{'page 20':>10}{'counts':>10}")
    for name, chosen in QUERIES.items():
        filters = dict(chosen)
        queue = Queue(user, filters, kind=filters.pop("kind", ""))
        far = queue.positions(PAGE * 19)
        after = far[-1] if len(far) == PAGE * 19 else None
        plan = plan_of(queue) + (plan_of(queue, after) if after else "")
        if f"Seq Scan on {TABLE} " in plan:
            failures.append(name)
        figures = [milliseconds(lambda q=queue: q.page(PAGE + 1))]
        figures.append(milliseconds(lambda q=queue, a=after: q.page(PAGE + 1, a)) if after else 0.0)
        figures.append(milliseconds(queue.counts))
        total = sum(one.number for one in queue.counts() if queue.kind in ("", one.source.kind))
        print(f"{name:26}{total:>8}" + "".join(f"{figure:10.1f}" for figure in figures))
        if "--plans" in sys.argv or name in failures:
            print(plan)
    print("Seq Scan: " + ", ".join(failures) if failures else "No page scans the whole table.")
    return 1 if failures else 0


def main() -> int:
    with own_database():
        fill()
        return report()


if __name__ == "__main__":
    sys.exit(main())
