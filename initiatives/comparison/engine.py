"""Puts two texts side by side."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from common import diff
from initiatives.comparison import rows
from initiatives.comparison.fields import Comparison, Field, Side
from initiatives.comparison.wording import FACTS, JOINT, Kept, Names, plain
from initiatives.models.content import Content
from initiatives.vocabulary import ContentLanguage

_TEXTS, _REPORTS = ("title", "summary", "description"), ("results", "challenges", "lessons")
# Columns that are called otherwise than the field that names them.
_LABELLED_AS = {"organisation_type": "stakeholder_type"}


def compare(old: Kept, new: Kept, *, names: Names | None = None) -> Comparison:
    """Compare two texts in the form of `schema.version_content` or `schema.draft_content`, in the reader's language.

    Either may be kept under an older schema, or lack columns: what is missing says nothing. Fields that are empty on
    both sides are left out. Give `names` of all the texts where several pairs are compared.
    """
    names = names or Names(old, new)
    fields = [*_texts(old, new, _TEXTS), *_facts(old, new, names), *_texts(old, new, _REPORTS)]
    for group, label, read in (("sources", _("sources"), rows.sources), ("attachments", _("files"), rows.attachments)):
        fields += _rows(group, label, read(old), read(new))
    return Comparison([field for field in fields if field.old.text or field.new.text])


def _facts(old: Kept, new: Kept, names: Names) -> Iterator[Field]:
    """What is said in a few words: a value that differs differs whole, of a list single items do."""
    for name, read in FACTS.items():
        before, after = read(old, names), read(new, names)
        joined = [JOINT.join(value) if isinstance(value, list) else value for value in (before, after)]
        if isinstance(before, list) and isinstance(after, list):
            segments = diff.items(before, after, JOINT) if set(before) != set(after) else diff.words(*joined)
        else:
            segments = diff.items(joined[:1], joined[1:])
        yield Field(name, _label(name), *map(Side, joined, segments))


def _label(name: str) -> str:
    own = {"tags": _("tags"), "organisation_country": _("country or territory of the organisation")}
    return own.get(name) or str(Content._meta.get_field(_LABELLED_AS.get(name, name)).verbose_name)


def _texts(old: Kept, new: Kept, names: Sequence[str]) -> Iterator[Field]:
    """Texts of people, each side in the language of its own text."""
    (lang, towards), (new_lang, new_towards) = _language(old), _language(new)
    for name in names:
        before, after = plain(old, name), plain(new, name)
        first, second = diff.words(before, after)
        yield Field(name, _label(name), Side(before, first, lang, towards), Side(after, second, new_lang, new_towards))


def _language(text: Kept) -> tuple[str, str]:
    """Return what the attributes `lang` and `dir` say of a text."""
    language = plain(text, "language")
    known = "" if language == ContentLanguage.OTHER else language
    return known, "rtl" if language == ContentLanguage.AR else "ltr" if known else "auto"


def _rows(group: str, label: str, old: Sequence[rows.Row], new: Sequence[rows.Row]) -> Iterator[Field]:
    for number, (before, after) in enumerate(rows.matched(old, new), start=1):
        texts = (before.text if before else "", after.text if after else "")
        yield Field(group, rows.label_of(group, number), *map(Side, texts, diff.words(*texts)), group=label)
