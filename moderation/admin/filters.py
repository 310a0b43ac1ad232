"""The filter that every queue shares."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class StatusFilter(admin.SimpleListFilter):
    """By status. Where something waits, the list shows that unless another status is asked for."""

    title = _("status")
    parameter_name = "status"
    ALL = "all"

    def __init__(self, request, params, model, model_admin):
        self.waiting = model_admin.waiting_statuses
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        everything = [(self.ALL, _("All"))] if self.waiting else []
        choices = model_admin.model._meta.get_field("status").flatchoices
        return [*everything, *(choice for choice in choices if choice[0] not in model_admin.hidden_statuses)]

    def queryset(self, request, queryset):
        if self.value() == self.ALL:
            return queryset
        if self.value():
            known = self.value() in dict(self.lookup_choices)  # what is none may not even be text for a database
            return queryset.filter(status=self.value()) if known else queryset.none()
        return queryset.filter(status__in=self.waiting) if self.waiting else queryset

    def choices(self, changelist):
        default, *others = super().choices(changelist)
        yield {**default, "display": _("Waiting") if self.waiting else default["display"]}
        yield from others
