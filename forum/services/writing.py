"""What members write. A form that is sent twice, even at once, makes one post."""

import uuid
from collections.abc import Callable, Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum import mentions, policy, rendering, rules, tasks
from forum.models import Board, Member, Post, PostRevision, Topic
from forum.models.topic import slug_of
from forum.search import writing as search
from forum.services import counters, drafts, following, pictures, titling
from initiatives.models import Initiative
from moderation.services import transition


def begin_topic(
    board: Board,
    *,
    by: User,
    title: str,
    body: str,
    language: str,
    key: uuid.UUID,
    initiative: Initiative | None = None,
    signs: Collection[str] = (),
) -> Post:
    """Begin a topic and return its first post: public, or waiting for a moderator. Raises PermissionDenied.

    `signs` are those of a program that its form bore.
    """
    if not rules.may_begin(by, board):
        raise PermissionDenied
    slug = slug_of(title)

    def write(key: uuid.UUID) -> Post:
        topic = Topic(board=board, title=title, slug=slug, language=language, author=by, initiative=initiative)
        topic.save(force_insert=True)
        return _written(topic, by, body, key, title=title, signs=signs, is_first=True)

    post = _once(write, by, key, body, title)
    drafts.discard(by, initiative or board)
    return post


def reply(
    topic: Topic, *, by: User, body: str, key: uuid.UUID, reply_to: Post | None = None, signs: Collection[str] = ()
) -> Post:
    """Post in the topic and return the post: public, or waiting for a moderator. `signs` as for a new topic.

    Raises PermissionDenied; ValidationError where `reply_to` is a post of another topic.
    """
    if reply_to is not None and reply_to.topic_id != topic.pk:
        raise ValidationError(_("The post that you answer is in another topic."))

    def write(key: uuid.UUID) -> Post:
        return _written(_kept_open(topic, by), by, body, key, signs=signs, reply_to=reply_to)

    post = _once(write, by, key, body)
    drafts.discard(by, topic)
    return post


def _kept_open(topic: Topic, by: User) -> Topic:
    """Return the topic, or the one that it was merged into, locked so that it stays as it is until the post is there.

    Raises PermissionDenied where `by` may not post there (any more).
    """
    found = counters.locked(topic.pk)
    while found.merged_into_id:
        found = counters.locked(found.merged_into_id)
    if found.board_id == topic.board_id:
        found.board = topic.board
    if not rules.may_reply(by, found):
        raise PermissionDenied
    return found


@transaction.atomic
def edit_post(
    post: Post, *, by: User, body: str, revision: int, title: str = "", language: str = "", may_wait: bool = True
) -> Post:
    """Change the text; the earlier one is kept for everybody to read, once it was public.

    With the post that begins a topic go its title and language, where they are given.

    A text that has to wait now is not public until a moderator has looked; without `may_wait` the public one stays,
    unchanged. Raises PermissionDenied, and ValidationError there (code `waits`) and where `revision`, the one that
    `by` has seen, is not the stored one (code `newer`). `post` is refreshed.
    """
    stored = Post.objects.select_for_update(no_key=True, of=("self",)).select_related("topic__board").get(pk=post.pk)
    if not rules.may_edit(by, stored):
        raise PermissionDenied
    if stored.revision != revision:
        raise ValidationError(
            _("The post was changed meanwhile. Nothing of yours is saved yet: look at it, and save again."),
            code="newer",
        )
    topic = stored.topic
    is_renamed = stored.is_first and title not in ("", topic.own_title)
    if stored.is_first and title:
        titling.rename(topic, title=title, language=language or topic.language, by=by)
    if body != stored.body or is_renamed:
        _replace(stored, by, body, may_wait=may_wait)
    post.refresh_from_db()
    return post


def delete_post(post: Post, *, by: User) -> None:
    """Take one's own post away: its text is forgotten. Raises PermissionDenied. `post` is refreshed."""
    transition(post, "delete", by=by)


def _replace(post: Post, by: User, body: str, *, may_wait: bool) -> None:
    if post.is_public and body != post.body:
        written_at = post.edited_at or post.created_at
        PostRevision.objects.create(
            post=post, number=post.revision, body=post.body, written_at=written_at, replaced_by=by
        )
        post.edited_at = timezone.now()
    post.body, post.revision = body, post.revision + 1
    people = _draw(post)
    title = post.topic.own_title if post.is_first else ""
    signs = post.waits  # what its form bore stays
    post.waits = policy.reasons_to_wait(by, body, html=post.html, title=title, besides=post.pk, signs=signs)
    if post.waits and post.is_public and not may_wait:
        raise ValidationError(_("This text has to wait for a moderator. Nothing is changed yet."), code="waits")
    post.save(update_fields=["body", "html", "revision", "edited_at", "waits"])
    mentions.remember(post, people)
    search.write([post.pk])
    pictures.join(post)
    if post.waits and post.is_public:
        transition(post, "wait_again", by=by)
    elif post.is_waiting and not post.waits:
        transition(post, "publish", by=by)
    elif people and post.is_public:
        tasks.notice_mentioned.enqueue(post.pk)


def _once(write: Callable[[uuid.UUID], Post], by: User, key: uuid.UUID, body: str, title: str = "") -> Post:
    """Do what `write` does with the key, unless that was done. Raises PermissionDenied for a key of somebody else.

    Two windows with one draft have one key: what is another text there is another post.
    """
    known = Post.objects.filter(key=key).select_related("topic").first()
    if known is None:
        try:
            with transaction.atomic():
                _one_at_a_time(by)
                return write(key)
        except IntegrityError:
            known = Post.objects.filter(key=key).select_related("topic").first()
            if known is None:
                raise
    if known.author_id != by.pk:
        raise PermissionDenied
    return known if _is_same(known, body, title) else _once(write, by, uuid.uuid5(key, f"{title}\n{body}"), body, title)


def _is_same(post: Post, body: str, title: str) -> bool:
    """Whether the post is this text, or was it once."""
    if title and not titling.was_called(post.topic, title):
        return False
    return body == post.body or post.revisions.filter(body=body).exists()


def _one_at_a_time(by: User) -> None:
    """Let the person's posts wait for each other until the transaction ends: each is judged knowing the ones before."""
    User.objects.select_for_update(no_key=True, of=("self",)).filter(pk=by.pk).first()


def _written(
    topic: Topic, by: User, body: str, key: uuid.UUID, *, signs: Collection[str], title: str = "", **more
) -> Post:
    post = Post(topic=topic, author=by, body=body, key=key, **more)
    people = _draw(post)
    post.waits = policy.reasons_to_wait(by, body, html=post.html, title=title, signs=signs)
    post.save(force_insert=True)
    mentions.remember(post, people)
    pictures.join(post)
    following.follow_own(topic, by=by)
    if post.waits:
        Member.objects.get_or_create(user=by)  # by which moderators silence whoever has nothing but posts that wait
    else:
        transition(post, "publish", by=by)
    return post


def _draw(post: Post) -> set[User]:
    """Make the HTML of the post, and return whom it names."""
    people = mentions.people_named(post.body, post.topic.board)
    post.html = rendering.render(post.body, key=post.key, handles=people.keys(), language=post.topic.language)
    return set(people.values())
