"""Codes of ISO 3166-1: however one is written, alpha-2 is what it is known by here."""

from functools import cache

from countries.services import read_source


@cache
def spellings() -> dict[str, str]:
    """Return the alpha-2 of each code of two letters or three, in capitals. No query."""
    return {code: country.iso2 for country in read_source() for code in (country.iso2, country.iso3)}


def iso2_of(text: str) -> str:
    """Return the alpha-2 that an address means with `text`, in any case; "" where it is no code."""
    return spellings().get(text.strip().upper(), "") if text.isascii() else ""
