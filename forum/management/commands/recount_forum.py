from django.core.management.base import BaseCommand, CommandError

from forum.services import repair


class Command(BaseCommand):
    """What rows of the forum say of its posts, made anew where it is wrong."""

    help = (
        "Counts topics, boards and members of the forum anew where their rows are wrong, lets search find the "
        "posts that it does not know, and says which. May run at any time."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; the exit code is 1 where any is wrong"
        )

    def handle(self, *args, check: bool, **options) -> None:
        found = 0
        for wrong, mend in repair.ALL:
            for thing in wrong():
                found += 1
                self.stdout.write(f"{type(thing).__name__} {thing.pk} {'is wrong' if check else 'mended'}: {thing}")
                if not check:
                    mend(thing)
        if check and found:
            raise CommandError(f"{found} rows are wrong")
        self.stdout.write(f"{found} rows mended" if found else "all counts are right")
