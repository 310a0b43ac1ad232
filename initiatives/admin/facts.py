"""The content of a measure as staff read it: everything the public will see, in words."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common import markdown
from initiatives.models.content import Content
from initiatives.vocabulary import EndKind

_ONE_CODE = ("relation", "scope", "region", "instrument", "compliance", "phase", "stakeholder_type", "language")
_MANY_CODES = ("target_groups", "technologies", "sdgs")
_SOURCE = ("url", "title", "issuing_body", "kind")
_FILE = ("name", "title", "sha256")
_TEXTS = ("title", "summary", "description")
_REPORTS = ("results", "challenges", "lessons")


@dataclass(frozen=True)
class Fact:
    """A field in words; `changed` where a correction says something else than the public text."""

    label: str
    text: str
    changed: bool = False


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


def read(content: Content, tags: list[str], *, against: Reading | None = None) -> Reading:
    """Return `content` in words, its changes against another reading noted."""
    title, summary, description = (_fact(content, name, getattr(content, name)) for name in _TEXTS)
    facts = [*_where_and_what(content), *_when(content), *_who(content, tags)]
    reports = [_fact(content, name, getattr(content, name)) for name in _REPORTS]
    html = markdown.render(content.description)
    reading = Reading(content, title, summary, description, html, facts, reports)
    return _noting_changes(reading, against) if against else reading


def _noting_changes(new: Reading, old: Reading) -> Reading:
    pairs = zip(_all(new), _all(old), strict=True)
    title, summary, description, *rest = (Fact(a.label, a.text, a.text != b.text) for a, b in pairs)
    facts, reports = rest[: len(new.facts)], rest[len(new.facts) :]
    return Reading(new.content, title, summary, description, new.description_html, facts, reports)


def _all(reading: Reading) -> list[Fact]:
    return [reading.title, reading.summary, reading.description, *reading.facts, *reading.reports]


def changes(new: Reading, old: Reading) -> list[str]:
    """Return the names of what a correction changes, sources and files included."""
    found = [fact.label for fact in _all(new) if fact.changed]
    if _rows(new.content.sources, *_SOURCE) != _rows(old.content.sources, *_SOURCE):
        found.append(_("sources"))
    if _rows(new.content.attachments, *_FILE) != _rows(old.content.attachments, *_FILE):
        found.append(_("files"))
    return found


def _rows(rows, *columns: str) -> list[tuple]:
    return list(rows.values_list(*columns))


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
