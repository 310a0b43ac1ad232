"""What looking for duplicates costs at 100,000 initiatives: milliseconds, and no scan of a whole table.

    python bench/explain_duplicates.py ROWS policies.csv.gz [--plans]

The rows are those of explain_lists.py under titles of the file, which are harder than made-up words: its own, then the
first half of one with the second half of another. Each came of a submission and has a source; a fifth as many wait.
"""

import csv
import gzip
import re
import sys
import time

# First, for it sets Django up. It reads ROWS too.
from scratch import own_database  # isort: skip (sets Django up)
from explain_lists import fill  # isort: skip

import psutil
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from initiatives import duplicates
from initiatives.models.content import CONTENT_FIELDS, TITLE_MAX

LARGE = "initiatives_(initiative|submission)(source|_countries)?"
MOST, RUNS = 20, 20  # countries, times
HOME, INDEX_PAGE, PAGE = (
    "https://ministry.example/",
    "https://ministry.example/decisions",
    "https://ministry.example/77",
)

TITLES = """
CREATE TEMP TABLE entry (n serial, title text);
INSERT INTO entry (title) SELECT unnest(%(titles)s);
CREATE TEMP TABLE entry_of AS
SELECT row_number() OVER (ORDER BY id) AS i, id, floor(random() * %(count)s)::int + 1 AS one,
    floor(random() * %(count)s)::int + 1 AS other
FROM initiatives_initiative;
UPDATE initiatives_initiative initiative
SET title = CASE WHEN i <= %(count)s THEN own.title
    ELSE left(left(a.title, length(a.title) / 2) || right(b.title, length(b.title) / 2), %(longest)s) END
FROM entry_of JOIN entry a ON a.n = one JOIN entry b ON b.n = other LEFT JOIN entry own ON own.n = i
WHERE entry_of.id = initiative.id;
INSERT INTO initiatives_initiativesource (position, url, title, issuing_body, kind, url_key, initiative_id)
SELECT 0, '', '', '', 'other', CASE WHEN id %% 20 = 0 THEN 'ministry.example/decisions'
    WHEN id %% 20 = 1 THEN 'ministry.example' ELSE 'ministry.example/' || id END, id
FROM initiatives_initiative;
INSERT INTO initiatives_submission ({content}, key, status, author_id, initiative_id, tag_names, organisation_name,
    organisation_type, contributor_name, contributor_role, contributor_email, origin, source_dataset, source_id,
    provenance_note, revision, edited_by_staff, is_another_one, suspicions, created_at, updated_at, hold_problem)
SELECT {content}, gen_random_uuid(), CASE WHEN waits THEN 'submitted' ELSE 'approved' END,
    (SELECT min(id) FROM accounts_user) + id %% 100, CASE WHEN NOT waits THEN id END, '{{}}', '', '', '', '', '',
    'form', '', '', '', 1, false, false, '{{}}', now(), now(), ''
FROM initiatives_initiative, (VALUES (false), (true)) AS kind (waits) WHERE NOT waits OR id %% 5 = 0;
INSERT INTO initiatives_submission_countries (submission_id, country_id)
SELECT submission.id, country_id FROM initiatives_submission submission
JOIN initiatives_initiative initiative ON initiative.title = submission.title
JOIN initiatives_initiative_countries named ON named.initiative_id = initiative.id
ON CONFLICT DO NOTHING;
INSERT INTO initiatives_submissionsource (position, url, title, issuing_body, kind, url_key, submission_id)
SELECT 0, '', '', '', 'other', CASE WHEN id %% 20 = 0 THEN 'ministry.example/decisions'
    WHEN id %% 20 = 1 THEN 'ministry.example' ELSE 'ministry.example/' || id END, id
FROM initiatives_submission;
"""


def fill_titles(titles: list[str]) -> None:
    User.objects.bulk_create(User(name=f"Person {n}", handle=f"p{n}", email=f"p{n}@example.org") for n in range(100))
    with connection.cursor() as cursor:
        values = {"titles": titles, "count": len(titles), "longest": TITLE_MAX}
        cursor.execute(TITLES.format(content=", ".join(CONTENT_FIELDS)), values)
        cursor.execute("VACUUM ANALYZE")


def countries_by_size() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT country_id FROM initiatives_initiative_countries GROUP BY 1 ORDER BY count(*) DESC")
        return [code for (code,) in cursor.fetchall()]


def questions(titles: list[str]) -> dict[str, dict]:
    """What is asked, by name: the arguments of `likely`."""
    codes = countries_by_size()
    long = max(titles, key=len)
    short = next(title for title in titles if 25 <= len(title) <= 35)
    somebody = User.objects.get(handle="p1")
    moderator = User.objects.create_superuser("m@example.org", name="M", handle="m")
    biggest = {"title": long, "countries": codes[:1]}
    return {
        "smallest country": {"title": long, "countries": codes[-1:]},
        "middle country": {"title": long, "countries": codes[len(codes) // 2 :][:1]},
        "biggest country": biggest,
        "biggest country, short title": {"title": short, "countries": codes[:1]},
        "its contributor": {**biggest, "reader": somebody},
        "its moderator": {**biggest, "reader": moderator},
        f"{MOST} countries": {"title": long, "countries": codes[:MOST]},
        "a region": {"title": long, "scope": "regional", "region": "AFR"},
        "the world": {"title": long, "scope": "global"},
        "no place": {"title": long},
        "no place, short title": {"title": short},
        "no place, moderator": {"title": long, "reader": moderator},
        "a source": {"title": "", "urls": [PAGE], "reader": moderator},
        "a page of thousands": {"title": "", "urls": [INDEX_PAGE], "reader": moderator},
        "a home page": {"title": "", "urls": [HOME], "reader": moderator},
        "everything": {**biggest, "urls": [PAGE, INDEX_PAGE, HOME], "reader": moderator},
    }


def look_at(asked: dict) -> tuple[int, list[str]]:
    """How many queries it takes, and their plans."""
    with CaptureQueriesContext(connection) as captured:
        duplicates.likely(**asked)
    reads = [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT ")]
    with connection.cursor() as cursor:
        plans = []
        for sql in reads:
            cursor.execute("EXPLAIN (ANALYZE) " + sql)
            plans.append("\n".join(line for (line,) in cursor.fetchall()))
    return len(captured), plans


def costs(asked: dict) -> tuple[float, float]:
    """Milliseconds by the clock (median) and of the database's processor (mean), which a busy machine changes less."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        database = psutil.Process(cursor.fetchone()[0])
    before, times = database.cpu_times(), []
    for _run in range(RUNS):
        start = time.perf_counter()
        duplicates.likely(**asked)
        times.append(time.perf_counter() - start)
    after = database.cpu_times()
    used = after.user + after.system - before.user - before.system
    return 1000 * sorted(times)[RUNS // 2], 1000 * used / RUNS


def report(titles: list[str]) -> int:
    failures = []
    print(f"{'milliseconds':32}{'found':>6}{'queries':>9}{'clock':>9}{'processor':>11}")
    for name, asked in questions(titles).items():
        found = duplicates.likely(**asked)
        count, plans = look_at(asked)
        clock, processor = costs(asked)
        print(f"{name:32}{len(found):>6}{count:>9}{clock:>9.1f}{processor:>11.1f}", flush=True)
        scanning = [plan for plan in plans if re.search(rf"Seq Scan on {LARGE}\b", plan)]
        failures += [name] if scanning else []
        print("\n".join(plans if "--plans" in sys.argv else scanning), end="")
    print("Seq Scan: " + ", ".join(failures) if failures else "Nothing scans a whole table.")
    return 1 if failures else 0


def main() -> int:
    with gzip.open(sys.argv[2], "rt", encoding="utf-8", newline="") as file:
        titles = list(dict.fromkeys(row["title"].replace("\0", "")[:TITLE_MAX] for row in csv.DictReader(file)))
    with own_database():
        fill()
        fill_titles(titles)
        return report(titles)


if __name__ == "__main__":
    sys.exit(main())
