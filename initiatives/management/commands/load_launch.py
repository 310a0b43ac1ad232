"""Publish the launch content; may be repeated."""

from django.core.management.base import BaseCommand

from initiatives import launch


class Command(BaseCommand):
    help = "Publish the launch content that is missing, as “not yet checked”. What is here already stays as it is."

    def handle(self, *args, verbosity, **options):
        added = launch.load()
        if verbosity and added:
            self.stdout.write(f"{added} initiatives of the launch content published")
