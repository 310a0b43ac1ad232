"""What the benches share: Django is set up when this is imported, and a database that is made and taken away again."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "reg4covid.settings_test"
django.setup()

from django.db import connection  # noqa: E402


@contextlib.contextmanager
def own_database() -> Iterator[None]:
    """Lend an empty migrated database to the connection."""
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
