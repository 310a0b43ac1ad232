"""Write everything that search compares anew; may be repeated, and while the portal runs."""

from django.core.management.base import BaseCommand

from initiatives.search import following, vocabulary


class Command(BaseCommand):
    help = "Write the texts that search compares anew, all of them, and count their words."

    def handle(self, *args, verbosity, **options):
        written = following.write_all()
        vocabulary.count_all()
        if verbosity:
            self.stdout.write(f"{written} texts written, their words counted")
