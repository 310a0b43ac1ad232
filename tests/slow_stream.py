"""The portal as a server runs it, with a long download that asks no database. For test_slow_readers.py."""

from collections.abc import Iterator

from tests.broken_stream import ROW, application, exports

__all__ = ["application"]


def endless(ids) -> Iterator[list[dict]]:
    while True:
        yield [ROW] * 1_000


exports.reading.rows_of = endless
