"""Mails of the forum: on which move, to whom, in which words."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from accounts.models import User
from forum import rules
from forum.models import Member, Post, Topic
from moderation.models import Decision
from moderation.workflow import Preview
from outbox.anew import writes
from outbox.models import Letter
from outbox.services import render, send_later

# Moves of a post that its author hears of; the words are in templates/forum/mail/<move>.txt. Nobody is told of spam.
TOLD = frozenset({"approve", "reject", "hide", "restore", "hide_by_flags", "uphold_flags", "remove_text"})
# The same of a topic (<move>_topic.txt); pinning is told to nobody.
TOLD_TOPIC = frozenset({"hide", "restore", "lock", "unlock", "move", "merge", "split", "rename"})
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
        title = post.topic.own_title if post.is_first else post.topic.title  # it is theirs with the first post alone
        context = {"title": title, "text": post.body, "url": settings.SITE_URL + post.get_absolute_url()}
        yield post.author, f"forum/mail/{decision.move}.txt", {**context, "reason": decision.public_reason}


def _letters_of_topic(topic: Topic, decision: Decision) -> Letters:
    if decision.move not in TOLD_TOPIC:
        return
    place = _place_after(topic, decision)
    people = {place.author, topic.author} if decision.move == "split" else {topic.author}
    for person in sorted(people - {decision.decided_by}, key=lambda one: one.pk):
        # What is done on a board that they may not know of is not told, but that the topic was moved there.
        if _can_read(person) and (decision.move == "move" or rules.may_read(person, topic.board)):
            yield person, f"forum/mail/{decision.move}_topic.txt", _of_topic(topic, place, decision, person)


def _place_after(topic: Topic, decision: Decision) -> Topic:
    """Return the topic in which the posts are now that the move was about."""
    if decision.move == "split":
        return topic.split_off.order_by("-pk").first() or topic
    return topic.merged_into if decision.move == "merge" and topic.merged_into else topic


def _of_topic(topic: Topic, place: Topic, decision: Decision, person: User) -> dict[str, Any]:
    """What a letter says; of a board that the person may not know of, nothing."""
    title = topic.own_title if person == topic.author else topic.title
    said = {"title": title, "language": topic.get_language_display, "reason": decision.public_reason}
    if not rules.may_read(person, place.board):
        return said
    url = settings.SITE_URL + place.get_absolute_url()
    return {**said, "url": url, "place": place.title, "board": place.board}


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
