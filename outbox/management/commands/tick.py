from django.core.management.base import BaseCommand

from outbox.clock import tick


class Command(BaseCommand):
    help = "Runs the recurring jobs that are due, one after another. Workers do so by themselves (see `work`)."

    def handle(self, **options) -> None:
        self.stdout.write(", ".join(tick()) or "Nothing was due.")
