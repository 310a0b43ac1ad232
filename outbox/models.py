"""What the portal sends, and what it does again and again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outbox.querysets import JobQuerySet, LetterQuerySet


class LetterState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    UNCERTAIN = "uncertain", _("uncertain: perhaps sent")
    FAILED = "failed", _("given up")
    STOPPED = "stopped", _("stopped by staff")


UNDECIDED = (LetterState.UNCERTAIN, LetterState.FAILED)  # staff send it again, or stop it


class Letter(models.Model):
    """One mail to one person, from the moment it is written until it is forgotten.

    It is written in the transaction of what it tells of, and anew when it leaves, where it has a kind. It is marked as
    being sent in a transaction of its own before the mail server hears of it: what a crash leaves so becomes uncertain,
    and only people send it again.
    """

    State = LetterState

    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.WAITING)
    # At most one letter per occasion and person, e.g. "decision-17-42"; empty where there is no such limit.
    occasion = models.CharField(_("occasion"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=30, blank=True)  # of those that are written anew (outbox.anew)
    about = models.JSONField(_("what it is about"), default=dict, blank=True)  # for whoever writes it: numbers of rows
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    recipient = models.EmailField(_("to"), max_length=320)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"), blank=True)  # emptied when it is no longer needed: letters carry codes
    headers = models.JSONField(_("further headers"), default=dict, blank=True)
    is_secret = models.BooleanField(_("carries a code"), default=False)
    priority = models.SmallIntegerField(_("priority"), default=0)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    due_at = models.DateTimeField(_("next try"))
    sending_since = models.DateTimeField(_("being sent since"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    problem = models.TextField(_("last problem"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["occasion"], condition=~Q(occasion=""), name="letter_once_per_occasion"),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="letter_due", condition=Q(state="waiting")),
            models.Index(fields=["state", "-id"], name="letter_by_state"),
        ]

    def __str__(self) -> str:
        return self.subject


class Job(models.Model):
    """How a recurring job fares. What it does and how often, the code says: `outbox.jobs.recurring`."""

    name = models.CharField(_("name"), max_length=100, primary_key=True)
    is_paused = models.BooleanField(_("paused"), default=False)
    due_at = models.DateTimeField(_("next run"))
    started_at = models.DateTimeField(_("last start"), null=True, blank=True)
    finished_at = models.DateTimeField(_("last end"), null=True, blank=True)
    outcome = models.CharField(_("last outcome"), max_length=300, blank=True)
    problem = models.TextField(_("last problem"), blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("recurring job")
        verbose_name_plural = _("recurring jobs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name.replace("_", " ")

    @property
    def has_begun(self) -> bool:
        """Whether it runs now, or was killed while it ran."""
        return bool(self.started_at and (self.finished_at is None or self.finished_at < self.started_at))
