"""How the database answers the forum at 100,000 topics: rows that it reads, milliseconds, no scan of a whole table.

Run by hand: python bench/explain_forum.py [topics] [--plans]. It makes a database of its own and takes it away again.
Each page is asked for as the portal serves it, and every query of it is run once more under EXPLAIN ANALYZE: none may
scan a table of many rows, nor read or sort more than LOOKED_AT rows of one, however many there are.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from scratch import own_database  # isort: skip (sets Django up)

import explain_lists
import forum_beside
import forum_pages
import forum_rows
import web_rows
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum import suggesting
from forum.listing import Place
from forum.models import Board, Post, Topic
from forum.search import writing
from forum.services import drafts, marking, noticing, pictures, telling
from moderation.queue import Queue
from tests.factories import ModeratorFactory

TOPICS = next((int(argument) for argument in sys.argv[1:] if argument.isdigit()), 100_000)
MANY, LOOKED_AT = 10_000, 5_000  # rows of a table that may not be scanned; that one step of a plan may read
HOW = {"SELECT": "ANALYZE", "WITH": "ANALYZE", "DELETE": "COSTS", "UPDATE": "COSTS"}  # what writes is not done twice
WHOLE = {"marks to forget", "texts to write"}  # go through all there is, in the background, now and then
BOUNDED = ("Function Scan", "CTE Scan")  # of search: at most 20,001 matches, whatever there is
_LARGE = "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s AND relname NOT LIKE 'pg\\_%%'"


class Step(NamedTuple):
    """One step of a plan: what it is, of which table, and how many rows it went through."""

    kind: str
    table: str
    read: float

    @classmethod
    def of(cls, node: dict[str, Any]) -> "Step":
        each = sum(
            node.get(name, 0) for name in ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
        )
        return cls(node["Node Type"], node.get("Relation Name", ""), each * node.get("Actual Loops", 1))


class Watch:
    """Lets queries run, after having asked how."""

    def __init__(self) -> None:
        self.plans: list[tuple[str, list[Step]]] = []

    def __call__(self, execute, sql, params, many, context):
        how = HOW.get(sql.split(None, 1)[0])
        if how and not many and ("forum_" in sql or "accounts_user" in sql):
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN ({how}, FORMAT JSON) {sql}", params)
                self.plans.append((sql, [Step.of(node) for node in _nodes(cursor.fetchone()[0][0]["Plan"])]))
        return execute(sql, params, many, context)

    def faults(self, large: set[str]) -> Iterator[str]:
        for sql, steps in self.plans:
            for step in steps:
                is_scan = step.kind == "Seq Scan" and step.table in large
                is_counted = step.kind == "Index Only Scan" and sql.startswith("SELECT COUNT(")
                if is_scan or step.read > LOOKED_AT and step.kind not in BOUNDED and not is_counted:
                    yield f"{step.kind} {step.table} {step.read:.0f}: {sql[:300]}"

    @property
    def most(self) -> float:
        return max((step.read for _sql, steps in self.plans for step in steps), default=0)


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def asked() -> dict[str, Callable[[], Any]]:
    """Return what is asked of the forum, by its name."""
    visitor, member, moderator = Client(), Client(), Client()
    person = User.objects.order_by("pk").first()
    staff = ModeratorFactory(email="staff@example.org", handle="staff")
    member.force_login(person), moderator.force_login(staff)
    every: dict[str, Callable[[], Any]] = {}
    for name, path in paths().items():
        every[name] = lambda path=path: looked(visitor, path)
        if not path.startswith(("/api/", "/feeds/", "/sitemap")):
            every[f"{name}, member"] = lambda path=path: looked(member, path)
    board, long = Board.objects.public()[0], Topic.objects.order_by("pk")[0]
    every |= {
        "first unread, member": lambda: looked(member, f"/forum/t/{long.pk}/unread/"),
        "own settings, member": lambda: looked(member, "/forum/settings/"),
        "names beginning with p": lambda: suggesting.people("p", board),
        "names beginning with quiet9": lambda: suggesting.people("quiet9", board),
        "names in a long topic": lambda: suggesting.people("person1", board, long),
    }
    return every | admin(moderator, staff) | jobs()


def paths() -> dict[str, str]:
    topics = Topic.objects.listed()
    board, long = Board.objects.public()[0], topics.order_by("pk")[0]
    rows = topics.filter(board=board).order_by("-is_pinned", "-active_at", "-pk")
    middle, rng = rows[rows.count() // 2], random.Random(0)  # noqa: S311
    author = Post.objects.order_by("pk").first().author.handle
    about = topics.filter(initiative__isnull=False).select_related("initiative").first().initiative
    part = f"-{topics.order_by('-pk')[0].pk // 5_000}" if TOPICS > 10_000 else ""
    pages = forum_pages.lists(rng) | forum_pages.topics(rng) | forum_pages.searches()
    known = {name: page.again for name, page in pages.items()}
    return known | {
        "search, two words": "/forum/search/?q=temporary+spectrum",
        "board, a page in the middle": f"{board.get_absolute_url()}?after={Place.of(middle)}",
        "board, back from there": f"{board.get_absolute_url()}?before={Place.of(middle)}",
        "initiative": about.get_absolute_url(),
        "discussion of an initiative": f"/forum/about/{about.reference}/",
        "theme": "/themes/spectrum/",
        "region": "/regions/AFR/",
        "country with most": "/countries/FR/",
        "country with few": "/countries/NR/",
        "profile, posts": f"/forum/members/{author}/",
        "profile, topics": f"/forum/members/{author}/?show=topics",
        "home": "/",
        "search of the portal": "/search/?q=network",
        "API, boards": "/api/v1/boards/",
        "API, topics": "/api/v1/topics/",
        "API, topics further on": f"/api/v1/topics/?after={Place.of(middle).unpinned()}",
        "API, topics of a board": f"/api/v1/topics/?board={board.slug}",
        "API, topics in a language": "/api/v1/topics/?language=fr",
        "API, topics without solution": "/api/v1/topics/?solved=false",
        "API, topics about an initiative": f"/api/v1/topics/?initiative={about.reference}",
        "API, posts of a long topic": f"/api/v1/topics/{long.pk}/?after=4000",
        "feed": "/feeds/forum.atom",
        "feed of a board": f"/feeds/forum/{board.slug}.atom",
        "feed of a topic": f"/feeds/forum/t/{long.pk}.atom",
        "sitemap, last part": f"/sitemap-topics{part}.xml",
    }


def admin(client: Client, staff: User) -> dict[str, Callable[[], Any]]:
    post, topic = Post.objects.filter(flagged_at__isnull=False).first(), Topic.objects.order_by("pk")[0]
    queue = Queue(staff, {}, kind="flag")
    pages = {
        "admin, start": "/admin/",
        "admin, posts": "/admin/forum/post/",
        "admin, posts that wait": "/admin/forum/post/?status=waiting",
        "admin, topics": "/admin/forum/topic/",
        "admin, members": "/admin/forum/member/",
        "admin, a post": f"/admin/forum/post/{post.pk}/change/",
        "admin, a topic": f"/admin/forum/topic/{topic.pk}/change/",
        "order of a post": f"/forum/p/{post.pk}/order/",
    }
    found = {name: lambda path=path: looked(client, path) for name, path in pages.items()}
    return found | {
        "queue of posts": lambda: Queue(staff, {}, kind="post").page(51),
        "queue of flags": lambda: queue.page(51),
        "queue of flags, further on": lambda: queue.page(51, queue.positions(500)[-1]),
        "counts of the queue": lambda: Queue(staff, {}).counts(),
    }


def jobs() -> dict[str, Callable[[], Any]]:
    """What the machine does by itself; what it writes is nothing that another one reads."""
    post = Post.objects.filter(topic__last_number__lt=100, status="public", source="").first()
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now())
    return {
        "whom a post concerns": lambda: noticing.make_notices(post.pk),
        "notices and digests due": lambda: telling.tell_due(5),
        "marks to forget": marking.forget_old,
        "notices to forget": telling.forget_settled,
        "drafts to forget": drafts.delete_old,
        "pictures to forget": pictures.delete_unused,
        "texts to write": writing.write_missing,
    }


def looked(client: Client, path: str) -> None:
    cache.clear()
    answer = client.get(path)
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{path}: {answer.status_code}")


def report() -> int:
    failures: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(_LARGE, [MANY])
        large = {name for (name,) in cursor}
    print(f"{'rows of a step at most':38}{'rows':>8}{'queries':>9}{'ms':>8}")
    for name, work in asked().items():
        with connection.execute_wrapper(watch := Watch()):
            work()
        start = time.perf_counter()
        work()
        spent = (time.perf_counter() - start) * 1_000
        print(f"{name:38}{watch.most:8.0f}{len(watch.plans):9}{spent:8.1f}", flush=True)
        failures += [f"{name}: {fault}" for fault in watch.faults(large) if name not in WHOLE]
        if "--plans" in sys.argv:
            print("\n".join(f"  {sql}\n  {steps}" for sql, steps in watch.plans))
    print("\n".join(["Too much is read:", *failures]) if failures else "No page scans or sorts a whole table.")
    return 1 if failures else 0


def main() -> int:
    settings.ALLOWED_HOSTS = ["*"]
    records, _source = web_rows.texts(Path("nowhere"), web_rows.TEXTS)
    with own_database():
        explain_lists.fill(TOPICS)
        forum_rows.fill(TOPICS, records)
        forum_beside.fill(TOPICS, TOPICS)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        return report()


if __name__ == "__main__":
    sys.exit(main())
