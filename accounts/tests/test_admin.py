"""Organisations, memberships and people in the admin."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import services
from accounts.models import Organisation, User
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, country

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMO = True


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


@pytest.fixture
def office(client):
    client.force_login(ModeratorFactory(group="Administrator", name="Esi"))
    return client


def act(client, model: str, action: str, *rows):
    url = reverse(f"admin:accounts_{model}_changelist")
    return client.post(url, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)


def organisation_values(**changes) -> dict:
    inline = {f"memberships-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    values = {"name": "Regulator", "short_name": "", "stakeholder_type": "regulator", "country": "", "website": ""}
    return {**values, "domain": "", **inline, **changes}


def test_organisation_is_accepted_and_verified(desk):
    organisation = OrganisationFactory(accepted_at=None)
    assert "Changed: 1. As it was already: 0." in act(desk, "organisation", "accept", organisation).text
    act(desk, "organisation", "verify", organisation)
    organisation.refresh_from_db()
    assert organisation.accepted_at and organisation.is_verified
    act(desk, "organisation", "unverify", organisation)
    organisation.refresh_from_db()
    assert not organisation.is_verified


def test_domain_is_edited_but_not_one_that_is_anybodys(desk):
    organisation = OrganisationFactory()
    url = reverse("admin:accounts_organisation_change", args=[organisation.pk])
    assert "Anybody can have an address there" in desk.post(url, organisation_values(domain="gmail.com")).text
    assert desk.post(url, organisation_values(domain="regulator.example")).status_code == 302
    organisation.refresh_from_db()
    assert organisation.domain == "regulator.example"


def test_organisation_made_by_staff_is_offered_at_once(office):
    country()
    assert office.post(reverse("admin:accounts_organisation_add"), organisation_values(country="KE")).status_code == 302
    assert Organisation.objects.accepted().get().country_id == "KE"


def test_marks_are_no_fields(desk):
    organisation = OrganisationFactory()
    values = organisation_values(verified_at_0="2026-01-01", verified_at_1="00:00", verified_at="2026-01-01")
    desk.post(reverse("admin:accounts_organisation_change", args=[organisation.pk]), values)
    organisation.refresh_from_db()
    assert organisation.name == "Regulator" and not organisation.is_verified


def test_membership_is_confirmed(desk):
    membership = services.request_membership(UserFactory(), OrganisationFactory())
    act(desk, "membership", "confirm", membership)
    membership.refresh_from_db()
    assert membership.is_confirmed


def test_own_membership_is_not_confirmed_and_others_are(client):
    moderator = ModeratorFactory()
    client.force_login(moderator)
    own, other = (services.request_membership(user, OrganisationFactory()) for user in (moderator, UserFactory()))
    response = act(client, "membership", "confirm", own, other)
    assert "nobody confirms their own membership" in response.text
    for membership, confirmed in ((own, False), (other, True)):
        membership.refresh_from_db()
        assert membership.is_confirmed is confirmed


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("model", "queries"), [("organisation", 6), ("membership", 6), ("user", 7)])
def test_lists_cost_the_same_whatever_their_length(desk, django_assert_num_queries, model, queries, rows):
    for _number in range(rows):
        confirm(UserFactory(), OrganisationFactory())
    url = reverse(f"admin:accounts_{model}_changelist")
    desk.get(url)
    with django_assert_num_queries(queries):  # session, user, permissions twice, count, rows; groups for the filter
        desk.get(url)


# People


def save_person(client, person: User, **changes):
    inline = {f"memberships-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    values = {"name": person.name, "handle": person.handle, "language": "en", "is_active": "on", **inline, **changes}
    return client.post(reverse("admin:accounts_user_change", args=[person.pk]), values)


def test_administrator_gives_a_role(office):
    person, group = UserFactory(), Group.objects.get(name="Moderator")
    assert save_person(office, person, is_staff="on", groups=[group.pk]).status_code == 302
    person.refresh_from_db()
    assert person.is_staff and person.groups.get() == group


def test_moderator_gives_no_role(desk):
    assert save_person(desk, UserFactory(), is_staff="on").status_code == 403


def test_nobody_makes_a_superuser_or_changes_an_email(office):
    person = UserFactory()
    save_person(office, person, is_superuser="on", email="other@example.org", password="x")
    email, password = person.email, person.password
    person.refresh_from_db()
    assert not person.is_superuser and (person.email, person.password) == (email, password)


def test_nobody_changes_their_own_rights(office):
    me = User.objects.get(name="Esi")
    save_person(office, me, name="Esi Mensah", groups=[])
    me.refresh_from_db()
    assert me.name == "Esi Mensah" and me.is_staff and me.groups.count() == 1


@pytest.mark.parametrize("kind", ["system", "left", "superuser"])
def test_some_accounts_are_read_only(office, kind):
    person = UserFactory(is_superuser=kind == "superuser", is_system=kind == "system")
    if kind == "left":
        services.leave(person)
    assert office.get(reverse("admin:accounts_user_change", args=[person.pk])).status_code == 200
    assert save_person(office, person, name="Other").status_code == 403


def test_page_of_a_person_shows_no_password(office):
    person = UserFactory()
    person.set_password("correct horse")
    person.save()
    assert person.password not in office.get(reverse("admin:accounts_user_change", args=[person.pk])).text
