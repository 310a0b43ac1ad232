"""Who may speak for an organisation: requests, confirmations, domains."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied

from accounts import rules, services
from accounts.models import Membership
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_():
    """A membership that waits, of Achieng at an organisation that has a confirmed member."""
    organisation = OrganisationFactory()
    confirm(UserFactory(name="Barasa"), organisation)
    return services.request_membership(UserFactory(name="Achieng"), organisation)


def test_request_waits(request_):
    assert request_.status == "requested" and request_.confirmed_at is None


def test_request_is_made_once(request_):
    again = services.request_membership(request_.user, request_.organisation)
    assert again == request_ and Membership.objects.filter(user=request_.user).count() == 1


@pytest.mark.parametrize(
    ("who", "may"),
    [("self", False), ("stranger", False), ("requested", False), ("member", True), ("elsewhere", False)]
    + [("moderator", True), ("administrator", True), ("staff", False), ("left", False)],
)
def test_who_may_confirm(request_, who, may):
    person = {
        "self": lambda: request_.user,
        "stranger": UserFactory,
        "requested": lambda: services.request_membership(UserFactory(), request_.organisation).user,
        "member": lambda: Membership.objects.confirmed().get().user,
        "elsewhere": lambda: confirm(UserFactory(), OrganisationFactory()).user,
        "moderator": ModeratorFactory,
        "administrator": lambda: ModeratorFactory(group="Administrator"),
        "staff": lambda: UserFactory(is_staff=True),
        "left": lambda: confirm(UserFactory(is_active=False), request_.organisation).user,
    }[who]()
    assert rules.may_confirm_membership(person, request_) is may
    if may:
        assert services.confirm_membership(request_, by=person)
        request_.refresh_from_db()
        assert request_.is_confirmed and request_.confirmed_by == person
    else:
        with pytest.raises(PermissionDenied):
            services.confirm_membership(request_, by=person)


def test_moderator_does_not_confirm_their_own(request_):
    own = services.request_membership(ModeratorFactory(), request_.organisation)
    with pytest.raises(PermissionDenied):
        services.confirm_membership(own, by=own.user)


def test_confirming_twice_changes_nothing(request_):
    first, second = ModeratorFactory(), ModeratorFactory()
    assert services.confirm_membership(request_, by=first)
    assert not services.confirm_membership(request_, by=second)
    request_.refresh_from_db()
    assert request_.confirmed_by == first


@pytest.mark.parametrize(
    ("email", "domain", "accepted", "confirmed"),
    [
        ("a@regulator.example", "regulator.example", True, True),
        ("a@Regulator.Example", "regulator.example", True, True),
        ("a@regulator.example", "regulator.example", False, False),  # whoever proposed it may have written any domain
        ("a@mail.regulator.example", "regulator.example", True, False),
        ("a@notregulator.example", "regulator.example", True, False),
        ("a@regulator.example", "", True, False),
        ("a@gmail.com", "gmail.com", True, False),
    ],
)
def test_domain_confirms_only_for_an_accepted_organisation(email, domain, accepted, confirmed):
    organisation = OrganisationFactory(domain=domain, **({} if accepted else {"accepted_at": None}))
    membership = services.request_membership(UserFactory(email=email), organisation)
    membership.refresh_from_db()
    assert membership.is_confirmed is confirmed and membership.confirmed_by is None


def test_unconfirmed_email_on_the_domain_confirms_nothing():
    organisation, user = OrganisationFactory(domain="regulator.example"), UserFactory()
    EmailAddress.objects.create(user=user, email="boss@regulator.example", verified=False)
    assert not services.request_membership(user, organisation).is_confirmed
