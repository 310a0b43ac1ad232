"""The door for entries: form, draft, submission, and approval where asked, as for everybody's."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, StakeholderType, User
from countries.models import Country
from initiatives import services
from initiatives.forms.content import ContentForm
from initiatives.forms.sources import SourceForm
from initiatives.importing.mapping import Entry
from initiatives.models import Collection, Submission
from initiatives.vocabulary import Origin
from moderation.services import transition

SECRETARIAT = ("secretariat", "Secretariat (machine)")
NOT_CHECKED = "Compiled from public sources; not yet checked by a person."
DATASET_MAX, NUMBER_MAX, NAME_MAX = 50, 100, 200  # characters

# Fields of the form and keys of validation that the schema calls otherwise.
_COLUMN_OF = {
    "starts": "starts_on",
    "ends": "ends_on",
    "end_kind": "end",
    "declared_status": "status",
    "sources": "source1_url",
    "organisation_name": "organisation",
}
_SOURCE_COLUMN_OF = {"issuing_body": "body"}


def secretariat() -> User:
    """Return the system account that owns, sends and approves what no person did."""
    return User.objects.system(*SECRETARIAT)


class Admission:
    """Takes entries in, in the name of the secretariat's system account; countries and collections are read once."""

    def __init__(self, origin: Origin, *, approve: bool, reason: str = NOT_CHECKED) -> None:
        self.by, self.origin, self.approve, self.reason = secretariat(), origin, approve, reason
        self.countries = {country.iso2: country for country in Country.objects.all()}
        self.collections = {collection.slug: collection for collection in Collection.objects.all()}

    @property
    def country_names(self) -> dict[str, str]:
        """English names by code."""
        return {code: country.name_en for code, country in self.countries.items()}

    def admit(self, entry: Entry) -> Submission:
        """Keep the entry, sent and, where this was asked, published; raise ValidationError, by column, if refused."""
        form = ContentForm(entry.data, countries_by_code=self.countries, collections_by_slug=self.collections)
        sources = [SourceForm(row) for row in entry.sources]
        problems = _problems(form, sources) | _too_long(entry)
        organisation = _organisation(entry.data, problems)
        if problems:
            raise ValidationError(problems)
        try:
            return self._take_in(entry, form, [source.row() for source in sources], organisation)
        except ValidationError as error:
            raise ValidationError(_by_column(error)) from error

    def _take_in(
        self, entry: Entry, form: ContentForm, sources: list[dict[str, str]], organisation: dict[str, Any]
    ) -> Submission:
        values = (
            form.values()
            | organisation
            | {
                "origin": self.origin,
                "source_dataset": entry.source_dataset,
                "source_id": entry.source_id,
                "provenance_note": entry.note,
            }
        )
        submission = services.save_draft(
            None, by=self.by, values=values, countries=form.chosen_countries(), sources=sources
        )
        transition(submission, "submit", by=self.by)
        if self.approve:
            transition(submission, "approve", by=self.by, public_reason=self.reason, private_note=self.reason)
        return submission


def _problems(form: ContentForm, sources: list[SourceForm]) -> dict[str, list[ValidationError]]:
    problems = {} if form.is_valid() else _by_column(ValidationError(form.errors.as_data()))
    for number, source in enumerate(sources, start=1):
        if not source.is_valid():
            for name, errors in source.errors.as_data().items():
                problems[f"source{number}_{_SOURCE_COLUMN_OF.get(name, name)}"] = errors
    return problems


def _by_column(error: ValidationError) -> dict[str, list[ValidationError]]:
    found: dict[str, list[ValidationError]] = {}
    for name, errors in error.error_dict.items() if hasattr(error, "error_dict") else [("", error.error_list)]:
        found.setdefault(_COLUMN_OF.get(name, name), []).extend(errors)
    return found


def _too_long(entry: Entry) -> dict[str, list[ValidationError]]:
    limits = (("source_dataset", entry.source_dataset, DATASET_MAX), ("source_id", entry.source_id, NUMBER_MAX))
    message = _("At most %(limit)d characters are possible.")
    return {
        name: [ValidationError(message, params={"limit": limit})] for name, text, limit in limits if len(text) > limit
    }


def _organisation(data: dict[str, Any], problems: dict[str, list[ValidationError]]) -> dict[str, Any]:
    """The organisation that stands in the list under that name, or what is needed to propose it."""
    name, kind, country = (data[f"organisation_{part}"] for part in ("name", "type", "country"))
    if not kind:
        found = list(Organisation.objects.accepted().named(name, country)[:2])
        if len(found) == 1:
            return {"organisation_id": found[0].pk}
    if kind not in StakeholderType:
        problems["organisation_type"] = [ValidationError(_("Say what kind of organisation it is, by its code."))]
    if len(name) > NAME_MAX:
        problems["organisation"] = [
            ValidationError(_("At most %(limit)d characters are possible."), params={"limit": NAME_MAX})
        ]
    return {
        "organisation_name": name,
        "organisation_type": kind,
        "organisation_country_id": country or None,
    }
