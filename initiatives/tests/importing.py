"""What the tests of the import share: a complete row, files made of rows, and a run that tells what came of it."""

import csv
from dataclasses import dataclass
from pathlib import Path

from initiatives.importing.admission import Admission
from initiatives.importing.mapping import Defaults
from initiatives.importing.report import Summary
from initiatives.importing.runner import Run
from initiatives.models import Submission
from initiatives.vocabulary import Origin

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

TEMPLATE_ROW = {
    "title": "Extra spectrum for mobile networks",
    "summary": "The regulator assigned extra spectrum to all mobile operators for six months.",
    "language": "en",
    "organisation": "Communications Authority",
    "organisation_type": "regulator",
    "organisation_country": "KE",
    "countries": "KE",
    "theme": "spectrum",
    "starts_on": "2020-03-23",
    "source1_url": "https://regulator.example/decision",
}
POLICY = {
    "source_dataset": "CoronaNet",
    "source_id": "R_1",
    "country_iso2": "KE",
    "title": "Schools teach online",
    "description": "All secondary schools of the country teach online until the end of the school year.",
    "date_start": "2020-03-23",
    "date_end": "",
    "policy_type": "Closure and Regulation of Schools > Secondary Schools (generally for children ages 10 to 18)",
    "source_url": "https://ministry.example/order",
    "language": "en",
    "ict_topics": "elearning",
    "ict_core": "0",
    "ict_terms": "online class",
}
NAMES = {"KE": "Kenya", "NA": "Namibia", "FR": "France", "DE": "Germany", "IT": "Italy"}
DEFAULTS = Defaults("reg4covid", "", NAMES)


@dataclass
class Outcome:
    """Counts, what the report says as (row, column, reason), and the submissions in the order of the file."""

    summary: Summary
    refused: list[tuple[str, str, str]]
    submissions: list[Submission]


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def read_report(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def bring_in(folder: Path, *rows: dict[str, str], theme: str = "", approve: bool = False) -> Outcome:
    """Write the rows to a file and bring it in."""
    admission = Admission(Origin.IMPORT, approve=approve)
    run = Run(admission, Defaults("reg4covid", theme, admission.country_names))
    report = folder / "refused.csv"
    summary = run.read(write_csv(folder / "rows.csv", list(rows)), report)
    refused = [(line["row"], line["column"], line["reason"]) for line in read_report(report)]
    return Outcome(summary, refused, list(Submission.objects.order_by("pk")))
