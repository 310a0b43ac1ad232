from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Moderation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import_module("moderation.jobs")
        people = import_module("moderation.people")
        people.register_all()
        import_module("accounts.leaving").left.connect(people.forget_duty, dispatch_uid="moderation")
