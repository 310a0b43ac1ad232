"""Posts drawn anew from their text, when the program draws differently than it did when they were written."""

import re
from collections.abc import Callable, Iterator

from django.db import transaction

from forum import rendering
from forum.models import Post
from forum.search import writing as search
from forum.services import counters

AT_ONCE = 200  # posts that are read at once
_MENTIONED = re.compile(r'<a href="/forum/members/([a-z0-9-]+)/" class="mention"')


def redraw(*, is_kept: bool = True, tick: Callable[[int], object] = lambda count: None) -> int:
    """Make the HTML of all posts anew from their text, keep it where it is another, and return of how many it is.

    Each is kept by itself, so that it may be broken off at any time; members may post meanwhile. `tick` is told of so
    many posts done. With `is_kept` False nothing is changed.
    """
    count = 0
    for post in _posts(tick):
        html = drawn(post)
        if html != post.html:
            count += _keep(post, html) if is_kept else 1
    return count


def drawn(post: Post) -> str:
    """Return the HTML of the post as it is drawn today. Who is linked in it is whom it named when it was written."""
    handles = set(_MENTIONED.findall(post.html))
    return rendering.render(post.body, key=post.key, handles=handles, language=post.topic.language)


def _posts(tick: Callable[[int], object]) -> Iterator[Post]:
    """Go through all posts that say something, those first that were written first."""
    posts = Post.objects.exclude(body="").select_related("topic").order_by("pk")
    last = 0
    while batch := list(posts.filter(pk__gt=last)[:AT_ONCE]):
        yield from batch
        last = batch[-1].pk
        tick(len(batch))


@transaction.atomic
def _keep(post: Post, html: str) -> bool:
    """Keep the HTML unless somebody is changing the post, which draws it, or has changed it; return whether it is kept.

    The topic is locked first, and nothing is waited for after that.
    """
    counters.locked(post.topic_id)
    here = Post.objects.filter(pk=post.pk, topic=post.topic_id, revision=post.revision, html=post.html)
    if not here.select_for_update(of=("self",), skip_locked=True).exists():
        return False
    here.update(html=html)
    search.write([post.pk])
    return True
