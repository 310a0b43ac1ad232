"""Bring in the conversations of another forum."""

from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forum.importing.admission import Admission
from forum.importing.reading import UnusableFile, entries
from forum.models import Board
from initiatives.vocabulary import ContentLanguage


class Command(BaseCommand):
    help = (
        "Bring in the posts of a dump (.jsonl or .jsonl.gz, a post in each line) into a board, with their times and "
        "replies, under names that cannot sign in. Running it again adds nothing twice."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--board", required=True, help="short name of the board in addresses")
        parser.add_argument("--language", default=ContentLanguage.EN, choices=ContentLanguage.values)
        parser.add_argument("--limit", type=int, metavar="N", help="only the first N posts")

    def handle(self, *args, file: Path, board: str, language: str, limit: int | None, **options):
        found = Board.objects.filter(slug=board).first()
        if found is None:
            raise CommandError(f"There is no board “{board}”.", returncode=2)
        admission = Admission(found, language)
        try:
            with tqdm(islice(entries(file), limit), total=limit, unit=" posts", disable=None) as posts:
                admission.admit(posts)
        except UnusableFile as error:
            raise CommandError(f"{error} {admission.seen['added']} posts before it were kept.", returncode=2) from error
        seen = admission.seen
        self.stdout.write(f"{seen['added']} posts added, {seen['known']} there already, {seen['empty']} without text")
