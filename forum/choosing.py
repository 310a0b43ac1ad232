"""The posts of a topic from which a moderator chooses some, each with its beginning."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models.functions import Left

from forum import excerpts
from forum.models import Post, Topic
from forum.vocabulary import PostStatus

PER_PAGE = 50  # numbers
LENGTH = 100  # characters


@dataclass(frozen=True)
class Choice:
    """One post that may be chosen."""

    pk: int
    number: int
    name: str
    at: datetime.datetime
    beginning: str
    status: str
    is_chosen: bool

    @property
    def is_hidden(self) -> bool:
        return self.status != PostStatus.PUBLIC


@dataclass(frozen=True)
class ChoicePage:
    """The posts of fifty numbers, and those that are chosen elsewhere."""

    number: int
    pages: int
    choices: list[Choice]
    elsewhere: list[int]


def page_of(topic: Topic, number: int, chosen: Collection[int]) -> ChoicePage:
    """Return the page of posts that may go elsewhere: all but the first one and those that are deleted. One query.

    `chosen` are numbers of posts (`Post.pk`).
    """
    pages = max(1, -(-topic.last_number // PER_PAGE))
    number = min(max(1, number), pages)
    found = Post.objects.filter(topic=topic, is_first=False, number__gt=(number - 1) * PER_PAGE)
    found = found.filter(number__lte=number * PER_PAGE).exclude(status=PostStatus.DELETED).order_by("number")
    html = Left("html", LENGTH * 20)  # as much as is looked at
    rows = found.values_list("pk", "number", "author__name", "published_at", html, "status")
    choices = [
        Choice(pk, place, name, at, excerpts.of_html(text, LENGTH), status, pk in chosen)
        for pk, place, name, at, text, status in rows
    ]
    here = {choice.pk for choice in choices}
    return ChoicePage(number, pages, choices, sorted(set(chosen) - here))
