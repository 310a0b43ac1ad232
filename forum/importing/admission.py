"""Posts of another forum become posts of a board here, each once, with the times and authors that they had."""

import uuid
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from forum import rendering
from forum.importing.reading import Entry
from forum.models import Board, Post, Topic
from forum.models.topic import slug_of
from forum.services import counters
from moderation.services import transition

_KEYS = uuid.UUID("5f0c1c0e-7f0e-4c5e-9a53-6a3c7b7f4a10")  # of posts that were brought in


class Admission:
    """Takes conversations into a board. `seen` counts what became of the posts: added, known, empty."""

    def __init__(self, board: Board, language: str) -> None:
        self.board, self.language = board, language
        self.seen: Counter[str] = Counter()
        self._authors: dict[str, User] = {}

    def admit(self, entries: Iterable[Entry]) -> None:
        """Keep the posts, a topic at a time: whoever stops it goes on with the next one later."""
        for _topic, posts in groupby(entries, key=lambda entry: entry.topic):
            self._admit_topic(list(posts))

    @transaction.atomic
    def _admit_topic(self, entries: list[Entry]) -> None:
        known = dict(Post.objects.filter(source__in=[entry.source for entry in entries]).values_list("source", "pk"))
        new = [entry for entry in entries if entry.body and entry.source not in known]
        self.seen["known"] += sum(entry.source in known for entry in entries)
        self.seen["empty"] += sum(not entry.body and entry.source not in known for entry in entries)
        if not new:
            return
        topic = self._topic(new[0])
        begins = not topic.posts.exists()
        posts = [self._post(topic, entry, known, is_first=begins and entry is new[0]) for entry in new]
        Post.objects.bulk_update(posts, ["created_at", "published_at"])
        first = topic.posts.order_by("number").values_list("published_at", flat=True).first()
        Topic.objects.filter(pk=topic.pk).update(created_at=first, opened_at=first)
        counters.recount(counters.locked(topic.pk))
        self.seen["added"] += len(posts)

    def _topic(self, entry: Entry) -> Topic:
        values = {"board": self.board, "title": entry.title, "slug": slug_of(entry.title), "language": self.language}
        return Topic.objects.get_or_create(source=entry.topic, defaults={**values, "author": self._author(entry)})[0]

    def _post(self, topic: Topic, entry: Entry, known: dict[str, int], *, is_first: bool) -> Post:
        author, key = self._author(entry), uuid.uuid5(_KEYS, entry.source)
        post = Post(topic=topic, author=author, body=entry.body, source=entry.source, key=key, is_first=is_first)
        post.html = rendering.render(entry.body, key=key, language=topic.language)
        post.reply_to_id = known.get(f"{entry.topic}:{entry.reply_to}")
        post.save(force_insert=True)
        transition(post, "publish", by=author)
        known[entry.source] = post.pk
        post.created_at = post.published_at = entry.created_at
        return post

    def _author(self, entry: Entry) -> User:
        """Return who stands for the author: a name, without an address or a password."""
        handle = slugify(f"{entry.place} {entry.author}".replace("_", "-"))[:30].strip("-")
        if handle not in self._authors:
            self._authors[handle] = User.objects.system(handle, entry.author)
        return self._authors[handle]
