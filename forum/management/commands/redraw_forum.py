from django.core.management.base import BaseCommand
from tqdm import tqdm

from forum.models import Post
from forum.services import redrawing


class Command(BaseCommand):
    """Posts drawn as the program draws today."""

    help = (
        "Makes the HTML of all posts anew from their text, and keeps it where it is another than the one made when "
        "they were written. May run at any time and be broken off; running it again goes on."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, only say of how many it is another")

    def handle(self, *args, check: bool, **options) -> None:
        with tqdm(total=Post.objects.exclude(body="").count(), unit=" posts", disable=None) as bar:
            count = redrawing.redraw(is_kept=not check, tick=bar.update)
        self.stdout.write(f"{count} posts would be drawn differently" if check else f"{count} posts drawn anew")
