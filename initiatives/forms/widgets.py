"""Controls for long lists that work by keyboard, on a telephone and without a script."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe
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


# Options are drawn here and not by templates: a form has hundreds, and a template for each takes most of its time.
def _safe(value: Any) -> str:
    return escape(str(value))


def menu_lines(choices: Iterable[tuple[Any, Any]], chosen: str) -> SafeString:
    """Return the lines of a menu."""
    lines = ((_safe(code), " selected" if str(code) == chosen else "", _safe(label)) for code, label in choices)
    html = "\n".join(f'<option value="{code}"{mark}>{label}</option>' for code, mark, label in lines)
    return mark_safe(html)  # noqa: S308 (every part is escaped)


def option_lines(options: Iterable[dict[str, Any]]) -> SafeString:
    """Return radio buttons or checkboxes, as Django's widgets describe them, each in its label."""
    return mark_safe("\n".join(_option_line(option) for option in options))  # noqa: S308 (every part is escaped)


def _option_line(option: dict[str, Any]) -> str:
    attrs = {name: option[name] for name in ("type", "name", "value")} | option["attrs"]
    written = " ".join(name if value is True else f'{name}="{_safe(value)}"' for name, value in attrs.items())
    return f'<div><label for="{_safe(attrs["id"])}"><input {written}> {_safe(option["label"])}</label></div>'


class Menu(forms.Select):
    """A menu drawn by one template; Django's own calls two for each line."""

    template_name = "forms/menu.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["lines"] = menu_lines(self.choices, str(value or ""))
        return context

    def optgroups(self, name, value, attrs=None):
        return []


class _Options:
    """Radio buttons or checkboxes drawn by one template; Django's own calls three for each."""

    template_name = "forms/options.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["widget"]["lines"] = option_lines(option for _label, options, _index in groups for option in options)
        return context


class Radios(_Options, forms.RadioSelect):
    """One answer of a few."""


class Checkboxes(_Options, forms.CheckboxSelectMultiple):
    """Some answers of a few."""


class FoldedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes in groups that fold; those with a choice inside stand open."""

    template_name = "forms/folded_checkboxes.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["groups"] = [
            {"label": label, "lines": option_lines(options), "chosen": sum(option["selected"] for option in options)}
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
        every = sorted(self._flat(), key=lambda choice: fold(str(choice[1])))
        context["widget"]["lines"] = menu_lines(every, first)
        return context

    def _flat(self) -> list[tuple[str, str]]:
        return [choice for _label, choices in self.choices for choice in choices]
