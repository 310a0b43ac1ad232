"""Calls and tags."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from taggit.admin import TagAdmin as StockTagAdmin  # registers its own admin first, to be replaced
from taggit.models import Tag

from initiatives.models import Collection
from initiatives.services.tags import leave_address


@admin.register(Collection)
class CollectionAdmin(admin.ModelAdmin):
    """The calls that initiatives answer. The code is part of addresses, so it stays once it is given."""

    list_display = ["name", "slug", "opens_on", "closes_on"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "description", "opens_on", "closes_on"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def has_delete_permission(self, request, obj=None):
        return False


admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(StockTagAdmin):
    """Tags are renamed and merged; what carries them is edited by corrections. A slug is an address: it stays."""

    inlines = []

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    @admin.action(description=_("Merge the selected tags"), permissions=["change"])
    def render_tag_form(self, request, queryset):
        request.session["selected_tag_ids"] = ",".join(str(tag.pk) for tag in queryset)
        return redirect("admin:taggit_tag_merge_tags")

    def merge_tags_view(self, request):
        if not self.has_change_permission(request):  # the stock view lets all staff in
            raise PermissionDenied
        if not request.session.get("selected_tag_ids"):
            return redirect("admin:taggit_tag_changelist")
        kept = Tag.objects.filter(name=request.POST.get("new_tag_name", "").strip()).first()
        tags = Tag.objects.filter(pk__in=request.session["selected_tag_ids"].split(","))
        away = list(tags.exclude(pk=kept.pk) if kept else tags)
        if not away:  # into itself
            return redirect("admin:taggit_tag_changelist")
        if kept:  # the stock view would take the kept one away from what carries it
            request.session["selected_tag_ids"] = ",".join(str(tag.pk) for tag in away)
        response = super().merge_tags_view(request)
        if request.method == "POST" and "selected_tag_ids" not in request.session:  # it was done
            leave_address(away, kept=Tag.objects.get(name=request.POST["new_tag_name"].strip()))
        return response
