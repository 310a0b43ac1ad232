"""Random sequences of moves by random people: whatever they try, what must hold of the airlock holds.

AIRLOCK_EXAMPLES=2000 tries more than the everyday run, with other sequences each time; AIRLOCK_STEPS says how long they
are.
"""

import datetime
import os
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts import services as accounts
from accounts.models import Membership, User
from common.dates import PartialDate
from initiatives import services
from initiatives.models import Initiative, Submission
from initiatives.services.claims import release_old_claims
from initiatives.services.endings import AlreadyOpen, Ending, propose_ending
from moderation.models import Decision
from moderation.services import MoveRefused, take_due_effects, transition
from moderation.workflow import STOP, TAKE_EFFECT_NOW, UNDO
from tests.cast import FILE, MODERATORS, PEOPLE, ROLES, Cast, confirmed, may_make, works_on
from tests.factories import (
    make_draft,
)
from tests.invariants import check_everything, fingerprint

EXAMPLES = int(os.environ.get("AIRLOCK_EXAMPLES", "0"))
PROFILE = profile(
    max_examples=EXAMPLES or 20,
    stateful_step_count=int(os.environ.get("AIRLOCK_STEPS", "25")),
    deadline=None,
    derandomize=not EXAMPLES,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
HOLD = datetime.timedelta(minutes=5)
MOST = 9  # submissions, so that people meet
DECIDE = ("approve", "approve", "approve", "request_changes", "reject", "mark_as_spam")
OWN = (*PEOPLE, *["whose it is"] * len(PEOPLE))
WORDS = st.sampled_from(["Free data", "Spectrum relief", "Priority for hospitals", "حزمة طوارئ", "应急频谱"])
NUMBERS = st.integers(0, 30)
REASONS = st.sampled_from(["", "The source does not say so."])
WAITING = Submission.objects.waiting
REFUSALS = (MoveRefused, PermissionDenied, ValidationError, AlreadyOpen, services.NewerText)


class Airlock(RuleBasedStateMachine):
    """A portal with what the cast has made; every example is rolled back."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.now = timezone.now()
        self.clock = mock.patch("django.utils.timezone.now", lambda: self.now)
        self.clock.start()
        self.took_effect: set[int] = set()  # decisions that were held, and took effect
        held = self.cast.held
        self.held = {held.pk: held.decisions.first().pk}  # submission: its decision that is held
        self.before = fingerprint()
        self.decisions = Decision.objects.count()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    # What people try

    @rule(role=st.sampled_from(PEOPLE), title=WORDS, has_file=st.booleans())
    @precondition(lambda self: Submission.objects.count() < MOST)
    def write(self, role: str, title: str, has_file: bool) -> None:
        draft = make_draft(by=self.user(role), organisation=self.cast.organisation, title=title, tag_names=["relief"])
        if has_file:
            services.add_attachment(draft, SimpleUploadedFile("lines.csv", FILE), title="Lines", by=draft.author)

    @rule(title=WORDS)
    @precondition(lambda self: Submission.objects.count() < MOST)
    def load(self, title: str) -> None:
        given = {"origin": "import", "source_dataset": "records", "source_id": str(Submission.objects.count())}
        draft = make_draft(by=self.user("machine"), organisation=self.cast.organisation, title=title, **given)
        self.move(draft, "submit", "machine", expect=["submit"])

    @rule(number=NUMBERS, role=st.sampled_from(OWN), title=WORDS, is_late=st.booleans(), seen=st.booleans())
    def save(self, number: int, role: str, title: str, is_late: bool, seen: bool) -> None:
        submission = self.pick(Submission, number)
        user = self.user(role) or submission.author
        source = {"url": f"https://regulator.example/{title[:3]}", "title": title, "kind": "media"}
        change = {"values": {"title": title}, "sources": [source], "countries": self.cast.countries[: 1 + is_late]}
        change |= {"revision": submission.revision - is_late} if seen else {}
        done = self.attempt(lambda: services.save_draft(submission, by=user, **change))
        may = (
            submission.status in ("draft", "changes_requested")
            and not submission.is_held
            and works_on(user, submission)
        )
        assert done == (may and not (seen and is_late))

    @rule(number=NUMBERS, role=st.sampled_from(OWN))
    def attach(self, number: int, role: str) -> None:
        submission, upload = self.pick(Submission, number), SimpleUploadedFile("more.csv", FILE + b"1")
        user = self.user(role) or submission.author
        done = self.attempt(lambda: services.add_attachment(submission, upload, title="More", by=user))
        assert not done or works_on(user, submission)

    @rule(number=NUMBERS, role=st.sampled_from(PEOPLE), is_end=st.booleans())
    def correct(self, number: int, role: str, is_end: bool) -> None:
        initiative, user = self.pick(Initiative, number), self.user(role)
        if not is_end:
            services.start_correction(initiative, by=user)
            return
        person = {"contributor_name": "N", "contributor_role": "R", "contributor_email": "n@example.org"}
        said = {"by": user, "contributor": person | {"consent_at": self.now}}
        day = PartialDate(self.now.year, 1, 1)
        self.attempt(lambda: propose_ending(initiative, Ending.ENDED, day, **said), expect=["submit"])

    @rule(
        number=NUMBERS,
        role=st.sampled_from(ROLES),
        pick=NUMBERS,
        when=st.sampled_from([None, 0, 3, 60]),
        reason=REASONS,
    )
    def try_any_move(self, number: int, role: str, pick: int, when: int | None, reason: str) -> None:
        self.move_one(self.subject(number), role, pick, when, reason)

    @rule(number=NUMBERS, role=st.sampled_from(ROLES), pick=NUMBERS, when=st.sampled_from([None, 0, 60]))
    def make_a_move(self, number: int, role: str, pick: int, when: int | None) -> None:
        """One that is open to somebody, so that sequences come far."""
        subject = self.subject(number)
        roles = [one for one in ROLES if subject.workflow.open_to(self.user(one), subject)]
        if roles:
            role = roles[ROLES.index(role) % len(roles)]
            names = [move.name for move in subject.workflow.open_to(self.user(role), subject)]
            self.move_one(subject, role, pick, when, "The source says so.", names)

    @rule(
        number=NUMBERS,
        role=st.sampled_from(MODERATORS),
        move=st.sampled_from(DECIDE),
        when=st.sampled_from([None, 0, 60]),
    )
    @precondition(lambda self: WAITING().exists())
    def decide(self, number: int, role: str, move: str, when: int | None) -> None:
        self.move_one(self.waiting(number), role, 0, when, "The source says so.", [move])

    @rule(number=NUMBERS, role=st.sampled_from(ROLES), move=st.sampled_from([UNDO, STOP, TAKE_EFFECT_NOW]))
    @precondition(lambda self: self.held)
    def do_with_what_is_held(self, number: int, role: str, move: str) -> None:
        held = self.pick(Submission.objects.filter(held_until__isnull=False), number)
        self.move_one(held, role, 0, None, "The source has just been withdrawn.", [move])

    @rule(number=NUMBERS, role=st.sampled_from(ROLES), title=WORDS, takes_file=st.booleans())
    @precondition(lambda self: WAITING().exists())
    def edit_as_staff(self, number: int, role: str, title: str, takes_file: bool) -> None:
        submission, user = self.waiting(number), self.user(role)
        files = list(submission.attachments.values_list("pk", flat=True)) if takes_file else []
        expect = ["claim"] if submission.status == "submitted" else []
        change = {"values": {"title": f"{title}, mended"}, "without_files": files}
        may = may_make(role, user, "approve", submission)
        done = self.attempt(lambda: services.edit_as_staff(submission, by=user, **change), expect=expect)
        assert may or not done

    @rule(number=NUMBERS, role=st.sampled_from(ROLES))
    @precondition(lambda self: Submission.objects.filter(edited_by_staff=True).exists())
    def discard_staff_edits(self, number: int, role: str) -> None:
        submission, user = self.pick(Submission.objects.filter(edited_by_staff=True), number), self.user(role)
        may = may_make(role, user, "approve", submission)
        done = self.attempt(lambda: services.discard_staff_edits(submission, by=user))
        assert may or not done

    @rule(
        what=st.sampled_from("ask confirm refuse end".split()), role=st.sampled_from(PEOPLE), by=st.sampled_from(PEOPLE)
    )
    def change_membership(self, what: str, role: str, by: str) -> None:
        person, user, organisation = self.user(role), self.user(by), self.cast.organisation
        row = Membership.objects.filter(user=person, organisation=organisation).first()
        if what == "ask":
            self.attempt(lambda: accounts.request_membership(person, organisation))
        elif row is not None:
            is_staff, is_member = by in MODERATORS, confirmed(user, organisation)
            may = is_staff or person == user if what == "end" else person != user and (is_staff or is_member)
            change = getattr(accounts, f"{what}_membership")
            done = self.attempt(lambda: change(row, by=user))
            assert done == may

    @rule()
    def wait_for_the_hold(self) -> None:
        self.let_time_pass(6)

    @rule(minutes=st.sampled_from([1, 61, 25 * 60, 8 * 24 * 60]))
    def pass_time(self, minutes: int) -> None:
        self.let_time_pass(minutes)

    def let_time_pass(self, minutes: int) -> None:
        """The job for what is held comes, and the one for old claims."""
        self.now += datetime.timedelta(minutes=minutes)
        due = set(Submission.objects.filter(held_until__lte=self.now).values_list("pk", flat=True))
        old = Submission.objects.filter(status="in_review", claimed_at__lte=self.now - datetime.timedelta(hours=24))
        released = old.count()
        done, failed = take_due_effects(Submission)
        assert (take_due_effects(Initiative), done + failed) == ((0, 0), len(due))
        waits = {one.pk: one for one in Submission.objects.filter(pk__in=due, held_until__isnull=False)}
        for one in waits.values():  # the text has become impossible since
            assert one.hold_problem and one.initiative and one.initiative.status == "removed"
        self.took_effect |= {self.held.pop(key) for key in due - set(waits)}
        assert len(waits) == failed
        assert release_old_claims() == released
        self.decisions += released

    # How they try it

    def user(self, role: str) -> User | None:
        return self.cast.users.get(role)

    def pick(self, rows, number: int):
        rows = list(getattr(rows, "objects", rows).order_by("pk"))
        return rows[number % len(rows)]

    def waiting(self, number: int) -> Submission:
        return self.pick(WAITING(), number)

    def subject(self, number: int) -> Submission | Initiative:
        rows = [*Submission.objects.order_by("pk"), *Initiative.objects.order_by("pk")]
        return rows[number % len(rows)]

    def move_one(self, subject, role, pick, when, reason, names=None) -> None:
        names = names or sorted(subject.workflow.moves)
        at = None if when is None else self.now + datetime.timedelta(minutes=when)
        self.move(subject, names[pick % len(names)], role, takes_effect_at=at, public_reason=reason)

    def move(self, subject, name: str, role: str, *, expect=None, **said) -> None:
        """Make the move and compare who could with who may."""
        user, may, was_held = self.user(role), may_make(role, self.user(role), name, subject), self.held.get(subject.pk)
        try:
            with transaction.atomic():
                outcome = transition(subject, name, by=user, **said)
        except REFUSALS as refusal:
            assert fingerprint() == self.before
            assert not (may and isinstance(refusal, PermissionDenied)), (role, name, subject.status)
            return
        if not outcome.changed:
            assert fingerprint() == self.before
            return
        assert may, (role, name, subject)
        self.decisions += 1
        latest = subject.decisions.first()
        assert latest == outcome.decision and (latest.move, latest.decided_by) == (name, user)
        if not isinstance(subject, Submission):
            return
        if name in ("take_effect_now", "undo", "stop"):
            self.held.pop(subject.pk)
            self.took_effect |= {was_held} if name == "take_effect_now" else set()
        elif latest.takes_effect_at is not None:
            self.held[subject.pk] = latest.pk

    def attempt(self, do, *, expect=()) -> bool:
        """Whether it was done. What is refused changes nothing; what is done makes the expected decisions."""
        try:
            with transaction.atomic():
                do()
        except REFUSALS:
            assert fingerprint() == self.before
            return False
        self.decisions += len(expect)
        return True

    @invariant()
    def everything_holds(self) -> None:
        now = fingerprint()
        if now == self.before:
            return
        self.before = now
        assert Decision.objects.count() == self.decisions
        held = Submission.objects.filter(held_until__isnull=False)
        assert {one.pk: one.decisions.first().pk for one in held} == self.held
        check_everything(self.took_effect)


@pytest.mark.django_db
def test_whatever_people_try_the_airlock_holds(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    Airlock.cast = Cast()
    settings.DECISION_HOLD = HOLD
    Airlock.cast.hold_one()
    run_state_machine_as_test(Airlock, settings=PROFILE)
