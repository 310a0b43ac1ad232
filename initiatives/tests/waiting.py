"""What tests of the queue share: things of every kind that wait."""

from django.utils import timezone

from accounts.models import Membership, Organisation
from accounts.services import request_membership
from initiatives.models import Submission
from initiatives.services import save_draft, start_correction
from moderation.services import transition
from tests.factories import OrganisationFactory, UserFactory, confirm, make_initiative, make_submission

START = "/admin/"


def rows(response) -> list[str]:
    return [line["row"].title for line in response.context["rows"]]


def counts(response) -> dict[str, int]:
    return {count.source.kind: count.number for count, _url in response.context["kinds"]}


def make_correction(**values) -> Submission:
    initiative = make_initiative()
    author = UserFactory()
    personal = {"consent_at": timezone.now(), "contributor_name": "A", "contributor_role": "B"}
    personal |= {"contributor_email": "a@example.org"}
    correction = save_draft(start_correction(initiative, by=author), by=author, values={**personal, **values})
    transition(correction, "submit", by=author)
    return correction


def make_quiet_submission(**values) -> Submission:
    """A submission of a confirmed member: no membership waits beside it."""
    organisation, author = values.pop("organisation", None) or OrganisationFactory(), UserFactory()
    confirm(author, organisation)
    return make_submission(by=author, organisation=organisation, **values)


def make_membership(name: str = "Wanjiru", **values) -> Membership:
    return request_membership(UserFactory(name=name), OrganisationFactory(**values))


def make_organisation(name: str = "New operator", **values) -> Organisation:
    return OrganisationFactory(name=name, accepted_at=None, proposed_by=UserFactory(), **values)


def make_one_of_each() -> list[str]:
    """Make one thing of each kind, the oldest first; return their titles."""
    titles = [make_membership().user.name, make_quiet_submission(title="New").title, make_organisation().name]
    titles.append(make_correction(title="Corrected").title)
    Membership.objects.exclude(user__name="Wanjiru").delete()
    return titles
