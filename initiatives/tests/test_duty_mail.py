"""One mail a day to who looks after something that waits."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from moderation import duties, jobs
from moderation.models import Duty
from outbox.models import Letter
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, make_submission

pytestmark = pytest.mark.django_db
MORNING = datetime.datetime(2026, 11, 3, 7, tzinfo=datetime.UTC)


@pytest.fixture
def clock(monkeypatch):
    """Set the time that the job believes it is."""

    def set_to(moment: datetime.datetime) -> None:
        monkeypatch.setattr(duties, "timezone", SimpleNamespace(localtime=lambda: moment))

    set_to(MORNING)
    return set_to


def waiting(**values):
    organisation, author = OrganisationFactory(), UserFactory()
    confirm(author, organisation)
    return make_submission(by=author, organisation=organisation, **values)


def told() -> list[str]:
    """Who was told what waits."""
    return list(
        Letter.objects.filter(occasion__startswith="waiting-").order_by("pk").values_list("recipient", flat=True)
    )


def body_to(person) -> str:
    return Letter.objects.filter(recipient=person.email).order_by("pk").last().body


def test_moderator_is_told_what_waits_once_a_day(moderator, clock):
    submission = waiting(title="Oldest of all")
    assert jobs.tell_moderators_what_waits() == "1 mails written"
    assert jobs.tell_moderators_what_waits() == "0 mails written"
    clock(MORNING + datetime.timedelta(days=1))
    assert duties.mail_what_waits() == 1
    letter = Letter.objects.filter(recipient=moderator.email).last()
    assert letter.subject == "1 entry waits for moderators"
    for words in ("- new submissions: 1", "Oldest of all (Kenya)", f"/admin/initiatives/submission/{submission.pk}/"):
        assert words in letter.body
    assert "/admin/\n" in letter.body and "The oldest has waited since" in letter.body


def test_moderator_with_a_duty_is_told_once_a_day_too(moderator, clock):
    waiting()
    duties.choose(regions=["AFR"], mail="daily", by=moderator)
    assert (duties.mail_what_waits(), duties.mail_what_waits()) == (1, 0)
    assert Duty.objects.get().last_mailed_on == MORNING.date()
    assert "This waits in your regions (Africa) and without a region:" in body_to(moderator)


def test_nobody_is_told_where_nothing_waits(moderator, clock):
    duties.choose(regions=["EUR"], mail="daily", by=moderator)
    waiting()
    assert duties.mail_what_waits() == 0 and told() == []


def test_what_belongs_to_no_region_is_told_to_everybody(moderator, clock):
    duties.choose(regions=["EUR"], mail="daily", by=moderator)
    waiting(scope="global", countries=[], title="Worldwide")
    assert duties.mail_what_waits() == 1


def test_nobody_is_told_at_night(moderator, clock):
    waiting()
    clock(MORNING.replace(hour=5))
    assert duties.mail_what_waits() == 0


def test_only_those_are_told_who_moderate_and_want_it(clock):
    waiting()
    wants, never = ModeratorFactory(), ModeratorFactory()
    administrator, silent = ModeratorFactory(group="Administrator"), ModeratorFactory(group="Administrator")
    duties.choose(regions=[], mail="never", by=never)
    duties.choose(regions=[], mail="daily", by=administrator)
    for change in ({"is_active": False}, {"is_system": True}, {"is_staff": False}):
        person = ModeratorFactory(**change)
        Duty.objects.create(user=person)
    assert sorted(told_by_job()) == sorted([wants.email, administrator.email])
    assert silent.email not in told()


def told_by_job() -> list[str]:
    duties.mail_what_waits()
    return told()


def test_mail_names_the_ten_oldest(moderator, clock):
    for number in range(12):
        waiting(title=f"Measure no. {number:02}")
    duties.mail_what_waits()
    body = body_to(moderator)
    assert [f"Measure no. {number:02}" in body for number in range(12)] == [True] * 10 + [False] * 2
    assert "- new submissions: 12" in body


def test_mail_is_in_the_language_of_the_moderator(clock):
    """Names of countries show it as long as there are no catalogues."""
    moderator = ModeratorFactory(language="fr")
    waiting(countries=["DE"])
    duties.mail_what_waits()
    assert "(Allemagne)" in body_to(moderator)


def test_age_in_the_mail_is_that_of_the_oldest(moderator, clock):
    submission = waiting()
    sent = timezone.now() - datetime.timedelta(days=9)
    type(submission).objects.update(submitted_at=sent)
    duties.mail_what_waits()
    assert f"The oldest has waited since {date_format(sent, 'j F Y, H:i e')}." in body_to(moderator)
