"""Operations that several rooms' migrations need."""

from django.db.migrations import RunSQL


def append_only(table: str) -> RunSQL:
    """Return an operation whose trigger makes the database itself refuse updates and deletions in `table`."""
    forward = f"""
        CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'rows of {table} are kept as they were written' USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
    """
    backward = f"DROP TRIGGER append_only ON {table}; DROP FUNCTION {table}_append_only();"
    return RunSQL(forward, backward)
