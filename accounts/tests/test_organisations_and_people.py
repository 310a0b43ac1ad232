"""Organisations proposed, accepted, verified; people who leave; roles."""

import pytest
from allauth.account.models import EmailAddress

from accounts import rules, services
from accounts.models import Membership, Organisation, User
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, country, make_initiative

pytestmark = pytest.mark.django_db


def test_proposed_organisation_is_offered_to_nobody_until_accepted():
    organisation = services.propose_organisation("  New   Regulator ", "regulator", None, by=UserFactory())
    assert organisation.name == "New Regulator" and organisation not in Organisation.objects.accepted()
    assert services.accept_organisation(organisation) and not services.accept_organisation(organisation)
    assert organisation in Organisation.objects.accepted()


def test_same_name_in_the_same_country_is_the_same_organisation():
    known = OrganisationFactory(name="Regulator")
    assert services.propose_organisation("REGULATOR", "regulator", "KE", by=UserFactory()) == known
    country("GH")
    assert services.propose_organisation("Regulator", "regulator", "GH", by=UserFactory()) != known


def test_mark_of_a_verified_organisation_comes_and_goes():
    organisation, by = OrganisationFactory(), ModeratorFactory()
    assert services.set_verified(organisation, True, by=by) and not services.set_verified(organisation, True, by=by)
    organisation.refresh_from_db()
    assert organisation.is_verified
    assert services.set_verified(organisation, False, by=by) and not services.set_verified(organisation, False, by=by)


def test_who_leaves_is_made_anonymous_and_the_record_keeps_the_name():
    person = ModeratorFactory(name="Amina")
    confirm(person, make_initiative(moderator=person).organisation)
    decision = person.decisions.get()
    services.leave(person)
    person.refresh_from_db()
    assert (person.is_active, person.is_staff, person.name) == (False, False, "former member")
    assert "amina" not in f"{person.email} {person.handle}".lower() and not person.has_usable_password()
    assert not EmailAddress.objects.filter(user=person).exists() and not person.groups.exists()
    assert not Membership.objects.filter(user=person).exists()
    decision.refresh_from_db()
    assert decision.decided_by_name == "Amina"


@pytest.mark.parametrize(
    ("make", "moderates", "administers"),
    [
        (lambda: UserFactory(), False, False),
        (lambda: UserFactory(is_staff=True), False, False),
        (lambda: ModeratorFactory(), True, False),
        (lambda: ModeratorFactory(is_staff=False), False, False),
        (lambda: ModeratorFactory(is_active=False), False, False),
        (lambda: ModeratorFactory(group="Administrator"), True, True),
        (lambda: ModeratorFactory(is_superuser=True), True, True),
        (lambda: ModeratorFactory(is_superuser=True, second_factor=False), False, False),
        (lambda: ModeratorFactory(second_factor=False), False, False),
    ],
)
def test_roles(make, moderates, administers):
    person = make()
    assert (rules.is_moderator(person), rules.is_administrator(person)) == (moderates, administers)


def test_system_account_is_made_once_and_cannot_sign_in():
    machine = User.objects.system("loader", "Loader")
    assert machine == User.objects.system("loader", "Loader") and machine.is_system
    assert not machine.has_usable_password() and not rules.has_confirmed_email(machine)


def test_handles_are_free_and_long_enough():
    UserFactory(handle="amina-diallo")
    assert services.unused_handle("Amina Diallo") == "amina-diallo-2"
    assert services.unused_handle("李") == "member"


def test_person_with_the_handle_of_the_system_account_is_not_taken_for_it():
    person = UserFactory(handle="secretariat")
    machine = User.objects.system("secretariat", "Secretariat")
    assert machine.is_system and machine.pk != person.pk
    assert machine == User.objects.system("secretariat", "Secretariat")
