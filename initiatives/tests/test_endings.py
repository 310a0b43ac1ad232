"""“It has ended”, “it was extended”: a correction in two clicks, and still a correction."""

import datetime

import pytest
from django.utils import timezone

from initiatives.models import Initiative, Submission
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


def address(initiative) -> str:
    return f"/initiatives/{initiative.reference}/ending/"


def on(text: str) -> dict[str, str]:
    """A day, a month or a year as the three fields of a date."""
    parts = [*reversed(text.split("-"))]
    parts = ["", ""][: 3 - len(parts)] + parts
    return dict(zip(("on_day", "on_month", "on_year"), parts, strict=True))


def say(client, initiative, ending, date="", **more):
    return client.post(address(initiative), {"ending": ending, **(on(date) if date else {}), **more})


@pytest.fixture
def known(author):
    """The person who has signed in has shared something before: name, role and consent are known."""
    make_draft(by=author)
    return author


@pytest.fixture
def initiative(db) -> Initiative:
    return make_initiative(starts_on="2020-03-23", end_kind="open_ended")


def proposed(initiative) -> Submission:
    """The correction that was sent last."""
    return Submission.objects.filter(initiative=initiative).exclude(status="draft").latest("submitted_at")


MAY_DAY = datetime.date(2021, 5, 1)
SAID = {
    "ended": ("2021-05-01", {"declared_status": "ended", "declared_on": MAY_DAY, "ends_on": MAY_DAY}),
    "revoked": ("2021-05-01", {"declared_status": "revoked", "declared_on": MAY_DAY, "ends_on": None}),
    "extended": ("2031-05", {"end_kind": "date", "ends_on": datetime.date(2031, 5, 31), "ends_precision": "month"}),
}


@pytest.mark.parametrize("ending", SAID)
def test_what_was_said_becomes_a_correction_that_waits(client, known, initiative, ending):
    date, columns = SAID[ending]
    answer = say(client, initiative, ending, date)
    submission = proposed(initiative)
    assert answer["Location"] == f"/my/submissions/{submission.key}/"
    assert (submission.status, submission.author) == ("submitted", known)
    assert {name: getattr(submission, name) for name in columns} == columns


def test_public_text_stays_until_approval(client, known, initiative):
    say(client, initiative, "ended", "2021-05-01")
    initiative.refresh_from_db()
    assert (initiative.declared_status, initiative.version) == ("", 1)
    transition(proposed(initiative), "approve", by=ModeratorFactory())
    initiative.refresh_from_db()
    assert (initiative.measure_status, initiative.version) == ("ended", 2)
    text = client.get(initiative.get_absolute_url()).text
    assert "Ended</a>" in text and '<time datetime="2021-05-01">1 May 2021</time>' in text


def test_open_ended_takes_back_that_it_ended(client, known):
    initiative = make_initiative(
        starts_on="2020-03-23", end_kind="date", ends_on="2020-06-30", declared_status="ended", declared_on="2020-05-01"
    )
    say(client, initiative, "open_ended")
    submission = proposed(initiative)
    assert (submission.end_kind, submission.ends_on, submission.declared_status) == ("open_ended", None, "")


def test_measure_that_ended_early_keeps_the_end_it_had_announced(client, known):
    initiative = make_initiative(starts_on="2020-03-23", end_kind="date", ends_on="2020-06-30")
    say(client, initiative, "ended", "2020-05-01")
    assert proposed(initiative).ends_on == datetime.date(2020, 6, 30)


def test_nothing_else_changes(client, known, initiative):
    say(client, initiative, "revoked", "2021-05-01")
    submission = proposed(initiative)
    assert (submission.title, submission.summary) == (initiative.title, initiative.summary)
    assert [source.url for source in submission.sources.all()] == [source.url for source in initiative.sources.all()]


def test_particulars_come_from_what_the_person_sent_last(client, known, initiative):
    text = client.get(address(initiative)).text
    assert "contributor_" not in text and "consent" not in text and "As before, you agree" in text
    say(client, initiative, "ended", "2021-05-01")
    submission = proposed(initiative)
    assert (submission.contributor_role, bool(submission.consent_at)) == ("Private Role", True)


def test_particulars_are_asked_where_they_are_missing(client, author, initiative):
    answer = say(client, initiative, "ended", "2021-05-01")
    assert set(answer.context["form"].errors) == {"contributor_role", "consent"}
    assert 'value="2021"' in answer.text and "checked" in answer.text
    say(client, initiative, "ended", "2021-05-01", contributor_role="Head of unit", consent="on")
    submission = proposed(initiative)
    assert (submission.contributor_role, submission.contributor_email) == ("Head of unit", author.email)


WRONG = {
    "before the start": ("ended", "2020-03-22", "on"),
    "still to come": ("ended", "2090-01-01", "on"),
    "not a whole date": ("revoked", "2021-05", "on"),
    "no date": ("extended", "", "on"),
    "no day of the calendar": ("ended", "2021-02-30", "on"),
    "says so already": ("open_ended", "", "ending"),
    "unknown": ("exploded", "2021-05-01", "ending"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused_at_its_field(client, known, initiative, case):
    ending, date, name = WRONG[case]
    answer = say(client, initiative, ending, date)
    assert list(answer.context["form"].errors) == [name]
    assert not Submission.objects.filter(initiative=initiative, status="submitted").exists()


def test_extension_lies_after_the_end_that_is_public(client, known):
    initiative = make_initiative(starts_on="2020-03-23", end_kind="date", ends_on="2020-06-30")
    assert "on" in say(client, initiative, "extended", "2020-06").context["form"].errors
    assert say(client, initiative, "extended", "2020-07").status_code == 302


def test_refused_answers_are_kept(client, known, initiative):
    answer = say(client, initiative, "ended", "2090-01-02", source_url="https://gazette.example/7")
    for kept in ('value="2090"', 'value="https://gazette.example/7"', 'value="ended"'):
        assert kept in answer.text


def test_source_joins_the_others_once(client, known, initiative):
    say(client, initiative, "ended", "2021-05-01", source_url="https://gazette.example/7")
    urls = [source.url for source in proposed(initiative).sources.all()]
    assert urls == ["https://regulator.example/decision", "https://gazette.example/7"]


def test_sixth_source_is_refused_and_nothing_is_written(client, known):
    sources = [{"url": f"https://regulator.example/{number}"} for number in range(5)]
    initiative = make_initiative(sources=sources)
    answer = say(client, initiative, "ended", "2021-05-01", source_url="https://gazette.example/7")
    assert "source_url" in answer.context["form"].errors
    assert not Submission.objects.filter(initiative=initiative, author=known).exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.example/", "not an address"])
def test_source_is_an_address_of_the_web(client, known, initiative, url):
    assert "source_url" in say(client, initiative, "ended", "2021-05-01", source_url=url).context["form"].errors


def test_missing_start_is_asked(client, known):
    initiative = make_initiative()
    Initiative.objects.filter(pk=initiative.pk).update(starts_on=None, origin="launch")
    assert "starts" in say(client, initiative, "ended", "2021-05-01").context["form"].errors
    starts = {"starts_day": "", "starts_month": "", "starts_year": "2020"}
    assert say(client, initiative, "ended", "2021-05-01", **starts).status_code == 302


@pytest.mark.parametrize("sent", [False, True])
def test_open_correction_is_not_overwritten(client, known, initiative, sent):
    draft = start_correction(initiative, by=known)
    Submission.objects.filter(pk=draft.pk).update(title="Typed before", status="submitted" if sent else "draft")
    for answer in (client.get(address(initiative)), say(client, initiative, "ended", "2021-05-01")):
        assert f"/my/submissions/{draft.key}/" in answer.text and "not decided yet" in answer.text
    draft.refresh_from_db()
    assert (draft.title, draft.declared_status) == ("Typed before", "")
    assert Submission.objects.filter(initiative=initiative, author=known).count() == 1


def test_held_decision_leaves_the_correction_open(client, known, initiative, settings):
    settings.DECISION_HOLD = datetime.timedelta(minutes=5)
    say(client, initiative, "ended", "2021-05-01")
    client.get(address(initiative))  # takes the message that it was sent
    transition(proposed(initiative), "approve", by=ModeratorFactory())
    text = client.get(address(initiative)).text
    assert "not decided yet" in text and "A moderator is looking at it" in text and "pproved" not in text


def test_double_click_sends_once(client, known, initiative):
    say(client, initiative, "ended", "2021-05-01")
    answer = say(client, initiative, "ended", "2021-05-01")
    assert answer.status_code == 200 and "not decided yet" in answer.text
    assert Submission.objects.filter(initiative=initiative, status="submitted").count() == 1


def test_colleagues_open_correction_hinders_nobody(client, known, initiative):
    start_correction(initiative, by=UserFactory())
    assert say(client, initiative, "ended", "2021-05-01").status_code == 302


def test_link_says_what_happened_and_the_day_is_today(client, known, initiative):
    form = client.get(f"{address(initiative)}?what=ended").context["form"]
    assert (form["ending"].value(), str(form["on"].value())) == ("ended", timezone.now().date().isoformat())
    assert client.get(f"{address(initiative)}?what=nonsense").context["form"]["ending"].value() is None


def test_prefilled_page_is_sent_as_it_is(client, known, initiative):
    form = client.get(f"{address(initiative)}?what=ended").context["form"]
    assert set(form.fields) == {"ending", "on", "source_url"}
    assert say(client, initiative, form["ending"].value(), str(form["on"].value())).status_code == 302
    assert proposed(initiative).status == "submitted"


def test_role_is_known_from_an_earlier_text(client, known, initiative):
    make_draft(by=known, contributor_role="")
    form = client.get(f"{address(initiative)}?what=ended").context["form"]
    assert "contributor_role" not in form.fields


def test_removed_cannot_be_ended(client, known, initiative):
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="wrong")
    assert client.get(address(initiative)).status_code == say(client, initiative, "ended").status_code == 410


@pytest.mark.parametrize("page", ["correct", "ending", "confirm"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_pages_to_act_on_a_removed_one_leave_its_notice(client, initiative, page, signed_in):
    if signed_in:
        client.force_login(UserFactory())
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="Sent by mistake.")
    for answer in (client.get, client.post):
        response = answer(f"/initiatives/{initiative.reference}/{page}/")
        assert response.status_code == 410
        assert "Sent by mistake." in response.text and initiative.title not in response.text


def test_unconfirmed_address_is_told_so(client, initiative):
    client.force_login(UserFactory(confirmed=False))
    assert say(client, initiative, "ended", "2021-05-01").status_code == 403
    assert not Submission.objects.filter(initiative=initiative, status="submitted").exists()


# Who sees it on the public page


def test_owners_are_asked_whether_it_still_holds(client):
    organisation, author, colleague, stranger = OrganisationFactory(), UserFactory(), UserFactory(), UserFactory()
    confirm(colleague, organisation)
    initiative = make_initiative(by=author, organisation=organisation)
    for person, asked in ((author, True), (colleague, True), (stranger, False), (None, False)):
        client.force_login(person) if person else client.logout()
        assert ("?what=ended" in client.get(initiative.get_absolute_url()).text) == asked


def test_whoever_corrects_is_no_owner(client, known, initiative):
    say(client, initiative, "ended", "2021-05-01")
    transition(proposed(initiative), "approve", by=ModeratorFactory())
    assert "?what=ended" not in client.get(initiative.get_absolute_url()).text


def test_page_about_corrections_offers_both_ways(client, author, initiative):
    text = client.get(f"/initiatives/{initiative.reference}/correct/").text
    for what in ("ended", "revoked", "extended"):
        assert f"{address(initiative)}?what={what}" in text
    assert "Begin the correction" in text


def test_page_about_corrections_names_the_open_one(client, author, initiative):
    draft = start_correction(initiative, by=author)
    text = client.get(f"/initiatives/{initiative.reference}/correct/").text
    assert f"/my/submissions/{draft.key}/edit/" in text and "Begin the correction" not in text


def test_own_first_submission_is_no_open_correction(client, author):
    submission = make_submission(by=author)
    transition(submission, "approve", by=ModeratorFactory())
    text = client.get(address(submission.initiative)).text
    assert "not decided yet" not in text
