"""What each role may do in the admin: one table, brought to the database after every migration."""

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions

from accounts.rules import ADMINISTRATORS, MODERATORS

# Model: rights. What a move of the workflow needs beside "change", its own table says (initiatives.workflow).
# Nobody may delete what has decisions, and nobody may add, change or delete a decision.
MODERATOR = {
    "initiatives.submission": "view change",
    "initiatives.initiative": "view change",
    "initiatives.collection": "view",
    "initiatives.link": "view change",
    "accounts.organisation": "view change",
    "accounts.membership": "view change",
    "accounts.user": "view",
    "accounts.organisationdecision": "view",
    "forum.board": "view",
    "forum.topic": "view change",
    "forum.post": "view change",
    "forum.member": "view change",
    "forum.watchword": "view add change delete",
    "moderation.decision": "view",
    "moderation.reason": "view",
    "outbox.letter": "view change",
    "countries.country": "view",
    "taggit.tag": "view change",
}
ADMINISTRATOR = {
    **MODERATOR,
    "initiatives.collection": "view add change",
    "accounts.organisation": "view add change",
    "accounts.user": "view change",
    "moderation.reason": "view add change",
    "countries.country": "view change",
    "forum.board": "view add change",
    "taggit.tag": "view add change delete",
    "auth.group": "view change",  # the roles are those of this table
    "account.emailaddress": "view",
    "mfa.authenticator": "view delete",
    "outbox.job": "view change",
    "django_tasks_database.dbtaskresult": "view",
}
ROLES = {MODERATORS: MODERATOR, ADMINISTRATORS: ADMINISTRATOR}


def sync(sender: AppConfig, *, using: str, apps=installed_apps, **kwargs) -> None:
    """Give each role's group exactly the rights of the table; made where it is missing. Called after `migrate`."""
    try:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # a migration back to where there are no groups
        return
    for config in installed_apps.get_app_configs():
        # Django makes them app by app after each migration; some come later than this.
        create_permissions(config, verbosity=0, using=using, apps=apps)
    known = {
        (row.content_type.app_label, row.codename): row
        for row in permission.objects.using(using).select_related("content_type")
    }
    for name, table in ROLES.items():
        role, _made = group.objects.using(using).get_or_create(name=name)
        role.permissions.set([known[key] for key in _keys(table) if key in known])


def _keys(table: dict[str, str]) -> list[tuple[str, str]]:
    keys = []
    for label, rights in table.items():
        app, model = label.split(".")
        keys += [(app, f"{right}_{model}") for right in rights.split()]
    return keys
