from django.db import models
from django.db.models import Func
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _


def _number(transaction: Func) -> Cast:
    """An xid8 as a number, which it becomes by way of text."""
    return Cast(Cast(transaction, models.TextField()), models.BigIntegerField())


class Change(models.Model):
    """That what the public sees of an initiative has changed, written by triggers; `initiatives.changes` reads it.

    Rows are forgotten after some hours. `initiative` bears no foreign key: a row may outlive what it is about.
    """

    initiative = models.BigIntegerField(null=True)  # its number; 0: of none; None: of all of them
    # As the database counts them: the row's own transaction, and the oldest one that was open when it was written. All
    # before that one had ended, so of them nothing more can come.
    transaction = models.BigIntegerField(db_default=_number(Func(function="pg_current_xact_id")))
    open_from = models.BigIntegerField(
        db_default=_number(Func(Func(function="pg_current_snapshot"), function="pg_snapshot_xmin"))
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
