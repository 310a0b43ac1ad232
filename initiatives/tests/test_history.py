"""The public history: versions, what changed, and what was decided; nobody is named in it."""

import pytest
from django.utils import timezone

from initiatives.models import Initiative, Submission
from initiatives.tests.test_versions import correct
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, make_initiative, make_submission

pytestmark = pytest.mark.django_db


def history(client, initiative, query="", status=200) -> str:
    answer = client.get(f"{initiative.get_absolute_url()}history/{query}")
    assert answer.status_code == status
    return " ".join(answer.text.split())


@pytest.fixture
def moved(db) -> Initiative:
    """Two versions, archived and taken out again, by moderators who want no name here."""
    initiative = correct(make_initiative(title="The old title"), title="The new title", results="It worked.")
    for move in ("archive", "unarchive"):
        by = ModeratorFactory(name="zqprivate moderator")
        transition(initiative, move, by=by, private_note="zqprivate note", public_reason="zqprivate reason")
    return initiative


def test_versions_stand_with_their_days_and_what_changed(client, moved):
    text = history(client, moved)
    assert text.index("Version 2") < text.index("Version 1")
    assert "Public since <time" in text and "Public on <time" in text
    assert "Changed: title, results" in text and "First published." in text


def test_current_version_is_marked(client, moved):
    assert '?version=2">Version 2</a> <span class="badge">current</span>' in history(client, moved)


def test_what_was_decided_stands_there_without_names_notes_or_reasons(client, moved):
    text = history(client, moved)
    assert "Archived: kept for the record" in text and "Taken out of the archive" in text
    assert "zqprivate" not in text and "Private Name" not in text


def test_doubts_stand_there(client, moved):
    transition(moved, "contest", by=ModeratorFactory(name="zqprivate"), public_reason="The operator says otherwise.")
    transition(moved, "settle", by=ModeratorFactory(name="zqprivate"), public_reason="zqprivate reason")
    Initiative.objects.filter(pk=moved.pk).update(source_failing_since=timezone.now())
    text = history(client, moved)
    told = ["a source does not answer", "Not contested any more", "Contested: <span"]
    assert sorted(told, key=text.index) == told
    assert '<span dir="auto">The operator says otherwise.</span>' in text
    assert "zqprivate" not in text


@pytest.mark.parametrize("move", ["report_end", "promise"])
def test_what_an_owner_announced_is_not_told_before_it_is_public(client, move):
    initiative, author = make_initiative(), Submission.objects.get().author
    before = history(client, initiative)
    transition(initiative, move, by=author)
    assert history(client, initiative) == before


def test_secretariats_edits_are_said(client):
    submission = make_submission()
    submission.edited_by_staff = True
    submission.save(update_fields=["edited_by_staff"])
    transition(submission, "approve", by=ModeratorFactory())
    assert "edited by the secretariat" in history(client, submission.initiative)


def test_two_versions_are_compared(client, moved):
    text = history(client, moved, "?from=1&to=2")
    assert "Versions 1 and 2" in text and "noindex" in text
    assert "<del" in text and "<ins" in text and "It worked." in text


@pytest.mark.parametrize("is_verified", [True, False])
def test_compared_organisation_bears_its_mark(client, is_verified):
    organisation = OrganisationFactory(name="Ministry of Roads", verified_at=timezone.now() if is_verified else None)
    initiative = correct(make_initiative(organisation=organisation), title="The new title")
    mark = 'Ministry of Roads <span class="verified">verified</span>'
    assert (mark in history(client, initiative, "?from=1&to=2")) is is_verified


def test_comparison_asks_for_the_version_before_where_none_is_named(client, moved):
    assert "Versions 1 and 2" in history(client, moved, "?to=2")
    assert "Versions 1 and 2" in history(client, moved, "?from=1")


@pytest.mark.parametrize("query", ["?from=1&to=9", "?from=0&to=1", "?from=x&to=2", "?to=1", "?from=1&to=-2"])
def test_versions_that_never_were_are_not_compared(client, moved, query):
    history(client, moved, query, status=404)


@pytest.mark.parametrize("path", ["history/", "wrong/history/", "WRONG/history/"])
def test_other_addresses_lead_to_the_one(client, moved, path):
    for reference in (moved.reference, moved.reference.lower()):
        answer = client.get(f"/initiatives/{reference}/{path}?from=1&to=2")
        assert (answer.status_code, answer["Location"]) == (301, f"{moved.get_absolute_url()}history/?from=1&to=2")


def test_title_may_be_the_name_of_a_page(client):
    initiative = make_initiative(title="History")
    assert client.get(initiative.get_absolute_url()).status_code == 200
    assert "First published." in history(client, initiative)


@pytest.mark.parametrize("query", ["", "?from=1&to=2"])
def test_removed_leaves_a_notice(client, moved, query):
    transition(moved, "remove", by=ModeratorFactory(), public_reason="Sent by mistake.")
    text = history(client, moved, query, status=410)
    assert "Sent by mistake." in text and "The old title" not in text and "The new title" not in text


def test_archived_stays_readable_and_is_not_for_search_engines(client, moved):
    transition(moved, "archive", by=ModeratorFactory())
    for query in ("", "?from=1&to=2"):
        text = history(client, moved, query)
        assert "Archived: kept for the record" in text and "noindex" in text


def test_public_page_leads_to_it(client, moved):
    assert f'href="{moved.get_absolute_url()}history/"' in client.get(moved.get_absolute_url()).text


# the state of the log, the initiative, its versions, names of countries and collections, decisions, their content type
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_versions_and_decisions(client, django_assert_num_queries, rows):
    initiative = make_initiative()
    for number in range(rows):
        correct(initiative, title=f"Title {number} of the measure")
        for move in ("archive", "unarchive"):
            transition(initiative, move, by=ModeratorFactory())
    with django_assert_num_queries(6):
        history(client, initiative)
