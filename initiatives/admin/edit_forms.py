"""The contributor's form as staff fill it in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives import services
from initiatives.forms import initial
from initiatives.forms.content import ContentForm
from initiatives.forms.sources import COLUMNS, SourceRows
from initiatives.models import Collection, Submission

# Fields whose answer fills columns of another name.
FIELD_OF = {"starts_on": "starts", "ends_on": "ends"}
SECTIONS = (
    (
        _("What was done"),
        "title summary language description collection theme measure_types instrument compliance phase",
    ),
    (_("Where and when"), "scope countries region starts end_kind ends declared_status declared_on"),
    (_("Who"), "relation partners contact_point"),
)
FURTHER = (
    _("Further themes, target groups, technologies, goals, tags, results"),
    "further_themes target_groups technologies sdgs tags follows results challenges lessons".split(),
)


class EditForms:
    """The text, its sources, and which files go."""

    def __init__(self, submission: Submission, data=None) -> None:
        self.submission = submission
        collections = {collection.slug: collection for collection in Collection.objects.open()}
        if submission.collection:  # it may have closed since
            collections.setdefault(submission.collection.slug, submission.collection)
        values = initial.of_submission(submission)
        self.form = ContentForm(data, initial=values, collections_by_slug=collections)
        self.sources = SourceRows(data, initial=list(submission.sources.values(*COLUMNS)))
        self.files = list(submission.attachments.all())
        self.unwanted = set(data.getlist("remove_file")) if data is not None else set()
        self.seen = data.get("revision", "") if data is not None else str(submission.revision)

    def are_valid(self) -> bool:
        return self.form.is_valid() and not self.sources.has_errors

    def save(self, by) -> Submission:
        return services.edit_as_staff(
            self.submission,
            by=by,
            values=self.form.values(),
            countries=self.form.chosen_countries(),
            sources=self.sources.sources(),
            without_files=[file.pk for file in self.files if str(file.pk) in self.unwanted],
            revision=number(self.seen),
        )

    def show(self, refusal: ValidationError) -> None:
        """Say at each field what is missing or does not fit together."""
        for name, errors in refusal.error_dict.items():
            field = FIELD_OF.get(name, name)
            if name == "sources":
                self.sources.forms[0].add_error("url", errors)
            else:
                self.form.add_error(field if field in self.form.fields else None, errors)

    def context(self) -> dict[str, Any]:
        return {
            "form": self.form,
            "sections": [_section(self.form, label, names.split()) for label, names in SECTIONS],
            "further": _section(self.form, *FURTHER),
            "sources": self.sources,
            "formsets": [self.sources],
            "formset_errors": self.sources.is_bound and self.sources.has_errors,
            "files": self.files,
            "unwanted": self.unwanted,
            "revision": self.seen,
        }


def _section(form: ContentForm, label: Any, names: list[str]) -> dict[str, Any]:
    fields = [form[name] for name in names]
    return {"label": label, "fields": fields, "has_errors": any(field.errors for field in fields)}


def number(text: str | None) -> int:
    """Return the number; one that no revision bears where it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else -1
