"""What the tests of the house share."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.browsing import House
from tests.people import People
from tests.things import Things


@pytest.fixture(scope="module")
def kept_in_module(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A transaction around the tests of a module: what module fixtures write is there for each of them, and then gone.

    Tests of the module must not need `transaction=True`.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people(kept_in_module) -> People:
    """A visitor, an author, a confirmed colleague, a stranger, a moderator and an administrator."""
    return People.make()


@pytest.fixture(scope="module")
def things(people) -> Things:
    """Submissions and initiatives in every status, with marker words in public and private fields."""
    return Things.make(people)


@pytest.fixture(scope="module")
def launch(kept_in_module) -> None:
    """The reference data and the launch content, as a new installation has them."""
    call_command("load_countries", verbosity=0)
    call_command("load_launch", verbosity=0)


@pytest.fixture
def house(live_server) -> House:
    """What a browser test opens: countries, people, one initiative, one draft, one submission that waits."""
    return House.make(live_server.url)
