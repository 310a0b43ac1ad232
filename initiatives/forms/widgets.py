"""Controls for long lists that work by keyboard, on a telephone and without a script."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import fold
from countries.models import Country, Region


def by_name(countries: Iterable[Country]) -> list[tuple[str, str]]:
    """Return choices by name in the reader's language."""
    return [(country.iso2, country.name) for country in sorted(countries, key=lambda country: fold(country.name))]


def by_region(countries: Iterable[Country]) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Return choices in groups by ITU region, by name in the reader's language within each."""
    ordered = sorted(countries, key=lambda country: fold(country.name))
    groups = [*Region.choices, ("", _("In no ITU region"))]
    found = [(label, [(c.iso2, c.name) for c in ordered if c.region == region]) for region, label in groups]
    return [(label, choices) for label, choices in found if choices]


class LongMenu(forms.Select):
    """A menu of hundreds, drawn by one template; Django's own calls two for each line."""

    template_name = "forms/menu.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = str(value or "")
        context["widget"]["menu"] = [
            {"value": code, "label": label, "selected": str(code) == chosen} for code, label in self.choices
        ]
        return context

    def optgroups(self, name, value, attrs=None):
        return []


class FoldedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes in groups that fold; those with a choice inside stand open."""

    template_name = "forms/folded_checkboxes.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["groups"] = [
            {"label": label, "options": options, "chosen": sum(option["selected"] for option in options)}
            for label, options, _index in context["widget"]["optgroups"]
        ]
        return context


class CountriesWidget(FoldedCheckboxes):
    """A menu for the one country of a national measure, and folded checkboxes for further ones, under one name."""

    template_name = "initiatives/forms/countries.html"

    def get_context(self, name, value, attrs):
        codes = [code for code in value or () if isinstance(code, str)]
        first, further = (codes[0], codes[1:]) if codes else ("", [])
        context = super().get_context(name, further, attrs)
        context["widget"]["further"] = len(further)
        context["widget"]["invalid"] = "aria-invalid" in context["widget"]["attrs"]
        context["widget"]["menu"] = [
            {"value": code, "label": label, "selected": code == first}
            for code, label in sorted(self._flat(), key=lambda choice: fold(str(choice[1])))
        ]
        return context

    def _flat(self) -> list[tuple[str, str]]:
        return [choice for _label, choices in self.choices for choice in choices]
