"""The addresses that bench/forum.py asks for, as a visitor and as a member."""

import random
from collections.abc import Iterator, Mapping
from itertools import cycle

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from web_pages import Page

from accounts.models import User
from forum.listing import PER_PAGE, Place
from forum.models import Board, PostText, Topic

LIST, TOPIC, SEARCH = 10, 12, 60  # milliseconds of a visitor; a member may take twice as many

_WORDS = "SELECT word, ndoc * 10 FROM ts_stat('SELECT vector FROM forum_posttext WHERE post_id % 10 = 0')"


def pages(rng: random.Random) -> dict[str, Page]:
    """Return what is asked for, and by whom."""
    member = {"Cookie": f"sessionid={session_of(User.objects.order_by('pk').first())}"}
    every = {**lists(rng), **topics(rng), **searches()}
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
        rows = Topic.objects.listed().filter(board=board).order_by("is_pinned", "active_at", "pk")
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


def searches() -> dict[str, Page]:
    """Words by how many posts they find: few, one in ten, and the commonest; and a misspelt one."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS)
        counts = {word: count for word, count in cursor if word.isascii() and word.isalpha() and len(word) > 4}
    rows = PostText.objects.count()

    def nearest(share: float) -> str:
        return min(counts, key=lambda word: (abs(counts[word] - share * rows), word))

    found = {"rare word": nearest(0.0005), "common word": nearest(0.03), "commonest word": nearest(1.0)}
    pages = {f"search, {name}": _each([f"/forum/search/?q={word}"], SEARCH) for name, word in found.items()}
    board = Board.objects.public()[0]
    pages["search, on one board"] = _each([f"/forum/search/?q={nearest(1.0)}&board={board.slug}"], SEARCH)
    return pages


def _each(addresses, target: float, headers: Mapping[str, str] = {}) -> Page:
    every = list(addresses)
    return Page(cycle(every), every[0], target, headers=headers)
