"""Reference data: countries and territories with codes, names in six languages, ITU regions and flags.

May import common."""
