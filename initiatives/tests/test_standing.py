"""The private page of a submission and the list of them: what a contributor may know, and what not yet."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from initiatives import progress, services
from initiatives.models import Submission
from initiatives.tests.test_versions import correct
from initiatives.tests.typed import address
from moderation.services import take_due_effects, transition
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

DECISIONS = ("approve", "request_changes", "reject", "mark_as_spam")


@pytest.fixture
def hold(settings) -> None:
    settings.DECISION_HOLD = timedelta(minutes=5)


def page(client, submission) -> str:
    return " ".join(client.get(address(submission)).text.split())


def its_time_has_come(submission) -> None:
    Submission.objects.filter(pk=submission.pk).update(held_until=timezone.now() - timedelta(seconds=1))
    assert take_due_effects(Submission) == (1, 0)


def published_at_once():
    """An initiative, whatever decisions are held for."""
    submission = make_submission()
    transition(submission, "approve", by=ModeratorFactory(), takes_effect_at=timezone.now())
    return submission.initiative


# While a decision is held


@pytest.fixture
def claimed(author, moderator):
    submission = make_submission(by=author)
    transition(submission, "claim", by=moderator)
    return submission


def without_token(text: str) -> str:
    return text.partition("<main")[2]


@pytest.mark.parametrize("move", DECISIONS)
def test_held_decision_changes_nothing_that_the_contributor_sees(client, claimed, moderator, hold, move):
    pages = (address(claimed), address(claimed, "retract"), "/my/", "/my/?state=waiting", "/my/?state=published")
    before = [without_token(client.get(one).text) for one in pages]
    transition(claimed, move, by=moderator, public_reason="Because of zqreason.")
    for one, text in zip(pages, before, strict=True):
        after = without_token(client.get(one).text)
        assert "zqreason" not in after
        if "csrf" not in after:
            assert after == text, one


def test_held_approval_of_a_correction_changes_nothing_either(client, author, moderator, hold):
    draft = services.start_correction(published_at_once(), by=author)
    person = dict.fromkeys(("contributor_name", "contributor_role", "contributor_email"), "x@y.example")
    services.save_draft(draft, by=author, values={**person, "consent_at": timezone.now(), "title": "A better title"})
    transition(draft, "submit", by=author)
    transition(draft, "claim", by=moderator)
    before = without_token(page(client, draft))
    transition(draft, "approve", by=moderator)
    assert without_token(page(client, draft)) == before


@pytest.mark.parametrize(("move", "by_decider"), [("undo", True), ("stop", False)])
def test_what_was_taken_back_never_happened(client, claimed, moderator, hold, move, by_decider):
    transition(claimed, "reject", by=moderator, public_reason="zqreason")
    transition(claimed, move, by=moderator if by_decider else ModeratorFactory(), public_reason="zqstopped")
    text = page(client, claimed)
    assert "zqreason" not in text and "zqstopped" not in text and "Not accepted" not in text


def test_at_its_end_the_decision_is_told(client, claimed, moderator, hold):
    transition(claimed, "reject", by=moderator, public_reason="Name the source.")
    its_time_has_come(claimed)
    text = page(client, claimed)
    assert "Not accepted" in text and text.count("Name the source.") == 2  # where it stands, and in the timeline


def test_time_of_a_hastened_decision_is_the_one_of_its_effect(claimed, moderator, hold):
    transition(claimed, "approve", by=moderator, takes_effect_at=timezone.now() + timedelta(days=3))
    transition(claimed, "take_effect_now", by=moderator)
    steps = progress.timeline(claimed, claimed.author)
    assert [step.move for step in steps] == ["submit", "approve"]
    assert timezone.now() - steps[-1].at < timedelta(minutes=1)


def test_retracting_what_is_held_does_not_say_what_was_decided(client, claimed, moderator, hold):
    transition(claimed, "approve", by=moderator)
    text = client.post(address(claimed, "retract"), follow=True).text
    assert "Not possible at the moment" in text and "Amina" not in text and "pproved" not in text


def test_retracting_what_is_decided_names_no_moderator(client, claimed, moderator):
    transition(claimed, "approve", by=moderator)
    text = client.post(address(claimed, "retract"), follow=True).text
    assert "Not possible any more: it is “Published” now." in text and "Amina" not in text


def test_held_request_for_changes_opens_no_form(client, claimed, moderator, hold):
    transition(claimed, "request_changes", by=moderator, public_reason="zqreason")
    assert address(claimed, "edit") not in page(client, claimed)
    assert client.get(address(claimed, "edit"))["Location"] == address(claimed)


def test_secretariats_edits_are_not_seen_before_its_decision(client, author, moderator, hold):
    """The text stands as it was sent; a correction is compared as it was sent."""
    first = make_submission(by=author, title="As it was sent", tag_names=["sent-tag"], countries=["KE"])
    draft = services.start_correction(published_at_once(), by=author)
    person = dict.fromkeys(("contributor_name", "contributor_role", "contributor_email"), "x@y.example")
    services.save_draft(draft, by=author, values={**person, "consent_at": timezone.now(), "title": "As it was sent"})
    transition(draft, "submit", by=author)
    for submission in (first, draft):
        before = without_token(page(client, submission))
        Submission.objects.filter(pk=submission.pk).update(title="zqedited title", tag_names=[], edited_by_staff=True)
        submission.sources.all().delete()
        assert without_token(page(client, submission)) == before
        assert "As it was sent" in before


def test_secretariats_edits_are_seen_with_its_decision(client, author, moderator):
    submission = make_submission(by=author)
    Submission.objects.filter(pk=submission.pk).update(title="A title of the secretariat", edited_by_staff=True)
    transition(submission, "approve", by=moderator)
    assert "A title of the secretariat" in page(client, submission)


# What it says


def test_every_public_reason_stays_with_its_day(client, author, moderator):
    submission = make_submission(by=author)
    for reason in ("Name the law.", "Name the bands."):
        transition(submission, "request_changes", by=moderator, public_reason=reason)
        transition(submission, "submit", by=author)
    text = page(client, submission)
    assert "Name the law." in text and "Name the bands." in text and "Waiting for a moderator" in text


def test_dates_are_told(client, author, moderator):
    submission = make_submission(by=author)
    assert "<dt>Decided</dt>" not in page(client, submission)
    transition(submission, "reject", by=moderator, public_reason="No.")
    text = page(client, submission)
    for name in ("Begun", "Sent", "Decided"):
        assert f"<dt>{name}</dt><dd><time" in text


def test_claims_are_the_moderators_affair(client, claimed, moderator):
    transition(claimed, "release", by=moderator)
    text = page(client, claimed)
    assert "Being looked at" not in text and "Back in the queue" not in text


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, ""),
        (0.2, "Usually decided within an hour"),
        (5, "Usually decided within 5 hours"),
        (25, "Usually decided within 2 days"),
        (72, "Usually decided within 3 days"),
    ],
)
def test_time_that_moderation_takes_is_told_only_where_it_was_measured(client, author, monkeypatch, hours, words):
    median = None if hours is None else timedelta(hours=hours)
    monkeypatch.setattr(progress, "median_time_to_decide", lambda model: median)
    text = page(client, make_submission(by=author))
    assert (words in text) if words else ("Usually" not in text)


def test_team_is_named(client, author):
    organisation, colleague, stranger = OrganisationFactory(), UserFactory(name="Barasa"), UserFactory(name="Charlie")
    for person in (author, colleague):
        confirm(person, organisation)
    text = page(client, make_draft(by=author, organisation=organisation))
    assert "<bdi>Barasa</bdi>" in text and author.name in text and stranger.name not in text


def test_members_are_not_named_to_somebody_who_is_none(client, author):
    organisation, member = OrganisationFactory(), UserFactory(name="Barasa")
    confirm(member, organisation)
    assert "Barasa" not in page(client, make_draft(by=author, organisation=organisation))


# Corrections


def test_correction_shows_both_texts(client, author):
    initiative = make_initiative(title="The public title")
    draft = services.start_correction(initiative, by=author)
    services.save_draft(draft, by=author, values={"title": "The proposed title"})
    text = page(client, draft)
    assert "Public now (version 1)" in text and "<del" in text and "<ins" in text
    assert initiative.get_absolute_url() in text


def test_correction_says_when_the_public_text_has_changed(client, author):
    initiative = make_initiative()
    draft = services.start_correction(initiative, by=author)
    assert "has changed since you began" not in page(client, draft)
    correct(initiative, title="Another title of somebody else")
    assert "has changed since you began: version 2" in page(client, draft)


def test_published_correction_shows_what_it_changed(client, author):
    initiative = correct(make_initiative(title="The old title"), by=author, title="The new title")
    correct(initiative, title="A later title")
    text = page(client, Submission.objects.get(author=author))
    assert (
        "Public before (version 1)" in text
        and "Your correction (version 2)" in text
        and "A later title" not in (text.partition("What your correction changes")[2])
    )


def test_first_submission_is_compared_with_nothing(client, author):
    submission = make_submission(by=author)
    transition(submission, "approve", by=ModeratorFactory())
    assert "What your correction changes" not in page(client, submission)


@pytest.mark.parametrize(
    ("move", "words"),
    [("archive", "has been archived"), ("remove", "has been removed since: it is not public any more")],
)
def test_what_became_of_the_initiative_is_told(client, author, moderator, move, words):
    submission = make_submission(by=author)
    transition(submission, "approve", by=moderator)
    transition(submission.initiative, move, by=moderator, public_reason="Sent by mistake.", private_note="zqprivate")
    text = page(client, submission)
    assert words in text and "zqprivate" not in text
    assert ("Sent by mistake." in text) == (move == "remove")


# submission and who asks; rights; decisions; the text's rows
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_what_happened(client, author, moderator, django_assert_num_queries, rows):
    cache.clear()
    source = {"url": "https://regulator.example/", "title": "Source"}
    submission = make_submission(by=author, sources=[source] * rows)
    for _ in range(rows):
        transition(submission, "request_changes", by=moderator, public_reason="Name the law.")
        transition(submission, "submit", by=author)
    with django_assert_num_queries(9):
        page(client, submission)
