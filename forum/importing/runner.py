"""A whole dump, whatever the order of its lines: each topic goes in when its last line was read."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError

from forum.importing.admission import Admission
from forum.importing.lines import Plan, lines, row_of
from forum.importing.outcome import Outcome
from forum.importing.reading import Entry, entry_of
from initiatives.importing.readers import UnusableFile

BATCH = 50  # posts; while they go in, nobody else posts on the board


@dataclass
class Run:
    """One import: what it does with each topic, and what came of it. `tick` is told of so many lines done."""

    admission: Admission
    outcome: Outcome
    tick: Callable[[int], object] = lambda count: None
    _held: dict[str, dict[int, Entry]] = field(default_factory=lambda: defaultdict(dict))  # topic, number

    def read(self, file: Path, plan: Plan) -> None:
        """Bring in the file. Raises UnusableFile where it cannot be read on; what was read before is kept."""
        try:
            for number, line in islice(lines(file), plan.limit):
                self._hold(number, line)
                self._admit(plan.complete.get(number, ""))
        except UnusableFile:
            for topic in list(self._held):
                self._admit(topic)
            raise

    def _hold(self, number: int, line: bytes) -> None:
        row = {}
        try:
            row = row_of(line)
            entry = entry_of(row, number)
            other = self._held[entry.topic].setdefault(entry.number, entry)
            if other is not entry:
                raise ValidationError({"post_number": [f"line {other.line} has this post of the topic as well"]})
        except ValidationError as error:
            self.outcome.refuse(number, row, error)
            self.outcome.report.write()
            self.tick(1)

    def _admit(self, topic: str) -> None:
        entries = sorted(self._held.pop(topic, {}).values(), key=lambda entry: entry.number)
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            self.admission.admit(batch)
            self.outcome.report.write()
            self.tick(len(batch))
