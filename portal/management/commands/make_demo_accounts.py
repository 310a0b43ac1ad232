"""Make the accounts of the demonstration and say how to sign in."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo import accounts, forum


class Command(BaseCommand):
    help = "Make the demonstration's accounts; refused outside a demonstration."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("This is no demonstration: accounts are made by signing up, staff with createsuperuser.")
        people = accounts.ensure()
        forum.ensure()
        for role, email, password in people:
            self.stdout.write(f"  {role:<14} {email:<28} {password}")
