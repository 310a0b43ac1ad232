"""Bring in measures from a table: see the README, "Import"."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from initiatives import schema
from initiatives.importing import template
from initiatives.importing.admission import Admission
from initiatives.importing.mapping import Defaults
from initiatives.importing.readers import UnusableFile, open_table
from initiatives.importing.report import default_path
from initiatives.importing.runner import Run
from initiatives.models import Collection
from initiatives.vocabulary import Origin, Theme

USAGE, REFUSED, INTERRUPTED = 2, 1, 130  # exit codes


class Command(BaseCommand):
    help = (
        "Bring in measures from a CSV (UTF-8, also .csv.gz) or XLSX file. Good rows are kept, refused ones are listed "
        "in a report with row, column and reason; running it again adds nothing twice. "
        "Exit code: 0 all good, 1 some rows refused, 2 wrong usage or an unusable file."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="with the columns of --template")
        parser.add_argument("--collection", help="code of the collection of rows that name none")
        parser.add_argument("--theme", choices=Theme.values, metavar="THEME", help="code for rows that name none")
        parser.add_argument("--approve", action="store_true", help="publish at once, marked “not yet checked”")
        parser.add_argument("--dry-run", action="store_true", help="check and report everything, keep nothing")
        parser.add_argument("--report", type=Path, metavar="CSV", help="default: FILE.refused.csv")
        parser.add_argument(
            "--template", nargs="?", const="-", metavar="OUT", help="write an empty .csv or .xlsx (or to the screen)"
        )

    def handle(self, *args, file, template: str | None, **options):
        if (file is None) == (template is None):
            raise CommandError("Give a FILE to bring in, or --template.", returncode=USAGE)
        if template is not None:
            self._write_template(template)
        else:
            self._bring_in(file, **options)

    def _write_template(self, target: str) -> None:
        try:
            self.stdout.write(template.write(schema.COLUMNS, target))
        except (ValueError, OSError) as error:
            raise CommandError(str(error), returncode=USAGE) from error

    def _bring_in(self, file: Path | str, *, collection, theme, approve, dry_run, report, verbosity, **options) -> None:
        file = Path(file)
        report = Path(report or default_path(file))
        if report.resolve() == file.resolve():
            raise CommandError("The report would overwrite the file itself.", returncode=USAGE)
        # References are never given back, so a dry run does not draw any: approving checks what sending checked.
        admission = Admission(Origin.IMPORT, approve=approve and not dry_run)
        defaults = Defaults(_collection(collection), theme or "", admission.country_names)
        run = Run(admission, defaults, dry_run=dry_run)
        try:
            with tqdm(total=_length(file), unit=" rows", disable=None) as bar:
                run.tick = bar.update
                run.read(file, report)
        except UnusableFile as error:
            kept = f" {run.summary.added} rows before it were kept." if run.summary.added and not dry_run else ""
            raise CommandError(f"{error}{kept}", returncode=USAGE) from error
        self._tell(run, report)

    def _tell(self, run: Run, report: Path) -> None:
        summary = run.summary
        would = "would be " if run.dry_run else ""
        self.stdout.write(
            f"{summary.seen} rows: {summary.added} {would}added, {summary.known} there already, "
            f"{summary.refused} refused"
        )
        for (column, reason), count in summary.reasons.most_common(20):
            self.stdout.write(f"  {count:>6}  {column or 'row'}: {reason}")
        if run.interrupted:
            kept = "" if run.dry_run else " What is done is kept; run it again to go on."
            raise CommandError(f"Interrupted after row {run.last_row}.{kept}", returncode=INTERRUPTED)
        if summary.refused:
            raise CommandError(f"{summary.refused} rows were refused; the report is {report}", returncode=REFUSED)


def _collection(code: str | None) -> str:
    """Return the code of the collection for rows that name none: the one asked for, or the only one that is open."""
    known = list(Collection.objects.values_list("slug", flat=True))
    if code and code not in known:
        raise CommandError(f"There is no collection {code}; there are: {', '.join(known)}.", returncode=USAGE)
    open_ones = list(Collection.objects.open().values_list("slug", flat=True)[:2])
    return code or (open_ones[0] if len(open_ones) == 1 else "")


def _length(file: Path) -> int | None:
    """Return the number of rows, for the bar, where somebody looks at it."""
    if not sys.stderr.isatty():
        return None
    with open_table(file) as table:
        return sum(1 for _ in table.rows)
