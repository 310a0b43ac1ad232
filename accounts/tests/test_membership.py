"""Who may speak for an organisation: requests, confirmations, domains."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import rules, services
from accounts.merging import merge
from accounts.models import Membership
from outbox.models import Letter
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


# What others answer, and what ends


@pytest.mark.parametrize("answer", [services.refuse_membership, services.confirm_membership])
def test_answer_is_given_once(request_, answer):
    moderator = ModeratorFactory()
    assert answer(request_, by=moderator)
    assert not services.refuse_membership(request_, by=moderator)
    assert not services.confirm_membership(request_, by=moderator)


def test_refusal_is_recorded_with_who_and_why(request_):
    member = Membership.objects.confirmed().get().user
    services.refuse_membership(request_, by=member, reason="  Not one   of us ")
    request_.refresh_from_db()
    change = request_.changes.first()
    assert (request_.status, request_.confirmed_at) == ("refused", None)
    assert (change.became, change.by, change.reason) == ("refused", member, "Not one of us")


def test_stranger_refuses_and_ends_nothing(request_):
    for service in (services.refuse_membership, services.end_membership):
        with pytest.raises(PermissionDenied):
            service(request_, by=UserFactory())


def test_colleague_ends_nobodys_membership(request_):
    services.confirm_membership(request_, by=ModeratorFactory())
    member = Membership.objects.confirmed().exclude(user=request_.user).get().user
    with pytest.raises(PermissionDenied):
        services.end_membership(request_, by=member)


def test_refused_person_asks_again_after_a_week(request_):
    services.refuse_membership(request_, by=ModeratorFactory())
    assert services.request_membership(request_.user, request_.organisation).status == "refused"
    request_.changes.update(at=timezone.now() - services.REST)
    assert services.request_membership(request_.user, request_.organisation).status == "requested"
    assert [change.became for change in request_.changes.all()] == ["requested", "refused", "requested"]


def test_who_left_may_ask_again_at_once(request_):
    assert services.end_membership(request_, by=request_.user)
    assert services.request_membership(request_.user, request_.organisation).status == "requested"


def test_domain_confirms_nobody_whom_people_have_sent_away():
    organisation = OrganisationFactory(domain="regulator.example")
    membership = services.request_membership(UserFactory(email="a@regulator.example"), organisation)
    services.end_membership(membership, by=ModeratorFactory())
    membership.changes.update(at=timezone.now() - services.REST)
    assert services.request_membership(membership.user, organisation).status == "requested"


def test_request_at_a_merged_organisation_goes_to_the_kept_one(request_):
    gone = OrganisationFactory()
    merge(gone, into=request_.organisation, by=ModeratorFactory())
    gone.refresh_from_db()
    assert services.request_membership(UserFactory(), gone).organisation == request_.organisation


# A domain or an address that comes later


def waiting(email: str = "a@regulator.example", **fields) -> Membership:
    return services.request_membership(UserFactory(email=email), OrganisationFactory(**fields))


def test_address_confirmed_later_confirms_what_waits(client):
    membership = waiting(email="a@elsewhere.example", domain="regulator.example")
    address = EmailAddress.objects.create(user=membership.user, email="a@regulator.example", verified=False)
    email_confirmed.send(EmailAddress, request=None, email_address=address)
    membership.refresh_from_db()
    assert not membership.is_confirmed
    address.set_verified()
    email_confirmed.send(EmailAddress, request=None, email_address=address)
    membership.refresh_from_db()
    assert membership.is_confirmed_by_domain


def test_organisation_accepted_later_confirms_what_waits():
    membership = waiting(domain="regulator.example", accepted_at=None)
    services.accept_organisation(membership.organisation)
    membership.refresh_from_db()
    assert membership.is_confirmed_by_domain


def test_refused_request_is_not_confirmed_by_a_later_domain():
    membership = waiting()
    services.refuse_membership(membership, by=ModeratorFactory())
    membership.organisation.domain = "regulator.example"
    membership.organisation.save()
    assert services.confirm_by_domain(organisation=membership.organisation) == 0


def test_confirmed_membership_survives_the_address():
    membership = waiting(domain="regulator.example")
    EmailAddress.objects.filter(user=membership.user).delete()
    assert services.request_membership(membership.user, membership.organisation).is_confirmed


# Mails


def test_members_are_asked_once_a_day(request_, mailoutbox):
    member = Membership.objects.confirmed().get().user
    mailoutbox.clear()
    Letter.objects.all().delete()
    for name in ("First", "Second"):
        services.request_membership(UserFactory(name=name), request_.organisation)
    assert [(letter.to, "First" in letter.subject) for letter in mailoutbox] == [([member.email], True)]
    assert mailoutbox[0].body.count("http") == 1 and "@" not in mailoutbox[0].body


@pytest.mark.parametrize(
    ("service", "words"),
    [(services.confirm_membership, "You speak for"), (services.refuse_membership, "was not confirmed")],
)
def test_person_is_told_of_the_answer(request_, mailoutbox, service, words):
    mailoutbox.clear()
    service(request_, by=ModeratorFactory())
    (letter,) = mailoutbox
    assert letter.to == [request_.user.email] and words in letter.subject


def test_person_is_told_why_it_ended_and_not_of_what_they_did_themselves(request_, mailoutbox):
    services.confirm_membership(request_, by=ModeratorFactory())
    mailoutbox.clear()
    services.end_membership(request_, by=ModeratorFactory(), reason="You have changed your employer")
    assert "You have changed your employer" in mailoutbox.pop().body
    services.end_membership(Membership.objects.confirmed().get(), by=Membership.objects.confirmed().get().user)
    assert not mailoutbox


def test_letter_comes_once_for_a_confirmation_by_domain(mailoutbox):
    membership = waiting()
    membership.organisation.domain = "regulator.example"
    membership.organisation.save()
    mailoutbox.clear()
    assert [services.confirm_by_domain(organisation=membership.organisation) for _ in range(2)] == [1, 0]
    assert [letter.subject for letter in mailoutbox] == [f"You speak for {membership.organisation} now"]
