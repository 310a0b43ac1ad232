"""Who may make which move from which status: the product's tables, tried out cell by cell."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum.models import Member, Post, Topic
from forum.tests.things import board
from initiatives.models import Initiative, Submission
from moderation.services import MoveRefused, transition
from moderation.workflow import registered, workflow_of
from tests.factories import (
    ModeratorFactory,
    OrganisationFactory,
    UserFactory,
    confirm,
    make_draft,
    make_initiative,
)

# move | from | by. What is in review is claimed by the "claimant"; everybody else is as the name says.
SUBMISSION = """
submit          | draft                                    | author colleague moderating_author machine
submit          | changes_requested                        | author colleague moderating_author machine
retract         | submitted in_review changes_requested    | author colleague moderating_author machine
claim           | submitted                                | moderator claimant administrator
release         | in_review                                | moderator claimant administrator moderating_author machine
approve         | submitted                                | moderator claimant administrator machine
approve         | in_review                                | claimant machine
request_changes | submitted                                | moderator claimant administrator machine
request_changes | in_review                                | claimant machine
reject          | submitted                                | moderator claimant administrator machine
reject          | in_review                                | claimant machine
mark_as_spam    | submitted                                | moderator claimant administrator machine
mark_as_spam    | in_review                                | claimant machine
"""
# The same for a decision that is held, made by the claimant: nothing else is possible then.
HELD = """
undo            | approved changes_requested rejected spam | claimant
stop            | approved changes_requested rejected spam | moderator administrator
take_effect_now | approved changes_requested rejected spam | moderator claimant administrator
"""
INITIATIVE = """
archive         | published                                | moderator claimant administrator moderating_author
unarchive       | archived                                 | moderator claimant administrator moderating_author
remove          | published archived                       | moderator claimant administrator moderating_author
restore         | removed                                  | moderator claimant administrator moderating_author
confirm         | published                                | author colleague moderating_author
report_end      | published                                | author colleague moderating_author
promise         | published                                | author colleague moderating_author
source_seen     | published                                | moderator claimant administrator
ask_later       | published                                | moderator claimant administrator moderating_author
contest         | published archived                       | moderator claimant administrator moderating_author
settle          | published archived                       | moderator claimant administrator moderating_author
doubt           | published                                | moderator claimant administrator moderating_author
lapse           | published                                | machine
"""
POST = """
publish         | waiting                                  | author moderating_author machine
wait_again      | public                                   | author moderating_author machine
approve         | waiting                                  | moderator claimant administrator
reject          | waiting                                  | moderator claimant administrator
mark_as_spam    | waiting public                           | moderator claimant administrator
hide            | public                                   | moderator claimant administrator
restore         | hidden rejected spam                     | moderator claimant administrator
hide_by_flags   | public                                   | machine
dismiss_flags   | public                                   | moderator claimant administrator
uphold_flags    | hidden                                   | moderator claimant administrator
delete          | waiting public rejected                  | author moderating_author machine
remove_text     | waiting public rejected spam hidden      | moderator claimant administrator
"""
TOPIC = """
lock            | open                                     | moderator claimant administrator moderating_author
unlock          | locked                                   | moderator claimant administrator moderating_author
pin             | open locked                              | moderator claimant administrator moderating_author
unpin           | open locked                              | moderator claimant administrator moderating_author
hide            | open locked                              | moderator claimant administrator moderating_author
restore         | hidden                                   | moderator claimant administrator moderating_author
rename          | open                                     | author moderator claimant administrator moderating_author
rename          | locked hidden                            | moderator claimant administrator moderating_author
move            | open locked                              | moderator claimant administrator moderating_author
split           | open locked                              | moderator claimant administrator moderating_author
merge           | open locked                              | moderator claimant administrator moderating_author
solve           | open locked                              | author moderator claimant administrator moderating_author
unsolve         | open locked                              | author moderator claimant administrator moderating_author
forget_merged   | open locked hidden                       | moderator claimant administrator moderating_author
"""
MEMBER = """
silence_1       | active silenced                          | moderator claimant administrator
silence_7       | active silenced                          | moderator claimant administrator
silence_30      | active silenced                          | moderator claimant administrator
unsilence       | silenced                                 | moderator claimant administrator
"""
KEEPING_STATUS = "take_effect_now confirm report_end promise source_seen ask_later contest settle doubt lapse".split()
TABLES = {Submission: SUBMISSION, Initiative: INITIATIVE, Post: POST, Topic: TOPIC, Member: MEMBER}
TARGETS = {
    "submit": "submitted",
    "retract": "retracted",
    "claim": "in_review",
    "release": "submitted",
    "approve": "approved",
    "request_changes": "changes_requested",
    "reject": "rejected",
    "mark_as_spam": "spam",
    "undo": "in_review",
    "stop": "submitted",
    **dict.fromkeys(KEEPING_STATUS),  # as it is
    "archive": "archived",
    "unarchive": "published",
    "remove": "removed",
    "restore": "published",
}
IN_THE_FORUM = {
    **dict.fromkeys(("publish", "approve"), "public"),
    "wait_again": "waiting",
    "reject": "rejected",
    "mark_as_spam": "spam",
    "hide": "hidden",
    "delete": "deleted",
    "lock": "locked",
    "unlock": "open",
    "hide_by_flags": "hidden",
    "merge": "merged",
    **dict.fromkeys(("pin", "unpin", "rename", "move", "split", "solve", "unsolve", "dismiss_flags", "uphold_flags")),
    **dict.fromkeys(("remove_text", "forget_merged")),
    **dict.fromkeys(("silence_1", "silence_7", "silence_30"), "silenced"),
    "unsilence": "active",
}
TARGETS_OF = {
    Submission: TARGETS,
    Initiative: TARGETS,
    Post: IN_THE_FORUM | {"restore": "public"},
    Topic: IN_THE_FORUM | {"restore": "open"},
    Member: IN_THE_FORUM,
}
DECIDED_BY = {
    "approved": "approve",
    "changes_requested": "request_changes",
    "rejected": "reject",
    "spam": "mark_as_spam",
}
ROLES = "author colleague stranger moderator claimant administrator moderating_author machine".split()
NEEDS_REASON = {"request_changes", "reject", "remove", "stop", "contest", "doubt", "hide", "remove_text"}
NEEDS_REASON |= {"uphold_flags", "silence_1", "silence_7", "silence_30"}


def allowed(model, *, held: bool = False) -> set[tuple[str, str, str]]:
    """Return the cells of the table: move, status, role."""
    lines = [line.split("|") for line in (HELD if held else TABLES[model]).strip().splitlines()]
    return {
        (move.strip(), status, role)
        for move, froms, roles in lines
        for status in froms.split()
        for role in roles.split()
    }


class Cast:
    """The people, and one thing for each of the three kinds of author."""

    def __init__(self, make) -> None:
        organisation = OrganisationFactory()
        self.author, self.colleague, self.stranger = UserFactory(), UserFactory(), UserFactory()
        for person in (self.author, self.colleague):
            confirm(person, organisation)
        self.moderator, self.claimant, self.moderating_author = (ModeratorFactory() for _number in range(3))
        self.administrator = ModeratorFactory(group="Administrator")
        self.machine = User.objects.system("loader", "Loader")
        self.things = {
            role: make(by=getattr(self, role), organisation=organisation)
            for role in ("author", "moderating_author", "machine")
        }

    def thing_for(self, role):
        return self.things.get(role, self.things["author"])


@pytest.fixture(scope="module")
def casts(kept_in_module) -> dict[type, Cast]:
    # What only sending fills in is given, for drafts are put into any status below.
    drafts = Cast(lambda **who: make_draft(stakeholder_type="regulator", **who))
    return {
        Submission: drafts,
        Initiative: Cast(make_initiative),
        Post: Cast(make_post),
        Topic: Cast(lambda **who: make_post(**who).topic),
        Member: Cast(lambda by, organisation: Member.objects.get_or_create(user=by)[0]),
    }


def make_post(*, by: User, organisation) -> Post:
    """Return the first post of a topic, past `forum.services`: machines do not post."""
    topic = Topic.objects.create(board=board(), title="How to end it", slug="how", language="en", author=by)
    return Post.objects.create(topic=topic, author=by, body="Tell us.", html="", key=uuid.uuid4(), is_first=True)


def put(cast: Cast, status: str, *, held: bool = False) -> None:
    """Set the scene, past the one door on purpose."""
    for thing in cast.things.values():
        fields = {"status": status, "held_until": timezone.now() + timedelta(minutes=5) if held else None}
        if held:
            move = DECIDED_BY[status]
            thing.decisions.create(move=move, decided_by=cast.claimant, from_status="in_review", to_status=status)
        if isinstance(thing, Submission):
            fields["claimed_by"] = cast.claimant if status == "in_review" else None
        elif isinstance(thing, Topic):
            fields["merged_into"] = thing  # merging is the service's, which says into what
        elif isinstance(thing, Post):
            fields["flagged_at"] = timezone.now()
        elif isinstance(thing, Initiative):
            fields["contested_since"] = timezone.now()  # else there is nothing to settle
        type(thing).objects.filter(pk=thing.pk).update(**fields)
        thing.refresh_from_db()


def result(thing, move: str, by: User) -> str:
    """Try the move, say what came of it, and take it back."""
    try:
        with transaction.atomic():
            outcome = transition(thing, move, by=by, public_reason="a reason")
            said = f"now {thing.status}" if outcome.changed else "nothing"
            transaction.set_rollback(True)
        thing.refresh_from_db()
        return said
    except PermissionDenied:
        return "no right"
    except MoveRefused:
        return "not from here"


def expected(model, move: str, status: str, role: str, *, held: bool = False) -> str:
    table = allowed(model, held=held)
    if held and DECIDED_BY[status] == move:
        return "nothing"  # it is done already
    if (move, status, role) in table:
        return f"now {TARGETS_OF[model][move] or status}"
    return "no right" if any(cell[:2] == (move, status) for cell in table) else "not from here"


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "status"), [(model, status) for model in TABLES for status in model.Status.values])
def test_every_move_by_every_role(casts, model, status):
    cast = casts[model]
    put(cast, status)
    cells = [(move, role) for move in workflow_of(model).moves for role in ROLES]
    came = {(move, role): result(cast.thing_for(role), move, getattr(cast, role)) for move, role in cells}
    assert came == {(move, role): expected(model, move, status, role) for move, role in cells}


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["approved", "changes_requested", "rejected", "spam"])
def test_nothing_but_taking_back_while_a_decision_is_held(casts, status):
    cast = casts[Submission]
    put(cast, status, held=True)
    cells = [(move, role) for move in workflow_of(Submission).moves for role in ROLES]
    came = {(move, role): result(cast.thing_for(role), move, getattr(cast, role)) for move, role in cells}
    assert came == {(move, role): expected(Submission, move, status, role, held=True) for move, role in cells}


def test_every_workflow_has_its_table():
    assert set(registered()) == set(TABLES)
    for model, workflow in registered().items():
        cells = allowed(model) | (allowed(model, held=True) if model is Submission else set())
        assert set(workflow.moves) == {move for move, _status, _role in cells}
        reasons = {move.name for move in workflow.moves.values() if move.reason_required}
        assert reasons == NEEDS_REASON & set(workflow.moves)


@pytest.mark.django_db
def test_open_moves_are_those_of_the_table(casts):
    cast = casts[Submission]
    put(cast, "submitted")
    for role in ROLES:
        thing = cast.thing_for(role)
        offered = {move.name for move in thing.workflow.open_to(getattr(cast, role), thing)}
        assert offered == {move for move, status, who in allowed(Submission) if (status, who) == ("submitted", role)}
