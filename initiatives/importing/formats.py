"""The two kinds of tables that are understood: the portal's own schema, and the policy records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from initiatives import schema
from initiatives.importing import policies
from initiatives.importing.readers import Row, UnusableFile


@dataclass(frozen=True)
class Format:
    """How a table is read: its columns, those it needs, and how its rows become rows of the schema."""

    columns: Sequence[str]
    required: frozenset[str]
    as_schema_row: Callable[[Row], Row] = lambda row: row
    column_of: dict[str, str] = field(default_factory=dict)  # the schema's column -> the table's own
    doubt_language: bool = False


TEMPLATE = Format(schema.COLUMNS, frozenset({"title", "summary", "language", "source1_url"}))
POLICIES = Format(policies.COLUMNS, policies.REQUIRED, policies.as_schema_row, policies.COLUMN_OF, doubt_language=True)


def recognise(columns: Sequence[str]) -> Format:
    """Return the format of a table with these columns; raise UnusableFile, naming what is wrong, if it has none."""
    kind = POLICIES if "country_iso2" in columns else TEMPLATE
    unknown = [name or "(no name)" for name in columns if name not in kind.columns]
    missing = sorted(kind.required.difference(columns))
    if unknown or missing:
        parts = [f"unknown columns: {', '.join(unknown[:10])}"] if unknown else []
        parts += [f"missing columns: {', '.join(missing)}"] if missing else []
        raise UnusableFile(f"{'; '.join(parts)}. “import_submissions --template” writes a table with the right ones.")
    return kind
