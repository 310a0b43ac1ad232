"""A whole file, row by row, in bounded memory.

Rows go into the database in batches of one transaction each, every row in a savepoint of its own: what is good is
kept, what is not is reported, and an interruption loses at most the row that was being written.
"""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q

from initiatives.importing import formats
from initiatives.importing.admission import Admission
from initiatives.importing.mapping import Defaults, Entry, entry_of
from initiatives.importing.readers import Row, UnusableFile, open_table
from initiatives.importing.report import Report, Summary
from initiatives.models import Initiative, Submission

BATCH = 100  # rows; at about 30 ms a row, other writers wait no longer than some seconds for a shared tag


@dataclass
class Run:
    """One import: what it does with each row, what a row does not say, and what came of it."""

    admission: Admission
    defaults: Defaults
    dry_run: bool = False
    tick: Callable[[], object] = lambda: None  # called after each row
    summary: Summary = field(default_factory=Summary)
    interrupted: bool = False
    last_row: int = 1
    # What a dry run would have added: it leaves nothing behind to be found again. Numbers, not rows.
    _would_add: set[int] = field(default_factory=set)

    def read(self, source: Path, report_path: Path) -> Summary:
        """Bring in the file and return the counts; raises UnusableFile where it cannot be read (on)."""
        with open_table(source) as table, _interruptible(self):
            kind = formats.recognise(table.columns)
            report = Report(report_path, kind.column_of)
            for batch in _batches(table.rows):
                self._bring_in(batch, kind, report)
                report.write()
                if self.interrupted:
                    break
        return self.summary

    def _bring_in(self, batch: list[tuple[int, Row]], kind: formats.Format, report: Report) -> None:
        entries = [(number, row, self._entry(row, kind)) for number, row in batch]
        with transaction.atomic():
            known = _known(entry for _, _, entry in entries if isinstance(entry, Entry))
            for number, row, entry in entries:
                if self.interrupted:
                    break
                self._bring_in_row(number, row, entry, known, report)
            if self.dry_run:
                transaction.set_rollback(True)

    def _entry(self, row: Row, kind: formats.Format) -> Entry | ValidationError:
        try:
            return entry_of(kind.as_schema_row(row), self.defaults, doubt_language=kind.doubt_language)
        except ValidationError as error:
            return error

    def _bring_in_row(
        self, number: int, row: Row, entry: Entry | ValidationError, known: set[str], report: Report
    ) -> None:
        try:
            if isinstance(entry, ValidationError):
                raise entry
            self._add(entry, known)
        except ValidationError as error:
            report.refuse(number, row, error, self.summary)
        self.last_row = number
        self.tick()

    def _add(self, entry: Entry, known: set[str]) -> None:
        key = _key(entry.source_dataset, entry.source_id)
        if key in known or entry.reference in known or hash(key) in self._would_add:
            self.summary.known += 1
            return
        try:
            with transaction.atomic():
                self.admission.admit(entry)
        except (IntegrityError, DataError) as error:
            # The forms should have seen it; one odd row must not stop twenty thousand.
            raise ValidationError(f"The database refused the row: {str(error).splitlines()[0]}") from error
        known.add(key)
        if self.dry_run:
            self._would_add.add(hash(key))
        self.summary.added += 1


def _key(dataset: str, number: str) -> str:
    return f"{dataset}\n{number}"


def _batches(rows: Iterable[tuple[int, Row]]) -> Iterator[list[tuple[int, Row]]]:
    batch = []
    try:
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except UnusableFile:  # damaged from here on: what was read before counts
        yield batch
        raise
    yield batch


def _known(entries: Iterable[Entry]) -> set[str]:
    """Return the keys and references of the entries that are here already: two queries."""
    wanted: dict[str, list[str]] = {}
    references = []
    for entry in entries:
        wanted.setdefault(entry.source_dataset, []).append(entry.source_id)
        references += [entry.reference] if entry.reference else []
    here = Q(pk__in=[])
    for dataset, numbers in wanted.items():
        here |= Q(source_dataset=dataset, source_id__in=numbers)
    found = {_key(*pair) for pair in Submission.objects.filter(here).values_list("source_dataset", "source_id")}
    return found | set(Initiative.objects.filter(reference__in=references).values_list("reference", flat=True))


@contextmanager
def _interruptible(run: Run) -> Iterator[None]:
    """Let Ctrl-C end the run after the row that is being written; a second one ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> None:
        run.interrupted = True
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
