"""Mails of the forum: on which move, to whom, in which words."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from accounts.models import User
from forum.models import Member, Post, Topic
from moderation.models import Decision
from moderation.workflow import Preview
from outbox.anew import writes
from outbox.models import Letter
from outbox.services import render, send_later

# Moves of a post that its author hears of; the words are in templates/forum/mail/<move>.txt. Nobody is told of spam.
TOLD = frozenset({"approve", "reject", "hide", "restore", "hide_by_flags", "uphold_flags"})
TOLD_MEMBER = frozenset({"silence_1", "silence_7", "silence_30", "unsilence"})

DECISION = "forum-decision"

Letters = Iterator[tuple[User, str, dict[str, Any]]]


def tell_of_post(post: Post, decision: Decision) -> None:
    """Mail the author about a move of a moderator. The mails leave after commit."""
    _send(_letters_of_post(post, decision), decision)


def preview_of_post(post: Post, decision: Decision) -> list[Preview]:
    """Return the letters that `decision`, which is not written, would cause."""
    return _previews(_letters_of_post(post, decision))


def tell_of_topic(topic: Topic, decision: Decision) -> None:
    _send(_letters_of_topic(topic, decision), decision)


def preview_of_topic(topic: Topic, decision: Decision) -> list[Preview]:
    return _previews(_letters_of_topic(topic, decision))


def tell_of_member(member: Member, decision: Decision) -> None:
    _send(_letters_of_member(member, decision), decision)


def preview_of_member(member: Member, decision: Decision) -> list[Preview]:
    return _previews(_letters_of_member(member, decision))


def _letters_of_member(member: Member, decision: Decision) -> Letters:
    if _can_read(member.user):
        context = {"until": member.silenced_until, "reason": decision.public_reason}
        yield (
            member.user,
            "forum/mail/unsilence.txt" if decision.move == "unsilence" else "forum/mail/silence.txt",
            context,
        )


def _letters_of_post(post: Post, decision: Decision) -> Letters:
    if decision.move in TOLD and _can_read(post.author):
        context = {"title": post.topic.title, "text": post.body, "url": settings.SITE_URL + post.get_absolute_url()}
        yield post.author, f"forum/mail/{decision.move}.txt", {**context, "reason": decision.public_reason}


def _letters_of_topic(topic: Topic, decision: Decision) -> Letters:
    if decision.move == "hide" and _can_read(topic.author):
        yield topic.author, "forum/mail/hide_topic.txt", {"title": topic.title, "reason": decision.public_reason}


def _can_read(person: User) -> bool:
    return person.is_active and not person.is_system


def _send(letters: Letters, decision: Decision) -> None:
    for person, template, context in letters:
        occasion = f"decision-{decision.pk}-{person.pk}"
        send_later(template, context, to=person, occasion=occasion, kind=DECISION, about={"user": person.pk})


@writes(DECISION)
def to_whom_now(letter: Letter) -> dict[str, str] | None:
    """The words stay; the person has perhaps another address, or is switched off."""
    person = User.objects.filter(pk=letter.about["user"]).first()
    return {"recipient": person.email} if person and _can_read(person) else None


def _previews(letters: Letters) -> list[Preview]:
    return [Preview(person, *render(template, context, to=person)) for person, template, context in letters]
