"""What became of the posts of a dump: counts, a report, and the first lines of it for the screen."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from forum.importing.reading import Entry, Row
from initiatives.importing.report import Report, Summary, reasons

NAMED_MAX = 20  # lines


@dataclass
class Outcome:
    """The counts of posts: `summary` has those added, known and refused; `empty` ones say nothing, `cut` ones go on."""

    report: Report
    summary: Summary = field(default_factory=Summary)
    empty: int = 0
    cut: int = 0
    named: list[str] = field(default_factory=list)

    def refuse(self, line: int, row: Row, error: ValidationError) -> None:
        """Count a line as refused, and name it; of what stands there, the report has the beginning."""
        found = reasons(error)
        values = {column: str(row.get(column, "")) for column, _reason in found}
        self.report.refuse(line, values, error, self.summary)
        for column, reason in found:
            self._name(f"line {line}, {column}: {reason}" if column else f"line {line}: {reason}")

    def add(self, entry: Entry) -> None:
        """Count a post as added, and name it where only its beginning was."""
        self.summary.added += 1
        if entry.length > len(entry.body):
            self.cut += 1
            reason = f"kept, cut from {entry.length:,} to {len(entry.body):,} characters"
            self.report.note(entry.line, "body", entry.source, reason)
            self._name(f"line {entry.line}, body: {reason}")

    def __str__(self) -> str:
        counts = {"added": self.summary.added, "there already": self.summary.known, "without text": self.empty}
        counts |= {"cut": self.cut, "refused": self.summary.refused}
        return ", ".join(f"{number} {what}" for what, number in counts.items())

    def _name(self, line: str) -> None:
        if len(self.named) < NAMED_MAX:
            self.named.append(line)
