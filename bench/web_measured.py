"""Requests in rounds, and what they take: for bench/web.py."""

import statistics
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import F
from web_pages import Page
from web_served import WORKERS, Answer, Portal

from initiatives.models import Initiative

FIRST, AGAIN, UNCHANGED = STATES = "first", "again", "unchanged"


@dataclass
class Measured:
    """One page in one state."""

    application: list[float] = field(default_factory=list)  # milliseconds a request, of each round
    database: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)  # milliseconds, of each request
    size: int = 0  # bytes, as sent
    queries: float | None = None
    note: str = ""

    @property
    def medians(self) -> tuple[float, float]:
        """Of application and database."""
        return statistics.median(self.application), statistics.median(self.database)

    @property
    def sum(self) -> float:
        return statistics.median(map(sum, zip(self.application, self.database, strict=True)))

    def waited_at_most(self, percent: int) -> float:
        ordered = sorted(self.waited)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


Results = dict[tuple[str, str], Measured]


class Bench:
    """The pages at one number of initiatives."""

    def __init__(self, portal: Portal, pages: dict[str, Page], rounds: int, requests: int) -> None:
        self.portal, self.pages, self.rounds, self.requests = portal, pages, rounds, requests
        self.etags: dict[str, str] = {}
        self.results: Results = {}

    def run(self) -> Results:
        self.warm_up()
        for _round in range(self.rounds):
            for name, page in self.pages.items():
                for state in STATES:
                    self.measure(name, page, state)
        return self.results

    def warm_up(self) -> None:
        """Let each worker have seen every page, and leave out those that are not there."""
        for name, page in list(self.pages.items()):
            for answer in (*self.each(page), *self.each_again(page)):
                if answer.status == 404:
                    print(f"{name}: not there (404), left out")
                    self.pages.pop(name, None)
                elif answer.status != 200:
                    raise SystemExit(f"{name}: {answer.status} for {page.again}")
                self.etags[name] = answer.headers.get("ETag") or ""

    def each(self, page: Page) -> list[Answer]:
        return self.portal.ask_each(*islice(page.fresh, WORKERS), headers=page.headers)

    def each_again(self, page: Page) -> list[Answer]:
        return self.portal.ask_each(*[page.again] * WORKERS, headers=page.headers)

    def measure(self, name: str, page: Page, state: str) -> None:
        if state == UNCHANGED and not self.etags[name]:
            return
        measured = self.results.setdefault((name, state), Measured())
        answers, application, database = [], 0, 0
        for _turn in range(1 if page.few else self.requests // WORKERS):
            self.prepare(name, page, state)
            before = self.portal.spent()
            answers += self.ask(name, page, state)
            here, there = self.portal.spent().since(before)
            application, database = application + here, database + there
        measured.application.append(application / len(answers) / 1e6)
        measured.database.append(database / len(answers) / 1e6)
        measured.waited += [answer.seconds * 1_000 for answer in answers]
        measured.size = max(answer.size for answer in answers)
        wrong = {answer.status for answer in answers} - {304 if state == UNCHANGED else 200}
        measured.note = f"answered {wrong}" if wrong else measured.note

    def prepare(self, name: str, page: Page, state: str) -> None:
        """Publish where that is asked for, and let each worker follow; else see to it that nothing is new."""
        if state == FIRST and page.news:
            publish()
            self.portal.ask_each(*["/map/data.json"] * WORKERS)
        elif state != FIRST:
            self.etags[name] = self.each_again(page)[0].headers.get("ETag") or ""

    def ask(self, name: str, page: Page, state: str) -> list[Answer]:
        if state == FIRST:
            return self.each(page)
        if state == AGAIN:
            return self.each_again(page)
        headers = {"If-None-Match": self.etags[name]}
        return [self.portal.ask(page.again, **headers) for _each in range(WORKERS)]


def publish() -> None:
    """Change the newest, as its correction does."""
    newest = Initiative.objects.public().newest().values("pk")[:1]
    Initiative.objects.filter(pk__in=newest).update(version=F("version") + 1)
