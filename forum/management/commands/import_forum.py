"""Bring in the conversations of another forum."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forum.importing.admission import Admission
from forum.importing.lines import plan_of
from forum.importing.outcome import Outcome
from forum.importing.runner import Run
from forum.models import Board
from initiatives.importing.readers import UnusableFile
from initiatives.importing.report import Report, default_path
from initiatives.vocabulary import ContentLanguage

USAGE, REFUSED, INTERRUPTED = 2, 1, 130  # exit codes
SAY_EVERY = 500  # posts, where nobody sees a bar


class Command(BaseCommand):
    help = (
        "Bring in the posts of a dump (.jsonl or .jsonl.gz, a post in each line) into a board, with their times and "
        "replies, under names that cannot sign in. Lines that say no post are listed in a report with line, column and "
        "reason; the rest goes in, and running it again adds nothing twice. "
        "Exit code: 0 all good, 1 some lines refused, 2 wrong usage or an unusable file."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--board", required=True, help="short name of the board in addresses")
        parser.add_argument("--language", default=ContentLanguage.EN, choices=ContentLanguage.values)
        parser.add_argument("--limit", type=int, metavar="N", help="only the first N posts")
        parser.add_argument("--report", type=Path, metavar="CSV", help="default: FILE.refused.csv")

    def handle(self, *args, file: Path, board: str, language: str, limit: int | None, report: Path | None, **options):
        found = Board.objects.filter(slug=board).first()
        if found is None:
            raise CommandError(f"There is no board “{board}”.", returncode=USAGE)
        file = Path(file)
        report = Path(report or default_path(file))
        if report.resolve() == file.resolve():
            raise CommandError("The report would overwrite the file itself.", returncode=USAGE)
        try:
            plan = plan_of(file, limit)
            outcome = Outcome(Report(report, {}))
        except UnusableFile as error:
            raise CommandError(str(error), returncode=USAGE) from error
        self._run(Run(Admission(found, language, outcome), outcome), file, plan)

    def _run(self, run, file, plan) -> None:
        outcome = run.outcome
        try:
            with tqdm(total=plan.lines, unit=" posts", disable=None) as bar:
                run.tick = self._teller(bar, plan.lines)
                run.read(file, plan)
        except UnusableFile as error:
            self._tell(outcome)
            raise CommandError(f"{error}. What was read before is kept.", returncode=USAGE) from error
        except KeyboardInterrupt as error:
            self._tell(outcome)
            kept = "What is done is kept; run it again to go on."
            raise CommandError(f"Interrupted. {kept}", returncode=INTERRUPTED) from error
        self._tell(outcome)
        if outcome.summary.refused:
            where = outcome.report.path
            raise CommandError(
                f"{outcome.summary.refused} lines were refused; the report is {where}", returncode=REFUSED
            )

    def _teller(self, bar: tqdm, total: int):
        """Return what moves the bar, or without a terminal, as in a log, says now and then how far it is."""
        done = 0

        def tell(count: int) -> None:
            nonlocal done
            bar.update(count)
            if bar.disable and (done + count) // SAY_EVERY > done // SAY_EVERY:
                self.stdout.write(f"{done + count:,} of {total:,} posts")
                self.stdout.flush()
            done += count

        return tell

    def _tell(self, outcome: Outcome) -> None:
        self.stdout.write(f"Posts: {outcome}")
        for line in outcome.named:
            self.stdout.write(f"  {line}")
