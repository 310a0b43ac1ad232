"""The groups have the rights of the table, after every migration."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from portal.roles import ROLES

pytestmark = pytest.mark.django_db


def rights_of(name: str) -> dict[str, set[str]]:
    rights: dict[str, set[str]] = {}
    for permission in Group.objects.get(name=name).permissions.select_related("content_type"):
        right, _separator, model = permission.codename.partition("_")
        rights.setdefault(f"{permission.content_type.app_label}.{model}", set()).add(right)
    return rights


@pytest.mark.parametrize("role", ROLES)
def test_groups_have_the_rights_of_the_table(role):
    assert rights_of(role) == {label: set(rights.split()) for label, rights in ROLES[role].items()}


def test_migrating_again_puts_changes_right():
    group = Group.objects.get(name="Moderator")
    group.permissions.set(Permission.objects.filter(codename="delete_user"))
    for _time in range(2):
        call_command("migrate", verbosity=0)
    assert rights_of("Moderator") == {label: set(rights.split()) for label, rights in ROLES["Moderator"].items()}


def test_labels_of_the_table_are_models():
    for table in ROLES.values():
        assert all(apps.get_model(label) for label in table)


def test_nobody_may_write_or_delete_what_has_decisions():
    for table in ROLES.values():
        assert table["moderation.decision"] == "view"
        for label in ("initiatives.submission", "initiatives.initiative"):
            assert table[label] == "view change"
