"""Kept versions: each at its address, as it was, and never out of anything but what was kept."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from initiatives import services
from initiatives.models import Initiative, Submission
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, make_initiative

pytestmark = pytest.mark.django_db


def correct(initiative, *, by=None, **values) -> Initiative:
    """Publish a correction, so that there is a version more."""
    by = by or UserFactory()
    draft = services.start_correction(initiative, by=by)
    person = {f"contributor_{name}": "zqprivate@private.example" for name in ("name", "role", "email")}
    draft = services.save_draft(draft, by=by, values={**person, "consent_at": timezone.now(), **values})
    transition(draft, "submit", by=by)
    transition(draft, "approve", by=ModeratorFactory(name="zqprivate"), private_note="zqprivate")
    initiative.refresh_from_db()
    return initiative


def page(client, initiative, version, status=200) -> str:
    answer = client.get(f"{initiative.get_absolute_url()}?version={version}")
    assert answer.status_code == status
    return " ".join(answer.text.split())


@pytest.fixture
def twice(db) -> Initiative:
    """An initiative whose second version says something else in every field."""
    initiative = make_initiative(title="The old title", tag_names=["oldtag"], partners=["Old partner"], results="Old.")
    return correct(initiative, title="The new title", tag_names=["newtag"], partners=["New partner"], results="New.")


def test_version_is_shown_as_it_was(client, twice):
    text = page(client, twice, 1)
    for old, new in (("The old title", "The new title"), ("oldtag", "newtag"), ("Old partner", "New partner")):
        assert old in text and new not in text


def test_version_says_which_it_is_and_leads_to_the_current_one(client, twice):
    text = page(client, twice, 1)
    assert "Version 1 of 2, public on <time" in text
    assert f'<a href="{twice.get_absolute_url()}">Read the current version</a>' in text


def test_version_says_from_when_until_when_it_was_public(client, monkeypatch):
    initiative, now = make_initiative(), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=40))
    text = page(client, correct(initiative), 1)
    first, last = now.date(), (now + datetime.timedelta(days=40)).date()
    assert f'public from <time datetime="{first}">' in text and f'to <time datetime="{last}">' in text


def test_version_is_not_for_search_engines(client, twice):
    text = page(client, twice, 1)
    assert '<meta name="robots" content="noindex, follow">' in text
    assert f'<link rel="canonical" href="http://testserver{twice.get_absolute_url()}">' in text


def test_current_version_has_an_address_of_its_own_too(client, twice):
    text = page(client, twice, 2)
    assert "Version 2 of 2, public since <time" in text and "the current one" in text
    assert "The new title" in text and "noindex" in text


@pytest.mark.parametrize("version", ["0", "3", "-1", "1.0", "x", "", "９", "99999999999999999999"])
def test_version_that_never_was_is_not_found(client, twice, version):
    page(client, twice, version, status=404)


def test_each_version_is_cited_with_its_number_date_and_address(client, twice):
    reference = twice.reference
    for number, title in ((1, "The old title"), (2, "The new title")):
        text = page(client, twice, number)
        assert f"<cite>{title}</cite>" in text
        assert f"{reference}, version {number}, <time" in text
        assert f"http://testserver/initiatives/{reference}/?version={number}</bdi>" in text


def test_address_of_a_citation_leads_to_its_version(client, twice):
    answer = client.get(f"/initiatives/{twice.reference}/?version=1", follow=True)
    assert answer.redirect_chain == [(f"{twice.get_absolute_url()}?version=1", 301)]
    assert "The old title" in answer.text


def test_versions_are_read_from_what_was_kept(client, twice):
    """Neither the submission nor the public row changes what a version says."""
    Submission.objects.update(title="zqsubmission")
    Initiative.objects.update(summary="zqpublic " * 10)
    text = page(client, twice, 1)
    assert "zqsubmission" not in text and "zqpublic" not in text and "The old title" in text


def test_versions_name_nobody(client, twice):
    assert "zqprivate" not in page(client, twice, 1) + page(client, twice, 2)


def test_measure_status_is_the_one_of_then(client):
    initiative = make_initiative(end_kind="open_ended")
    correct(initiative, declared_status="revoked", declared_on="2021-05-01")
    text = page(client, initiative, 1)
    assert "Status and mark on the day" in text and "In force</a>" in text
    assert "Revoked</a>" in page(client, initiative, 2)


def test_earlier_version_says_what_holds_today(client):
    initiative = correct(make_initiative(end_kind="open_ended"), declared_status="ended", declared_on="2021-05-01")
    transition(initiative, "contest", by=ModeratorFactory(), public_reason="The operator says otherwise.")
    today, then = page(client, initiative, 1).split("Status and mark today")[1].split("Status and mark on the day")
    assert "Ended</a>" in today and "Contested</a>" in today and "The operator says otherwise." in today
    assert f'<a href="{initiative.get_absolute_url()}">current version</a>' in today
    assert "In force</a>" in then and "Contested" not in then
    assert "Status and mark today" not in page(client, initiative, 2)


def test_former_organisation_keeps_its_name_and_leads_nowhere(client):
    author, former = UserFactory(), OrganisationFactory(name="Former Authority")
    confirm(author, former)
    initiative = make_initiative(by=author, organisation=former)
    correct(initiative, organisation_id=OrganisationFactory(name="New Authority").pk)
    text = page(client, initiative, 1)
    assert "<bdi>Former Authority</bdi>" in text and "New Authority" not in text and "?organisation=" not in text


def attached(initiative, *names: str, remove: bool = False) -> Initiative:
    by = UserFactory()
    draft = services.start_correction(initiative, by=by)
    for file in draft.attachments.all() if remove else ():
        services.remove_attachment(file, by=by)
    for name in names:
        services.add_attachment(draft, SimpleUploadedFile(name, f"{name},1\n".encode()), by=by)
    return correct(initiative, by=by)


def test_files_of_a_version_are_offered_while_the_initiative_has_them(client):
    initiative = attached(make_initiative(), "kept.csv")
    correct(initiative, title="Another title of the same measure")
    text = page(client, initiative, 2)
    file = initiative.attachments.get()
    assert f'href="/initiatives/{initiative.reference}/files/{file.pk}/kept.csv"' in text


def test_files_that_are_gone_are_named_without_a_link(client):
    initiative = attached(attached(make_initiative(), "gone.csv"), remove=True)
    text = page(client, initiative, 2)
    assert "<bdi>gone.csv</bdi>" in text and "not offered any more" in text and "/files/" not in text


@pytest.mark.parametrize("version", [1, 2, 3])
def test_removed_leaves_a_notice_at_every_version(client, twice, version):
    transition(twice, "remove", by=ModeratorFactory(), public_reason="Sent by mistake.")
    text = page(client, twice, version, status=410)
    assert "Sent by mistake." in text and "title" not in text.partition("<main")[2]


def test_archived_stays_readable_and_says_so(client, twice):
    transition(twice, "archive", by=ModeratorFactory())
    text = page(client, twice, 1)
    assert "The old title" in text and "Archived: kept for the record" in text


# the state of the log; the initiative with all its rows; the version, until when; its countries
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_what_is_shown(client, django_assert_num_queries, rows):
    countries = ["KE", "UG", "TZ", "RW"][: rows + 1]
    source = {"url": "https://regulator.example/", "title": "Source"}
    initiative = make_initiative(
        countries=countries, scope="multi_country", sources=[source] * rows, tag_names=["a", "b", "c"][:rows]
    )
    for number in range(rows):
        correct(initiative, title=f"Title {number} of the measure")
    with django_assert_num_queries(5):
        page(client, initiative, 1)
