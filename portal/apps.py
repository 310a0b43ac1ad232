from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from portal import roles  # models are needed first

        # Sent for rooms that have models, which this one has not; once is enough.
        post_migrate.connect(roles.sync, sender=apps.get_app_config("accounts"), dispatch_uid="portal.roles")
