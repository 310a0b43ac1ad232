"""The record of decisions on organisations: written by the services beside it, never changed."""

from accounts.models import Membership, Organisation, OrganisationDecision, User

Kind = OrganisationDecision.Kind
OF_MEMBERSHIPS = {
    Membership.Status.CONFIRMED: Kind.MEMBER_CONFIRMED,
    Membership.Status.REFUSED: Kind.MEMBER_REFUSED,
    Membership.Status.ENDED: Kind.MEMBER_ENDED,
}


def write(
    kind: str,
    organisation: Organisation,
    *,
    by: User | None,
    person: User | None = None,
    merged_into: Organisation | None = None,
) -> OrganisationDecision:
    """Write down what `by` has just decided; None where nobody did it. To be called in the same transaction."""
    return OrganisationDecision.objects.create(
        kind=kind,
        organisation=organisation,
        organisation_name=organisation.name,
        merged_into=merged_into,
        merged_into_name=merged_into.name if merged_into else "",
        person=person,
        decided_by=by,
        decided_by_name=by.name[:100] if by else "",
    )


def of(organisation: Organisation):
    """Return the decisions on it and on those that were merged into it, newest first."""
    family = Organisation.objects.filter(merged_into=organisation).values("pk")
    rows = OrganisationDecision.objects.filter(organisation=organisation)
    rows |= OrganisationDecision.objects.filter(organisation__in=family)
    return rows.select_related("person")
