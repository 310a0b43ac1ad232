from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Initiatives")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts.leaving import left
        from accounts.merging import organisations_merged
        from accounts.services import membership_confirmed, membership_ended
        from initiatives import jobs, notifications, queue, statistics, workflow  # noqa: F401 (models are needed first)
        from initiatives.services import leaving

        workflow.register_all()
        queue.register_all()
        statistics.register_all()
        membership_confirmed.connect(notifications.on_membership_confirmed, dispatch_uid="initiatives")
        membership_ended.connect(leaving.on_membership_ended, dispatch_uid="initiatives")
        left.connect(leaving.forget_person, dispatch_uid="initiatives")
        organisations_merged.connect(leaving.note_merged, dispatch_uid="initiatives")
