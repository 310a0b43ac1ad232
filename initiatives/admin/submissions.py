"""The queue: what waits for a moderator, and the page on which it is decided."""

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.rules import has_confirmed_email
from initiatives.admin import facts
from initiatives.admin.filters import ClaimFilter, CorrectionFilter, RegionFilter
from initiatives.models import Initiative, Submission
from initiatives.vocabulary import Origin, Scope, SubmissionStatus
from moderation.admin import ModeratedAdmin
from moderation.attempts import moment
from moderation.models import Decision


@admin.register(Submission)
class SubmissionAdmin(ModeratedAdmin):
    """Submissions but drafts, oldest first."""

    staff_moves = ("claim", "release", "approve", "request_changes", "reject", "mark_as_spam")
    waiting_statuses = (SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW)
    hidden_statuses = (SubmissionStatus.DRAFT,)  # their authors' business until they are sent
    decision_template = "initiatives/admin/submission.html"
    list_display = ["name", "age", "places", "theme", "sender", "claimed_by"]
    list_filter = [
        ClaimFilter,
        CorrectionFilter,
        RegionFilter,
        "theme",
        "collection",
        "language",
        "origin",
    ]
    search_fields = ["title", "organisation__name", "organisation__short_name", "author__name", "author__email"]
    list_select_related = ["organisation", "claimed_by"]
    ordering = ["submitted_at", "pk"]

    def get_queryset(self, request):
        member = Membership.objects.confirmed().filter(user=OuterRef("author"), organisation=OuterRef("organisation"))
        return super().get_queryset(request).annotate(author_is_member=Exists(member)).prefetch_related("countries")

    @admin.display(description=_("title"), ordering="title")
    def name(self, submission):
        """The title, then what it is: new or a correction, in which language, from where."""
        title = submission.title or gettext("(no title)")
        kind = gettext("correction") if submission.initiative_id else gettext("new")
        what = (kind, submission.get_language_display(), submission.get_origin_display())
        return two_lines(format_html('<bdi lang="{}">{}</bdi>', submission.language_code, title), what)

    @admin.display(description=_("waits"), ordering="submitted_at")
    def age(self, submission):
        return timesince(submission.submitted_at, depth=1) if submission.submitted_at else "–"

    @admin.display(description=_("country or territory, region"))
    def places(self, submission):
        countries = ", ".join(sorted(country.name for country in submission.countries.all()))
        region = regions_of(submission)
        return two_lines(countries, [region]) if countries else region or submission.get_scope_display()

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def sender(self, submission):
        """Its name, then the marks that matter for trust, in words."""
        if not submission.organisation:
            return "–"
        marks = [gettext("✓ verified")] if submission.organisation.is_verified else []
        if submission.origin == Origin.FORM:
            marks.append(gettext("member") if submission.author_is_member else gettext("membership not confirmed"))
        return two_lines(submission.organisation.name, marks)

    def hint(self, user, subject) -> str:
        if subject.author_id == user.pk:
            return gettext("You sent this yourself, so a colleague decides.")
        if subject.status == SubmissionStatus.IN_REVIEW and subject.claimed_by_id not in (None, user.pk):
            values = {"who": subject.claimed_by.name, "when": moment(subject.claimed_at)}
            return gettext("%(who)s has claimed it at %(when)s. Release it first if you want to decide.") % values
        return ""

    def related_decisions(self, subject):
        """Those on this submission; for a correction also those on the initiative and on what was sent for it."""
        wanted = _about(Submission, [subject.pk])
        if subject.initiative_id:
            family = Submission.objects.filter(initiative_id=subject.initiative_id)
            wanted |= _about(Submission, family.values("pk")) | _about(Initiative, [subject.initiative_id])
        return Decision.objects.filter(wanted)

    def page_context(self, request, subject) -> dict:
        correction = subject.initiative_id is not None and subject.status != SubmissionStatus.APPROVED
        public = facts.read(subject.initiative, list(subject.initiative.tags.names())) if correction else None
        proposed = facts.read(subject, subject.tag_names, against=public)
        return {
            "proposed": proposed,
            "public": public,
            "changes": facts.changes(proposed, public) if public else [],
            "sources": subject.sources.all(),
            "attachments": subject.attachments.all(),
            "regions": regions_of(subject),
            **self._sender_context(subject),
        }

    def _sender_context(self, subject) -> dict:
        membership = Membership.objects.filter(user=subject.author, organisation=subject.organisation).first()
        sent = Submission.objects.filter(author=subject.author).exclude(status=SubmissionStatus.DRAFT)
        counts = dict(sent.order_by().values_list("status").annotate(Count("pk")))
        return {
            "membership": membership,
            "membership_url": membership and reverse("admin:accounts_membership_change", args=[membership.pk]),
            "email_is_confirmed": has_confirmed_email(subject.author),
            "sent_before": [(status.label, counts[status]) for status in SubmissionStatus if status in counts],
            "is_of_machine_origin": subject.origin != Origin.FORM,
        }


def _about(model, keys) -> Q:
    return Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)


def two_lines(first: str, second: Iterable[str]) -> SafeString:
    """Return `first` with the parts of `second` quietly below it."""
    below = format_html_join(" · ", "{}", ((part,) for part in second if part))
    return format_html('{}<br><span class="quiet">{}</span>', first, below)


def regions_of(content) -> str:
    """Return the regions that the content names, itself or by its countries."""
    if content.scope == Scope.REGIONAL:
        return str(content.get_region_display())
    return ", ".join(
        sorted({str(country.get_region_display()) for country in content.countries.all() if country.region})
    )
