"""Somebody else, with a connection of their own."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection


def _elsewhere(function: Callable):
    answers = []

    def call() -> None:
        try:
            answers.append(function())
        finally:
            connection.close()

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    return answers[0]


@pytest.fixture
def elsewhere() -> Callable:
    """Call a function in another thread, on another connection, and return its answer."""
    return _elsewhere
