"""What a kill left: before or after each step, or a fault."""

import uuid
from collections import Counter
from pathlib import Path


class Report:
    """What came of the kills of one part, and whatever must not be."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}
        self.faults: list[str] = []

    def count(self, part: str, what: str, number: int = 1) -> None:
        self.counts.setdefault(part, Counter())[what] += number

    def expect(self, is_so: bool, what: str) -> None:
        if not is_so:
            self.faults.append(what)
            print("FAULT:", what, flush=True)

    def tell(self, part: str) -> None:
        print(f"{part}: " + ", ".join(f"{number} {what}" for what, number in self.counts[part].items()), flush=True)


def sent_state(report: Report, key: uuid.UUID) -> str:
    """Return how far it came, and complain of what is neither before nor after a step."""
    from initiatives.models import Submission

    rows = list(Submission.objects.filter(key=key))
    if not rows:
        return "nothing"
    report.expect(len(rows) == 1, f"{key}: {len(rows)} rows")
    row = rows[0]
    files, moves = row.attachments.count(), [one.move for one in row.decisions.all()]
    letters = letters_about(row)
    if row.status == "draft":
        report.expect(not moves and not letters and not row.submitted_at, f"{key}: a draft with traces of sending")
        return f"draft with {files} file"
    report.expect(row.status == "submitted" and moves == ["submit"], f"{key}: {row.status}, {moves}")
    report.expect(files == 1 and letters == 1, f"{key}: sent with {files} files and {letters} letters")
    report.expect(row.revisions.filter(kind="sent").count() == 1, f"{key}: the sent text is not kept once")
    return "sent"


def letters_about(submission) -> int:
    from outbox.models import Letter

    keys = list(submission.decisions.values_list("pk", flat=True))
    return sum(Letter.objects.filter(occasion__startswith=f"decision-{key}-").count() for key in keys)


def approved_state(report: Report, key: uuid.UUID) -> str:
    from initiatives.models import InitiativeVersion, Submission

    row = Submission.objects.get(key=key)
    moves = [one.move for one in row.decisions.all()]
    versions, letters = InitiativeVersion.objects.filter(submission=row).count(), letters_about(row)
    facts = (row.status, row.is_held, moves, versions, letters, row.initiative_id is not None)
    states = {
        "waits": ("submitted", False, ["submit"], 0, 1, False),
        "held": ("approved", True, ["approve", "submit"], 0, 1, False),
        "published": ("approved", False, ["approve", "submit"], 1, 2, True),
    }
    for name, state in states.items():
        if facts == state:
            return name
    report.expect(False, f"{key}: half done, {facts}")
    return "half done"


def look_at_files(report: Report) -> None:
    from django.conf import settings

    from initiatives.models import InitiativeAttachment, SubmissionAttachment

    media = Path(settings.MEDIA_ROOT)
    named = set(SubmissionAttachment.objects.values_list("file", flat=True))
    named |= set(InitiativeAttachment.objects.values_list("file", flat=True))
    stored = {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}
    report.expect(named <= stored, f"{len(named - stored)} rows without their file")
    report.count("files", "with rows", len(named))
    report.count("files", "orphans", len(stored - named))
    report.tell("files")
