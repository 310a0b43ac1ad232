"""Where an initiative is discussed. A room above says so, if there is one: this room knows nothing of it."""

from collections.abc import Callable
from dataclasses import dataclass

from initiatives.freshness import Further


@dataclass(frozen=True)
class Place:
    """What a room of discussions tells of an initiative by its reference."""

    url: Callable[[str], str]  # the address that finds, or opens, its discussion
    count: Callable[[str], int]  # how many discussions everybody may read
    state: Callable[[str], Further]  # what names that count


_places: list[Place] = []


def offer(place: Place) -> None:
    """Take note of the room, at the start; the last one holds."""
    _places[:] = [place]


def place() -> Place | None:
    return _places[0] if _places else None


def state(reference: str = "", **kwargs: str) -> Further:
    """Return what the page of an initiative shows of its discussions, for `cacheable`."""
    return _places[0].state(reference) if _places else Further("SELECT 0")
