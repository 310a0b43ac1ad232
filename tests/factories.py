"""Rows for tests. `make_initiative` goes the real way: draft, submit, approve."""

import itertools

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from countries.models import Country
from countries.services import read_source
from initiatives import services
from initiatives.models import Collection, Initiative, Submission
from moderation.services import transition

_numbers = itertools.count(1)
_entries = {country.iso2: country for country in read_source()}


def country(iso2: str = "KE") -> Country:
    """Return the row of a real country or territory."""
    entry = _entries[iso2]
    values = {field.name: getattr(entry, field.name) for field in Country._meta.fields}
    return Country.objects.get_or_create(iso2=iso2, defaults=values)[0]


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Person {number}")
    handle = factory.Sequence(lambda number: f"person-{number}")
    email = factory.Sequence(lambda number: f"person{number}@example.org")

    @factory.post_generation
    def confirmed(user, create, extracted, **kwargs):
        if create and extracted is not False:
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


class ModeratorFactory(UserFactory):
    is_staff = True

    @factory.post_generation
    def group(user, create, extracted, **kwargs):
        if create:
            user.groups.add(Group.objects.get_or_create(name=extracted or "Moderator")[0])

    @factory.post_generation
    def second_factor(user, create, extracted, **kwargs):
        if create and extracted is not False:
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Regulatory Authority {number}")
    stakeholder_type = "regulator"
    country = factory.LazyFunction(country)
    accepted_at = factory.LazyFunction(timezone.now)


class CollectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Collection
        django_get_or_create = ["slug"]

    slug = "reg4covid"
    name = "REG4COVID"
    opens_on = "2020-03-23"


def confirm(user: User, organisation: Organisation) -> Membership:
    """Make `user` a confirmed member."""
    fields = {"status": "confirmed", "confirmed_at": timezone.now()}
    return Membership.objects.update_or_create(user=user, organisation=organisation, defaults=fields)[0]


def content(**changes) -> dict:
    """Return complete cleaned values of a draft, by column."""
    number = next(_numbers)
    return {
        "collection_id": CollectionFactory().pk,
        "title": f"Temporary spectrum for mobile networks {number}",
        "summary": f"The regulator assigned extra spectrum to all mobile operators for six months, case {number}.",
        "language": "en",
        "relation": "issuing_body",
        "scope": "national",
        "theme": "spectrum",
        "measure_types": ["temporary_assignment"],
        "instrument": "regulation_decision",
        "compliance": "mandatory",
        "phase": "emergency",
        "starts_on": "2020-03-23",
        "end_kind": "open_ended",
        "contributor_name": "Private Name",
        "contributor_role": "Private Role",
        "contributor_email": "private.contributor@example.org",
        "consent_at": timezone.now(),
        **changes,
    }


def make_draft(*, by: User | None = None, countries=("KE",), sources=None, organisation=None, **changes) -> Submission:
    """Return a complete draft; give `title=""` and the like for an incomplete one."""
    by = by or UserFactory()
    organisation = organisation or OrganisationFactory()
    sources = [{"url": "https://regulator.example/decision", "title": "Decision"}] if sources is None else sources
    return services.save_draft(
        None,
        by=by,
        values=content(organisation_id=organisation.pk, **changes),
        countries=[country(code) for code in countries],
        sources=sources,
    )


def make_submission(**changes) -> Submission:
    """Return a submission that waits for a moderator."""
    submission = make_draft(**changes)
    transition(submission, "submit", by=submission.author)
    return submission


def make_initiative(*, moderator: User | None = None, **changes) -> Initiative:
    """Return a published initiative."""
    submission = make_submission(**changes)
    transition(submission, "approve", by=moderator or ModeratorFactory())
    return submission.initiative
