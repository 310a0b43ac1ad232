"""The queue: what waits for a moderator, and the page on which it is decided."""

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from initiatives import duplicates
from initiatives.admin import background, comparisons, facts
from initiatives.admin.filters import ClaimFilter, CorrectionFilter, RegionFilter, SuspicionFilter
from initiatives.admin.staff_edit import StaffEdits
from initiatives.models import Initiative, Submission
from initiatives.queue import countries_of, membership_words, regions_of, suspicion_words
from initiatives.services import editions
from initiatives.vocabulary import SubmissionStatus, Suspicion
from moderation.admin import ModeratedAdmin
from moderation.attempts import moment
from moderation.models import Decision


@admin.register(Submission)
class SubmissionAdmin(StaffEdits, ModeratedAdmin):
    """Submissions but drafts, oldest first."""

    staff_moves = ("claim", "release", "approve", "request_changes", "reject", "mark_as_spam")
    waiting_statuses = (SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW)
    hidden_statuses = (SubmissionStatus.DRAFT,)  # their authors' business until they are sent
    decision_template = "initiatives/admin/submission.html"
    list_display = ["name", "age", "places", "theme", "sender", "claimed_by"]
    list_filter = [
        ClaimFilter,
        CorrectionFilter,
        SuspicionFilter,
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
        """The title, then what it is: new or a correction, in which language, from where; and why to look twice."""
        title = submission.title or gettext("(no title)")
        kind = gettext("correction") if submission.initiative_id else gettext("new")
        what = (kind, submission.get_language_display(), submission.get_origin_display())
        marks = format_html_join(
            " ", '<span class="queue-mark">{}</span>', ((one,) for one in suspicion_words(submission))
        )
        title = format_html('<bdi lang="{}">{}</bdi>', submission.language_code, title)
        return format_html("{} {}", two_lines(title, what), marks)

    @admin.display(description=_("waits"), ordering="submitted_at")
    def age(self, submission):
        return timesince(submission.submitted_at, depth=1) if submission.submitted_at else "–"

    @admin.display(description=_("country or territory, region"))
    def places(self, submission):
        countries, region = countries_of(submission), regions_of(submission)
        return two_lines(countries, [region]) if countries else region or submission.get_scope_display()

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def sender(self, submission):
        """Its name, then the marks that matter for trust, in words."""
        if not submission.organisation:
            return "–"
        marks = [gettext("✓ verified")] if submission.organisation.is_verified else []
        return two_lines(submission.organisation.name, [*marks, *membership_words(submission)])

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
        prefetch_related_objects([subject], "sources__link", "attachments")
        return {
            "proposed": facts.read(subject, subject.tag_names),
            "sources": subject.sources.all(),
            "attachments": subject.attachments.all(),
            "regions": regions_of(subject),
            "look_twice": suspicion_words(subject),
            "duplicates": self._duplicates(request, subject),
            "is_suspected": Suspicion.DUPLICATE in subject.suspicions,
            "may_edit_text": self.may_edit_text(request, subject),
            "text_urls": {name: self._text_url(request, subject, name) for name in ("edit", "discard", "confirm")},
            **comparisons.of(subject),
            **self._others_at_work(subject),
            **background.of(subject, request.user),
        }

    def not_among_many(self, subject, move) -> str:
        """A correction is approved with the comparison before one's eyes where something came between."""
        if move.name != "approve" or subject.initiative_id is None:
            return ""
        if editions.rivals_of(subject).exists():
            return gettext("Another correction of the same initiative waits: decide on each alone.")
        if editions.is_behind(subject):
            return gettext("The public text has changed since it was sent: decide on it alone.")
        return ""

    def _others_at_work(self, subject) -> dict:
        """What else corrects the same initiative, and the version that was public when this correction was sent."""
        waits = subject.status in self.waiting_statuses or subject.is_held
        if subject.initiative_id is None or not waits:
            return {}
        behind = editions.version_when_sent(subject) if editions.is_behind(subject) else 0
        return {"sent_at_version": behind, "rivals": list(editions.rivals_of(subject).select_related("author"))}

    def _duplicates(self, request, subject) -> list[duplicates.Match]:
        """What may be the same measure: for what is new and waits, and wherever the page says that there is some."""
        waits = subject.status in self.waiting_statuses and subject.initiative_id is None
        wanted = waits or Suspicion.DUPLICATE in subject.suspicions
        return duplicates.likely_for(subject, reader=request.user) if wanted else []

    def _text_url(self, request, subject, name: str) -> str:
        return self.with_filters(self._url(name, subject.pk), self.list_filters(request))


def _about(model, keys) -> Q:
    return Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)


def two_lines(first: str, second: Iterable[str]) -> SafeString:
    """Return `first` with the parts of `second` quietly below it."""
    below = format_html_join(" · ", "{}", ((part,) for part in second if part))
    return format_html('{}<br><span class="quiet">{}</span>', first, below)
