"""How the database answers the decision log and the statistics at 100,000 decisions: milliseconds, plans, no full scan.

Run by hand: python bench/explain_log.py [decisions]. It makes a database of its own and takes it away again.
"""

import sys
import time

from scratch import own_database  # isort: skip (sets Django up)

from django.contrib import admin
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory

from accounts.models import User
from countries.services import load_countries
from initiatives.vocabulary import Theme
from moderation.admin.export import table
from moderation.figures import Period, counted_models, figures
from moderation.models import Decision

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
RUNS = 5
TABLE = Decision._meta.db_table

LISTS = {
    "everything": "",
    "page 100": "p=100",
    "one kind": "kind=initiatives.submission",
    "rare kind": "kind=initiatives.initiative",
    "common move": "move=approve",
    "rare move": "move=stop",
    "people": "machine=no",
    "machines": "machine=yes",
    "a moderator": "person={moderator}",
    "a contributor": "person={contributor}",
    "a reason": "reason=unclear",
    "a week long ago": "since=2025-12-01&until=2025-12-07",
    "since a month": "since=2026-10-22",
    "word": "q=roaming",
    "rare word": "q=subject+777",
    "name": "q=Moderator+2",
    "move, person, days": "move=reject&person={moderator}&since=2026-06-01&until=2026-06-30",
    "sorted by name": "o=6",
}

# Each submission: sent, claimed, answered; every fifth was returned and sent again; some undone; a machine's import.
SEED = """
SELECT setseed(0.42);
INSERT INTO accounts_user (
    password, is_superuser, email, name, handle, language, is_staff, is_active, is_system, date_joined
)
SELECT '!', i = 1, 'person' || i || '@example.org', CASE WHEN i <= 5 THEN 'Moderator ' || i ELSE 'Person ' || i END,
    'person-' || i, 'en', i <= 5, true, i = 6, now()
FROM generate_series(1, 2000) i;
INSERT INTO initiatives_collection (slug, name, description, opens_on) VALUES ('call', 'Call', '', '2020-03-23');
INSERT INTO initiatives_submission (
    key, status, author_id, tag_names, organisation_name, organisation_type, contributor_name,
    contributor_role, contributor_email, origin, source_dataset, source_id, provenance_note, revision, edited_by_staff,
    is_another_one, suspicions, created_at, updated_at, hold_problem, title, summary, description, language,
    stakeholder_type, relation, partners, scope, region, theme, further_themes, measure_types, instrument, compliance,
    phase, target_groups, technologies, sdgs, starts_precision, end_kind, ends_precision, declared_status, results,
    challenges, lessons, contact_point, collection_id
)
SELECT gen_random_uuid(), 'approved', (SELECT min(id) FROM accounts_user) + 6 + i %% 1900, '{}', '', '', 'N', 'R', '',
    'form', '', '', '', 1, false, false, '{}', now(), now(), '', 'Subject ' || i, repeat('summary ', 60), '', 'en',
    'regulator', 'issuing_body', '{}',
    CASE WHEN i %% 50 = 0 THEN 'regional' WHEN i %% 51 = 0 THEN 'global' ELSE 'national' END,
    CASE WHEN i %% 50 = 0 THEN 'AFR' ELSE '' END, (%(themes)s)[1 + i %% 12], '{}', '{}', 'law', '', '', '{}', '{}',
    '{}', 'day', 'open_ended', 'day', '', '', '', '', '', (SELECT min(id) FROM initiatives_collection)
FROM generate_series(1, %(rows)s / 4) i;
INSERT INTO initiatives_submission_countries (submission_id, country_id)
SELECT submission.id, entries.iso2s[1 + floor(random() ^ 2 * 249)::int]
FROM initiatives_submission submission, (SELECT array_agg(iso2) AS iso2s FROM countries_country) entries
WHERE scope = 'national';
INSERT INTO moderation_decision (
    content_type_id, object_id, subject_name, move, from_status, to_status, decided_by_id, decided_by_name, by_machine,
    decided_at, edition, reason_code, public_reason, private_note
)
SELECT (SELECT id FROM django_content_type WHERE app_label = 'initiatives'
        AND model = CASE WHEN step.move = 'archive' THEN 'initiative' ELSE 'submission' END),
    one.id, one.title || CASE WHEN one.id %% 300 = 0 THEN ' roaming' ELSE '' END, step.move, 'x', 'y',
    person.id, person.name, person.is_system, one.sent_at + step.later * random(),
    '', CASE WHEN step.move = 'reject' THEN (array['unclear', 'promotional', ''])[1 + one.id %% 3] ELSE '' END,
    CASE WHEN step.move IN ('reject', 'request_changes') THEN repeat('Please say who decided what. ', 5) ELSE '' END, ''
FROM (SELECT id, title, author_id,
        timestamptz '2026-11-22' - interval '2 years' * (%(rows)s / 4 - row_number() OVER (ORDER BY id))
        / (%(rows)s / 4.0) AS sent_at
    FROM initiatives_submission) one,
LATERAL (VALUES
    (1, 'submit', interval '0'), (2, 'claim', interval '1 day'),
    (3, CASE WHEN one.id %% 5 = 0 THEN 'request_changes' WHEN one.id %% 7 = 0 THEN 'reject' ELSE 'approve' END,
        interval '4 days'),
    (4, CASE WHEN one.id %% 5 = 0 THEN 'submit' WHEN one.id %% 40 = 1 THEN 'undo' WHEN one.id %% 90 = 2 THEN 'stop'
        WHEN one.id %% 50 = 3 THEN 'archive' ELSE 'take_effect_now' END, interval '5 days'),
    (5, CASE WHEN one.id %% 5 = 0 THEN 'approve' WHEN one.id %% 40 = 1 THEN 'reject' END, interval '9 days')
) step (number, move, later),
LATERAL (SELECT * FROM accounts_user WHERE id = CASE WHEN one.id %% 4 = 3 THEN (SELECT min(id) FROM accounts_user) + 5
    WHEN step.move = 'submit' THEN one.author_id
    ELSE (SELECT min(id) FROM accounts_user) + floor(random() ^ 2 * 5)::int END) person
WHERE step.move IS NOT NULL
ORDER BY one.sent_at, step.number;
"""


def fill() -> None:
    load_countries()
    with connection.cursor() as cursor:
        cursor.execute(SEED, {"rows": ROWS, "themes": list(Theme.values)})
        cursor.execute("VACUUM ANALYZE")


def milliseconds(work) -> float:
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[RUNS // 2]


class Explained:
    """Lets queries run, after having asked how."""

    def __init__(self) -> None:
        self.plans = []

    def __call__(self, execute, sql, params, many, context):
        if TABLE in sql:
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)  # noqa: S608 (our own query again)
                self.plans.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, params, many, context)


def explain(work) -> list[str]:
    with connection.execute_wrapper(explained := Explained()):
        work()
    return explained.plans


def report() -> int:
    log, scans = admin.site._registry[Decision], []
    people = User.objects.order_by("pk")
    known = {"moderator": people[1].pk, "contributor": people[500].pk}
    print(f"{Decision.objects.count()} decisions\n{'milliseconds':22}{'rows':>8}{'list':>9}")
    for name, query in LISTS.items():
        request = RequestFactory().get(f"/?{query.format(**known)}")
        request.user = people[0]

        def work(request=request):
            return list(log.get_changelist_instance(request).result_list)

        plans = explain(work)
        if any(f"Seq Scan on {TABLE}" in plan for plan in plans):
            scans.append(name)
        print(f"{name:22}{log.get_changelist_instance(request).result_count:>8}{milliseconds(work):9.1f}")
        if "--plans" in sys.argv:
            print("\n\n".join(plans))
    request = RequestFactory().get("/")
    request.user = people[0]
    start = time.perf_counter()
    rows = sum(1 for _row in table(log.get_changelist_instance(request).queryset, with_notes=True)) - 1
    print(f"export: {rows} rows in {time.perf_counter() - start:.1f} s")
    model = counted_models()[0]
    for weeks in (12, 26, 52, 104):

        def work(weeks=weeks):
            cache.clear()
            return figures(model, Period.of_last(weeks))

        print(f"statistics, {weeks} weeks: {work().total.decided} decided, {milliseconds(work):.0f} ms")
        if "--plans" in sys.argv:
            print("\n\n".join(explain(work)))
    print("Seq Scan: " + ", ".join(scans) if scans else "No list scans the whole table.")
    return 1 if scans else 0


def main() -> int:
    with own_database():
        fill()
        return report()


if __name__ == "__main__":
    sys.exit(main())
