"""What stands between one address and a thousand tries."""

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command

from reg4covid.settings import CACHES

pytestmark = pytest.mark.django_db


def test_many_remembered_pages_do_not_wash_out_the_limits_of_signing_in():
    """Django's own measure is 300 entries: beyond, a third goes, in the order of names."""
    table = CACHES["default"]["LOCATION"]
    call_command("createcachetable", table)
    cache = DatabaseCache(table, CACHES["default"])
    cache.set("allauth:rl:login", "9 of 10")
    for number in range(400):
        cache.set(f"statistics:{number}", "figures")
    assert cache.get("allauth:rl:login") == "9 of 10"
