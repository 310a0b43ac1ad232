"""For whom people speak: what stands beside a name, as it is now. One statement for all the people of a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.utils.translation import get_language

from accounts.models import User
from countries.models import Country

_NAMES = {field.name.removeprefix("name_"): field.name for field in Country._meta.fields if "name_" in field.name}
_VOICES = """
    SELECT user_id, organisation.name, verified_at IS NOT NULL, stakeholder_type,
        coalesce(nullif(country.{name}, ''), country.name_en, ''), coalesce(country_id, '')
    FROM accounts_membership membership JOIN accounts_organisation organisation ON organisation.id = organisation_id
    LEFT JOIN countries_country country ON iso2 = country_id
    WHERE user_id = ANY(%s) AND status = 'confirmed' ORDER BY confirmed_at, membership.id
"""


class Voice(NamedTuple):
    """An organisation that somebody speaks for."""

    organisation: str
    is_verified: bool
    kind: str  # the code of its stakeholder type
    country: str  # in the reader's language
    code: str  # of that country, ISO 3166-1 alpha-2


@dataclass(slots=True)
class Person:
    """What is shown of who wrote something, by the names of the model."""

    pk: int
    name: str
    handle: str
    is_active: bool
    is_system: bool
    speaks_for: Sequence[Voice] = ()


def add_voices(people: Iterable[Person | User]) -> None:
    """Give each of them the organisations of their confirmed memberships, as `speaks_for`. One query."""
    people = list(people)
    name = _NAMES.get((get_language() or "en").split("-")[0], "name_en")
    found: dict[int, list[Voice]] = {}
    if people:
        with connection.cursor() as cursor:
            cursor.execute(_VOICES.format(name=name), [[person.pk for person in people]])
            for user, *voice in cursor:
                found.setdefault(user, []).append(Voice(*voice))
    for person in people:
        person.speaks_for = found.get(person.pk, [])
