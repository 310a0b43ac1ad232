from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.validators import MAX_URL_LENGTH


class LinkState(models.TextChoices):
    UNKNOWN = "unknown", _("not checked yet")
    WORKS = "works", _("works")
    FAILS = "fails", _("fails")
    NOT_ALLOWED = "not_allowed", _("not checked: the site asks machines to stay away")
    REFUSED = "refused", _("not checked: a private or impossible address")


class Link(models.Model):
    """A web address that sources give, and how it fared when the checker asked for it."""

    State = LinkState

    url = models.CharField(_("web address"), max_length=MAX_URL_LENGTH, unique=True)
    host = models.CharField(_("host"), max_length=253, editable=False)
    state = models.CharField(_("state"), max_length=15, choices=LinkState, default=LinkState.UNKNOWN)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    final_url = models.CharField(_("leads to"), max_length=MAX_URL_LENGTH, blank=True)
    title = models.CharField(_("title there"), max_length=300, blank=True)
    dated = models.DateField(_("date there"), null=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    checked_at = models.DateTimeField(_("checked"), null=True)
    due_at = models.DateTimeField(_("next check"), auto_now_add=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=LinkState.values), name="link_state_is_known")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="link_due"),
            models.Index(fields=["host", "due_at"], name="link_of_host"),
            models.Index(fields=["failing_since"], name="link_failing", condition=Q(failing_since__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.url
