"""Form fields that clean text as every door does, and fields for partial dates, lists and things held in memory."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common import markdown
from common.dates import PartialDate
from common.text import clean_block, clean_line, clean_markdown


class CleanCharField(forms.CharField):
    """One line of text, cleaned before its length is measured."""

    clean_text = staticmethod(clean_line)

    def to_python(self, value: Any) -> str:
        return self.clean_text(super().to_python(value) or "")

    def widget_attrs(self, widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"dir": "auto"}


class CleanTextField(CleanCharField):
    """Lines of plain text."""

    widget = forms.Textarea
    clean_text = staticmethod(clean_block)

    def __init__(self, *, rows: int = 4, **kwargs) -> None:
        super().__init__(strip=False, **kwargs)
        self.widget.attrs["rows"] = rows


class MarkdownField(CleanTextField):
    """Lines of Markdown, their indentation kept. `check` raises ValidationError for what would become too much."""

    clean_text = staticmethod(clean_markdown)

    def __init__(self, *, check: Callable[[str], Any] = markdown.check, **kwargs) -> None:
        super().__init__(**kwargs)
        self.check = check

    def run_validators(self, value: str) -> None:
        super().run_validators(value)  # too long a text is not drawn
        if value:
            self.check(value)


class ListField(forms.Field):
    """Several short texts in one control, divided by `separators`; the value is a list without repetitions."""

    def __init__(self, *, max_items: int, item_length: int, separators: str = "\n;", **kwargs) -> None:
        self.max_items, self.item_length, self.separators = max_items, item_length, separators
        super().__init__(**kwargs)
        self.widget.attrs["dir"] = "auto"

    def prepare_value(self, value: Any) -> Any:
        joint = "\n" if self.separators[0] == "\n" else f"{self.separators[0]} "
        return joint.join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:
        parts = value if isinstance(value, list | tuple) else re.split(f"[{self.separators}]", value or "")
        items: dict[str, str] = {}
        for text in filter(None, (clean_line(str(part)) for part in parts)):
            items.setdefault(text.casefold(), text)
        return list(items.values())

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > self.max_items:
            message = _("Give at most %(limit)d; there are %(count)d.")
            raise ValidationError(message, code="too_many", params={"limit": self.max_items, "count": len(value)})
        long = next((text for text in value if len(text) > self.item_length), None)
        if long:
            message = _("“%(start)s…” is longer than %(limit)d characters.")
            raise ValidationError(message, code="max_length", params={"start": long[:30], "limit": self.item_length})


class CodesField(forms.MultipleChoiceField):
    """Some codes of a closed list, at most `max_items`, kept in the list's order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, max_items: int | None = None, coerce: Callable[[str], Any] = str, **kwargs) -> None:
        self.max_items, self.coerce = max_items, coerce
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[Any]:
        codes = set(super().clean([code for code in value or () if code != ""]))
        if not codes:
            return []
        if self.max_items and len(codes) > self.max_items:
            message = _("Choose at most %(limit)d; you chose %(count)d.")
            raise ValidationError(message, code="too_many", params={"limit": self.max_items, "count": len(codes)})
        return [self.coerce(code) for code in self._known() if code in codes]

    def _known(self) -> Iterable[str]:
        for code, label in self.choices:
            yield from (str(inner) for inner, _label in label) if isinstance(label, list | tuple) else (str(code),)


class ObjectChoiceField(forms.ChoiceField):
    """One thing of a mapping held in memory, by its code: no query for a form. The value is the thing, or None."""

    def __init__(self, **kwargs) -> None:
        self.objects: Mapping[str, Any] = {}
        super().__init__(**kwargs)

    def offer(self, objects: Mapping[str, Any], choices: Callable[[], Iterable] | None = None) -> None:
        """Take `objects` by code as what may be chosen; `choices` makes what a control shows, when it is drawn."""
        self.objects = objects
        self.choices = choices or (lambda: [("", "—"), *((code, str(thing)) for code, thing in objects.items())])

    def valid_value(self, value: str) -> bool:
        return value in self.objects

    def clean(self, value: Any) -> Any:
        return self.objects.get(super().clean(value))


class ObjectsField(forms.MultipleChoiceField):
    """Some things of a mapping held in memory, by their codes. The value is a list of things."""

    offer, valid_value = ObjectChoiceField.offer, ObjectChoiceField.valid_value

    def __init__(self, **kwargs) -> None:
        self.objects: Mapping[str, Any] = {}
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[Any]:
        codes = super().clean([code for code in value or () if code])
        return [self.objects[code] for code in dict.fromkeys(codes)]


class PartialDateWidget(forms.MultiWidget):
    """Three small inputs for day, month and year. Under its own name it also takes the ISO form, as files have it."""

    template_name = "forms/partial_date.html"

    def __init__(self, attrs=None) -> None:
        super().__init__(
            {
                name: forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "maxlength": size, "size": size})
                for name, size in (("day", 2), ("month", 2), ("year", 4))
            },
            attrs,
        )

    def decompress(self, value: PartialDate | str | None) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, PartialDate) else [None, None, value]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("Day"), _("Month"), _("Year")), strict=True):
            part["label"] = label
        return context

    def value_from_datadict(self, data, files, name):
        return data[name] if name in data else super().value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data, files, name):
        return name not in data and super().value_omitted_from_data(data, files, name)


class PartialDateField(forms.Field):
    """A day, a month or a year (a day only, where `whole`). The value is a PartialDate or None."""

    widget = PartialDateWidget

    def __init__(self, *, whole: bool = False, **kwargs) -> None:
        self.whole = whole
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> PartialDate | None:
        if isinstance(value, list | tuple):
            date = self._of_parts([str(part or "").strip() for part in value])
        else:
            date = PartialDate.parse(str(value)) if value else None
        if self.whole and date and not date.day:
            raise ValidationError(_("Give day, month and year."), code="date")
        return date

    def _of_parts(self, parts: list[str]) -> PartialDate | None:
        if not any(parts):
            return None
        if not all(part.isdecimal() and len(part) <= 4 and int(part) for part in parts if part):
            raise ValidationError(_("Write day, month and year as numbers."), code="date")
        day, month, year = (int(part) if part else None for part in parts)
        if year is None:
            raise ValidationError(_("Give the year."), code="date")
        return PartialDate(year, month, day)
