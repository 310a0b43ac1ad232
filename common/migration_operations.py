"""Operations that several rooms' migrations need."""

from django.db.migrations import RunSQL


def append_only(table: str) -> RunSQL:
    """Return an operation whose triggers make the database itself refuse to change, delete or empty `table`.

    Emptying it whole is possible for a connection that has set `portal.may_truncate`, as the tests' connections do.
    """
    forward = f"""
        CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'TRUNCATE' AND current_setting('portal.may_truncate', true) = 'yes' THEN
                RETURN NULL;
            END IF;
            RAISE EXCEPTION 'rows of {table} are kept as they were written' USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
        CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
    """
    backward = f"DROP FUNCTION {table}_append_only() CASCADE;"  # the triggers go with it
    return RunSQL(forward, backward)
