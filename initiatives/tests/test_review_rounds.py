"""Review dates, the letters that ask, and what comes of no answer."""

import pytest
from django.db import connection

from accounts.models import User
from initiatives import status
from initiatives.jobs.reviews import keep_reviews_going
from initiatives.models import Initiative, InitiativeVersion
from initiatives.review_dates import SPREAD
from initiatives.services import review_rounds, start_correction
from initiatives.tests.reviewing import LINKS, days, make_due, set_due
from initiatives.tests.test_versions import correct
from moderation.services import transition
from outbox.models import Letter
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, make_initiative

pytestmark = pytest.mark.django_db
HALF_A_YEAR = days(182)


@pytest.fixture(autouse=True)
def _days_of_half_a_year(settings):
    settings.REVIEW_AFTER = HALF_A_YEAR


def compiled(**changes) -> Initiative:
    """One that the machine has published."""
    return make_initiative(by=User.objects.system("loader", "Loader"), origin="launch", moderator=_loader(), **changes)


def _loader() -> User:
    return User.objects.system("loader", "Loader")


# Dates


def test_review_is_due_half_a_year_after_approval():
    assert make_initiative().review_on == status.today() + HALF_A_YEAR


def test_correction_begins_anew():
    initiative = make_due(asked=40)
    transition(initiative, "lapse", by=_loader())
    initiative = correct(initiative, title="A better title of the measure")
    initiative.refresh_from_db()
    assert initiative.review_on == status.today() + HALF_A_YEAR
    assert initiative.review_asked_at is None and initiative.mark == "source_seen"


@pytest.mark.parametrize(
    ("changes", "has_review"),
    [
        ({"end_kind": "date", "ends_on": 200}, True),
        ({"end_kind": "date", "ends_on": 100}, False),
        ({"end_kind": "date", "ends_on": -1}, False),
        ({"declared_status": "revoked", "declared_on": -1}, False),
        ({"declared_status": "ended", "declared_on": 100}, False),
        ({"end_kind": "not_announced"}, True),
        ({"starts_on": 300}, True),
    ],
)
def test_measure_that_is_over_by_then_has_no_review(changes, has_review):
    today = status.today()
    dates = {name: today + days(value) if isinstance(value, int) else value for name, value in changes.items()}
    assert (make_initiative(**dates).review_on is not None) is has_review


def test_compiled_ones_are_not_due_on_one_day():
    dates = {compiled().review_on for _number in range(3)}
    first = status.today() + HALF_A_YEAR
    assert len(dates) == 3 and all(first <= day < first + days(SPREAD) for day in dates)


def test_what_was_loaded_before_gets_its_date_once():
    late, over = make_initiative(), make_initiative(end_kind="date", ends_on="2020-05-01")
    Initiative.objects.update(review_on=None)
    assert (review_rounds.give_dates(), review_rounds.give_dates()) == (1, 0)
    late.refresh_from_db(), over.refresh_from_db()
    assert late.review_on == status.today() + HALF_A_YEAR and over.review_on is None


def test_round_of_what_has_ended_meanwhile_is_closed(mailoutbox):
    initiative = make_due(asked=20, end_kind="date", ends_on=status.today() + days(300))
    Initiative.objects.filter(pk=initiative.pk).update(ends_on=status.today() - days(1))
    mailoutbox.clear()
    assert keep_reviews_going() == "0 dated, 1 over, 0 asked, 0 reminded, 0 lapsed"
    initiative.refresh_from_db()
    assert (initiative.review_on, initiative.review_asked_at, mailoutbox) == (None, None, [])


# Letters


def test_owner_is_asked_once_with_three_links(mailoutbox):
    initiative = make_due(title="Measure to look at")
    mailoutbox.clear()
    assert (review_rounds.ask(), review_rounds.ask()) == (1, 0)
    (letter,) = mailoutbox
    author = InitiativeVersion.objects.get(initiative=initiative).submission.author
    assert letter.to == [author.email] and "Does it still hold? “Measure to look at”" in letter.subject
    assert len(set(LINKS.findall(letter.body))) == 3
    initiative.refresh_from_db()
    assert initiative.review_asked_at is not None


def test_letter_that_could_answer_is_shown_to_no_staff():
    make_due()
    review_rounds.ask()
    assert Letter.objects.get(occasion__startswith="review-ask-").is_secret


def test_nobody_is_asked_before_the_day(mailoutbox):
    make_due(since=-1)
    assert review_rounds.ask() == 0
    assert review_rounds.ask(status.today() + days(1)) == 1


def test_members_are_asked_where_the_author_has_left(mailoutbox):
    organisation = OrganisationFactory()
    initiative = make_due(organisation=organisation)
    User.objects.filter(submissions__initiative=initiative).update(is_active=False)
    members = [UserFactory() for _number in range(review_rounds.OWNERS_MAX + 1)]
    for member in members:
        confirm(member, organisation)
    confirm(UserFactory(is_active=False), organisation)
    mailoutbox.clear()
    assert review_rounds.ask() == 1
    assert [letter.to[0] for letter in mailoutbox] == [member.email for member in members[: review_rounds.OWNERS_MAX]]


def test_nobody_is_asked_about_what_the_secretariat_owns(mailoutbox):
    ours, left = set_due(compiled()), make_due()
    User.objects.filter(submissions__initiative=left).update(is_active=False)
    mailoutbox.clear()
    assert review_rounds.ask() == 0 and mailoutbox == []
    assert {*Initiative.objects.due_for_review().of_secretariat()} == {ours, left}


def test_nobody_is_asked_while_a_correction_waits(mailoutbox):
    initiative = make_due()
    author = InitiativeVersion.objects.get(initiative=initiative).submission.author
    correction = start_correction(initiative, by=author)
    type(correction).objects.filter(pk=correction.pk).update(status="submitted")
    assert review_rounds.ask() == 0
    type(correction).objects.filter(pk=correction.pk).update(status="rejected")
    assert review_rounds.ask() == 1


@pytest.mark.parametrize("move", ["archive", "remove"])
def test_what_is_not_published_is_let_be(move):
    transition(make_due(), move, by=ModeratorFactory(), public_reason="a reason")
    assert review_rounds.ask() == 0


def test_owner_is_reminded_once_after_two_weeks(mailoutbox):
    make_due()
    review_rounds.ask()
    mailoutbox.clear()
    fortnight = status.today() + days(14)
    assert review_rounds.remind(fortnight - days(1)) == 0
    assert (review_rounds.remind(fortnight), review_rounds.remind(fortnight)) == (1, 0)
    (letter,) = mailoutbox
    assert "Reminder" in letter.subject and len(LINKS.findall(letter.body)) == 3


# No answer


def test_no_answer_in_thirty_days_makes_the_mark():
    initiative = make_due(since=40)
    review_rounds.ask()
    month = status.today() + days(30)
    assert review_rounds.lapse(month - days(1)) == 0
    assert (review_rounds.lapse(month), review_rounds.lapse(month)) == (1, 0)
    initiative.refresh_from_db()
    decision = initiative.decisions.first()
    assert initiative.mark == "needs_reverification"
    assert (decision.move, decision.by_machine, decision.decided_by_name) == ("lapse", True, "Clock (machine)")


def test_history_tells_it_once(client):
    initiative = make_due(asked=31)
    review_rounds.lapse()
    page = client.get(f"{initiative.get_absolute_url()}history/").text
    assert page.count("its review is overdue") == 1


def test_correction_that_waits_keeps_the_mark_away():
    initiative = make_due(asked=31)
    author = InitiativeVersion.objects.get(initiative=initiative).submission.author
    correction = start_correction(initiative, by=author)
    type(correction).objects.filter(pk=correction.pk).update(status="in_review")
    assert review_rounds.lapse() == 0


def test_secretariats_own_lapse_only_where_they_were_checked():
    looked_at, never = set_due(compiled(), since=30), set_due(compiled(), since=30)
    Initiative.objects.filter(pk=looked_at.pk).update(checked="source_seen", mark="source_seen")
    assert review_rounds.lapse() == 1
    looked_at.refresh_from_db(), never.refresh_from_db()
    assert (looked_at.mark, never.mark) == ("needs_reverification", "not_checked")


# The job


@pytest.mark.parametrize("rows", [1, 3])
def test_job_with_nothing_to_do_asks_the_same_questions(rows, django_assert_num_queries):
    for _number in range(rows):
        make_initiative()
    User.objects.system("clock", "Clock (machine)")
    with django_assert_num_queries(7):  # dates, over, to ask, to remind, the clock's account, two ways to lapse
        keep_reviews_going()


def test_job_says_what_it_did(mailoutbox):
    make_due()
    make_due(asked=14)
    make_due(asked=30)
    assert keep_reviews_going() == "0 dated, 0 over, 1 asked, 2 reminded, 1 lapsed"


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: review_rounds._to_ask(None), "initiative_by_review"),
        (lambda: Initiative.objects.due_for_review().of_secretariat(), "initiative_by_review"),
        (lambda: review_rounds._to_remind(None), "initiative_asked"),
        (lambda: review_rounds._unanswered(None), "initiative_asked"),
    ],
)
def test_index_serves_what_the_job_asks(rows, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
    assert index in rows().explain()
