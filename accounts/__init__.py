"""People, organisations, and who speaks for which organisation.

May import common and countries."""
