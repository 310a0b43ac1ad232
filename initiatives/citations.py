"""How one version of an initiative is cited: for people, as BibTeX and as RIS."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from common.text import clean_line
from initiatives.vocabulary import ContentLanguage

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
# What BibTeX or TeX would take for more than text. Braces must balance even where they are escaped, so they get names.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "%$&#_"},
    }
)
# As the packages for languages call them.
_BABEL = {"ar": "arabic", "zh": "chinese", "en": "english", "fr": "french", "ru": "russian", "es": "spanish"}


@dataclass(frozen=True)
class Citation:
    """What there is to cite; `author` is empty where it was compiled, for then nobody has said so themselves."""

    reference: str
    version: int
    author: str
    title: str
    summary: str
    date: datetime.date
    language: str
    url: str
    keywords: tuple[str, ...] = ()

    @classmethod
    def of(cls, initiative: Any, date: datetime.date, url: str) -> "Citation":
        """`initiative` may be a kept version of one; `date` is the day of the version."""
        return cls(
            reference=initiative.reference,
            version=initiative.version,
            author="" if initiative.is_compiled else clean_line(initiative.organisation.name),
            title=clean_line(initiative.title),
            summary=clean_line(initiative.summary),
            date=date,
            language="" if initiative.language == ContentLanguage.OTHER else initiative.language,
            url=url,
            keywords=tuple(str(theme.label) for theme in initiative.themes),
        )

    @property
    def key(self) -> str:
        return f"{self.reference}-v{self.version}"

    @property
    def note(self) -> str:
        """What no field of its own holds."""
        words = _("%(reference)s, version %(version)d. Licence: %(licence)s.") % {
            "reference": self.reference,
            "version": self.version,
            "licence": LICENCE,
        }
        return words if self.author else f"{words} {_('Compiled from public sources.')}"

    def bibtex(self) -> str:
        """Return an entry in UTF-8. Names stand in double braces, so that nothing takes them apart."""
        fields = {
            "author": f"{{{tex(self.author)}}}" if self.author else "",
            "title": f"{{{tex(self.title)}}}",
            "year": f"{self.date.year}",
            "month": f"{self.date.month}",
            "date": self.date.isoformat(),
            "organization": f"{{{tex(clean_line(settings.SITE_NAME))}}}",
            "number": self.reference,
            "version": f"{self.version}",
            "url": self.url,
            "note": tex(self.note),
            "abstract": tex(self.summary),
            "keywords": tex(", ".join(self.keywords)),
            "langid": _BABEL.get(self.language, ""),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@misc{{{self.key},\n{lines}}}\n"

    def ris(self) -> str:
        """Return a record; every value stands on one line, for a line could be taken for another field."""
        fields = [
            ("TY", "ELEC"),
            ("ID", self.key),
            ("AU", self.author),
            ("TI", self.title),
            ("PB", settings.SITE_NAME),
            ("PY", f"{self.date.year}"),
            ("DA", f"{self.date:%Y/%m/%d}"),
            ("ET", f"{self.version}"),
            ("LA", self.language),
            ("UR", self.url),
            ("N1", self.note),
            ("AB", self.summary),
            *(("KW", word) for word in self.keywords),
        ]
        lines = [f"{name}  - {clean_line(value)}" for name, value in fields if value]
        return "\r\n".join([*lines, "ER  - ", ""])


def tex(text: str) -> str:
    """Return the text so that BibTeX and TeX read it as what it says."""
    return clean_line(text).translate(_TEX)


FORMATS = {
    "bib": ("application/x-bibtex", Citation.bibtex),
    "ris": ("application/x-research-info-systems", Citation.ris),
}
