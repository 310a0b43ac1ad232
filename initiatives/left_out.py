"""What of an address is not used, because nobody knows it: told to readers in words, and to programs by parameter."""

from collections import Counter
from collections.abc import Iterable

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from common.text import clean_line
from initiatives.filter_words import DATES
from initiatives.search.asking import parse

SHOWN, LENGTH = 5, 40  # values, characters of each
BESIDE = frozenset("page after before all variant order most weeks width".split())  # parameters that are no filters
OTHERS = "utm_"  # with this begin what campaigns hang on addresses: nobody means it for the portal


class LeavingOut:
    """For `InitiativeFilter`: what it does not use of what it was given."""

    @property
    def ignored(self) -> list[tuple[str, str]]:
        """Return what was left out because nobody knows it: the filter's label and the value, shortened."""
        pairs = _shortened(self._unknown)
        return [(str(self.form.fields[name].label), value) for name, values in pairs.items() for value in values]

    @cached_property
    def left_out(self) -> dict[str, list[str]]:
        """Return by parameter whatever has no effect, shortened: unknown values, unknown parameters, useless words."""
        words = [("q", self._cleaned["q"])] if self.has_no_words else []
        return _shortened([*self._unknown, *words, *self._said_twice(), *self._strange()])

    @cached_property
    def _unknown(self) -> list[tuple[str, str]]:
        self.form.is_valid()  # the fields remember what they were given while they are cleaned
        fields = self.form.fields.items()
        return [(name, value) for name, field in fields for value in getattr(field, "ignored", ())]

    def _said_twice(self) -> Iterable[tuple[str, str]]:
        """Of what can have one value, the last one counts."""
        for name in ("q", *DATES):
            yield from ((name, value) for value in self._given(name)[:-1] if value != self._given(name)[-1])

    def _strange(self) -> Iterable[tuple[str, str]]:
        for name in self.data:
            if name not in self.form.fields and name not in BESIDE and not name.startswith(OTHERS):
                yield from ((name, value) for value in self._given(name) or [""])

    def _given(self, name: str) -> list[str]:
        return [value for value in self.data.getlist(name) if value.strip()]

    @property
    def has_no_words(self) -> bool:
        """Whether words are given, of which nothing can be looked for: signs only, or none but to be left out."""
        return bool(self._cleaned.get("q")) and not self.matches

    @cached_property
    def remarks(self) -> list[str]:
        """Return in words why less, or nothing, was asked for than somebody may have thought."""
        found = [self._about_words()] if self.has_no_words else []
        after, before = (self._cleaned.get(name) for name in ("starts_after", "starts_before"))
        if after and before and after.first > before.last:
            found.append(
                _("The range of dates is reversed: its first day is later than its last, so nothing starts in it.")
            )
        return found

    def _about_words(self) -> str:
        """Say what is wrong with words of which nothing can be looked for."""
        if parse(self._cleaned["q"]).excluded:
            return _("A word left out (with “-”) needs another one to look for, so the words were not used.")
        return _("Nothing that was typed has a letter or a number to look for, so it was not used.")


def _shortened(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the first values by parameter: one of each before a second of any."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(clean_line(name)[:LENGTH] or "…", []).append(clean_line(value)[:LENGTH] or value and "…")
    turns = sorted((turn, place) for place, values in enumerate(given.values()) for turn in range(len(values)))
    most = Counter(place for _turn, place in turns[:SHOWN])
    return {name: values[: most[place]] for place, (name, values) in enumerate(given.items()) if most[place]}
