"""Filters of the queue and of the list of initiatives."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from countries.models import Region
from initiatives.vocabulary import Scope, Suspicion


class RegionFilter(admin.SimpleListFilter):
    """By ITU region: what names one of its countries, or the region itself."""

    title = _("ITU region")
    parameter_name = "region"

    def lookups(self, request, model_admin):
        return Region.choices

    def queryset(self, request, queryset):
        if self.value() not in Region.values:
            return queryset
        key = queryset.model._meta.model_name
        named = queryset.model.countries.through.objects.filter(country__region=self.value()).values(f"{key}_id")
        return queryset.filter(Q(scope=Scope.REGIONAL, region=self.value()) | Q(pk__in=named))


class ClaimFilter(admin.SimpleListFilter):
    """By who has claimed it."""

    title = _("claimed")
    parameter_name = "claimed"

    def lookups(self, request, model_admin):
        return [("me", _("by me")), ("others", _("by others")), ("nobody", _("by nobody"))]

    def queryset(self, request, queryset):
        claimed = queryset.exclude(claimed_by=None)
        return {
            "me": queryset.filter(claimed_by=request.user),
            "others": claimed.exclude(claimed_by=request.user),
            "nobody": queryset.filter(claimed_by=None),
        }.get(self.value(), queryset)


class CorrectionFilter(admin.SimpleListFilter):
    """New, or a correction to something published."""

    title = _("new or correction")
    parameter_name = "correction"

    def lookups(self, request, model_admin):
        return [("no", _("new")), ("yes", _("correction"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(initiative__isnull=self.value() == "no")


class SuspicionFilter(admin.SimpleListFilter):
    """By why to look twice."""

    title = _("suspicion")
    parameter_name = "suspicion"

    def lookups(self, request, model_admin):
        return Suspicion.choices

    def queryset(self, request, queryset):
        return queryset.filter(suspicions__contains=[self.value()]) if self.value() in Suspicion.values else queryset
