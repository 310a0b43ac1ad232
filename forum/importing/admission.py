"""Posts of another forum become posts of a board here, each once, with the times and authors that they had."""

import uuid
from collections.abc import Sequence
from hashlib import blake2b

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from forum import rendering
from forum.importing.outcome import Outcome
from forum.importing.reading import Entry
from forum.models import Board, Post, Topic
from forum.models.topic import slug_of
from forum.services import counters
from moderation.services import transition

NAME_MAX = 60  # characters of an author's name
SHOWN = 80  # characters, of what is refused
_KEYS = uuid.UUID("5f0c1c0e-7f0e-4c5e-9a53-6a3c7b7f4a10")  # of posts that were brought in

Known = dict[str, tuple[int, int]]  # source of a post -> its number here, and that of the topic where it is now


class Admission:
    """Takes posts into a board, and tells `outcome` what became of them."""

    def __init__(self, board: Board, language: str, outcome: Outcome) -> None:
        self.board, self.language, self.outcome = board, language, outcome
        self._authors: dict[str, User] = {}

    @transaction.atomic
    def admit(self, entries: Sequence[Entry]) -> None:
        """Keep the posts of one topic there, in this order, but those that are here or say nothing."""
        known = _known(entries)
        unknown = [entry for entry in entries if entry.source not in known]
        said = [entry for entry in unknown if entry.body]
        new = [entry for entry in said if self._is_drawn(entry)]
        self.outcome.summary.known += len(entries) - len(unknown)
        self.outcome.empty += len(unknown) - len(said)
        places = self._places(new, known)
        topics = {pk: counters.locked(pk) for pk in sorted(set(places.values()))}
        posts = [self._post(topics[places[entry.source]], entry, known) for entry in new]
        Post.objects.bulk_update(posts, ["created_at", "published_at"])
        for topic in topics.values():
            counters.recount(counters.locked(topic.pk))
        for entry in new:
            self.outcome.add(entry)

    def _is_drawn(self, entry: Entry) -> bool:
        """Whether the text becomes something that is seen, and not too much; else it is refused."""
        try:
            rendering.check(entry.body)
        except ValidationError as error:
            self.outcome.refuse(entry.line, {"body": entry.body[:SHOWN]}, ValidationError({"body": error}))
            return False
        return True

    def _places(self, entries: Sequence[Entry], known: Known) -> dict[str, int]:
        """Return to which topic each post goes: to that of the post that it answers, wherever moderators put that."""
        places: dict[str, int] = {}
        for entry in entries:
            answered = known[entry.answers][1] if entry.answers in known else places.get(entry.answers)
            places[entry.source] = answered or self._topic(entry)
        return places

    def _topic(self, entry: Entry) -> int:
        """Return the topic of this name, or into which it was merged; made where there is none."""
        values = {"board": self.board, "title": entry.title, "slug": slug_of(entry.title), "language": self.language}
        values |= {"author": self._author(entry)}
        topic, is_new = Topic.objects.get_or_create(source=entry.topic, defaults=values)
        if is_new:
            Topic.objects.filter(pk=topic.pk).update(created_at=entry.created_at)
        return topic.merged_into_id or topic.pk

    def _post(self, topic: Topic, entry: Entry, known: Known) -> Post:
        author, key = self._author(entry), uuid.uuid5(_KEYS, entry.source)
        post = Post(topic=topic, author=author, body=entry.body, source=entry.source, key=key)
        post.is_first = not topic.posts.exists()
        post.html = rendering.render(entry.body, key=key, language=topic.language)
        post.reply_to_id = known[entry.answers][0] if entry.answers in known else None
        post.save(force_insert=True)
        transition(post, "publish", by=author)
        known[entry.source] = post.pk, topic.pk
        post.created_at = post.published_at = entry.created_at
        return post

    def _author(self, entry: Entry) -> User:
        """Return who stands for the author: a name in whatever script, without an address or a password."""
        digest = blake2b(f"{entry.forum}\n{entry.author}".encode(), digest_size=10).hexdigest()
        if digest not in self._authors:
            self._authors[digest] = User.objects.system(f"import-{digest}", entry.author[:NAME_MAX] or "unknown")
        return self._authors[digest]


def _known(entries: Sequence[Entry]) -> Known:
    """Return what is here of the posts and of those that they answer. One query."""
    sources = {entry.source for entry in entries} | {entry.answers for entry in entries if entry.answers}
    found = Post.objects.filter(source__in=sources).values_list("source", "pk", "topic_id")
    return {source: (pk, topic) for source, pk, topic in found}
