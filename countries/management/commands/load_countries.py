"""Load countries and territories; may be repeated."""

from django.core.management.base import BaseCommand

from countries import services


class Command(BaseCommand):
    help = "Load the countries and territories that are missing. What staff edited is kept."

    def add_arguments(self, parser):
        parser.add_argument("--overwrite", action="store_true", help="write the file's values over edited ones")

    def handle(self, *args, overwrite, **options):
        count = services.load_countries(overwrite=overwrite)
        self.stdout.write(f"{count} countries and territories")
