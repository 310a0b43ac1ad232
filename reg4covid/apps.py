"""What the roof brings to Django: its checks, and the admin under the portal's own rules."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _
from taggit.apps import TaggitAppConfig


class RoofConfig(AppConfig):
    name = "reg4covid"
    label = "roof"

    def ready(self):
        import_module("reg4covid.checks")
        import_module("reg4covid.api.jobs")


class PortalAdminConfig(SimpleAdminConfig):
    """Django's admin; it finds every room's `admin` itself, because `leaflet.admin` cannot be imported without GDAL."""

    default_site = "reg4covid.admin.PortalAdminSite"

    def ready(self):
        super().ready()
        for config in apps.get_app_configs():
            if config.name not in ("leaflet", "reg4covid") and module_has_submodule(config.module, "admin"):
                import_module(f"{config.name}.admin")


class StaticConfig(StaticFilesConfig):
    """Static files, without those of the packages that no page of ours uses."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("redoc", "oauth2-redirect.*", "swagger-ui-standalone-preset.*", "swagger-ui-bundle.js.map"),
    ]


class TagsConfig(TaggitAppConfig):
    """The tags, called in the admin what everybody calls them."""

    verbose_name = _("Tags")
