"""The portal as a server runs it, with a download that fails after its first thousand rows. For test_broken_off.py."""

import os
from collections.abc import Iterator
from types import SimpleNamespace

os.environ["DJANGO_SETTINGS_MODULE"] = "reg4covid.settings_test"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from initiatives.columns import TABLE  # noqa: E402
from initiatives.exports import documents, reading  # noqa: E402
from initiatives.freshness import State  # noqa: E402
from initiatives.schema import COLUMNS  # noqa: E402
from initiatives.views import exports  # noqa: E402

ROW = dict.fromkeys(COLUMNS, "text") | {column.name: [] for column in TABLE if column.is_list}


def broken(ids) -> Iterator[list[dict]]:
    yield [ROW] * 1_000
    raise reading.Changed("on purpose")


# Nothing is asked of a database.
documents.Country = SimpleNamespace(objects=SimpleNamespace(all=list))
exports.public_state = lambda: State("state", None)
exports.reading.ids_of = lambda found: range(2_000)
exports.reading.rows_of = broken
