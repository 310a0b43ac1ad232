"""The name of the public state: another one after whatever was committed, in whichever order; few rows are read."""

import pytest
from django.db import connection, connections, transaction
from django.db.models import F

from initiatives import changes, freshness
from initiatives.freshness import public_state
from initiatives.models import Change, Initiative
from tests.factories import make_initiative

MANY = 3_000


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("others", [1, MANY])
def test_transaction_that_ends_late_gives_another_name_however_many_came_between(others):
    late = make_initiative()
    names = [public_state().token]
    other = connections.create_connection("default")
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:  # its rows of the log come first, and are seen last
            cursor.execute("UPDATE initiatives_initiative SET title = 'Late' WHERE id = %s", [late.pk])
        with transaction.atomic():
            Change.objects.bulk_create(Change(initiative=changes.NONE) for _each in range(others))
        names.append(public_state().token)
        other.commit()
        names.append(public_state().token)
    finally:
        other.close()
    assert len(set(names)) == 3 and public_state().token == names[-1]


@pytest.mark.django_db
def test_each_change_in_one_transaction_gives_another_name():
    one = make_initiative()
    names = [public_state().token]
    for title in ("Another", "Yet another"):
        Initiative.objects.filter(pk=one.pk).update(title=title)
        names.append(public_state().token)
    assert len(set(names)) == 3


@pytest.mark.django_db(transaction=True)
def test_state_reads_few_rows_of_a_long_log():
    for _transaction in range(3):
        Change.objects.bulk_create(Change(initiative=changes.NONE) for _each in range(MANY))
    Change.objects.update(open_from=F("transaction"))  # as where no other database of the server is being written to
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE initiatives_change")
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + freshness._STATE.format(links="", further=""))
        [[[plan]]] = cursor.fetchall()
    assert rows_read(plan["Plan"]) < 10


def rows_read(node: dict) -> float:
    """Rows that the scans of a plan gave or threw away."""
    below = sum(map(rows_read, node.get("Plans", [])))
    own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) if "Scan" in node["Node Type"] else 0
    return below + own * node["Actual Loops"]
