"""Where initiatives are discussed. A room above says so, if there is one: this room knows nothing of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from initiatives.addresses import code_of_slug
from initiatives.freshness import Further

NOTHING = Further("SELECT 0")


@dataclass(frozen=True)
class Latest:
    """The discussions in which something was said last, as lines of a list, and the address of all of them."""

    lines: list[SafeString]
    url: str


@dataclass(frozen=True)
class Place:
    """What a room of discussions tells of an initiative by its reference, and of a theme, a region or a country."""

    url: Callable[[str], str]  # the address that finds, or opens, its discussion
    count: Callable[[str], int]  # how many discussions everybody may read
    state: Callable[[str], Further]  # what names that count
    latest: Callable[[str, str], Latest | None]  # what everybody may read about ("theme", code); None: no place for it
    latest_state: Callable[[str, str], Further]  # what names that


_places: list[Place] = []


def offer(place: Place) -> None:
    """Take note of the room, at the start; the last one holds."""
    _places[:] = [place]


def place() -> Place | None:
    return _places[0] if _places else None


def latest(about: str, code: str) -> Latest | None:
    """Return the latest discussions about a "theme", a "region" or a "country". Two queries."""
    return _places[0].latest(about, code) if _places else None


def state(reference: str = "", **kwargs: str) -> Further:
    """Return what the page of an initiative shows of its discussions, for `cacheable`."""
    return _places[0].state(reference) if _places else NOTHING


def state_of_theme(slug: str) -> Further:
    return _latest_state("theme", code_of_slug(slug))


def state_of_region(code: str) -> Further:
    return _latest_state("region", code)


def state_of_country(iso2: str) -> Further:
    return _latest_state("country", iso2)


def _latest_state(about: str, code: str) -> Further:
    return _places[0].latest_state(about, code.replace("\x00", "")) if _places else NOTHING
