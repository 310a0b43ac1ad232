from django.core.management.base import BaseCommand

from forum.search import writing


class Command(BaseCommand):
    help = "Writes anew what search compares of every public post."

    def handle(self, *args, **options):
        self.stdout.write(f"{writing.write_all()} texts written.")
