"""What the admin pages of several rooms have in common."""

from django.utils.text import capfirst


class ReadOnly:
    """The part of an admin whose rows are read and never written there."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class WideList:
    """The part of an admin whose list needs the room of the side bar; the way back is the breadcrumbs."""

    list_title = ""  # else the name of the rows

    def changelist_view(self, request, extra_context=None):
        title = self.list_title or capfirst(self.opts.verbose_name_plural)
        wide = {"title": title, "is_nav_sidebar_enabled": False}
        return super().changelist_view(request, {**wide, **(extra_context or {})})
