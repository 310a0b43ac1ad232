import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.models import StakeholderType
from countries.models import Country
from initiatives.models.content import Attachment, Content, Source
from initiatives.querysets import SubmissionQuerySet
from initiatives.vocabulary import Origin, SubmissionStatus, Suspicion
from moderation.models import Moderated

_WAITING = (SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW)


class Submission(Content, Moderated):
    """What somebody proposes to publish. Nobody but its author, confirmed colleagues and moderators reads it."""

    Status = SubmissionStatus

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)  # its address; not guessable
    status = models.CharField(
        _("status"), max_length=20, choices=SubmissionStatus, default=SubmissionStatus.DRAFT, editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions", verbose_name=_("author")
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("initiative"),
        help_text=_("The published initiative that this corrects, or that came of it."),
    )
    # Tags become shared rows when somebody has looked at them: at publication.
    tag_names = ArrayField(models.CharField(max_length=50), verbose_name=_("tags"), default=list, blank=True)

    # An organisation that is missing: made when the submission is sent.
    organisation_name = models.CharField(_("name of the organisation"), max_length=200, blank=True)
    organisation_type = models.CharField(_("type"), max_length=20, choices=StakeholderType, blank=True)
    organisation_country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country or territory")
    )

    # Private: in no page of the public, API, export, feed or notification.
    contributor_name = models.CharField(_("your name"), max_length=100, blank=True)
    contributor_role = models.CharField(_("your role"), max_length=100, blank=True)
    contributor_email = models.EmailField(_("your e-mail"), blank=True)
    consent_at = models.DateTimeField(_("consent"), null=True, blank=True)

    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.FORM)
    source_dataset = models.CharField(_("dataset"), max_length=50, blank=True)
    source_id = models.CharField(_("number in the dataset"), max_length=100, blank=True)
    provenance_note = models.TextField(_("note on provenance"), blank=True)

    # Every save counts one up; who saves over a newer text than they saw is told (services.save_draft).
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("text by")
    )
    edited_by_staff = models.BooleanField(_("edited by the secretariat since it was sent"), default=False)
    is_another_one = models.BooleanField(
        _("another measure than those that look like it"), default=False, help_text=_("So says the contributor.")
    )
    suspicions = ArrayField(
        models.CharField(max_length=20, choices=Suspicion), verbose_name=_("look twice"), default=list, editable=False
    )
    warned_at = models.DateTimeField(_("told that it will be deleted"), null=True, editable=False)

    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("claimed by")
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_dataset", "source_id"],
                condition=~models.Q(source_id=""),
                name="submission_once_per_dataset_row",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=SubmissionStatus.values), name="submission_status_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "submitted_at", "id"], name="submission_queue"),
            # What waits, oldest first: one index for each kind of the queue on the admin's start page.
            models.Index(
                fields=["submitted_at", "id"],
                name="submission_new_waiting",
                condition=models.Q(status__in=_WAITING, initiative__isnull=True),
            ),
            models.Index(
                fields=["submitted_at", "id"],
                name="submission_correction_waiting",
                condition=models.Q(status__in=_WAITING, initiative__isnull=False),
            ),
            models.Index(fields=["author", "-id"], name="submission_of_author"),
            models.Index(fields=["held_until"], name="submission_held", condition=models.Q(held_until__isnull=False)),
            models.Index(fields=["updated_at"], name="submission_draft", condition=models.Q(status="draft")),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="submission_title_trigrams"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled draft"))

    @property
    def shown_status(self) -> SubmissionStatus:
        """The status as contributors may know it: a held decision can still be undone, so they do not know of it."""
        return SubmissionStatus.IN_REVIEW if self.is_held else SubmissionStatus(self.status)


class RevisionKind(models.TextChoices):
    SENT = "sent", _("as it was sent")
    REPLACED = "replaced", _("replaced by somebody else's text")
    SET_ASIDE = "set_aside", _("set aside, because a newer text was there")
    EDITED = "edited", _("edited by the secretariat")


class SubmissionRevision(models.Model):
    """A text of a submission that is not its text any more, or may become so: nothing that somebody typed is lost."""

    Kind = RevisionKind

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("revision"))
    kind = models.CharField(_("kind"), max_length=10, choices=RevisionKind)
    content = models.JSONField(_("content"))  # as initiatives.schema.draft_content makes it
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    saved_by_name = models.CharField(_("by, as named then"), max_length=100)
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.submission_id} r{self.number} {self.kind}"


class SubmissionSource(Source):
    """A source of a submission."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="sources")


class SubmissionAttachment(Attachment):
    """A file of a submission."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="attachments")
