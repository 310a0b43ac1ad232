"""Who is asked when the author speaks for the organisation no more; and two rounds of review on one day."""

import pytest
from django.test import Client

from accounts.models import Membership
from initiatives.services import review_rounds
from initiatives.tests.reviewing import asked_links, make_due
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["ended", "refused"])
def test_members_are_asked_where_the_author_is_none_any_more(mailoutbox, status):
    organisation, author, member = OrganisationFactory(), UserFactory(), UserFactory()
    initiative = make_due(by=author, organisation=organisation)
    confirm(member, organisation), confirm(author, organisation)
    Membership.objects.filter(user=author).update(status=status, confirmed_at=None)
    assert review_rounds.owners_of(initiative) == [member]
    mailoutbox.clear()
    assert review_rounds.ask() == 1 and [letter.to for letter in mailoutbox] == [[member.email]]


def test_nobody_is_asked_where_the_author_is_none_any_more_and_nobody_else_is(mailoutbox):
    organisation, author = OrganisationFactory(), UserFactory()
    make_due(by=author, organisation=organisation)
    confirm(author, organisation)
    Membership.objects.filter(user=author).update(status="ended")
    assert review_rounds.ask() == 0


def test_link_of_who_speaks_for_the_organisation_no_more_is_refused(client, mailoutbox):
    organisation, author = OrganisationFactory(), UserFactory()
    initiative = make_due(by=author, organisation=organisation)
    confirm(author, organisation)
    links = asked_links(mailoutbox)
    Membership.objects.filter(user=author).update(status="ended")
    for method in (client.get, client.post):
        response = method(links["valid"])
        assert response.status_code == 410
    assert "does not speak for this measure any more" in response.text and "your contributions" not in response.text
    assert not initiative.decisions.filter(move="confirm").exists()


@pytest.fixture
def two_rounds(mailoutbox):
    """Doubted, confirmed by the link of the letter, and doubted again on the same day: both letters' links."""
    initiative, moderator, links = make_due(since=-100), ModeratorFactory(), []
    for _time in range(2):
        transition(initiative, "doubt", by=moderator, public_reason="The operator says otherwise.")
        mailoutbox.clear()
        links.append(asked_links(mailoutbox))
        if len(links) == 1:
            Client().post(links[0]["valid"])
    return initiative, *links


def test_doubt_after_an_answer_of_the_same_day_asks_again(two_rounds, client):
    initiative, _first, second = two_rounds
    assert "Nothing has been changed yet" in client.get(second["valid"]).text
    client.post(second["valid"])
    assert initiative.decisions.filter(move="confirm").count() == 2
    initiative.refresh_from_db()
    assert initiative.overdue_since is None


def test_used_link_stays_used_when_another_round_begins_on_the_same_day(two_rounds, client):
    initiative, first, _second = two_rounds
    assert "You answered on" in client.get(first["valid"]).text
    client.post(first["valid"])
    assert initiative.decisions.filter(move="confirm").count() == 1


def test_correction_promised_twice_on_a_day_is_mailed_twice(two_rounds, client, mailoutbox):
    initiative, _first, second = two_rounds
    client.post(second["correct"])
    transition(initiative, "doubt", by=ModeratorFactory(), public_reason="It is doubted again.")
    third = asked_links(mailoutbox)
    mailoutbox.clear()
    client.post(third["correct"])
    assert len(mailoutbox) == 1
