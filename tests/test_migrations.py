"""Migrations: none missing, all reversible; and what the database itself refuses."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from initiatives.models import InitiativeVersion
from moderation.models import Decision
from tests.factories import make_initiative
from tests.house import FLOORS

pytestmark = pytest.mark.django_db

# What the database knows of our tables: columns, constraints, indexes, triggers.
SHAPE = """
    SELECT table_name, 'column', column_name || ' ' || data_type || ' ' || is_nullable || coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public'
    UNION SELECT conrelid::regclass::text, 'constraint', pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid > 0
    UNION SELECT tablename, 'index', regexp_replace(indexdef, '_[0-9a-f]{8}(_like|_uniq)?', '') FROM pg_indexes
        WHERE schemaname = 'public'
    UNION SELECT tgrelid::regclass::text, 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal
"""


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def shape(rooms: set[str]) -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SHAPE)
        return {row for row in cursor.fetchall() if row[0].partition("_")[0] in rooms}


def migrate(targets) -> None:
    """In the transaction of the test, which takes everything back at its end."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.slow
def test_every_migration_goes_back_and_forth():
    loader = MigrationExecutor(connection).loader
    rooms = {room for room in FLOORS if room in loader.migrated_apps}
    before = shape(rooms)
    assert {row[0] for row in before} >= {model._meta.db_table for model in _models(rooms)}
    migrate([(room, None) for room in rooms])
    assert shape(rooms) == set()
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert shape(rooms) == before


def _models(rooms: set[str]) -> list:
    return [model for room in rooms for model in apps.get_app_config(room).get_models(include_auto_created=True)]


@pytest.mark.parametrize("model", [Decision, InitiativeVersion])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_database_keeps_what_is_written(model, statement):
    make_initiative()
    rows = model.objects.count()
    refused = pytest.raises(DatabaseError, match="kept as they were written")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=model._meta.db_table))
    assert rows and model.objects.count() == rows


@pytest.mark.parametrize("status", ["secret", ""])
@pytest.mark.parametrize("table", ["initiatives_submission", "initiatives_initiative"])
def test_database_refuses_an_unknown_status(table, status):
    make_initiative()
    refused = pytest.raises(DatabaseError, match="status_is_known")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET status = %s", [status])
