from django.db import models
from django.db.models import Func
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """That what the public sees of an initiative has changed, written by triggers; `initiatives.changes` reads it.

    Rows are forgotten after some hours. `initiative` bears no foreign key: a row may outlive what it is about.
    """

    initiative = models.BigIntegerField(null=True)  # its number; 0: of none; None: of all of them
    transaction = models.BigIntegerField(  # as the database counts them; xid8 becomes a number by way of text
        db_default=Cast(Cast(Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField())
    )
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [
            models.Index(fields=["transaction"], name="change_transaction"),
            models.Index(fields=["made_at"], name="change_made_at"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative or 'all'} in {self.transaction}"
