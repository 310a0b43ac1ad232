"""What came of asking for one address."""

import datetime
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from common.web import Answer, Failure, Kind
from common.web.failures import NETWORK, OF_THE_HOST
from initiatives.links.robots import Rules
from initiatives.models.link import LinkProblem, LinkState

FAILING = {404: LinkProblem.NOT_FOUND, 410: LinkProblem.GONE}
_OF_NO_KIND = {
    Kind.BAD_URL: LinkState.REFUSED,
    Kind.PRIVATE: LinkState.REFUSED,
    Kind.COOKIES: LinkState.NOT_ALLOWED,
}


@dataclass
class Outcome:
    """`state` and `problem` as a link keeps them, and what else was learnt."""

    state: LinkState
    problem: str = ""
    http_status: int | None = None
    final_url: str = ""
    title: str = ""
    dated: datetime.date | None = None
    asked_to_wait: str = ""  # Retry-After as the server said it
    is_network: bool = False  # our own network being away would look the same
    is_of_host: bool = False  # every address of the host fares alike
    is_heard: bool = False  # some server said something, so our own network is there
    is_postponed: bool = False  # nothing was learnt of the page
    rules: dict[str, Rules | None] = field(default_factory=dict)  # read now, by host; None: cannot be read at present


class Away(Exception):
    """The page may not be asked for by a machine."""

    def __init__(self, problem: LinkProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class Later(Exception):
    """Whether it may be asked for, or how it fares, is not known at present."""

    def __init__(self, problem: str = "", http_status: int | None = None, asked_to_wait: str = "") -> None:
        super().__init__(problem)
        self.problem, self.http_status, self.asked_to_wait = problem, http_status, asked_to_wait


def of_answer(answer: Answer, asked: str) -> Outcome:
    """Judge the last answer to what was asked for."""
    state, problem = _judged(answer, asked)
    wait = answer.headers.get("retry-after", "") if answer.status in (429, 503) else ""
    final_url = answer.url if answer.redirects else ""
    return Outcome(state, problem, answer.status, final_url, asked_to_wait=wait, is_heard=True)


def _judged(answer: Answer, asked: str) -> tuple[LinkState, str]:
    status = answer.status
    if 200 <= status < 300:
        return LinkState.WORKS, LinkProblem.HOME_PAGE if _lost_its_page(answer, asked) else ""
    if status in FAILING:
        return LinkState.FAILS, FAILING[status]
    if status == 429:
        return LinkState.NOT_ALLOWED, LinkProblem.TOO_OFTEN
    if 400 <= status < 500 or status >= 600:  # 401, 403, 451 …: people may still be let in
        return LinkState.NOT_ALLOWED, LinkProblem.NOT_FOR_MACHINES
    return LinkState.FAILS, LinkProblem.SERVER_ERROR if status >= 500 else LinkProblem.PROTOCOL


def _lost_its_page(answer: Answer, asked: str) -> bool:
    """Whether an address of a page led to a home page: sites do that with what they have lost."""
    return bool(answer.redirects) and not _is_home_page(asked) and _is_home_page(answer.url)


def _is_home_page(url: str) -> bool:
    parts = urlsplit(url)
    return not (parts.path.strip("/") or parts.query)


def of_failure(failure: Failure) -> Outcome:
    """Judge that no answer came."""
    state = _OF_NO_KIND.get(failure.kind, LinkState.FAILS)
    kind = failure.kind
    outcome = Outcome(state, LinkProblem(kind.value), is_network=kind in NETWORK, is_of_host=kind in OF_THE_HOST)
    outcome.is_heard = kind not in NETWORK | {Kind.BAD_URL, Kind.PRIVATE}
    return outcome
