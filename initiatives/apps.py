from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Initiatives")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts.services import membership_confirmed
        from initiatives import jobs, notifications, workflow  # noqa: F401 (models are needed first)

        workflow.register_all()
        membership_confirmed.connect(notifications.on_membership_confirmed, dispatch_uid="initiatives")
