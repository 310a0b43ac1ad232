"""Other people's models in the admin, tamed: groups, and the results of background tasks."""

from django.contrib import admin
from django.contrib.auth import admin as _stock_groups  # noqa: F401  registers its own admin first, to be replaced
from django.contrib.auth.models import Group
from django_tasks_db.admin import DBTaskResultAdmin  # registers itself first, to be replaced
from django_tasks_db.models import DBTaskResult

from portal.roles import ROLES

admin.site.unregister([Group, DBTaskResult])


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    """Groups have names here; what a role may do is the table in portal/roles.py, shown for reading."""

    search_fields = ["name"]
    ordering = ["name"]
    fields = ["name", "permissions"]

    def get_readonly_fields(self, request, obj=None):
        # Who could give a group rights could give themselves any.
        return ["name", "permissions"] if obj and obj.name in ROLES else ["permissions"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(DBTaskResult)
class TaskResultAdmin(DBTaskResultAdmin):
    """When what ran and how it ended; never with what, for letters hold sign-in codes."""

    actions = None
    fields = [
        "id",
        "task_path",
        "status",
        "priority",
        "queue_name",
        "enqueued_at",
        "display_run_after",
        "started_at",
        "finished_at",
        "exception_class_path",
        "formatted_traceback",
    ]

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def get_fields(self, request, obj=None):
        return self.fields
