"""The three answers of a letter: one click each, no password, and nothing that a mail scanner could do."""

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.models import User
from initiatives import status
from initiatives.models import Initiative, InitiativeVersion, Submission
from initiatives.services import review_rounds, start_correction
from initiatives.tests.reviewing import asked_links, days, make_due
from moderation.models import Decision
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative(db) -> Initiative:
    return make_due(title="Temporary spectrum for the islands", end_kind="not_announced", since=3)


@pytest.fixture
def links(initiative, mailoutbox) -> dict[str, str]:
    return asked_links(mailoutbox)


@pytest.fixture
def stranger() -> Client:
    """A browser without a cookie, towards a portal that looks for forged requests."""
    return Client(enforce_csrf_checks=True)


def author_of(initiative) -> User:
    return InitiativeVersion.objects.get(initiative=initiative, number=1).submission.author


def today_as_typed() -> dict[str, str]:
    today = status.today()
    return {"on_day": today.day, "on_month": today.month, "on_year": today.year}


def after(initiative) -> Initiative:
    return Initiative.objects.get(pk=initiative.pk)


def columns(initiative) -> dict:
    return Initiative.objects.filter(pk=initiative.pk).values().get()


# Looking


@pytest.mark.parametrize("answer", ["valid", "ended", "correct"])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_a_link_changes_nothing(initiative, links, stranger, answer, method):
    before = columns(initiative)
    counts = Decision.objects.count(), Submission.objects.count()
    for _time in range(2):
        assert getattr(stranger, method)(links[answer]).status_code == 200
    assert columns(initiative) == before and (Decision.objects.count(), Submission.objects.count()) == counts


@pytest.mark.parametrize("answer", ["valid", "ended", "correct"])
def test_page_has_one_button_and_says_what_it_does(links, stranger, answer):
    page = stranger.get(links[answer]).text.split("<main")[1].split("</main>")[0]
    assert page.count("<button") == 1 and page.count('<form method="post"') == 1
    assert "Temporary spectrum for the islands" in page and "Nothing has been changed yet" in page


@pytest.mark.parametrize("answer", ["valid", "ended", "correct"])
def test_page_says_nothing_private(initiative, links, stranger, answer):
    author = author_of(initiative)
    for _step in ("open", "answered"):
        page = stranger.get(links[answer]).text
        for private in (author.email, "Private Name", "Private Role", "private.contributor@example.org", author.name):
            assert private not in page
        stranger.post(links[answer], today_as_typed())


def test_address_leaks_nowhere(links, stranger):
    for response in (stranger.get(links["valid"]), stranger.get("/reviews/x/"), stranger.post(links["valid"])):
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies


# Still valid


def test_still_valid_is_recorded_without_signing_in(initiative, links, stranger, settings):
    response = stranger.post(links["valid"])
    assert (response.status_code, response["Location"]) == (302, links["valid"])
    found, decision = after(initiative), initiative.decisions.first()
    assert found.confirmed_on == status.today() and found.review_on == status.today() + settings.REVIEW_AFTER
    assert (found.review_asked_at, found.version, found.status) == (None, 1, "published")
    assert (decision.move, decision.decided_by) == ("confirm", author_of(initiative))
    assert "You answered on" in stranger.get(links["valid"]).text


def test_second_click_changes_nothing(initiative, links, stranger):
    for _time in range(2):
        stranger.post(links["valid"])
    assert initiative.decisions.filter(move="confirm").count() == 1
    assert review_rounds.ask() == 0


def test_other_links_of_an_answered_letter_say_what_was_answered(initiative, links, stranger):
    stranger.post(links["valid"])
    for answer in ("ended", "correct"):
        stranger.post(links[answer], today_as_typed())
        assert "It is recorded that the measure still holds." in stranger.get(links[answer]).text
    assert not Submission.objects.filter(initiative=initiative, status__in=["draft", "submitted"]).exists()


def test_late_answer_takes_the_mark_away(initiative, links, stranger):
    review_rounds.lapse(status.today() + days(30))
    assert after(initiative).mark == "needs_reverification"
    stranger.post(links["valid"])
    assert (after(initiative).mark, after(initiative).overdue_since) == ("source_seen", None)


def test_contested_stays_contested_when_its_owner_confirms(initiative, links, stranger):
    transition(initiative, "contest", by=ModeratorFactory(), public_reason="The operator says otherwise.")
    stranger.post(links["valid"])
    assert after(initiative).mark == "contested"


def test_confirmed_member_of_the_issuing_body_confirms(mailoutbox, stranger):
    organisation, author = OrganisationFactory(), UserFactory()
    initiative = make_due(by=author, organisation=organisation)
    confirm(author, organisation)
    stranger.post(asked_links(mailoutbox)["valid"])
    assert after(initiative).mark == "confirmed"


def test_status_not_known_is_in_force_again(mailoutbox, stranger):
    initiative = make_due(starts_on="2020-03-23", end_kind="not_announced")
    assert initiative.measure_status == "not_known"
    stranger.post(asked_links(mailoutbox)["valid"])
    assert after(initiative).measure_status == "in_force"


def test_colleague_is_told_that_it_is_answered(mailoutbox, stranger):
    organisation, members = OrganisationFactory(), [UserFactory(), UserFactory()]
    initiative = make_due(organisation=organisation)
    User.objects.filter(pk=author_of(initiative).pk).update(is_active=False)
    for member in members:
        confirm(member, organisation)
    asked_links(mailoutbox)
    first, second = (letter.body.split("http://testserver")[2].split()[0] for letter in mailoutbox[-2:])
    stranger.post(first)
    assert "A colleague answered on" in stranger.get(second).text
    assert members[0].name not in stranger.get(second).text


# Has ended


def test_has_ended_sends_a_correction_and_the_public_text_stays(initiative, links, stranger):
    assert stranger.post(links["ended"], today_as_typed()).status_code == 302
    sent = Submission.objects.get(initiative=initiative, status="submitted")
    assert (sent.author, sent.declared_status, sent.declared_on) == (author_of(initiative), "ended", status.today())
    assert after(initiative).measure_status == "not_known" and after(initiative).version == 1
    assert "A moderator looks at it" in stranger.get(links["ended"]).text
    transition(sent, "approve", by=ModeratorFactory())
    assert after(initiative).measure_status == "ended" and after(initiative).review_on is None


def test_day_is_today_unless_another_is_given(links, stranger):
    page = stranger.get(links["ended"]).text
    assert f'name="on_year" value="{status.today().year}"' in page
    assert "is still to come" in stranger.post(links["ended"], today_as_typed() | {"on_year": 2099}).text


def test_nobody_is_reminded_while_the_correction_waits(initiative, links, stranger):
    stranger.post(links["ended"], today_as_typed())
    later = status.today() + days(31)
    assert (review_rounds.remind(later), review_rounds.lapse(later)) == (0, 0)


def test_question_is_open_again_when_the_correction_is_rejected(initiative, links, stranger):
    stranger.post(links["ended"], today_as_typed())
    sent = Submission.objects.get(initiative=initiative, status="submitted")
    transition(sent, "reject", by=ModeratorFactory(), public_reason="The source says otherwise.")
    assert "Nothing has been changed yet" in stranger.get(links["valid"]).text


def test_correction_that_is_begun_is_not_overwritten(initiative, links, stranger):
    draft = start_correction(initiative, by=author_of(initiative))
    page = stranger.post(links["ended"], today_as_typed()).text
    assert "You have a correction of it already" in page and f"/my/submissions/{draft.key}/" in page
    assert not initiative.decisions.filter(move="report_end").exists()


# I will correct it


def test_promise_begins_a_draft_gives_time_and_mails_its_address(initiative, links, stranger, mailoutbox):
    mailoutbox.clear()
    for _time in range(2):
        stranger.post(links["correct"])
    draft = Submission.objects.get(initiative=initiative, status="draft")
    assert draft.author == author_of(initiative)
    assert after(initiative).review_on == status.today() + days(30)
    (letter,) = mailoutbox
    assert f"/my/submissions/{draft.key}/edit/" in letter.body
    assert f"/my/submissions/{draft.key}/edit/" in stranger.get(links["correct"]).text


def test_writing_the_correction_needs_signing_in(initiative, links, stranger):
    stranger.post(links["correct"])
    draft = Submission.objects.get(initiative=initiative, status="draft")
    assert "/accounts/" in stranger.get(f"/my/submissions/{draft.key}/edit/")["Location"]


def test_who_promised_and_did_nothing_is_asked_again(initiative, links, stranger, mailoutbox):
    stranger.post(links["correct"])
    mailoutbox.clear()
    assert review_rounds.ask(status.today() + days(29)) == 0
    assert review_rounds.ask(status.today() + days(30)) == 1 and len(mailoutbox) == 1


# Links that do not work


def refused(client, link: str, code: int) -> str:
    for method in (client.get, client.post):
        response = method(link)
        assert response.status_code == code
    return response.text


@pytest.mark.parametrize("change", [lambda link: link[:-3] + "/", lambda link: link.replace(":", "x:", 1)])
def test_broken_link_says_what_to_do(links, stranger, change):
    assert "Copy the whole address" in refused(stranger, change(links["valid"]), 404)


def test_old_link_says_what_to_do(links, stranger, monkeypatch):
    monkeypatch.setattr(signing.time, "time", lambda: timezone.now().timestamp() + 61 * 86_400)
    assert "your contributions" in refused(stranger, links["valid"], 410)


def test_token_of_another_purpose_is_refused(initiative, stranger):
    author = author_of(initiative)
    token = signing.dumps([initiative.pk, initiative.review_on.isoformat(), 0, author.pk, "valid"], salt="other")
    refused(stranger, f"/reviews/{token}/", 404)


def test_link_of_who_has_left_is_refused(initiative, links, stranger):
    User.objects.filter(pk=author_of(initiative).pk).update(is_active=False)
    refused(stranger, links["valid"], 410)
    assert not initiative.decisions.filter(move="confirm").exists()


def test_link_to_what_was_removed_says_nothing_of_it(initiative, links, stranger):
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="Sent by mistake.")
    assert "Temporary spectrum" not in refused(stranger, links["valid"], 410)


def test_link_of_an_earlier_round_changes_nothing(initiative, links, stranger):
    Initiative.objects.filter(pk=initiative.pk).update(review_on=status.today(), review_asked_at=timezone.now())
    stranger.post(links["valid"])
    assert not initiative.decisions.filter(move="confirm").exists()
    assert "This is not asked any more" in stranger.get(links["valid"]).text


def test_answers_are_limited(initiative, links, stranger, settings):
    settings.ACCOUNT_RATE_LIMITS = {"review": "2/m/ip"}
    codes = [stranger.post(links["ended"], {"on_year": "x"}).status_code for _time in range(3)]
    assert codes == [200, 200, 429] and stranger.get(links["ended"]).status_code == 200


# On the owners' own pages


def test_owner_who_has_signed_in_confirms(initiative, client):
    client.force_login(author_of(initiative))
    address = f"/initiatives/{initiative.reference}/confirm/"
    assert f'href="{address}"' in client.get(initiative.get_absolute_url()).text
    client.get(address)
    assert not initiative.decisions.filter(move="confirm").exists()
    assert client.post(address, follow=True).redirect_chain[-1][0] == initiative.get_absolute_url()
    assert initiative.decisions.filter(move="confirm").count() == 1


def test_stranger_who_has_signed_in_does_not(initiative, client):
    client.force_login(UserFactory())
    address = f"/initiatives/{initiative.reference}/confirm/"
    assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)


def test_letter_gives_the_day_by_which_to_answer(initiative, links, mailoutbox):
    day = status.today() + days(30)
    assert f"{day.day} {day:%B %Y}" in mailoutbox[-1].body
