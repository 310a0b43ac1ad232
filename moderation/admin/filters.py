"""Filters that every queue and the log share."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from moderation.workflow import registered


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
            return queryset.filter(status=self.value())
        return queryset.filter(status__in=self.waiting) if self.waiting else queryset

    def choices(self, changelist):
        default, *others = super().choices(changelist)
        yield {**default, "display": _("Waiting") if self.waiting else default["display"]}
        yield from others


class KindFilter(admin.SimpleListFilter):
    """By kind of what was decided on."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [(model._meta.label_lower, model._meta.verbose_name) for model in registered()]

    def queryset(self, request, queryset):
        chosen = [model for model in registered() if model._meta.label_lower == self.value()]
        return queryset.filter(content_type=ContentType.objects.get_for_model(chosen[0])) if chosen else queryset


class MoveFilter(admin.SimpleListFilter):
    """By move, of any workflow."""

    title = _("move")
    parameter_name = "move"

    def lookups(self, request, model_admin):
        moves = {name: move.label for workflow in registered().values() for name, move in workflow.moves.items()}
        return list(moves.items())

    def queryset(self, request, queryset):
        return queryset.filter(move=self.value()) if self.value() else queryset


class MadeByFilter(admin.SimpleListFilter):
    """By people or by machines."""

    title = _("made by")
    parameter_name = "machine"

    def lookups(self, request, model_admin):
        return [("no", _("people")), ("yes", _("system accounts"))]

    def queryset(self, request, queryset):
        return queryset.filter(by_machine=self.value() == "yes") if self.value() in ("yes", "no") else queryset
