"""The secretariat changes a text that waits: what is kept, who is told, and the way back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from initiatives import services
from initiatives.models import Link
from initiatives.services import staff_edits
from moderation.services import transition
from tests.factories import ModeratorFactory, country, make_draft, make_initiative, make_submission

pytestmark = pytest.mark.django_db
CSV = b"a,b\n1,2\n"


def edit(submission, by, **more):
    more = {"values": {"title": "Mended title of the measure"}, **more}
    services.edit_as_staff(submission, by=by, **more)
    submission.refresh_from_db()


def with_a_file(**changes):
    draft = make_draft(**changes)
    services.add_attachment(draft, SimpleUploadedFile("figures.csv", CSV), title="Figures", by=draft.author)
    transition(draft, "submit", by=draft.author)
    return draft


def test_edit_changes_the_text_and_says_whose_it_is(moderator):
    submission = make_submission()
    before = submission.revision
    edit(submission, moderator, countries=[country("UG")], sources=[{"url": "https://other.example/"}])
    assert (submission.title, submission.revision) == ("Mended title of the measure", before + 1)
    assert (submission.edited_by, submission.edited_by_staff) == (moderator, True)
    assert [source.url for source in submission.sources.all()] == ["https://other.example/"]


def test_edit_claims_what_nobody_has_claimed(moderator):
    submission = make_submission()
    edit(submission, moderator)
    assert (submission.status, submission.claimed_by) == ("in_review", moderator)
    assert submission.decisions.first().move == "claim"


def test_text_stays_as_it_was_sent(moderator):
    submission = make_submission(title="As it was sent")
    edit(submission, moderator)
    edit(submission, moderator, values={"summary": "Another summary, which is long enough to be one, too."})
    kinds = list(submission.revisions.order_by("pk").values_list("kind", "content__title"))
    edited = ("edited", "Mended title of the measure")
    assert kinds == [("sent", "As it was sent"), edited, edited]


def test_text_of_a_machine_is_kept_before_it_is_edited(moderator):
    submission = make_submission(origin="import", source_dataset="x", source_id="1", title="As it was loaded")
    edit(submission, moderator)
    assert submission.revisions.get(kind="sent").content["title"] == "As it was loaded"


def test_edits_are_known_by_field(moderator):
    submission = make_submission()
    assert staff_edits.edits_of(submission) is None
    edit(submission, moderator, countries=[country("UG")])
    assert staff_edits.edits_of(submission).labels_of_changes() == ["title", "countries or territories"]
    assert staff_edits.edit_of(submission).saved_by == moderator


def test_edit_that_changes_nothing_is_none(moderator):
    submission = make_submission(title="As it was sent")
    edit(submission, moderator)
    edit(submission, moderator, values={"title": "As it was sent"})
    assert (submission.edited_by, submission.edited_by_staff) == (submission.author, False)
    assert staff_edits.edits_of(submission) is None


def test_edit_over_a_newer_text_is_refused(moderator):
    submission = make_submission()
    seen = submission.revision
    edit(submission, moderator)
    with pytest.raises(services.NewerText) as newer:
        edit(submission, moderator, values={"title": "Another"}, revision=seen)
    assert newer.value.submission.title == "Mended title of the measure"


@pytest.mark.parametrize("move", ["approve", "request_changes", "reject"])
def test_what_is_decided_is_edited_no_more(moderator, move):
    submission = make_submission()
    transition(submission, move, by=moderator, public_reason="because")
    with pytest.raises(PermissionDenied):
        edit(submission, moderator)


def test_what_is_held_is_edited_no_more(moderator, settings):
    settings.DECISION_HOLD = timedelta(minutes=5)
    submission = make_submission()
    transition(submission, "approve", by=moderator)
    with pytest.raises(PermissionDenied):
        edit(submission, moderator)


def test_what_a_colleague_has_claimed_is_not_edited(moderator):
    submission = make_submission()
    transition(submission, "claim", by=ModeratorFactory())
    with pytest.raises(PermissionDenied):
        edit(submission, moderator)


def test_author_does_not_edit_as_staff(moderator):
    with pytest.raises(PermissionDenied):
        edit(make_submission(by=moderator), moderator)


@pytest.mark.parametrize("column", ["organisation_id", "author_id", "status", "contributor_email", "consent_at"])
def test_what_is_not_text_is_not_edited(moderator, column):
    with pytest.raises(TypeError):
        edit(make_submission(), moderator, values={column: 1})


def test_file_is_taken_away_and_put_back(moderator):
    submission = with_a_file()
    file = submission.attachments.get()
    edit(submission, moderator, values={}, without_files=[file.pk])
    assert not submission.attachments.exists()
    assert staff_edits.edits_of(submission).labels_of_changes() == ["files"]
    edit(submission, moderator)  # a second edit still knows of it
    assert services.discard_staff_edits(submission, by=moderator)
    back = submission.attachments.get()
    assert (back.name, back.title, back.file.read()) == ("figures.csv", "Figures", CSV)


def test_discarded_edits_leave_the_text_as_it_was_sent(moderator):
    earlier = make_initiative()
    submission = make_submission(
        language="fr",
        ends_on="2021-12-31",
        ends_precision="year",
        end_kind="date",
        follows_id=earlier.pk,
        tag_names=["a", "b"],
        sdgs=[9],
        declared_status="revoked",
        declared_on="2020-09-01",
    )
    sent = services.text_of(submission)
    values = {name: getattr(make_draft(), name) for name in ("title", "summary", "language", "end_kind", "ends_on")}
    values |= {"follows_id": None, "tag_names": [], "sdgs": [], "declared_status": "", "declared_on": None}
    edit(submission, moderator, values=values, countries=[country("UG")], sources=[{"url": "https://other.example/"}])
    assert services.text_of(submission) != sent
    assert services.discard_staff_edits(submission, by=moderator)
    submission.refresh_from_db()
    assert services.text_of(submission) == sent
    assert (submission.edited_by, submission.edited_by_staff) == (submission.author, False)


def test_edit_that_leaves_the_text_incomplete_is_refused(moderator):
    submission = make_submission(title="As it was sent")
    with pytest.raises(ValidationError) as refusal:
        edit(submission, moderator, values={"title": ""}, countries=[])
    assert set(refusal.value.error_dict) == {"title", "countries"}
    submission.refresh_from_db()
    assert (submission.title, submission.status, submission.countries.count()) == ("As it was sent", "submitted", 1)


def test_nothing_is_discarded_where_nothing_was_edited(moderator):
    submission = make_submission()
    assert not services.discard_staff_edits(submission, by=moderator)


def test_approval_publishes_the_edited_text_and_says_so(moderator):
    submission = make_submission()
    edit(submission, moderator)
    transition(submission, "approve", by=moderator)
    version = submission.initiative.versions.get()
    assert (submission.initiative.title, version.edited_by_secretariat) == ("Mended title of the measure", True)
    assert staff_edits.edits_of(submission).labels_of_changes() == ["title"]  # for the letter


def test_released_edits_stay_for_the_next_moderator(moderator):
    submission = make_submission()
    edit(submission, moderator)
    transition(submission, "release", by=moderator)
    other = ModeratorFactory()
    edit(submission, other, values={"summary": "Another summary, which is long enough to be one, too."})
    assert staff_edits.edits_of(submission).labels_of_changes() == ["title", "summary"]
    assert submission.claimed_by == other


def test_edits_before_changes_are_asked_for_are_told_apart_from_the_contributors(moderator):
    submission = make_submission()
    edit(submission, moderator)
    transition(submission, "request_changes", by=moderator, public_reason="Which band?")
    author, changes = submission.author, {"summary": "A summary with the band in it, which is long enough now."}
    services.save_draft(submission, by=author, values=changes)
    submission.refresh_from_db()
    assert staff_edits.edits_of(submission).labels_of_changes() == ["title"]
    transition(submission, "submit", by=author)
    assert staff_edits.edits_of(submission) is None


def test_link_of_a_source_that_stays_is_not_forgotten(moderator):
    submission = make_submission()
    source = submission.sources.get()
    link = Link.objects.create(url=source.url, host="regulator.example")
    submission.sources.update(link=link)
    edit(submission, moderator, sources=[{"url": source.url, "title": "Another title"}])
    assert submission.sources.get().link == link


@pytest.mark.parametrize("page", ["/my/", "/my/submissions/{key}/", "/my/submissions/{key}/texts/"])
def test_edit_is_told_when_it_is_decided_and_not_before(client, moderator, page):
    submission = make_submission(title="As it was sent")
    edit(submission, moderator, values={"title": "Edited by somebody at a desk"})
    client.force_login(submission.author)
    text = client.get(page.format(key=submission.key)).text
    assert "As it was sent" in text
    assert "Edited by somebody" not in text and moderator.name not in text
    transition(submission, "approve", by=moderator)
    text = client.get(page.format(key=submission.key)).text
    assert "Edited by somebody" in text and moderator.name not in text
