"""Organisations as all rooms see them: what members share, and what merging moves."""

import pytest
from django.urls import reverse

from accounts import services
from accounts.merging import merge, what_moves
from initiatives.models import InitiativeVersion, Submission
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


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def pair(organisation):
    """Two confirmed members."""
    return [confirm(UserFactory(), organisation).user for _ in range(2)]


def test_ended_membership_hides_drafts_at_once_and_passes_them_on(organisation, pair):
    drafts = [make_draft(by=user, organisation=organisation) for user in pair]
    assert [set(Submission.objects.of(user)) for user in pair] == [set(drafts)] * 2
    services.end_membership(pair[0].memberships.get(), by=pair[0])
    assert [set(Submission.objects.of(user)) for user in pair] == [set(), set(drafts)]


def test_form_offers_no_organisation_that_has_refused(client):
    me, organisation = UserFactory(), OrganisationFactory(name="Refusing Authority")
    services.refuse_membership(services.request_membership(me, organisation), by=ModeratorFactory())
    client.force_login(me)
    assert "Refusing Authority" not in client.get(reverse("initiatives:create")).text


def page_of(client, organisation) -> str:
    return client.get(reverse("portal:organisation", args=[organisation.pk]))


def test_members_page_shows_members_requests_submissions_and_what_is_public(client, organisation, pair):
    services.request_membership(UserFactory(name="Charlie"), organisation)
    make_draft(by=pair[1], organisation=organisation, title="Hers to finish")
    make_initiative(by=pair[1], organisation=organisation, title="Public by now")
    make_draft(organisation=organisation, title="Of a stranger")
    client.force_login(pair[0])
    page = page_of(client, organisation).text
    for words in (pair[1].name, "Charlie", "Hers to finish", "Public by now"):
        assert words in page
    assert "Of a stranger" not in page and pair[1].email not in page


@pytest.mark.parametrize("who", ["requested", "ended", "elsewhere"])
def test_members_page_is_not_found_by_others(client, organisation, who):
    me = UserFactory()
    if who == "elsewhere":
        confirm(me, OrganisationFactory())
    else:
        membership = services.request_membership(me, organisation)
        if who == "ended":
            services.end_membership(membership, by=me)
    client.force_login(me)
    assert page_of(client, organisation).status_code == 404


# session, person; organisation; how many, rows; public ones with their countries; requests; members
@pytest.mark.parametrize("rows", [1, 3])
def test_members_page_costs_the_same_whatever_its_length(client, django_assert_num_queries, organisation, pair, rows):
    for _number in range(rows):
        make_initiative(by=pair[0], organisation=organisation)
        confirm(UserFactory(), organisation)
        services.request_membership(UserFactory(), organisation)
    client.force_login(pair[0])
    with django_assert_num_queries(9):
        page_of(client, organisation)


# Merging


def test_submissions_and_initiatives_move_and_versions_stay_as_they_were(organisation):
    away = OrganisationFactory(name="Old Name")
    waiting, initiative = make_submission(organisation=away), make_initiative(organisation=away)
    before = list(InitiativeVersion.objects.values())
    changed_at = initiative.changed_at
    counts = {str(row.label): row.number for row in what_moves(away, organisation)}
    assert (counts["Submissions"], counts["Initiatives"]) == (2, 1)
    merge(away, into=organisation, by=ModeratorFactory())
    for row in (waiting, initiative):
        row.refresh_from_db()
        assert row.organisation == organisation
    assert list(InitiativeVersion.objects.values()) == before and initiative.changed_at > changed_at


def test_mark_follows_a_membership_that_was_confirmed_elsewhere(organisation):
    """Sent for the one, a confirmed member of the other: after merging the issuing body has confirmed it."""
    author, away = UserFactory(), OrganisationFactory()
    confirm(author, organisation)
    initiative = make_initiative(by=author, organisation=away)
    assert initiative.mark == "source_seen"
    merge(away, into=organisation, by=ModeratorFactory())
    initiative.refresh_from_db()
    assert initiative.mark == "confirmed"


def test_name_of_a_merged_organisation_sends_to_the_kept_one(organisation):
    away = OrganisationFactory(name="Old Name")
    merge(away, into=organisation, by=ModeratorFactory())
    draft = make_draft(organisation_name="Old name", organisation_type="regulator", organisation_country_id="KE")
    Submission.objects.filter(pk=draft.pk).update(organisation=None)
    draft.refresh_from_db()
    transition(draft, "submit", by=draft.author)
    draft.refresh_from_db()
    assert draft.organisation == organisation
