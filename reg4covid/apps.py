"""What the roof brings to Django: its checks, and the admin under the portal's own rules."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _
from taggit.apps import TaggitAppConfig

# Of the packages' static files: what no page of ours uses, eight megabytes to compress
UNUSED = ("redoc", "oauth2-redirect.*", "swagger-ui-standalone-preset.*", "swagger-ui-bundle.js.map")


class RoofConfig(AppConfig):
    name = "reg4covid"
    label = "roof"

    def ready(self):
        import_module("reg4covid.checks")
        import_module("reg4covid.api.jobs")
        static = apps.get_app_config("staticfiles")
        static.ignore_patterns = [*static.ignore_patterns, *UNUSED]


class PortalAdminConfig(SimpleAdminConfig):
    """Django's admin; it finds every room's `admin` itself, because `leaflet.admin` cannot be imported without GDAL."""

    default_site = "reg4covid.admin.PortalAdminSite"

    def ready(self):
        super().ready()
        for config in apps.get_app_configs():
            if config.name not in ("leaflet", "reg4covid") and module_has_submodule(config.module, "admin"):
                import_module(f"{config.name}.admin")


class TagsConfig(TaggitAppConfig):
    """The tags, called in the admin what everybody calls them."""

    verbose_name = _("Tags")
