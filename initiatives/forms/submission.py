"""The form of the page: the content, who sends it, and the consent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, StakeholderType, User
from accounts.services import similar_organisations
from common.form_fields import CleanCharField, ObjectChoiceField
from countries.models import Country
from initiatives.forms import initial
from initiatives.forms.content import ContentForm, choice
from initiatives.forms.widgets import Menu, Radios, by_name
from initiatives.models import Collection, Submission
from initiatives.vocabulary import Instrument, Phase

ANOTHER = ("", _("Another organisation, named below"))


class SubmissionForm(ContentForm):
    """A submission as its author fills it in. Nothing is required: a draft may be incomplete."""

    asked = ContentForm.asked | frozenset(
        "organisation organisation_name organisation_type organisation_country "
        "contributor_name contributor_role contributor_email consent".split()
    )

    # "Not stated" is for what machines bring; people are asked.
    instrument = choice(_("Kind of instrument"), [row for row in Instrument.choices if row[0] != Instrument.NOT_STATED])
    phase = choice(_("Phase of the crisis"), [row for row in Phase.choices if row[0] != Phase.NOT_STATED])

    organisation = ObjectChoiceField(label=_("Your organisation"), required=False, widget=Radios)
    organisation_name = CleanCharField(
        label=_("Name of the organisation"),
        required=False,
        max_length=200,
        help_text=_("In full or as it is commonly called. If we know it already, it is not made again."),
    )
    organisation_type = choice(_("Kind of organisation"), StakeholderType.choices)
    organisation_country = ObjectChoiceField(
        label=_("Country or territory of the organisation"),
        required=False,
        widget=Menu,
        help_text=_("None for an international organisation."),
    )
    # A button beside a similar name chooses it; the tick says that none of those is meant.
    organisation_known = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    organisation_is_new = forms.BooleanField(label=_("It is another organisation"), required=False)
    contributor_name = CleanCharField(label=_("Your name"), required=False, max_length=100)
    contributor_role = CleanCharField(label=_("Your role"), required=False, max_length=100)
    contributor_email = forms.EmailField(label=_("Your e-mail address"), required=False)
    consent = forms.BooleanField(
        label=_("I agree that this will be public under CC BY 4.0"),
        required=False,
        help_text=_(
            "Everybody may use and change the text if they name your organisation. Your name, role and e-mail "
            "address stay private."
        ),
    )

    is_another_one = forms.BooleanField(
        label=_("It is another one"),
        required=False,
        help_text=_("None of these is the measure that I describe."),
    )

    def __init__(
        self, data=None, *, user: User, submission: Submission | None = None, text: Mapping[str, Any] | None = None
    ) -> None:
        """Show what is stored, or a kept `text` in place of it."""
        self.submission = submission
        countries = {country.iso2: country for country in Country.objects.all()}
        collections = _collections_for(submission)
        super().__init__(data, countries_by_code=countries, collections_by_slug=collections)
        self.known_countries = frozenset(countries)
        self.fields["organisation_country"].offer(countries, lambda: _names(countries))
        self.mine = _organisations_for(user, submission)
        self.fields["organisation"].offer(
            self.mine, lambda: [*((key, str(o)) for key, o in self.mine.items()), ANOTHER]
        )
        stored = initial.of_submission(submission) if submission else {}
        values = initial.of_text(text, self.mine) if text else stored
        self.initial = values | _guesses(user, values, collections, self.mine)

    @property
    def has_more(self) -> bool:
        return self._any_of("further_themes", "target_groups", "technologies", "sdgs", "tags", "follows")

    @property
    def has_report(self) -> bool:
        return self._any_of("results", "challenges", "lessons")

    @property
    def has_ended(self) -> bool:
        return self._any_of("declared_status", "declared_on")

    @property
    def names_another(self) -> bool:
        return not self.mine or self._any_of("organisation_name", "organisation_type", "organisation_country")

    @cached_property
    def similar_organisations(self) -> list[Organisation]:
        """What is known already and called nearly as the organisation that the person names, for the page to ask."""
        name, country = self["organisation_name"].value() or "", self["organisation_country"].value() or None
        if self["organisation"].value() or not isinstance(name, str):
            return []
        return similar_organisations(name[:200], country if country in self.known_countries else None)

    def is_sure_of_organisation(self) -> bool:
        """Ask about similar names before something is sent; whether nothing is open any more."""
        if self.cleaned_data.get("organisation_is_new") or not self.similar_organisations:
            return True
        self.add_error("organisation_name", _("We know organisations that are called nearly so. Is it one of them?"))
        return False

    def untick(self, name: str) -> None:
        """Show the box empty, whatever was sent."""
        self.data = self.data.copy()
        self.data.pop(self.add_prefix(name), None)

    def _any_of(self, *names: str) -> bool:
        """Whether one of the fields holds an answer or an error, so that the part of the page stands open."""
        values = (self[name].value() for name in names)
        answered = any(any(value) if isinstance(value, list) else value for value in values)
        return answered or any(self.has_error(name) for name in names)

    def clean(self):
        data = super().clean()
        if data.get("organisation_known"):
            self._take_known(data["organisation_known"])
        name, chosen = data.get("organisation_name"), data.get("organisation")
        if not name or "organisation" in self.errors or "organisation_country" in self.errors:
            return data
        if chosen:
            self.add_error("organisation_name", _("Choose “another organisation” above, or leave this empty."))
        else:
            self._link_known(name, data.get("organisation_country"))
        return data

    def _take_known(self, pk: int) -> None:
        """Take the one whose button was pressed, in place of the name."""
        found = Organisation.objects.accepted().filter(pk=pk).first()
        if found:
            missing = {"organisation_name": "", "organisation_type": "", "organisation_country": None}
            self.cleaned_data.update(missing, organisation=found)

    def _link_known(self, name: str, country: Country | None) -> None:
        """Take the accepted organisation of that name, so that it is not made twice."""
        found = list(Organisation.objects.accepted().named(name, country and country.pk)[:2])
        if len(found) == 1:
            self.cleaned_data["organisation"] = found[0]
        elif found:
            message = _("Several organisations are called so: say of which country or territory yours is.")
            self.add_error("organisation_country", ValidationError(message, code="several"))

    def values(self) -> dict[str, Any]:
        data, values = self.cleaned_data, super().values()
        values |= {name: data[name] for name in initial.CONTRIBUTOR if name in data}
        stored = self.submission and self.submission.consent_at
        values["is_another_one"] = data["is_another_one"]
        values["consent_at"] = (stored or timezone.now()) if data.get("consent") else None
        return values | self._organisation_columns()

    def _organisation_columns(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not {"organisation", "organisation_name", "organisation_type", "organisation_country"} <= set(data):
            return {}
        country = data["organisation_country"]
        if data["organisation"]:
            name, kind, country_id = "", "", None
        else:
            name, kind, country_id = data["organisation_name"], data["organisation_type"], country and country.pk
        return {
            "organisation_id": data["organisation"] and data["organisation"].pk,
            "organisation_name": name,
            "organisation_type": kind,
            "organisation_country_id": country_id,
        }


def _collections_for(submission: Submission | None) -> dict[str, Collection]:
    """Those that are open, and the one that the submission has had all along."""
    collections = {collection.slug: collection for collection in Collection.objects.open()}
    if submission and submission.collection:
        collections.setdefault(submission.collection.slug, submission.collection)
    return collections


def _organisations_for(user: User, submission: Submission | None) -> dict[str, Organisation]:
    """Those that the person belongs to or asked to join, and the one that the submission has."""
    memberships = user.memberships.current().select_related("organisation").order_by("organisation__name")
    found = {str(membership.organisation_id): membership.organisation for membership in memberships}
    if submission and submission.organisation:
        found.setdefault(str(submission.organisation_id), submission.organisation)
    return found


def _guesses(
    user: User, values: Mapping[str, Any], collections: Mapping[str, Any], organisations: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the person would probably answer where `values` hold no answer."""
    guesses = initial.of_person(user)
    if guesses["organisation"] not in organisations:
        guesses["organisation"] = next(iter(organisations), "") if len(organisations) == 1 else ""
    if len(collections) == 1:
        guesses["collection"] = next(iter(collections))
    if values.get("organisation_name"):
        del guesses["organisation"]
    return {name: guess for name, guess in guesses.items() if not values.get(name)}


def _names(countries: Mapping[str, Country]) -> list[tuple[str, Any]]:
    return [("", _("None, or not listed")), *by_name(countries.values())]
