"""The addresses that bench/forum.py asks for, as a visitor and as a member."""

import random
from collections.abc import Iterator, Mapping
from itertools import cycle

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from web_pages import Page

from accounts.models import User
from forum.listing import PER_PAGE, Place
from forum.models import Board, Topic

LIST, TOPIC = 10, 12  # milliseconds of a visitor; a member may take twice as many


def pages(rng: random.Random) -> dict[str, Page]:
    """Return what is asked for, and by whom."""
    member = {"Cookie": f"sessionid={session_of(User.objects.order_by('pk').first())}"}
    every = {name: page for make in (lists, topics) for name, page in make(rng).items()}
    asked: dict[str, Page] = {}
    for name, page in every.items():
        asked[name] = page
        asked[f"{name}, member"] = page._replace(headers=member, target=page.target and page.target * 2)
    return asked


def session_of(user: User) -> str:
    """Sign the person in, and return the key of the session."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def lists(rng: random.Random) -> dict[str, Page]:
    boards = [board.get_absolute_url() for board in Board.objects.public()]
    rng.shuffle(boards)
    return {
        "boards": Page(cycle(["/forum/"]), "/forum/", LIST),
        "board": Page(cycle(boards), boards[0], LIST),
        "board, last page": _each(last_pages(), LIST),
    }


def last_pages() -> Iterator[str]:
    """The last page of every board, as the links lead there."""
    for board in Board.objects.public():
        rows = Topic.objects.listed().filter(board=board).for_list().reverse()
        before = next(iter(rows[PER_PAGE : PER_PAGE + 1]), None)
        yield board.get_absolute_url() + (f"?after={Place.of(before)}" if before else "")


def topics(rng: random.Random) -> dict[str, Page]:
    numbers = rng.sample(range(2, Topic.objects.count() + 1), min(Topic.objects.count() - 1, 1_000))
    long = Topic.objects.order_by("pk")[0]
    middle = [f"{long.get_absolute_url()}?page={number}" for number in range(2, long.pages)]
    rng.shuffle(middle)
    return {
        "topic of 6 posts": _each((f"/forum/t/{number}/topic/" for number in numbers), TOPIC),
        "page of 20 posts": _each(middle, TOPIC),
        "long topic, last page": _each([f"{long.get_absolute_url()}?page={long.pages}"], TOPIC),
    }


def _each(addresses, target: float, headers: Mapping[str, str] = {}) -> Page:
    every = list(addresses)
    return Page(cycle(every), every[0], target, headers=headers)
