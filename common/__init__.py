"""Helpers that know no room and have no models: text, dates, files, mail, paging, template tags.

May import Django and libraries only."""
