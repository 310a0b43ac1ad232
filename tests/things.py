"""One submission and one initiative in every status. Each text carries a word that says who may read it.

- `zqshown`: public, and found in lists; `zqarchived`: public at its own address, in lists only where asked for
- `zqhidden`: of a submission that is not public (yet, or ever); `zqremoved`: of what was public once
- `zqprivate`: never to be shown, whatever the status
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from forum.models import Board, Member, Post
from forum.services import begin_topic, delete_post
from forum.tests.things import board
from initiatives import services
from initiatives.models import Initiative, Submission
from initiatives.vocabulary import InitiativeStatus, SubmissionStatus
from moderation.services import transition
from tests.factories import OrganisationFactory, make_draft
from tests.people import People

SHOWN, ARCHIVED, HIDDEN, REMOVED, PRIVATE = "zqshown", "zqarchived", "zqhidden", "zqremoved", "zqprivate"
COMMON = "Quince"  # in every title and summary: a search finds what is public, and only that
COUNTRY_OF_SHOWN, COUNTRY_OF_OTHERS = "GH", "KE"


@dataclass(frozen=True)
class Things:
    """Rows by status, the open correction of the published one, and the letters that all this caused."""

    submissions: dict[str, Submission]
    initiatives: dict[str, Initiative]
    correction: Submission
    posts: dict[str, Post]
    letters: list[mail.EmailMessage]

    @classmethod
    def make(cls, people: People) -> "Things":
        mail.outbox = []
        submissions = {status: make_status(status, people) for status in SubmissionStatus}
        initiatives = {
            InitiativeStatus.PUBLISHED: publish(SHOWN, people),
            InitiativeStatus.ARCHIVED: publish(ARCHIVED, people),
            InitiativeStatus.REMOVED: publish(REMOVED, people),
        }
        note = {"private_note": f"{PRIVATE} note", "public_reason": "It was public by mistake."}
        transition(initiatives["archived"], "archive", by=people.moderator, **note)
        transition(initiatives["removed"], "remove", by=people.moderator, **note)
        correction = services.start_correction(initiatives["published"], by=people.author)
        correction = services.save_draft(correction, by=people.author, values=texts(HIDDEN))
        return cls(submissions, initiatives, correction, make_posts(people), list(mail.outbox))

    @property
    def published(self) -> Initiative:
        return self.initiatives["published"]

    @property
    def hidden(self) -> Iterable[Submission]:
        """Every submission that nobody outside may read; the approved one has become an initiative."""
        return [self.correction, *(row for status, row in self.submissions.items() if status != "approved")]


def texts(word: str) -> dict:
    """Every free text of a submission, each with `word` in it or, where it is private, the private word."""
    return {
        "title": f"{COMMON} {word} title",
        "summary": f"{COMMON} {word} summary of what the regulator did for the people of the country.",
        "description": f"{word} description, **at length**.",
        "partners": [f"{word} partner"],
        "results": f"{word} results",
        "challenges": f"{word} challenges",
        "lessons": f"{word} lessons",
        "contact_point": f"https://regulator.example/{word}",
        "tag_names": [f"{word}-tag"],
        "contributor_name": f"{PRIVATE} name",
        "contributor_role": f"{PRIVATE} role",
        "contributor_email": f"{PRIVATE}@example.org",
        "provenance_note": f"{PRIVATE} provenance",
    }


def draft(word: str, people: People, organisation=None) -> Submission:
    """A complete draft with an attachment, every text of it marked with `word`."""
    submission = make_draft(
        by=people.author,
        organisation=organisation or people.organisation,
        countries=[COUNTRY_OF_SHOWN if word == SHOWN else COUNTRY_OF_OTHERS],
        sources=[
            {"url": f"https://regulator.example/{word}/decision", "title": f"{word} source", "issuing_body": word}
        ],
        source_dataset=f"{PRIVATE}-dataset",
        source_id=f"{PRIVATE}-{Submission.objects.count()}",
        **texts(word),
    )
    upload = SimpleUploadedFile(f"{word}.csv", f"{word},1\n".encode(), content_type="text/csv")
    services.add_attachment(submission, upload, title=f"{word} file", by=people.author)
    return submission


MOVES = {
    "draft": [],
    "submitted": ["submit"],
    "in_review": ["submit", "claim"],
    "changes_requested": ["submit", "request_changes"],
    "approved": ["submit", "approve"],
    "rejected": ["submit", "reject"],
    "retracted": ["submit", "retract"],
    "spam": ["submit", "mark_as_spam"],
}


def make_status(status: str, people: People) -> Submission:
    """A submission that came to `status` by the moves of the workflow."""
    submission = draft(SHOWN if status == "approved" else HIDDEN, people)
    for move in MOVES[status]:
        by = people.author if move in ("submit", "retract") else people.moderator
        transition(submission, move, by=by, public_reason=f"{HIDDEN} reason", private_note=f"{PRIVATE} note")
    assert submission.status == status
    return submission


def publish(word: str, people: People) -> Initiative:
    """A published initiative of an organisation that nothing else is of."""
    submission = draft(word, people, OrganisationFactory(name=f"{word} authority"))
    transition(submission, "submit", by=people.author)
    transition(submission, "approve", by=people.moderator, private_note=f"{PRIVATE} note")
    return submission.initiative


POST_MOVES = {
    "waiting": [],
    "public": ["approve"],
    "rejected": ["reject"],
    "spam": ["mark_as_spam"],
    "hidden": ["approve", "hide"],
    "deleted": ["approve"],
}


def make_posts(people: People) -> dict[str, Post]:
    """A topic of one post in every status, one that is hidden with its post, and one of a private board."""
    peers = board("ask-your-peers")
    board("announcements")
    Member.objects.filter(user=people.author).delete()
    posts = {status: make_post(status, peers, people) for status in POST_MOVES}
    posts["topic hidden"] = make_post("public", peers, people, word=HIDDEN)
    transition(posts["topic hidden"].topic, "hide", by=people.moderator, public_reason=f"{HIDDEN} reason")
    group = Board.objects.create(slug="group", kind="group", name=f"{HIDDEN} group", is_private=True)
    group.members.add(people.author)
    posts["private"] = make_post("public", group, people, word=HIDDEN)
    return posts


def make_post(status: str, on: Board, people: People, word: str = "") -> Post:
    """The first post of a topic, come to `status` by the moves of the workflow."""
    word = word or (SHOWN if status == "public" else HIDDEN)
    said = {"title": f"{COMMON} {word} topic", "body": f"{COMMON} {word} post", "language": "en"}
    post = begin_topic(on, by=people.author, key=uuid.uuid4(), **said)
    for move in POST_MOVES[status] if post.is_waiting else POST_MOVES[status][1:]:
        note = {"public_reason": f"{HIDDEN} reason", "private_note": f"{PRIVATE} note"}
        transition(post, move, by=people.moderator, **note)
    if status == "deleted":
        delete_post(post, by=people.author)
    assert post.status == status
    return post
