from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CountrymapConfig(AppConfig):
    name = "countrymap"
    verbose_name = _("Country map")
    default_auto_field = "django.db.models.BigAutoField"
