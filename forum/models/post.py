from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models.topic import SOURCE_MAX, Topic
from forum.querysets import PostQuerySet
from forum.vocabulary import PostStatus, Waits
from moderation.models import Moderated

BODY_MAX = 20_000  # characters
NAME_MAX = 80  # characters of a post's beginning, in lists of moderators


class Post(Moderated):
    """What somebody says in a topic, in Markdown. It has a number there from the moment it becomes public."""

    Status = PostStatus

    # Other indexes begin with these, and are the better ones.
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="posts", db_index=False, verbose_name=_("topic"))
    author = models.ForeignKey(User, models.PROTECT, related_name="posts", db_index=False, verbose_name=_("by"))
    number = models.PositiveIntegerField(_("number in the topic"), null=True, editable=False)
    is_first = models.BooleanField(_("begins the topic"), default=False, editable=False)
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    body = models.TextField(_("text"), validators=[MaxLengthValidator(BODY_MAX)])
    html = models.TextField(editable=False)  # made of the body when it was written
    key = models.UUIDField(unique=True, editable=False)  # of the form: sent twice it makes one post
    # Where it was brought in from, and its number there; empty for what was written here.
    source = models.CharField(_("source"), max_length=SOURCE_MAX, blank=True, default="", editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=PostStatus, default=PostStatus.WAITING, editable=False
    )
    waits = ArrayField(models.CharField(max_length=15, choices=Waits), default=list, editable=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    published_at = models.DateTimeField(_("public since"), null=True, editable=False)
    flagged_at = models.DateTimeField(_("flagged since"), null=True, editable=False)  # until a moderator has looked
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)
    revision = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="post_source_once"),
            models.CheckConstraint(condition=Q(status__in=PostStatus.values), name="post_status_is_known"),
            models.CheckConstraint(
                condition=Q(number=None, published_at=None) | Q(number__isnull=False, published_at__isnull=False),
                name="post_has_a_number_since_a_time",
            ),
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once_in_topic"),
            models.UniqueConstraint(fields=["topic"], condition=Q(is_first=True), name="post_one_begins_a_topic"),
        ]
        indexes = [
            models.Index(fields=["created_at", "id"], name="post_waiting", condition=Q(status=PostStatus.WAITING)),
            models.Index(fields=["flagged_at", "id"], name="post_flagged", condition=Q(flagged_at__isnull=False)),
            models.Index(fields=["author", "-id"], name="post_of_author"),
            # What few look at, among all that is public: moderators by status, its author in a topic.
            models.Index(fields=["status", "-id"], name="post_not_public", condition=~Q(status=PostStatus.PUBLIC)),
            models.Index(fields=["author", "topic"], name="post_unseen", condition=~Q(status=PostStatus.PUBLIC)),
            models.Index(
                fields=["topic", "-edited_at"], name="post_edited_in_topic", condition=Q(edited_at__isnull=False)
            ),
            models.Index(fields=["-published_at", "-id"], name="post_newest", condition=Q(status=PostStatus.PUBLIC)),
        ]

    def __str__(self) -> str:
        return self.moderation_name

    @property
    def moderation_name(self) -> str:
        """The beginning of the text."""
        start = " ".join(self.body.split())
        return start if len(start) <= NAME_MAX else start[: NAME_MAX - 1] + "…"

    @property
    def recorded_name(self) -> str:
        """Its place: the record outlives texts that are deleted, and keeps nothing of them nor of a hidden title."""
        title = self.topic.title
        return f"{title} #{self.number}" if self.number else title

    facts_need = ("topic", "author")

    @property
    def moderation_facts(self) -> list[str]:
        return [self.topic.title, self.author.name]

    @property
    def is_public(self) -> bool:
        return self.status == PostStatus.PUBLIC

    @property
    def is_waiting(self) -> bool:
        return self.status == PostStatus.WAITING

    @property
    def anchor(self) -> str:
        """The id of its place on the page: stable, in whichever topic it is."""
        return anchor_of(self.pk)

    def get_absolute_url(self) -> str:
        """The address to link: it finds the post wherever it was moved."""
        return reverse("forum:post", args=[self.pk])


def anchor_of(pk: int) -> str:
    return f"post-{pk}"


class PostRevision(models.Model):
    """An earlier text of a post, kept when it was edited; empty where a moderator has removed it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions", verbose_name=_("post"))
    number = models.PositiveIntegerField(_("version"))
    body = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))
    replaced_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("replaced by"))
    removed_at = models.DateTimeField(_("removed"), null=True, editable=False)

    class Meta:
        verbose_name = _("earlier text of a post")
        verbose_name_plural = _("earlier texts of posts")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="post_revision_once"),
            models.CheckConstraint(condition=Q(removed_at=None) | Q(body=""), name="post_revision_removed_is_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.post} ({self.number})"
