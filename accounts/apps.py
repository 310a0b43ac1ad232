from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and organisations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from allauth.account.signals import email_confirmed

        from accounts import services

        def on_email_confirmed(sender, email_address, **kwargs):
            services.confirm_by_domain(user=email_address.user)

        email_confirmed.connect(on_email_confirmed, dispatch_uid="accounts", weak=False)
