from django.core.management.base import BaseCommand

from outbox.reaper import LONGEST, forget, put_back


class Command(BaseCommand):
    help = f"Puts back tasks that run for more than {LONGEST} (their worker was killed); forgets finished ones."

    def handle(self, **options) -> None:
        put, given_up = put_back()
        self.stdout.write(f"{put} tasks put back, {given_up} given up, {forget()} finished ones forgotten.")
