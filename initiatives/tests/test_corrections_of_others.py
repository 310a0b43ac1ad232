"""Corrections by others: colleagues do not work blindly, nothing public is undone unseen, owners hear of strangers."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from common.dates import PartialDate
from initiatives import schema, services
from initiatives.models import Initiative, Submission
from initiatives.services import save_draft, start_correction
from initiatives.services.endings import Ending, propose_ending
from initiatives.tests.typed import address, csv
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, make_draft, make_initiative

pytestmark = pytest.mark.django_db

PERSON = {"contributor_name": "Ada", "contributor_role": "Adviser", "contributor_email": "ada@example.org"}


def complete(submission, **values) -> Submission:
    return save_draft(submission, by=submission.author, values={**PERSON, "consent_at": timezone.now(), **values})


def publish(submission) -> None:
    transition(submission, "submit", by=submission.author)
    transition(submission, "approve", by=ModeratorFactory())


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def colleague(organisation, author):
    confirm(author, organisation)
    return confirm(UserFactory(name="Barasa"), organisation).user


@pytest.fixture
def initiative(organisation, author, colleague) -> Initiative:
    return make_initiative(by=author, organisation=organisation, title="Public title", end_kind="open_ended")


def form_of(client, submission, **changes) -> dict:
    """What the page of the draft would send."""
    form = client.get(address(submission, "edit")).context["form"]
    sent = {"action": "send", "revision": str(Submission.objects.get(pk=submission.pk).revision), "consent": "on"}
    for name in form.fields:
        value = form[name].value()
        if name in ("starts", "ends", "declared_on"):
            parts = form[name].field.widget.decompress(value) if value else []
            names = (f"{name}_{part}" for part in ("day", "month", "year"))
            sent |= {key: str(part or "") for key, part in zip(names, parts, strict=False)}
        elif isinstance(value, bool):
            sent |= {name: "on"} if value else {}
        elif value not in (None, ""):
            sent[name] = value
    for place, row in enumerate(client.get(address(submission, "edit")).context["sources"]):
        sent |= {f"sources-{place}-{name}": row[name].value() or "" for name in row.fields}
    return sent | changes


# Colleagues


@pytest.mark.parametrize("page", ["correct", "ending"])
def test_open_correction_of_a_colleague_is_shown_and_can_be_continued(client, initiative, colleague, page):
    draft = start_correction(initiative, by=colleague)
    text = client.get(f"/initiatives/{initiative.reference}/{page}/").text
    assert "Barasa</bdi> has a correction" in text and address(draft, "edit") in text
    stranger = signed_in(UserFactory()).get(f"/initiatives/{initiative.reference}/{page}/").text
    assert "Barasa" not in stranger and str(draft.key) not in stranger


def test_stale_correction_does_not_undo_a_published_ending(client, initiative, author, colleague):
    stale = complete(start_correction(initiative, by=author), title="Better title")
    said = {**PERSON, "consent_at": timezone.now()}
    ending = propose_ending(initiative, Ending.ENDED, PartialDate(2021, 5, 1), by=colleague, contributor=said)
    transition(ending, "approve", by=ModeratorFactory())
    answer = client.post(address(stale, "edit"), form_of(client, stale))
    assert answer.status_code == 302, answer.context["form"].errors
    stale.refresh_from_db()
    assert (stale.status, stale.title) == ("submitted", "Better title")
    assert (stale.declared_status, stale.declared_on) == ("ended", datetime.date(2021, 5, 1))


@pytest.fixture
def contested(initiative, author, colleague) -> Submission:
    """A correction of the title, where a colleague has changed title and summary in public meanwhile."""
    stale = complete(start_correction(initiative, by=author), title="My title")
    summary = "What a colleague has written about it meanwhile, at some length."
    publish(complete(start_correction(initiative, by=colleague), title="Their title", summary=summary))
    return stale


def test_true_conflict_is_asked_before_it_is_sent(client, contested):
    page = client.post(address(contested, "edit"), form_of(client, contested))
    contested.refresh_from_db()
    assert contested.status == "draft" and "Saved, and not sent yet" in page.text
    assert [field.name for field in page.context["desk"].contested.fields] == ["title"]
    assert "Their title" in page.text and 'value="My title"' in page.text
    assert contested.summary.startswith("What a colleague has written")


def test_tick_sends_it_as_it_stands(client, contested):
    form = form_of(client, contested, as_it_stands="2")
    assert client.post(address(contested, "edit"), form).status_code == 302
    contested.refresh_from_db()
    assert (contested.status, contested.title) == ("submitted", "My title")


def test_tick_for_an_older_public_text_does_not_count(client, contested, colleague):
    publish(complete(start_correction(contested.initiative, by=colleague), title="Newest title"))
    assert client.post(address(contested, "edit"), form_of(client, contested, as_it_stands="2")).status_code == 200


def test_preview_does_not_send_over_a_newer_public_text(client, contested):
    send = {"revision": str(Submission.objects.get(pk=contested.pk).revision)}
    assert client.post(address(contested, "preview"), send)["Location"] == address(contested, "preview")
    send = {"revision": str(Submission.objects.get(pk=contested.pk).revision)}
    assert "#newer-public" in client.post(address(contested, "preview"), send)["Location"]
    contested.refresh_from_db()
    assert contested.status == "draft"


def test_every_part_of_a_text_can_follow(initiative, author, colleague):
    stale = start_correction(initiative, by=author)
    newer = start_correction(initiative, by=colleague)
    values = {"scope": "global", "partners": ["Telkom"], "tag_names": ["roaming"], "starts_precision": "month"}
    values |= {"starts_on": datetime.date(2020, 4, 1), "organisation_id": OrganisationFactory().pk}
    sources = [{"url": "https://new.example/gazette", "title": "Gazette", "issuing_body": "", "kind": "other"}]
    newer = save_draft(complete(newer, **values), by=colleague, values={}, countries=[], sources=sources)
    services.add_attachment(newer, csv(), by=colleague)
    publish(newer)
    services.follow_public(stale, by=author)
    kept, public = schema.draft_content(Submission.objects.get(pk=stale.pk)), initiative.versions.get(number=2).content
    assert {name: kept[name] for name in kept} == {name: public[name] for name in kept}


# Owners hear of strangers


def test_owner_hears_of_a_strangers_correction(client, initiative, author, mailoutbox):
    stranger = UserFactory()
    correction = complete(start_correction(initiative, by=stranger), title="Corrected title")
    mailoutbox.clear()
    publish(correction)
    (letter,) = [mail for mail in mailoutbox if mail.to == [author.email]]
    assert "corrected" in letter.subject and "?from=1&to=2" in letter.body
    assert stranger.name not in letter.body
    page = client.get(Initiative.objects.get().get_absolute_url()).text
    assert "by somebody outside your organisation" in page and "?to=2" in page


def test_former_organisation_hears_that_a_correction_took_the_measure_away(initiative, author, mailoutbox):
    correction = start_correction(initiative, by=UserFactory())
    complete(correction, organisation_id=OrganisationFactory().pk)
    publish(Submission.objects.get(pk=correction.pk))
    assert [mail for mail in mailoutbox if mail.to == [author.email] and "corrected" in mail.subject]


def test_colleagues_correction_is_no_news(client, initiative, colleague, author, mailoutbox):
    correction = complete(start_correction(initiative, by=colleague), title="Corrected title")
    mailoutbox.clear()
    publish(correction)
    assert [mail.to for mail in mailoutbox if author.email in mail.to] == []
    assert "outside your organisation" not in client.get(Initiative.objects.get().get_absolute_url()).text


def test_owner_sees_that_a_strangers_correction_waits_and_nothing_of_it(client, initiative):
    correction = complete(start_correction(initiative, by=UserFactory(name="Zqstranger")), title="Zqtitle")
    assert "waits for a moderator" not in client.get(initiative.get_absolute_url()).text
    transition(correction, "submit", by=correction.author)
    page = client.get(initiative.get_absolute_url()).text
    assert "waits for a moderator" in page and "Zq" not in page
    assert "waits for a moderator" not in signed_in(UserFactory()).get(initiative.get_absolute_url()).text


def test_changes_are_asked_of_the_author_and_of_who_edited_it_last(organisation, author, colleague, mailoutbox):
    draft = make_draft(by=author, organisation=organisation)
    save_draft(draft, by=colleague, values={"title": "Edited by a colleague"})
    draft.refresh_from_db()
    transition(draft, "submit", by=author)
    mailoutbox.clear()
    transition(draft, "request_changes", by=ModeratorFactory(), public_reason="Which band?")
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([author.email, colleague.email])
