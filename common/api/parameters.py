"""Parameters of an address: what each may be, for the check of a request and for the description alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.api.problems import Fault

LIMIT, LIMIT_MAX = 25, 100  # rows of a page
NUMBER_MAX = 2**53 - 1  # what every JSON reader can count to


@dataclass(frozen=True)
class Parameter:
    """A parameter: `schema` is that of one value (JSON Schema), `many` whether it may be repeated."""

    name: str
    schema: Mapping[str, Any]
    description: Any
    example: Any = None
    many: bool = False
    place: str = "query"

    def described(self) -> dict[str, Any]:
        """Return it as a parameter of OpenAPI."""
        schema = {"type": "array", "minItems": 1, "items": dict(self.schema)} if self.many else dict(self.schema)
        said: dict[str, Any] = {
            "name": self.name,
            "in": self.place,
            "required": self.place == "path",
            "description": str(self.description),
            "schema": schema,
        }
        if self.many:
            said |= {"style": "form", "explode": True}
        if self.example is not None:
            said["example"] = [self.example] if self.many else self.example
        return said


def limit_parameter() -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT}
    return Parameter("limit", schema, gettext_lazy("How many to return at most."), example=10)


def faults_of(asked: QueryDict, parameters: Iterable[Parameter]) -> list[Fault]:
    """Return what is wrong with the parameters whatever they mean: unknown ones, empty ones, and those given twice."""
    known = {parameter.name: parameter for parameter in parameters if parameter.place == "query"}
    found = [Fault(name, _("There is no such parameter here.")) for name in asked if name not in known]
    for name in asked.keys() & known:
        values = asked.getlist(name)
        if not all(value.strip() for value in values):
            found.append(Fault(name, _("It is empty. Leave it out.")))
        if len(values) > 1 and not known[name].many:
            found.append(Fault(name, _("It has one value, and was given several.")))
    return found


def whole_number(
    asked: QueryDict, name: str, faults: list[Fault], *, least: int, most: int, default: int | None
) -> int | None:
    """Return the number that a parameter gives; `default` where it is missing or wrong, which is then a fault."""
    text = asked.get(name)
    if not text or not text.strip():
        return default
    if text.isascii() and text.isdecimal() and len(text) < 17 and least <= int(text) <= most:
        return int(text)
    faults.append(Fault(name, _("A number from %(least)d to %(most)d.") % {"least": least, "most": most}, text))
    return default


def limit_of(asked: QueryDict, faults: list[Fault]) -> int:
    return whole_number(asked, "limit", faults, least=1, most=LIMIT_MAX, default=LIMIT) or LIMIT


def codes_of(asked: QueryDict, name: str, known: Iterable[str], faults: list[Fault]) -> list[str]:
    """Return the codes that a parameter gives, in any case; those that are not known are faults."""
    codes = {code.casefold(): code for code in known}
    given = [value for value in asked.getlist(name) if value.strip()]
    faults += [Fault(name, _("There is no such code."), value) for value in given if value.casefold() not in codes]
    return list(dict.fromkeys(codes[value.casefold()] for value in given if value.casefold() in codes))
