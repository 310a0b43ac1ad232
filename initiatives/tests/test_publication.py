"""The way out of the airlock: what publication copies, marks and keeps."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from taggit.models import Tag

from accounts.services import confirm_membership
from initiatives import services
from initiatives.models import Initiative, InitiativeVersion
from initiatives.services import start_correction
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
ASKED = {
    "contributor_name": "A",
    "contributor_role": "B",
    "contributor_email": "a@example.org",
    "consent_at": "2026-01-01T00:00Z",
}


def correct(initiative: Initiative, **changes):
    """A correction that waits for a moderator, by somebody who does not belong to the organisation."""
    author = UserFactory()
    draft = start_correction(initiative, by=author)
    services.save_draft(draft, by=author, values=ASKED | changes)
    transition(draft, "submit", by=author)
    return draft


def test_reference_names_year_and_number():
    initiative = make_initiative()
    assert initiative.reference == f"INI-{initiative.published_on.year}-{initiative.pk:06}"


def test_correction_changes_nothing_public_until_it_is_approved():
    initiative = make_initiative(title="The first public title")
    correction = correct(initiative, title="The second public title")
    initiative.refresh_from_db()
    assert (initiative.title, initiative.version) == ("The first public title", 1)
    transition(correction, "approve", by=ModeratorFactory())
    initiative.refresh_from_db()
    assert (initiative.title, initiative.version) == ("The second public title", 2)
    titles = {version.number: version.content["title"] for version in initiative.versions.all()}
    assert titles == {1: "The first public title", 2: "The second public title"}
    assert Initiative.objects.count() == 1


def test_correction_by_a_stranger_asks_for_no_membership():
    correction = correct(make_initiative())
    assert not correction.author.memberships.exists()


def test_correction_is_begun_once():
    initiative, author = make_initiative(), UserFactory()
    assert start_correction(initiative, by=author) == start_correction(initiative, by=author)


def test_mark_says_confirmed_for_a_confirmed_member_of_the_issuing_body():
    organisation, author = OrganisationFactory(), UserFactory()
    confirm(author, organisation)
    initiative = make_initiative(by=author, organisation=organisation)
    assert (initiative.mark, initiative.author_is_confirmed) == ("confirmed", True)
    assert initiative.confirmed_on == initiative.published_on


@pytest.mark.parametrize("relation", ["observer", "implementing_partner", "operator_concerned"])
def test_mark_says_source_seen_for_others_than_the_issuing_body(relation):
    organisation, author = OrganisationFactory(), UserFactory()
    confirm(author, organisation)
    initiative = make_initiative(by=author, organisation=organisation, relation=relation)
    assert (initiative.mark, initiative.confirmed_on) == ("source_seen", None)


def test_mark_follows_when_the_membership_is_confirmed_later():
    submission = make_submission()
    transition(submission, "approve", by=ModeratorFactory())
    assert submission.initiative.mark == "source_seen"
    confirm_membership(submission.author.memberships.get(), by=ModeratorFactory())
    submission.initiative.refresh_from_db()
    assert (submission.initiative.mark, submission.initiative.author_is_confirmed) == ("confirmed", True)


def test_tags_become_shared_rows_at_publication_only():
    submission = make_submission(tag_names=["Zero-Rating", "new word"])
    assert not Tag.objects.exists()
    transition(submission, "approve", by=ModeratorFactory())
    assert set(submission.initiative.tags.names()) == {"Zero-Rating", "new word"}


def test_missing_organisation_is_proposed_when_sent_and_accepted_when_approved():
    draft = make_draft(organisation_name="  New  Authority ", organisation_type="regulator")
    services.save_draft(draft, by=draft.author, values={"organisation_id": None})
    transition(draft, "submit", by=draft.author)
    assert (draft.organisation.name, draft.organisation.accepted_at) == ("New Authority", None)
    assert draft.author.memberships.get().status == "requested"
    transition(draft, "approve", by=ModeratorFactory())
    draft.organisation.refresh_from_db()
    assert draft.organisation.accepted_at is not None


def test_public_file_outlives_the_one_that_a_correction_takes_away():
    draft = make_draft()
    upload = SimpleUploadedFile("figures.csv", b"country,lines\nKE,3\n")
    services.add_attachment(draft, upload, by=draft.author)
    transition(draft, "submit", by=draft.author)
    transition(draft, "approve", by=ModeratorFactory())
    public = draft.initiative.attachments.get()
    correction = start_correction(draft.initiative, by=draft.author)
    services.remove_attachment(correction.attachments.get(), by=draft.author)
    assert public.file.storage.exists(public.file.name)


def test_file_keeps_its_address_through_a_correction(client):
    draft = make_draft()
    for name in ("figures.csv", "old.csv"):
        services.add_attachment(draft, SimpleUploadedFile(name, f"{name},1\n".encode()), by=draft.author)
    transition(draft, "submit", by=draft.author)
    transition(draft, "approve", by=ModeratorFactory())
    stays, goes = (draft.initiative.attachments.get(name=name) for name in ("figures.csv", "old.csv"))
    correction = start_correction(draft.initiative, by=draft.author)
    services.remove_attachment(correction.attachments.get(name="old.csv"), by=draft.author)
    services.title_attachment(correction.attachments.get(), "Figures of May", by=draft.author)
    services.save_draft(correction, by=draft.author, values=ASKED)
    transition(correction, "submit", by=draft.author)
    transition(correction, "approve", by=ModeratorFactory())
    for file, status in ((stays, 200), (goes, 404)):
        address = reverse("initiatives:attachment", args=[draft.initiative.reference, file.pk, file.name])
        assert client.get(address).status_code == status
    assert draft.initiative.attachments.get().title == "Figures of May"


def test_version_cannot_be_changed_in_the_database():
    make_initiative()
    for change in (lambda rows: rows.update(number=9), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(InitiativeVersion.objects.all())


def test_private_fields_are_in_no_version():
    initiative = make_initiative(provenance_note="only for staff")
    text = str(initiative.versions.get().content)
    for private in ("Private Name", "Private Role", "private.contributor@example.org", "only for staff"):
        assert private not in text


def test_correction_of_what_was_removed_since_is_not_approved():
    initiative = make_initiative()
    correction = correct(initiative)
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="Sent by mistake.")
    with pytest.raises(ValidationError, match="removed since"):
        transition(correction, "approve", by=ModeratorFactory())


def test_approval_of_an_old_import_does_not_put_it_in_force():
    initiative = make_initiative(starts_on="2020-03-01", end_kind="not_announced", relation="observer", origin="import")
    initiative.refresh_from_db()
    assert initiative.measure_status == "not_known"
