"""Asks a rude server, and says what kind of failure came of it."""

import time

import pytest

from common.web import Answer, Failure, Kind

QUICK = 1.0  # seconds given where nothing ought to hang
SHORT = 0.4  # seconds given where something does


def ask(server, path="/", method="GET", seconds=QUICK, url="", **changes) -> Answer:
    client = server.client(**changes)
    return client.follow(method, url or server.url(path), until=time.monotonic() + seconds, read=("text/html",))


def failure(server, path="/", seconds=QUICK, **options) -> Kind:
    started = time.monotonic()
    with pytest.raises(Failure) as caught:
        ask(server, path, seconds=seconds, **options)
    assert time.monotonic() - started < seconds + 0.5
    return caught.value.kind
