"""Decisions: who moved what from which status to which, when, and why. Append-only, in the database too."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.workflow import Workflow, workflow_of


class Decision(models.Model):
    """One move of one moderated thing. A trigger refuses its update and deletion."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("kind"))
    object_id = models.PositiveBigIntegerField(_("number"))
    subject = GenericForeignKey("content_type", "object_id")
    subject_name = models.CharField(_("name then"), max_length=200)
    move = models.CharField(_("move"), max_length=30)
    from_status = models.CharField(_("from"), max_length=30)
    to_status = models.CharField(_("to"), max_length=30)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions", verbose_name=_("by")
    )
    decided_by_name = models.CharField(_("by, as named then"), max_length=100)
    by_machine = models.BooleanField(_("by a system account"), default=False)
    decided_at = models.DateTimeField(_("when"), auto_now_add=True)
    reason_code = models.CharField(_("reason"), max_length=40, blank=True)
    public_reason = models.TextField(_("reason given to the people concerned"), blank=True)
    private_note = models.TextField(_("note to colleagues"), blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-id"], name="decision_of_subject"),
            models.Index(fields=["decided_by", "-id"], name="decision_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.move}: {self.subject_name}"


class Moderated(models.Model):
    """Base of whatever has a `status` that people decide on; its room registers a workflow for it.

    Only `moderation.services.transition` assigns the status.
    """

    decisions = GenericRelation(Decision)

    class Meta:
        abstract = True

    @property
    def workflow(self) -> Workflow:
        return workflow_of(type(self))

    @property
    def moderation_name(self) -> str:
        """What the record calls this thing, e.g. a title."""
        return str(self)
