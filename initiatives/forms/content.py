"""The content of a measure: the same fields for the page and for files."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from common.dates import PartialDate, Precision
from common.form_fields import (
    CleanCharField,
    CleanTextField,
    CodesField,
    ListField,
    MarkdownField,
    ObjectChoiceField,
    ObjectsField,
    PartialDateField,
)
from common.validators import MAX_URL_LENGTH, validate_web_address
from countries.models import Country, Region
from initiatives.forms.widgets import Checkboxes, CountriesWidget, FoldedCheckboxes, Menu, Radios, by_region
from initiatives.models import Collection, Content, Initiative
from initiatives.models import content as limits
from initiatives.vocabulary import (
    MEASURE_TYPES,
    Compliance,
    ContentLanguage,
    EndKind,
    Instrument,
    Phase,
    Relation,
    Scope,
    Sdg,
    TargetGroup,
    Technology,
    Theme,
)

_REFERENCE = re.compile(r"INI-\d{4}-\d{6,9}", re.IGNORECASE | re.ASCII)
_DECLARED = [(code, capfirst(words)) for code, words in Content._meta.get_field("declared_status").choices]
# Fields that hold what a column of the same name takes.
PLAIN = (
    *"title summary description language relation partners scope region theme further_themes measure_types".split(),
    *"instrument compliance phase target_groups technologies sdgs end_kind declared_status".split(),
    *"results challenges lessons contact_point".split(),
)


# Choices are given as functions: Django copies the fields for every form, which for lists takes most of the time.
def choice(label, choices, hint="", **kwargs) -> forms.ChoiceField:
    """A menu whose first line is no answer; radio buttons, which need none, by `widget`."""
    blank = [] if "widget" in kwargs else [("", _("Choose one"))]
    every = [*blank, *((code, capfirst(words)) for code, words in choices)]
    kwargs.setdefault("widget", Menu)
    return forms.ChoiceField(label=label, choices=lambda: every, required=False, help_text=hint, **kwargs)


def _codes(label, choices, hint="", **kwargs) -> CodesField:
    every = [(code, words if isinstance(words, list) else capfirst(words)) for code, words in choices]
    kwargs.setdefault("widget", Checkboxes)
    return CodesField(label=label, choices=lambda: every, required=False, help_text=hint, **kwargs)


def _report(label, hint) -> CleanTextField:
    return CleanTextField(label=label, required=False, max_length=limits.REPORT_MAX, help_text=hint)


class ContentForm(forms.Form):
    """Checks each value: lengths, codes, addresses, dates, counts. Every field may be empty.

    `countries_by_code` and `collections_by_slug` are read from the database where they are not given, so give them
    where many rows are checked. Dates may be given in three parts or, under the field's name, as in files.
    """

    # What must be answered before sending, or is by another answer: not called optional.
    asked = frozenset(
        "collection title summary language relation scope countries region theme instrument phase "
        "starts end_kind ends".split()
    )

    collection = ObjectChoiceField(label=_("Collection"), required=False, help_text=_("The call that this answers."))
    title = CleanCharField(
        label=_("Title"),
        required=False,
        max_length=limits.TITLE_MAX,
        help_text=_("What was done, by whom. Example: Temporary spectrum for all mobile operators."),
    )
    summary = CleanTextField(
        label=_("Summary"),
        required=False,
        max_length=limits.SUMMARY_MAX,
        rows=6,
        help_text=_("At least 40 characters of plain text. Lists show it, so say here what a reader must know."),
    )
    description = MarkdownField(
        label=_("Description"),
        required=False,
        max_length=limits.DESCRIPTION_MAX,
        rows=10,
        help_text=_("How it works, in as much detail as helps others. Markdown may be used: **bold**, lists, links."),
    )
    language = choice(_("Language of the text"), ContentLanguage.choices)
    relation = choice(
        _("Role of your organisation"),
        Relation.choices,
        _("What it has to do with the measure."),
        widget=Radios,
    )
    partners = ListField(
        label=_("Partners"),
        required=False,
        max_items=limits.PARTNERS_MAX,
        item_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Up to 10 organisations that took part, one on each line."),
    )
    scope = choice(_("Scope"), Scope.choices, widget=Radios)
    countries = ObjectsField(label=_("Countries or territories"), required=False, widget=CountriesWidget)
    region = choice(_("ITU region"), Region.choices, _("Only for a measure of one ITU region."))
    theme = choice(_("Theme"), Theme.choices, _("The one that fits best."))
    further_themes = _codes(
        _("Further themes"), Theme.choices, _("Up to two more."), max_items=limits.FURTHER_THEMES_MAX
    )
    measure_types = _codes(
        _("Measure types"),
        [(theme.label, [(c, capfirst(words)) for c, words in types.items()]) for theme, types in MEASURE_TYPES.items()],
        _("Up to five, of the themes that you chose."),
        max_items=limits.MEASURE_TYPES_MAX,
        widget=FoldedCheckboxes,
    )
    instrument = choice(_("Kind of instrument"), Instrument.choices)
    compliance = choice(_("Compliance"), Compliance.choices, _("Whether those concerned must follow it."))
    phase = choice(_("Phase of the crisis"), Phase.choices)
    target_groups = _codes(_("Target groups"), TargetGroup.choices)
    technologies = _codes(_("Technologies"), Technology.choices)
    sdgs = _codes(_("Sustainable Development Goals"), Sdg.choices, coerce=int)
    starts = PartialDateField(
        label=_("Starts on"),
        required=False,
        help_text=_("Example: 23 3 2020. Leave the day, or day and month, empty if you do not know."),
    )
    end_kind = choice(_("Does it end?"), EndKind.choices, widget=Radios)
    ends = PartialDateField(label=_("Ends on"), required=False, help_text=_("Only if it ends on a date."))
    declared_status = forms.ChoiceField(
        label=_("Is it over before that?"),
        required=False,
        choices=lambda: [("", _("No")), *_DECLARED],
        help_text=_("Say so if the measure has ended early or was revoked."),
    )
    declared_on = PartialDateField(label=_("Over since"), required=False, whole=True)
    follows = CleanCharField(
        label=_("Updates or replaces"),
        required=False,
        max_length=300,
        help_text=_("Reference of an earlier initiative that this one updates, extends, replaces or corrects."),
    )
    results = _report(_("Results"), _("What changed because of it, with figures if there are any."))
    challenges = _report(_("Challenges"), _("What was difficult."))
    lessons = _report(_("Lessons"), _("What you would tell a colleague in another country."))
    contact_point = CleanCharField(
        label=_("Public contact point"),
        required=False,
        max_length=MAX_URL_LENGTH,
        help_text=_("A functional mailbox or a web address. It is published, so no personal address."),
    )
    tags = ListField(
        label=_("Tags"),
        required=False,
        max_items=limits.TAGS_MAX,
        item_length=50,
        separators=",;\n",
        widget=forms.TextInput,
        help_text=_("Up to 8 words that readers may look for, with commas between them."),
    )

    def __init__(
        self,
        data=None,
        *args,
        countries_by_code: Mapping[str, Country] | None = None,
        collections_by_slug: Mapping[str, Collection] | None = None,
        **kwargs,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        if countries_by_code is None:
            countries_by_code = {country.iso2: country for country in Country.objects.all()}
        if collections_by_slug is None:
            collections_by_slug = {collection.slug: collection for collection in Collection.objects.open()}
        self.fields["countries"].offer(countries_by_code, lambda: by_region(countries_by_code.values()))
        self.fields["collection"].offer(collections_by_slug)

    def clean(self):
        data = super().clean()
        if data.get("declared_on") and data.get("declared_status") == "":
            self.add_error("declared_on", _("Say above whether it has ended or was revoked."))
        return data

    def clean_contact_point(self) -> str:
        value = self.cleaned_data["contact_point"]
        if "@" in value and "/" not in value:
            validate_email(value)
        elif value:
            validate_web_address(value)
        return value

    def clean_follows(self) -> Initiative | None:
        value = self.cleaned_data["follows"]
        if not value:
            return None
        match = _REFERENCE.search(value)
        earlier = match and Initiative.objects.public(archived=True).filter(reference=match[0].upper()).first()
        if not earlier:
            raise ValidationError(_("There is no public initiative with this reference."), code="reference")
        return earlier

    def values(self) -> dict[str, Any]:
        """Return valid values by column, for `services.save_draft`; columns of invalid ones are left out."""
        data = self.cleaned_data
        values = {name: data[name] for name in PLAIN if name in data}
        if "tags" in data:
            values["tag_names"] = data["tags"]
        values |= {f"{name}_id": data[name] and data[name].pk for name in ("collection", "follows") if name in data}
        if "starts" in data:
            values |= _date_columns("starts", data["starts"], first=True)
        if "ends" in data:
            values |= _date_columns("ends", data["ends"], first=False)
        if "declared_on" in data and "declared_status" in data:
            values["declared_on"] = (
                data["declared_on"].first if data["declared_status"] and data["declared_on"] else None
            )
        return values

    def chosen_countries(self) -> list[Country] | None:
        """Return the countries named, or None where the answer was invalid."""
        return self.cleaned_data.get("countries")


def _date_columns(name: str, date: PartialDate | None, *, first: bool) -> dict[str, Any]:
    if date is None:
        return {f"{name}_on": None, f"{name}_precision": Precision.DAY}
    return {f"{name}_on": date.first if first else date.last, f"{name}_precision": date.precision}
