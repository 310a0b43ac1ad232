from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from countries.models import Region
from forum.querysets import BoardQuerySet
from forum.vocabulary import BoardKind
from initiatives.vocabulary import THEME_DESCRIPTIONS, Theme

NAME_MAX, ABOUT_MAX = 80, 300  # characters
# Addresses under /forum/ that are no boards, and what could be taken for one.
RESERVED = "t|p|members|pictures|search|unread|drafts|flags|preview|mine|new|settings"
validate_slug = RegexValidator(
    rf"^(?!({RESERVED})$)[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters a–z, digits and hyphens; some words are taken.")
)


class Board(models.Model):
    """A place for topics: of a theme, of a region, for questions, for announcements, or of a working group.

    Boards of themes and regions are called as these are, in each language; `name` and `about` are for the others.
    """

    slug = models.CharField(_("short name in addresses"), max_length=40, unique=True, validators=[validate_slug])
    kind = models.CharField(_("kind"), max_length=15, choices=BoardKind)
    code = models.CharField(_("theme or region"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=NAME_MAX, blank=True)
    about = models.CharField(_("what it is for"), max_length=ABOUT_MAX, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_private = models.BooleanField(
        _("private"), default=False, help_text=_("Nobody but its members and moderators knows of it.")
    )
    members = models.ManyToManyField(User, verbose_name=_("members"), related_name="boards", blank=True)
    is_closed = models.BooleanField(_("closed"), default=False, help_text=_("No new topics; what is there stays."))
    # What the list of boards shows; services.counters keeps it.
    topic_count = models.PositiveIntegerField(default=0, editable=False)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    last_topic = models.ForeignKey("forum.Topic", models.SET_NULL, null=True, editable=False, related_name="+")
    edition = models.BigIntegerField(default=0, editable=False)  # raised by triggers: names its page (forum.freshness)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BoardKind.values), name="board_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=BoardKind.THEME, code__in=Theme.values)
                | Q(kind=BoardKind.REGION, code__in=Region.values)
                | Q(kind__in=[BoardKind.PEERS, BoardKind.ANNOUNCEMENTS, BoardKind.GROUP], code="") & ~Q(name=""),
                name="board_has_a_name",
            ),
            models.CheckConstraint(condition=Q(is_private=False) | Q(kind=BoardKind.GROUP), name="board_private_group"),
            models.UniqueConstraint(fields=["kind", "code"], condition=~Q(code=""), name="board_once_for_each_code"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name, in the reader's language where it has one."""
        if self.kind == BoardKind.THEME:
            return str(Theme(self.code).label)
        return str(Region(self.code).label) if self.kind == BoardKind.REGION else self.name

    @property
    def description(self) -> str:
        if self.kind == BoardKind.THEME:
            return self.about or str(THEME_DESCRIPTIONS[Theme(self.code)])
        return self.about

    @property
    def is_announcements(self) -> bool:
        """Whether staff alone begin topics there."""
        return self.kind == BoardKind.ANNOUNCEMENTS

    def get_absolute_url(self) -> str:
        return reverse("forum:board", args=[self.slug])
