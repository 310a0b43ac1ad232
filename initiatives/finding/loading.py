"""Reading the index from the tables: one query, whether for all that is public or for what has changed."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import connection

# What each column gives, by facet. Days are written as 2020-03-23: they sort as text. No day is "".
_DAY = "coalesce(to_char({}, 'YYYY-MM-DD'), '')"
_COLUMNS = {
    "state": "status",
    "stakeholder": "stakeholder_type",
    "instrument": "instrument",
    "compliance": "compliance",
    "phase": "phase",
    "language": "language",
    "mark": "mark",
    "scope": "scope",
    "end": "end_kind",
    "published": _DAY.format("published_on"),
    "starts": _DAY.format("starts_on"),
    "ends": _DAY.format("ends_on"),
    "confirmed": _DAY.format("greatest(starts_on, confirmed_on)"),  # no day counts for nothing in `greatest`
}
# The first day on which a measure that held does not hold any more: the rule of `initiatives.status`, as a day. It is
# the lesser of what was declared and of what its end gives. A year after 29 February is 1 March.
_CONFIRMED = "greatest(starts_on, confirmed_on)"
_YEAR_LATER = f"({_CONFIRMED} + interval '1 year')::date + (to_char({_CONFIRMED}, 'MMDD') = '0229')::int"
_CEASES = f"""least(
    CASE WHEN declared_status <> '' THEN coalesce(declared_on, '0001-01-01') END,
    CASE end_kind WHEN 'date' THEN ends_on + 1
        WHEN 'not_announced' THEN coalesce({_YEAR_LATER}, '0001-01-01') END)"""
_NEVER_HELD = f"{_CEASES} <= coalesce(starts_on, '0001-01-01')"
NEVER = "never"
_COLUMNS |= {
    "checked": "checked",
    "precision": "CASE WHEN starts_on IS NOT NULL THEN starts_precision ELSE '' END",
    "ceases": f"CASE WHEN {_NEVER_HELD} THEN '{NEVER}' ELSE {_DAY.format(_CEASES)} END",
}
_DECLARED = _DAY.format("declared_on")

_ROWS = """
    SELECT id, status, stakeholder_type, instrument, compliance, phase, language, mark, scope, region, theme,
        further_themes, measure_types, end_kind, published_on, starts_on, ends_on, confirmed_on, declared_status,
        declared_on, collection_id, organisation_id, checked, starts_precision
    FROM initiatives_initiative WHERE status IN ('published', 'archived')
"""
_PARTS = [
    *(f"SELECT '{name}', {code}, '', array_agg(id) FROM found GROUP BY 2" for name, code in _COLUMNS.items()),  # noqa: S608
    f"SELECT declared_status, {_DECLARED}, '', array_agg(id) FROM found WHERE declared_status <> '' GROUP BY 1, 2",  # noqa: S608
    "SELECT 'whole region', region, '', array_agg(id) FROM found WHERE scope = 'regional' GROUP BY 2",
    "SELECT 'theme', theme, '', array_agg(id) FROM found GROUP BY 2",
    "SELECT 'theme', code, '', array_agg(id) FROM found, unnest(further_themes) code GROUP BY 2",
    "SELECT 'measure', code, '', array_agg(id) FROM found, unnest(measure_types) code GROUP BY 2",
    """SELECT 'collection', slug, name, array_agg(found.id)
        FROM found JOIN initiatives_collection called ON called.id = collection_id GROUP BY 2, 3""",
    """SELECT 'organisation', owner.id::text, name, array_agg(found.id)
        FROM found JOIN accounts_organisation owner ON owner.id = organisation_id
        WHERE owner.accepted_at IS NOT NULL AND owner.merged_into_id IS NULL GROUP BY 2, 3""",
    """SELECT 'country', country_id, '', array_agg(found.id)
        FROM found JOIN initiatives_initiative_countries named ON named.initiative_id = found.id GROUP BY 2""",
    """SELECT 'tag', tag.slug, tag.name, array_agg(found.id)
        FROM found JOIN taggit_taggeditem item ON item.object_id = found.id
        JOIN django_content_type kind ON kind.id = item.content_type_id
            AND kind.app_label = 'initiatives' AND kind.model = 'initiative'
        JOIN taggit_tag tag ON tag.id = item.tag_id GROUP BY 2, 3""",
]
_UNION = " UNION ALL ".join(_PARTS)


class Entry(NamedTuple):
    """The initiatives that have a code; `label` where the code's name is a row's and not the vocabulary's."""

    facet: str
    code: str
    label: str
    numbers: list[int]


def entries(numbers: Iterable[int] | None = None) -> Iterator[Entry]:
    """Yield what the index holds of the initiatives with these numbers, or of all. One query, hence one moment."""
    only = "" if numbers is None else " AND id = ANY(%s)"
    with connection.cursor() as cursor:
        sql = f"WITH found AS MATERIALIZED ({_ROWS}{only}) {_UNION}"
        cursor.execute(sql, [] if numbers is None else [list(numbers)])
        yield from map(Entry._make, cursor)  # one after the other: as numbers they are large
