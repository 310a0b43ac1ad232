"""Asks for one address. It runs in a thread and touches no database."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from common.web import Answer, Client, Failure, Kind, Target
from initiatives.links import outcome, reading
from initiatives.links.outcome import Away, Later, Outcome
from initiatives.links.robots import NAME, Rules
from initiatives.links.turns import Turns
from initiatives.models.link import LinkProblem, LinkState

LONGEST = 9.0  # seconds for one address, robots.txt and redirects included
LONGEST_HEAD = 4.0  # seconds, so that a GET still has time where HEAD gets no answer
BETWEEN = 1.0  # second between two requests for the same page
ALIKE = {Kind.BAD_URL, Kind.PRIVATE, Kind.NO_NAME, Kind.NO_CONNECTION, Kind.CERTIFICATE, Kind.NO_TLS}


def user_agent() -> str:
    """Who asks, and where to complain."""
    said = f"{NAME}/1.0 (+{settings.SITE_URL}/about/; {settings.DEFAULT_FROM_EMAIL})"
    return said.encode("ascii", "replace").decode("ascii")


@dataclass
class Check:
    """One address being asked for. `known` are the rules of hosts as far as they have been read lately."""

    url: str
    client: Client
    known: Mapping[str, Rules] = field(default_factory=dict)
    lenient: frozenset[str] = frozenset()  # hosts whose robots.txt could not be read for so long that it is left out
    wants_title: bool = True
    turns: Turns = field(default_factory=Turns)
    sleep: Callable[[float], None] = time.sleep
    read: dict[str, Rules | None] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)  # that were asked

    def run(self) -> Outcome:
        """Return what came of it; it never raises for what a server does."""
        self.until = time.monotonic() + LONGEST
        try:
            found = self._judge(self._ask())
        except Away as away:
            found = Outcome(LinkState.NOT_ALLOWED, away.problem)
        except Later as later:
            found = Outcome(LinkState.UNKNOWN, later.problem, later.http_status, is_postponed=True)
            found.asked_to_wait = later.asked_to_wait
        except Failure as failure:
            found = outcome.of_failure(failure)
        finally:
            self.turns.leave()
        found.rules = self.read
        found.is_heard = found.is_heard or bool(self.read)
        found.is_of_host = found.is_of_host and len(self.hosts) == 1  # else it was another host, on the way
        return found

    def _judge(self, answer: Answer) -> Outcome:
        found = outcome.of_answer(answer, self.url)
        if found.state == LinkState.WORKS:
            found.title, found.dated = reading.title_and_date(answer, timezone.now().date())
        return found

    def _ask(self) -> Answer:
        """HEAD; then GET where HEAD is refused or strange, or where the page has a title that we want."""
        head = self._head()
        if head and (head.status == 429 or "retry-after" in head.headers):
            return head
        if head and 200 <= head.status < 300:
            return self._page(head) if self.wants_title and reading.is_page(head) else head
        self._pause()
        return self._get(self.url)

    def _head(self) -> Answer | None:
        try:
            return self._follow("HEAD", self.url, until=min(self.until, time.monotonic() + LONGEST_HEAD))
        except Failure as failure:
            if failure.kind in ALIKE:
                raise
            return None

    def _page(self, head: Answer) -> Answer:
        """The page itself, for its title. What GET says counts for more, but HEAD was an answer too."""
        self._pause()
        try:
            page = self._get(head.url)
        except Failure:
            return head
        redirects, cookies = head.redirects + page.redirects, head.sets_cookies or page.sets_cookies
        return Answer(page.status, page.url, page.headers, page.body, redirects, cookies)

    def _get(self, url: str) -> Answer:
        return self._follow("GET", url, until=self.until, read=reading.PAGES)

    def _pause(self) -> None:
        self.sleep(BETWEEN)

    def _follow(self, method: str, url: str, *, until: float, read: tuple[str, ...] = ()) -> Answer:
        return self.client.follow(method, url, until=until, may_ask=self._may_ask, read=read)

    def _may_ask(self, target: Target) -> None:
        """Raise where the portal itself is meant, or where the host's rules speak against it or are not known."""
        self._may_ask_for_rules(target)
        if not self._rules_of(target).allow(target):
            raise Away(LinkProblem.ROBOTS)
        self._may_ask_for_rules(target)  # reading them may have led elsewhere

    def _may_ask_for_rules(self, target: Target) -> None:
        if target.host == (urlsplit(settings.SITE_URL).hostname or "").lower():
            raise Away(LinkProblem.OWN_SITE)
        self.hosts.add(target.host)
        if not self.turns.take(target.host, self.until):
            raise Later  # somebody else's redirects lead there as well

    def _rules_of(self, target: Target) -> Rules:
        known = self.known.get(target.host) or self.read.get(target.host)
        if known is None:
            known = self.read[target.host] = self._read_rules(target)
        return known

    def _read_rules(self, target: Target) -> Rules:
        """Ask for robots.txt: none where the host has none; the failure of the page where nobody answers."""
        try:
            answer = self.client.follow(
                "GET", f"{target.origin}/robots.txt", until=self.until, may_ask=self._may_ask_for_rules, read=("",)
            )
        except Failure as failure:
            if failure.kind in ALIKE - {Kind.BAD_URL, Kind.PRIVATE} or failure.kind == Kind.TIME_OUT:
                raise
            return Rules()
        except Away:  # it leads to us
            return Rules()
        if answer.status == 429 or answer.status >= 500:
            self.read[target.host] = None
            if target.host not in self.lenient:
                raise Later(LinkProblem.NO_ROBOTS, answer.status, answer.headers.get("retry-after", ""))
        return Rules.read(answer.body.decode("utf-8", "replace")) if 200 <= answer.status < 300 else Rules()
