"""Boards, members and posts for tests. Everything is posted the real way."""

import io
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from accounts.models import User
from forum import services
from forum.models import Board, Member, Post, Topic
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

TEXT = "We gave each operator ten more megahertz for six months. How did you end such licences?"


FIRST = {
    "spectrum": {"kind": "theme", "code": "spectrum"},
    "ask-your-peers": {"kind": "peers", "name": "Ask your peers"},
    "announcements": {"kind": "announcements", "name": "Announcements"},
}


def board(slug: str = "spectrum") -> Board:
    """Return one of the boards that every installation begins with; made anew where a test has emptied the tables."""
    return Board.objects.get_or_create(slug=slug, defaults=FIRST[slug])[0]


def private_board(*members: User) -> Board:
    made = Board.objects.create(slug="group", kind="group", name="Working group", is_private=True)
    made.members.set(members)
    return made


def known_member(approved: int = 10, **fields) -> User:
    """Return somebody whose posts do not wait."""
    user = UserFactory(**fields)
    Member.objects.create(user=user, approved_count=approved)
    return user


def speaker(handle: str, **fields) -> User:
    """Return somebody who has posted in public."""
    user = known_member(handle=handle, **fields)
    post_topic(by=user)
    return user


def post_topic(*, by: User | None = None, on: Board | None = None, title="How to end temporary licences", body=TEXT):
    """Return the first post of a new topic."""
    by = by or known_member()
    more = {"title": title, "language": "en", "key": uuid.uuid4()}
    return services.begin_topic(on or board(), by=by, body=f"{body} {uuid.uuid4().hex[:8]}", **more)


def post_reply(topic: Topic, *, by: User | None = None, body="We asked for a plan.", key=None) -> Post:
    return services.reply(topic, by=by or known_member(), body=body, key=key or uuid.uuid4())


def approve(post: Post, *, by: User | None = None) -> Post:
    transition(post, "approve", by=by or ModeratorFactory())
    return post


def png(name: str = "mast.png", comment: str = "secret place") -> SimpleUploadedFile:
    """Return a small picture as a form sends it; its file tells more than the picture."""
    told, out = PngInfo(), io.BytesIO()
    told.add_text("Comment", comment)
    Image.new("RGB", (4, 3), "red").save(out, "PNG", pnginfo=told)
    return SimpleUploadedFile(name, out.getvalue(), "image/png")
