"""Writes of reference data."""

import csv
from pathlib import Path

from countries.models import Country

SOURCE = Path(__file__).resolve().parent / "data" / "countries.csv"
_FLAGS = ("itu_member", "ldc", "lldc", "sids")


def read_source(path: Path = SOURCE) -> list[Country]:
    """Return the 249 entries of the file as unsaved rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_country(row) for row in csv.DictReader(file)]


def _country(row: dict[str, str]) -> Country:
    values = {
        name: value for name, value in row.items() if name not in (*_FLAGS, "itu_region", "latitude", "longitude")
    }
    flags = {name: row[name] == "1" for name in _FLAGS}
    point = {name: float(row[name]) for name in ("latitude", "longitude")}
    return Country(**values, **flags, **point, region=row["itu_region"])


def load_countries(*, overwrite: bool = False) -> int:
    """Insert the missing entries and return how many there are then.

    What staff have edited stays, unless `overwrite` asks for the file's values again.
    """
    countries = read_source()
    if overwrite:
        names = [field.name for field in Country._meta.fields if not field.primary_key]
        Country.objects.bulk_create(countries, update_conflicts=True, unique_fields=["iso2"], update_fields=names)
    else:
        Country.objects.bulk_create(countries, ignore_conflicts=True)
    return Country.objects.count()
