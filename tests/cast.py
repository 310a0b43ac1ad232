"""Who meets in the airlock, what there is when they begin, and who may do what: as the product says it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership, User
from initiatives import services
from initiatives.models import Initiative, Submission
from moderation.services import transition
from tests.factories import (
    CollectionFactory,
    ModeratorFactory,
    OrganisationFactory,
    UserFactory,
    confirm,
    country,
    make_draft,
    make_initiative,
    make_submission,
)

MODERATORS = ("amina", "boris", "administrator")
PEOPLE = ("author", "colleague", "stranger", *MODERATORS)
ROLES = (*PEOPLE, "machine")
FILE = b"country,lines\nKE,12\n"


class Cast:
    """Everybody by role, and what there is when an example begins: something of every kind.

    Author and colleague are confirmed members of the same organisation.
    """

    def __init__(self) -> None:
        self.organisation = OrganisationFactory()
        self.users = {role: UserFactory(name=role) for role in ("author", "colleague", "stranger")}
        self.users |= {role: ModeratorFactory(name=role) for role in ("amina", "boris")}
        self.users["administrator"] = ModeratorFactory(name="administrator", group="Administrator")
        self.users["machine"] = User.objects.system("loader", "Loader")
        for role in ("author", "colleague"):
            confirm(self.users[role], self.organisation)
        self.countries = [country(code) for code in ("KE", "UG", "FR")]
        CollectionFactory()
        self.make_things()

    def make_things(self) -> None:
        by = {role: {"by": user, "organisation": self.organisation} for role, user in self.users.items()}
        with_file = make_draft(title="Free data", **by["author"])
        services.add_attachment(with_file, SimpleUploadedFile("a.csv", FILE), title="Lines", by=self.users["author"])
        transition(with_file, "submit", by=self.users["author"])
        make_submission(title="Spectrum relief", **by["stranger"])
        make_draft(title="Priority for hospitals", **by["colleague"])
        make_submission(title="Loaded", origin="import", source_dataset="records", source_id="1", **by["machine"])
        make_initiative(title="Public since long ago", moderator=self.users["amina"], **by["author"])
        self.held = make_submission(title="Free data again", **by["colleague"])

    def hold_one(self) -> None:
        transition(self.held, "approve", by=self.users["amina"])


def confirmed(user: User, organisation) -> bool:
    return Membership.objects.filter(user=user, organisation=organisation, status="confirmed").exists()


def works_on(user: User, submission: Submission) -> bool:
    organisation = submission.organisation
    return user == submission.author or confirmed(user, organisation) and confirmed(submission.author, organisation)


def may_make(role: str, user: User, move: str, subject) -> bool:
    """Who may, as the product says it, whatever the status is."""
    return (_of_initiative if isinstance(subject, Initiative) else _of_submission)(role, user, move, subject)


def _of_submission(role: str, user: User, move: str, submission: Submission) -> bool:
    vets = role in MODERATORS and submission.author != user
    mine = submission.decisions.filter(pk=getattr(submission.decisions.first(), "pk", 0), decided_by=user).exists()
    is_loader = role == "machine" and submission.author == user
    decides = is_loader or vets and submission.claimed_by in (None, user)
    return {
        **dict.fromkeys(("submit", "retract"), works_on(user, submission)),
        "claim": vets,
        "release": role in MODERATORS or role == "machine",
        **dict.fromkeys(("approve", "request_changes", "reject", "mark_as_spam"), decides),
        "undo": role in MODERATORS and mine,
        "stop": vets and not mine,
        "take_effect_now": vets,
    }[move]


def _of_initiative(role: str, user: User, move: str, initiative: Initiative) -> bool:
    sent_first = initiative.versions.filter(number=1, submission__author=user).exists()
    owns = role != "machine" and (sent_first or confirmed(user, initiative.organisation))
    staff = role in MODERATORS
    return {
        **dict.fromkeys(("archive", "unarchive", "remove", "restore", "ask_later", "contest", "doubt"), staff),
        **dict.fromkeys(("confirm", "report_end", "promise"), owns),
        "settle": staff and initiative.contested_since is not None,
        "source_seen": staff and not sent_first,
        "lapse": role == "machine",
    }[move]
