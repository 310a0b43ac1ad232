from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models.board import Board
from forum.querysets import SHOWN_TOPICS, TopicQuerySet
from forum.vocabulary import TopicStatus
from initiatives.models import Initiative
from initiatives.vocabulary import ContentLanguage
from moderation.models import Moderated

TITLE_MIN, TITLE_MAX = 8, 150  # characters
SLUG_MAX = 80
SOURCE_MAX = 100  # characters
PER_PAGE = 20  # posts
TAKEN_SLUGS = frozenset("reply order solution unread follow preview draft quote feed".split())

LISTED = Q(status__in=[TopicStatus.OPEN, TopicStatus.LOCKED], opened_at__isnull=False)


class TopicWords:
    """What a line of a list says of a topic too, of columns of its row."""

    language: str
    status: str
    post_count: int

    @property
    def is_locked(self) -> bool:
        return self.status == TopicStatus.LOCKED

    @property
    def is_shown(self) -> bool:
        """Whether it is neither hidden nor merged."""
        return self.status in SHOWN_TOPICS

    @property
    def reply_count(self) -> int:
        return max(0, self.post_count - 1)

    @property
    def language_code(self) -> str:
        """The code for an HTML `lang` attribute; empty where the language is another one."""
        return "" if self.language == ContentLanguage.OTHER else self.language


class Topic(TopicWords, Moderated):
    """A conversation on a board: posts in the order in which they became public.

    It is there for others once its first post is (`opened_at`). What lists and pages show of its posts stands in the
    row: services.counters keeps it, and makes it anew.
    """

    Status = TopicStatus

    board = models.ForeignKey(Board, models.PROTECT, related_name="topics", verbose_name=_("board"))
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    # Where neutral words stand in its place, for the first post is not public (any more): services.titling.
    kept_title = models.CharField(max_length=TITLE_MAX, blank=True, default="", db_default="", editable=False)
    slug = models.CharField(max_length=SLUG_MAX, editable=False)
    language = models.CharField(_("language"), max_length=5, choices=ContentLanguage)
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about the initiative")
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="topics", verbose_name=_("begun by"))
    # Where it was brought in from, and its number there; empty for what was written here.
    source = models.CharField(_("source"), max_length=SOURCE_MAX, blank=True, default="", editable=False)
    status = models.CharField(_("status"), max_length=10, choices=TopicStatus, default=TopicStatus.OPEN, editable=False)
    is_pinned = models.BooleanField(_("pinned"), default=False, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged")
    took_in = models.TextField(blank=True, default="", db_default="", editable=False)  # titles merged into it, by lines
    split_from = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="split_off")
    solution = models.ForeignKey("forum.Post", models.SET_NULL, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    opened_at = models.DateTimeField(_("public since"), null=True, editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)  # given to a post, never used again
    post_count = models.PositiveIntegerField(_("posts"), default=0, editable=False)  # those that are public
    last_post = models.ForeignKey("forum.Post", models.SET_NULL, null=True, editable=False, related_name="+")
    active_at = models.DateTimeField(_("last post"), null=True, editable=False)
    edition = models.BigIntegerField(default=0, editable=False)  # raised by triggers: names its page (forum.freshness)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)  # dated by a trigger whenever that is raised

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="topic_source_once"),
            models.CheckConstraint(condition=Q(status__in=TopicStatus.values), name="topic_status_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_a_title"),
            models.CheckConstraint(
                condition=~Q(status=TopicStatus.MERGED) | Q(merged_into__isnull=False), name="topic_merged_into_one"
            ),
        ]
        indexes = [
            models.Index(
                fields=["board", "-is_pinned", "-active_at", "-id"], name="topic_by_activity", condition=LISTED
            ),
            models.Index(fields=["-active_at", "-id"], name="topic_newest_activity", condition=LISTED),
            models.Index(fields=["initiative", "-active_at"], name="topic_of_initiative", condition=LISTED),
            models.Index(fields=["author", "-id"], name="topic_of_author"),
            # What the API counts.
            models.Index(fields=["language", "board"], name="topic_counted", include=["solution"], condition=LISTED),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def own_title(self) -> str:
        """The title that its author or a moderator gave it, also where others read neutral words."""
        return self.kept_title or self.title

    @property
    def moderation_name(self) -> str:
        return self.own_title

    @property
    def moderation_facts(self) -> list[str]:
        return [self.board.label, self.author.name]

    facts_need = ("board", "author")

    @property
    def about(self) -> Initiative | None:
        """The initiative that it is about, as long as everybody may know of that."""
        is_gone = self.initiative is None or self.initiative.status == Initiative.Status.REMOVED
        return None if is_gone else self.initiative

    @property
    def origin(self) -> "Topic | None":
        """The topic that it was split off from, as long as whoever may read this one may read that."""
        other = self.split_from
        if other is None or not other.is_listed:
            return None
        return other if other.board_id == self.board_id or not other.board.is_private else None

    @property
    def merged_titles(self) -> list[str]:
        """The titles of public topics whose posts stand here now, in the order in which they came."""
        return self.took_in.split("\n") if self.took_in else []

    @property
    def is_listed(self) -> bool:
        """Whether it is there for whoever may read its board."""
        return self.opened_at is not None and self.is_shown

    @property
    def is_for_all(self) -> bool:
        """Whether it is there for everybody."""
        return self.is_listed and not self.board.is_private

    @property
    def pages(self) -> int:
        """How many pages its posts fill; a page holds the posts of 20 numbers."""
        return max(1, -(-self.last_number // PER_PAGE))

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.pk, self.slug])

    def page_url(self, number: int) -> str:
        """Return the address of the page on which the post `number` is."""
        return self.address_of(page_of(number))

    def address_of(self, page: int) -> str:
        return self.get_absolute_url() + (f"?page={page}" if page > 1 else "")


def slug_of(title: str) -> str:
    """Return what stands for the title in addresses; never a word that means another page of the topic there."""
    slug = slugify(title, allow_unicode=True)[:SLUG_MAX].strip("-") or "topic"
    return f"{slug}-topic" if slug in TAKEN_SLUGS else slug


def page_of(number: int) -> int:
    """Return the page on which the post `number` of a topic is."""
    return max(1, -(-number // PER_PAGE))
