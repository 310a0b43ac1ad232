"""What accounts have to wait for staff, in the queue: memberships to confirm, organisations to accept."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from accounts import services
from accounts.models import Membership, Organisation, User
from accounts.rules import may_confirm_membership
from countries.models import Country
from moderation.models import Duty
from moderation.queue import NO_REGION, Row, Source, register, words_in


def in_regions(path: str, regions: Sequence[str]) -> Q:
    """Return the condition that the country at `path` lies in one of the regions."""
    found = Q(**{f"{path}__region__in": [code for code in regions if code != NO_REGION]})
    return found | Q(**{path: None}) | Q(**{f"{path}__region": ""}) if NO_REGION in regions else found


def place(country: Country | None) -> dict[str, str]:
    """Return what a row says about a country and its region."""
    if country is None:
        return {"places": gettext("International")}
    return {"places": country.name, "regions": str(country.get_region_display())}


class _OfPeople(Source):
    """Neither has a claim: whoever comes first confirms."""

    def narrow_claimed(self, value: str, user: User) -> Q | None:
        return Q() if value == "nobody" else None


class MembershipSource(_OfPeople):
    """People who ask to speak for an organisation."""

    kind, label, model, since = "membership", gettext_lazy("memberships"), Membership, "requested_at"

    def waiting(self) -> QuerySet:
        return Membership.objects.requested()

    def narrow_region(self, value: Sequence[str], user: User) -> Q:
        return in_regions("organisation__country", value)

    def narrow_country(self, value: str, user: User) -> Q:
        return Q(organisation__country=value)

    def narrow_q(self, value: str, user: User) -> Q:
        return words_in(["user__name", "organisation__name", "organisation__short_name"], value)

    def rows(self, keys: Sequence[int], *, user: User) -> Mapping[int, Row]:
        found = self.waiting().filter(pk__in=keys).select_related("user", "organisation__country")
        may_act = self.may_be_changed_by(user)
        return {one.pk: self._row(one, may_act and may_confirm_membership(user, one)) for one in found}

    def _row(self, membership: Membership, may_confirm: bool) -> Row:
        organisation = membership.organisation
        return Row(
            title=str(membership.user),
            url=reverse("admin:accounts_membership_change", args=[membership.pk]),
            notes=[gettext("membership to confirm")],
            organisation=organisation.name,
            is_verified=organisation.is_verified,
            acts=[("confirm", gettext("Confirm"))] if may_confirm else [],
            **place(organisation.country),
        )

    def act(self, key: int, name: str, *, by: User) -> str:
        membership = Membership.objects.select_related("user", "organisation").get(pk=key)
        if name != "confirm" or not self.may_be_changed_by(by):
            raise PermissionDenied
        done = services.confirm_membership(membership, by=by)
        words = gettext("%(membership)s: confirmed.") if done else gettext("%(membership)s: was answered already.")
        return words % {"membership": membership}


class OrganisationSource(_OfPeople):
    """Organisations that contributors propose because they are missing."""

    kind, label, model, since = "organisation", gettext_lazy("organisations"), Organisation, "created_at"

    def waiting(self) -> QuerySet:
        return Organisation.objects.kept().filter(accepted_at=None)

    def narrow_region(self, value: Sequence[str], user: User) -> Q:
        return in_regions("country", value)

    def narrow_country(self, value: str, user: User) -> Q:
        return Q(country=value)

    def narrow_q(self, value: str, user: User) -> Q:
        return words_in(["name", "short_name"], value)

    def rows(self, keys: Sequence[int], *, user: User) -> Mapping[int, Row]:
        found = self.waiting().filter(pk__in=keys).select_related("country", "proposed_by")
        may_act = self.may_be_changed_by(user)
        return {one.pk: self._row(one, may_act) for one in found}

    def _row(self, organisation: Organisation, may_accept: bool) -> Row:
        proposed = (
            gettext("proposed by %(who)s") % {"who": organisation.proposed_by} if organisation.proposed_by else ""
        )
        return Row(
            title=organisation.name,
            url=reverse("admin:accounts_organisation_change", args=[organisation.pk]),
            notes=[gettext("new organisation")],
            organisation=capfirst(organisation.get_stakeholder_type_display()),
            organisation_notes=[proposed] if proposed else [],
            is_verified=organisation.is_verified,
            acts=[("accept", gettext("Accept"))] if may_accept else [],
            **place(organisation.country),
        )

    def act(self, key: int, name: str, *, by: User) -> str:
        organisation = Organisation.objects.get(pk=key)
        if name != "accept" or not self.may_be_changed_by(by):
            raise PermissionDenied
        done = services.accept_organisation(organisation, by=by)
        words = gettext("%(name)s: accepted.") if done else gettext("%(name)s: this waits no more.")
        return words % {"name": organisation}


def forget_duty(sender, user: User, **kwargs) -> None:
    """Whoever leaves looks after no region any more."""
    Duty.objects.filter(user=user).delete()


def register_all() -> None:
    for source in (MembershipSource(), OrganisationSource()):
        register(source)
