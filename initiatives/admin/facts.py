"""The content of a measure as staff read it: everything the public will see, in words."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common import markdown
from initiatives.models.content import Content
from initiatives.vocabulary import EndKind

_ONE_CODE = ("relation", "scope", "region", "instrument", "compliance", "phase", "stakeholder_type", "language")
_MANY_CODES = ("target_groups", "technologies", "sdgs")
_TEXTS = ("title", "summary", "description")
_REPORTS = ("results", "challenges", "lessons")


@dataclass(frozen=True)
class Fact:
    """A field in words."""

    label: str
    text: str


@dataclass(frozen=True)
class Reading:
    """The content of one submission or initiative, ready for a template."""

    content: Content
    title: Fact
    summary: Fact
    description: Fact
    description_html: str
    facts: list[Fact]
    reports: list[Fact]


def read(content: Content, tags: list[str]) -> Reading:
    """Return `content` in words."""
    title, summary, description = (_fact(content, name, getattr(content, name)) for name in _TEXTS)
    facts = [*_where_and_what(content), *_when(content), *_who(content, tags)]
    reports = [_fact(content, name, getattr(content, name)) for name in _REPORTS]
    return Reading(content, title, summary, description, markdown.render(content.description), facts, reports)


def _fact(content: Content, name: str, text: str) -> Fact:
    return Fact(str(content._meta.get_field(name).verbose_name), text)


def _where_and_what(content: Content) -> list[Fact]:
    one = {name: capfirst(getattr(content, f"get_{name}_display")()) for name in _ONE_CODE}
    themes = [str(theme.label) for theme in content.themes]
    return [
        _fact(content, "collection", str(content.collection or "")),
        _fact(content, "language", one["language"]),
        _fact(content, "scope", one["scope"]),
        _fact(content, "countries", ", ".join(sorted(country.name for country in content.countries.all()))),
        _fact(content, "region", one["region"]),
        _fact(content, "theme", "".join(themes[:1])),
        _fact(content, "further_themes", ", ".join(themes[1:])),
        _fact(content, "measure_types", capfirst(", ".join(content.measure_type_labels))),
        *(_fact(content, name, one[name]) for name in ("instrument", "compliance", "phase")),
        *(_fact(content, name, capfirst(", ".join(_labels(content, name)))) for name in _MANY_CODES),
    ]


def _labels(content: Content, name: str) -> list[str]:
    choices = dict(content._meta.get_field(name).base_field.flatchoices)
    return [str(choices.get(code, code)) for code in getattr(content, name)]


def _when(content: Content) -> list[Fact]:
    starts = content.starts.words() if content.starts else _("Start not known")
    dated = content.end_kind == EndKind.DATE and content.ends
    return [
        _fact(content, "starts_on", starts),
        _fact(content, "ends_on", content.ends.words() if dated else content.get_end_kind_display()),
        _fact(content, "declared_status", capfirst(content.get_declared_status_display())),
        Fact(_("status of the measure today"), capfirst(str(content.measure_status.label))),
    ]


def _who(content: Content, tags: list[str]) -> list[Fact]:
    return [
        _fact(content, "organisation", str(content.organisation or "")),
        _fact(content, "stakeholder_type", capfirst(content.get_stakeholder_type_display())),
        _fact(content, "relation", capfirst(content.get_relation_display())),
        _fact(content, "partners", ", ".join(content.partners)),
        _fact(content, "follows", str(content.follows or "")),
        Fact(_("tags"), ", ".join(sorted(tags))),
        _fact(content, "contact_point", content.contact_point),
    ]
