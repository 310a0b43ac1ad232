"""Policy records of other collections: a row of theirs as a row of the portal's own schema.

They name no organisation, so the government of the country stands in (see `mapping`). Type of policy and the terms
they were found by become tags; instrument, compliance and phase are not stated.
"""

from initiatives.importing import repair
from initiatives.importing.readers import Row
from initiatives.schema import SEPARATOR
from initiatives.vocabulary import Theme

COLUMNS = tuple(
    "source_dataset source_id country_iso2 title description date_start date_end policy_type source_url language "
    "ict_topics ict_core ict_terms".split()
)
REQUIRED = frozenset("source_dataset source_id country_iso2 title description date_start source_url language".split())

# The schema's columns that are called otherwise here; reports name the file's own.
COLUMN_OF = {
    "summary": "description",
    "countries": "country_iso2",
    "starts_on": "date_start",
    "ends_on": "date_end",
    "source1_url": "source_url",
    "theme": "ict_topics",
    "tags": "policy_type",
}

THEME_OF_TOPIC = {
    "connectivity": Theme.AVAILABILITY_AFFORDABILITY,
    "operators_regulators": Theme.LICENSING_FLEXIBILITY,
    "emergency_comms": Theme.EMERGENCY_TELECOMS,
    "contact_tracing_data": Theme.CYBERSECURITY_CHILD_PROTECTION,
    "ehealth": Theme.DIGITAL_SERVICES_CONTINUITY,
    "elearning": Theme.DIGITAL_SERVICES_CONTINUITY,
    "egov_payments": Theme.DIGITAL_SERVICES_CONTINUITY,
    "telework": Theme.DIGITAL_SERVICES_CONTINUITY,
    "misinformation": Theme.PUBLIC_INFORMATION,
}
# Topics that say the same as a measure type; the others are wider than any.
TYPE_OF_TOPIC = {
    "ehealth": "e_health",
    "elearning": "e_learning",
    "telework": "telework",
    "misinformation": "counter_misinformation",
}


def as_schema_row(row: Row) -> Row:
    """Return the record as a row of the schema. Raises ValidationError where its text is lost."""
    topics = _split(row.get("ict_topics", ""))
    themes = list(dict.fromkeys(THEME_OF_TOPIC[topic] for topic in topics if topic in THEME_OF_TOPIC))
    types = list(dict.fromkeys(TYPE_OF_TOPIC[topic] for topic in topics if topic in TYPE_OF_TOPIC))
    return {
        "title": row["title"],
        "summary": row["description"],
        "language": row["language"],
        "countries": row["country_iso2"],
        "theme": themes[0] if themes else "",
        "further_themes": SEPARATOR.join(themes[1:3]),
        "measure_types": SEPARATOR.join([*types, *_words(row)]),
        "starts_on": row["date_start"],
        "ends_on": row.get("date_end", ""),
        "source1_url": row["source_url"],
        "source_dataset": row["source_dataset"],
        "source_id": row["source_id"],
    }


def _words(row: Row) -> list[str]:
    """The class of the policy (before ">"; what follows is a sentence) and the terms it was found by."""
    kind = repair.line(row.get("policy_type", "")).partition(" > ")[0].lower()
    # A semicolon parts words in the schema.
    return [kind.replace(SEPARATOR, ","), *_split(row.get("ict_terms", ""))]


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]
