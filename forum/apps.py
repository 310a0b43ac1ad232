from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "forum"
    verbose_name = _("Forum")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts.leaving import left
        from forum import about, jobs, queue, workflow  # noqa: F401 (models are needed first)
        from forum.services import leaving, renewing  # noqa: F401
        from initiatives import discussions

        discussions.offer(about.PLACE)
        workflow.register_all()
        queue.register_all()
        left.connect(leaving.forget_person, dispatch_uid="forum")
