"""Discussions of the demonstration: made up, by people whose names say so."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from forum import services
from forum.models import Board, Member, Post, Topic
from forum.policy import TRUSTED_FROM
from forum.services import counters, repair
from forum.vocabulary import MailChoice
from initiatives.vocabulary import Theme

FILE = Path(__file__).parent / "forum.json"
PEERS = "ask-your-peers"
APART = timedelta(minutes=7)  # between posts of one day


@transaction.atomic
def ensure() -> int:
    """Post the discussions where the forum is empty; return how many topics were made."""
    if Topic.objects.exists():
        return 0
    topics = json.loads(FILE.read_text(encoding="utf-8"))
    boards = {board.code or board.slug: board for board in Board.objects.all()}
    for number, said in enumerate(topics):
        # Every third is asked where all look, not on the board of its theme.
        _post(said, boards[PEERS] if number % 3 == 0 or said["category"] not in Theme else boards[said["category"]])
    for member in repair.wrong_members():  # they were trusted for the time of posting
        repair.mend_member(member)
    return len(topics)


def _post(said: dict, board: Board) -> None:
    first = services.begin_topic(
        board,
        by=_person(said["author_role"]),
        title=said["title"],
        body=said["body"],
        language=said["language"],
        key=uuid.uuid4(),
    )
    posts = [(first, said["posted_on"])]
    for reply in said["replies"]:
        by = _person(reply["author_role"])
        posts.append((services.reply(first.topic, by=by, body=reply["body"], key=uuid.uuid4()), reply["posted_on"]))
        first.topic.refresh_from_db()
    _date_back(first.topic, posts)


def _date_back(topic: Topic, posts: list[tuple[Post, str]]) -> None:
    """Give everything the day of the example."""
    for number, (post, day) in enumerate(posts):
        moment = datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC) + number * APART
        Post.objects.filter(pk=post.pk).update(created_at=moment, published_at=moment)
        if number == 0:
            Topic.objects.filter(pk=topic.pk).update(created_at=moment, opened_at=moment)
    counters.recount(counters.locked(topic.pk))


def _person(role: str) -> User:
    name = f"{role} (example)"
    handle = f"example-{slugify(role)}"[:30].strip("-")
    email = f"{handle}@demo.example"
    known = User.objects.filter(email=email).first()
    if known:
        return known
    user = User.objects.create_user(email, name=name, handle=handle)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Member.objects.create(user=user, approved_count=TRUSTED_FROM)
    services.choose_mail(user, mail=MailChoice.NEVER, follows_own=False)
    return user
