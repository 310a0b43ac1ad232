"""People, organisations, and who speaks for which organisation."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.handles import FormerHandle, validate_handle  # noqa: F401 (a model)
from accounts.querysets import MembershipQuerySet, OrganisationQuerySet, UserManager
from common.validators import validate_domain, validate_web_address
from countries.models import Country


class StakeholderType(models.TextChoices):
    POLICY_MAKER = "policy_maker", _("policy maker")
    REGULATOR = "regulator", _("regulator")
    OPERATOR = "operator", _("operator")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    INTERNATIONAL_AGENCY = "international_agency", _("international agency")
    ACADEMIA = "academia", _("academia")
    PRIVATE_SECTOR = "private_sector", _("other private sector")
    OTHER = "other", _("other")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address, which is never public; the name and the handle are."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name shown in public"), max_length=100)
    handle = models.CharField(
        _("handle"), max_length=30, unique=True, validators=[validate_handle], help_text=_("For mentions, without @.")
    )
    language = models.CharField(_("language of mails"), max_length=10, default="en")
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_system = models.BooleanField(
        _("system account"), default=False, help_text=_("A machine: it cannot sign in, and counts in no statistic.")
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "handle"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.handle

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Organisation(models.Model):
    """A ministry, regulator, operator, association or agency in whose name measures are shared."""

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=50, blank=True)
    stakeholder_type = models.CharField(_("stakeholder type"), max_length=20, choices=StakeholderType)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("country or territory"),
        help_text=_("None for international organisations."),
    )
    domain = models.CharField(
        _("web domain"),
        max_length=253,
        blank=True,
        validators=[validate_domain],
        help_text=_("Registered by staff: a confirmed e-mail there confirms a membership. Example: regulator.example"),
    )
    website = models.CharField(_("website"), max_length=500, blank=True, validators=[validate_web_address])
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    accepted_at = models.DateTimeField(
        _("accepted"), null=True, blank=True, help_text=_("Empty: proposed by a contributor and offered to nobody yet.")
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    # A duplicate stays as a row, so that its name and its address lead to the one that was kept.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    merged_at = models.DateTimeField(_("merged"), null=True, editable=False)
    merged_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("merged by")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), "country", name="organisation_name_unique_in_country", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(merged_into=None, merged_at=None)
                | models.Q(merged_into__isnull=False, merged_at__isnull=False),
                name="organisation_merged_has_a_date",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="organisation_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at", "id"], name="organisation_proposed", condition=models.Q(accepted_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def kept(self) -> "Organisation":
        """The organisation itself, or the one that it was merged into."""
        return self.merged_into if self.merged_into_id else self


class Membership(models.Model):
    """That a person asks to speak for an organisation, and what came of it. Its past is in `MembershipChange`."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("requested")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
        help_text=_("Empty where an e-mail on the organisation's domain confirmed it."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once_per_person"),
            models.CheckConstraint(
                condition=models.Q(status__in=["requested", "refused"], confirmed_at=None)
                | models.Q(status="confirmed", confirmed_at__isnull=False)
                | models.Q(status="ended"),
                name="membership_confirmed_has_a_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["requested_at", "id"], name="membership_requested", condition=models.Q(status="requested")
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"

    @property
    def is_confirmed(self) -> bool:
        return self.status == self.Status.CONFIRMED

    @property
    def is_requested(self) -> bool:
        return self.status == self.Status.REQUESTED

    @property
    def is_current(self) -> bool:
        return self.is_requested or self.is_confirmed

    @property
    def is_confirmed_by_domain(self) -> bool:
        return self.is_confirmed and self.confirmed_by_id is None


class MembershipChange(models.Model):
    """One step of a membership, with the reason told. It goes when the person leaves; OrganisationDecision stays."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="changes", verbose_name=_("membership"))
    became = models.CharField(_("became"), max_length=10, choices=Membership.Status)
    by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty where an e-mail on the organisation's domain did it."),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of a membership")
        verbose_name_plural = _("steps of memberships")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(became__in=Membership.Status.values), name="membership_change_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_became_display()}"


class OrganisationDecision(models.Model):
    """What was decided on an organisation, or on who speaks for it. A trigger refuses its update and deletion.

    It names no member: `person` leads to their row, which says nothing of whoever left.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        VERIFIED = "verified", _("mark “verified” given")
        UNVERIFIED = "unverified", _("mark “verified” taken away")
        MERGED = "merged", _("merged into another one")
        MEMBER_CONFIRMED = "member_confirmed", _("membership confirmed")
        MEMBER_REFUSED = "member_refused", _("membership refused")
        MEMBER_ENDED = "member_ended", _("membership ended")

    kind = models.CharField(_("decision"), max_length=20, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="decisions", verbose_name=_("organisation")
    )
    organisation_name = models.CharField(_("organisation, as named then"), max_length=200)
    merged_into = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("merged into")
    )
    merged_into_name = models.CharField(_("merged into, as named then"), max_length=200, blank=True)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("member"))
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
        help_text=_("Empty where nobody did it: an e-mail on the domain, or the approval of what it sent."),
    )
    decided_by_name = models.CharField(_("by, as named then"), max_length=100, blank=True)
    decided_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("decision on an organisation")
        verbose_name_plural = _("decisions on organisations")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["organisation", "-id"], name="org_decision_of_organisation"),
            models.Index(fields=["decided_at"], name="org_decision_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organisation_name}"

    @property
    def who(self) -> str:
        """Who decided, as named then; what did it where nobody decided."""
        if self.decided_by_name:
            return self.decided_by_name
        by_approval = self.kind == self.Kind.ACCEPTED
        return str(_("approval of what it sent") if by_approval else _("e-mail on the domain"))
