"""The values of a kept text in words, whatever schema it was kept under: what is not there says nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from accounts.models import StakeholderType
from common.dates import PartialDate
from countries.models import Country
from initiatives.models import Collection
from initiatives.models.content import Content
from initiatives.vocabulary import MEASURE_LABELS, EndKind, Sdg, TargetGroup, Technology, Theme

Kept = Mapping[str, Any]
JOINT = ", "

_CODES: dict[str, Mapping[Any, Any]] = {
    "further_themes": dict(Theme.choices),
    "measure_types": MEASURE_LABELS,
    "target_groups": dict(TargetGroup.choices),
    "technologies": dict(Technology.choices),
    "sdgs": dict(Sdg.choices),
    "organisation_type": dict(StakeholderType.choices),
}


class Names:
    """The names of countries and collections that some texts mention, read at once."""

    def __init__(self, *texts: Kept) -> None:
        codes = {code for text in texts for code in [*_list(text, "countries"), text.get("organisation_country")]}
        slugs = {text.get("collection") for text in texts}
        self.countries = _read(Country, "iso2", codes)
        self.collections = _read(Collection, "slug", slugs)

    def country(self, code: str) -> str:
        return str(self.countries.get(code, code))


Reader = Callable[[Kept, Names], str | list[str]]


def _read(model, key: str, wanted: set[Any]) -> dict[str, Any]:
    wanted = {one for one in wanted if one and isinstance(one, str)}
    return {getattr(row, key): row for row in model.objects.filter(**{f"{key}__in": wanted})} if wanted else {}


def plain(text: Kept, name: str) -> str:
    value = text.get(name)
    return "" if value is None else str(value)


def _said(name: str) -> Reader:
    return lambda text, names: plain(text, name)


def _code(name: str) -> Reader:
    """The words of a code; the bare code where this schema does not know it any more."""

    def read(text: Kept, names: Names) -> str:
        labels = _CODES.get(name) or dict(Content._meta.get_field(name).flatchoices)
        return _worded(labels, plain(text, name))

    return read


def _several(name: str) -> Reader:
    return lambda text, names: [_worded(_CODES.get(name, {}), item) for item in _list(text, name)]


def _worded(labels: Mapping[Any, Any], code: Any) -> str:
    return capfirst(str(labels[code])) if code in labels else str(code)


def _date(text: Kept, name: str) -> str:
    """A partial date written out; as it stands where it is none."""
    value = plain(text, name)
    try:
        return PartialDate.parse(value).words()
    except ValidationError:
        return value


def _end(text: Kept, names: Names) -> str:
    kind = plain(text, "end")
    return _date(text, "ends_on") if text.get("ends_on") else _worded(dict(EndKind.choices), kind)


def _declared(text: Kept, names: Names) -> str:
    return ", ".join(filter(None, (str(_code("declared_status")(text, names)), _date(text, "declared_on"))))


def _list(text: Kept, name: str) -> list[Any]:
    value = text.get(name)
    return value if isinstance(value, list) else []


# In the order of pages. What is not content is not here: reference, version, mark, the day of publication.
FACTS: dict[str, Reader] = {
    "collection": lambda text, names: str(names.collections.get(plain(text, "collection"), plain(text, "collection"))),
    "language": _code("language"),
    "scope": _code("scope"),
    "countries": lambda text, names: sorted(names.country(code) for code in _list(text, "countries")),
    "region": _code("region"),
    "theme": _code("theme"),
    "further_themes": _several("further_themes"),
    "measure_types": _several("measure_types"),
    "instrument": _code("instrument"),
    "compliance": _code("compliance"),
    "phase": _code("phase"),
    "target_groups": _several("target_groups"),
    "technologies": _several("technologies"),
    "sdgs": _several("sdgs"),
    "starts_on": lambda text, names: _date(text, "starts_on"),
    "ends_on": _end,
    "declared_status": _declared,
    "organisation": _said("organisation"),
    "organisation_country": lambda text, names: names.country(plain(text, "organisation_country")),
    "organisation_type": _code("organisation_type"),
    "relation": _code("relation"),
    "partners": _several("partners"),
    "follows": _said("follows"),
    "tags": _several("tags"),
    "contact_point": _said("contact_point"),
}
