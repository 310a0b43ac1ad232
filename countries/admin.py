from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from countries.models import Country


@admin.register(Country)
class CountryAdmin(admin.ModelAdmin):
    """Names, region and flags are editable; entries come and go with ISO, by the load."""

    list_display = ["iso2", "name_en", "region", "itu_member", "ldc", "lldc", "sids"]
    list_filter = ["region", "itu_member", "ldc", "lldc", "sids"]
    search_fields = ["iso2", "iso3", "name_en", "name_fr", "name_es", "name_ar", "name_zh", "name_ru"]
    readonly_fields = ["iso2", "iso3", "m49"]
    fieldsets = [
        (None, {"fields": ["iso2", "iso3", "m49"]}),
        (_("Names"), {"fields": ["name_en", "name_fr", "name_es", "name_ar", "name_zh", "name_ru"]}),
        (_("Groups"), {"fields": ["region", "itu_member", "ldc", "lldc", "sids"]}),
        (_("Map"), {"fields": ["latitude", "longitude"]}),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
