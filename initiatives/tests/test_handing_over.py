"""When somebody leaves, what they wrote for an organisation is gone on with by a colleague."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.services import end_membership, leave
from initiatives import rules, services
from initiatives.models import Initiative, Submission
from initiatives.services import review_rounds
from initiatives.tests.typed import address
from moderation.services import transition
from tests.factories import (
    ModeratorFactory,
    OrganisationFactory,
    UserFactory,
    confirm,
    make_draft,
    make_initiative,
    make_submission,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Communications Authority")


@pytest.fixture
def leaver(organisation):
    return confirm(UserFactory(name="Zqleaver"), organisation).user


@pytest.fixture
def colleagues(organisation):
    """Two, in the order in which they were confirmed."""
    return [confirm(UserFactory(), organisation).user for _number in range(2)]


def close(person):
    leave(person)


def leave_organisation(person):
    end_membership(person.memberships.get(), by=person)


def sent_away(person):
    end_membership(person.memberships.get(), by=ModeratorFactory(), reason="Works elsewhere")


WAYS = pytest.mark.parametrize("go", [close, leave_organisation, sent_away])


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@WAYS
def test_draft_passes_to_the_member_confirmed_first(leaver, organisation, colleagues, go):
    draft = make_draft(by=leaver, organisation=organisation)
    go(leaver)
    assert Submission.objects.get(pk=draft.pk).author == colleagues[0]
    assert signed_in(colleagues[1]).get(address(draft)).status_code == 200


@WAYS
def test_draft_passes_to_the_colleague_who_edited_it_last(leaver, organisation, colleagues, go):
    draft = make_draft(by=leaver, organisation=organisation)
    services.save_draft(draft, by=colleagues[1], values={"title": "Colleague"})
    go(leaver)
    assert Submission.objects.get(pk=draft.pk).author == colleagues[1]


@WAYS
def test_who_takes_over_gets_one_mail_that_names_no_leaver(leaver, organisation, colleagues, go, mailoutbox):
    drafts = [make_draft(by=leaver, organisation=organisation) for _number in range(2)]
    mailoutbox.clear()
    go(leaver)
    (letter,) = [mail for mail in mailoutbox if mail.to == [colleagues[0].email]]
    assert "Communications Authority" in letter.subject and "Zqleaver" not in letter.body
    assert all(draft.title in letter.body and address(draft) in letter.body for draft in drafts)


@WAYS
def test_changes_asked_for_can_be_made_by_colleagues(leaver, organisation, colleagues, go):
    submission = make_submission(by=leaver, organisation=organisation)
    transition(submission, "request_changes", by=ModeratorFactory(), public_reason="Which band?")
    go(leaver)
    for colleague in colleagues:
        page = signed_in(colleague).get(address(submission, "edit"))
        assert page.status_code == 200 and "Which band?" in page.text
    submission.refresh_from_db()
    values = {"contributor_name": "New", "contributor_role": "Head", "contributor_email": "n@example.org"}
    services.save_draft(submission, by=colleagues[0], values=values)
    submission.refresh_from_db()
    transition(submission, "submit", by=colleagues[0])


@WAYS
def test_later_request_of_a_moderator_reaches_who_took_over(leaver, organisation, colleagues, go, mailoutbox):
    submission = make_submission(by=leaver, organisation=organisation)
    go(leaver)
    mailoutbox.clear()
    submission.refresh_from_db()
    transition(submission, "request_changes", by=ModeratorFactory(), public_reason="Which band?")
    assert [mail.to for mail in mailoutbox] == [[colleagues[0].email]]


@pytest.mark.parametrize("go", [leave_organisation, sent_away])
def test_who_left_sees_it_no_more(leaver, organisation, colleagues, go):
    draft = make_draft(by=leaver, organisation=organisation)
    go(leaver)
    assert signed_in(leaver).get(address(draft)).status_code == 404


@pytest.mark.parametrize("go", [leave_organisation, sent_away])
def test_with_nobody_left_it_stays_theirs(leaver, organisation, go):
    draft = make_draft(by=leaver, organisation=organisation)
    go(leaver)
    assert signed_in(leaver).get(address(draft, "edit")).status_code == 200


def test_with_nobody_left_the_draft_goes_with_the_account(leaver, organisation):
    make_draft(by=leaver, organisation=organisation)
    leave(leaver)
    assert not Submission.objects.exists()


def test_work_for_no_shared_organisation_does_not_pass(leaver, organisation, colleagues):
    draft = make_draft(by=leaver)
    leave_organisation(leaver)
    assert Submission.objects.get(pk=draft.pk).author == leaver


def test_contributor_is_forgotten_in_what_passes(leaver, organisation, colleagues):
    draft = make_draft(by=leaver, organisation=organisation)
    leave(leaver)
    assert Submission.objects.get(pk=draft.pk).contributor_name == ""


def test_who_vets_it_does_not_become_its_author(leaver, organisation, colleagues):
    confirm(ModeratorFactory(), organisation)
    submission = make_submission(by=leaver, organisation=organisation)
    first = colleagues[0]
    Submission.objects.filter(pk=submission.pk).update(claimed_by=first)
    leave_organisation(leaver)
    assert Submission.objects.get(pk=submission.pk).author == colleagues[1]


def test_pages_that_ask_say_what_becomes_of_it(leaver, organisation, colleagues):
    client = signed_in(leaver)
    page = f"/my/memberships/{leaver.memberships.get().pk}/end/"
    assert "passes to a colleague" in client.get(page).text
    for colleague in colleagues:
        leave(colleague)
    assert "stays yours" in client.get(page).text


# Who has left does not answer for the organisation's measures


@pytest.fixture
def measure(leaver, organisation):
    """Published; its author has left the organisation, where nobody else is confirmed."""
    initiative = make_initiative(by=leaver, organisation=organisation)
    leave_organisation(leaver)
    return initiative


def test_former_member_owns_nothing(leaver, measure):
    assert not rules.is_owner(leaver, measure)
    assert not Initiative.objects.owned_by(leaver).exists()
    assert not Initiative.objects.with_owner().exists() and Initiative.objects.of_secretariat().exists()
    assert review_rounds.owners_of(measure) == []


def test_former_member_cannot_confirm(leaver, measure):
    client = signed_in(leaver)
    assert client.post(f"/initiatives/{measure.reference}/confirm/").status_code == 403
    assert "It still holds" not in client.get(measure.get_absolute_url()).text


def test_members_answer_after_the_author_has_left(leaver, organisation, measure):
    member = confirm(UserFactory(), organisation).user
    assert review_rounds.owners_of(measure) == [member] and rules.is_owner(member, measure)


def test_author_who_was_never_confirmed_answers_as_before(organisation):
    initiative = make_initiative(organisation=organisation)
    author = initiative.submissions.get().author
    assert rules.is_owner(author, initiative) and list(Initiative.objects.owned_by(author)) == [initiative]
    author.memberships.update(status="refused")
    assert not rules.is_owner(author, initiative) and timezone.now()
