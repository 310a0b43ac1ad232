"""The addresses of sources, those that fail first."""

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.admin import ReadOnly, WideList
from common.templatetags.portal import web_address, when
from initiatives.links.registration import make_due, public_sources, waiting_sources
from initiatives.models import Initiative, Link, Submission
from initiatives.models.link import LinkProblem, LinkState

SHAPES = {
    LinkState.UNKNOWN: "○",
    LinkState.WORKS: "✓",
    LinkState.FAILS: "✕",
    LinkState.NOT_ALLOWED: "–",
    LinkState.REFUSED: "–",
}


BREAK = mark_safe("<br>")  # noqa: S308 (ours)


class StateFilter(admin.SimpleListFilter):
    """By state; those that fail unless another is asked for."""

    title = _("state")
    parameter_name = "state"
    ALL = "all"

    def lookups(self, request, model_admin):
        others = [choice for choice in LinkState.choices if choice[0] != LinkState.FAILS]
        return [(self.ALL, _("All")), *((value, capfirst(label)) for value, label in others)]

    def queryset(self, request, queryset):
        if self.value() in LinkState.values:
            return queryset.filter(state=self.value())
        return queryset if self.value() == self.ALL else queryset.filter(failing_since__isnull=False)

    def choices(self, changelist):
        default, *others = super().choices(changelist)
        yield {**default, "display": capfirst(LinkState.FAILS.label)}
        yield from others


class ProblemFilter(admin.SimpleListFilter):
    """By problem, of those that there are."""

    title = _("problem")
    parameter_name = "problem"

    def lookups(self, request, model_admin):
        there = set(Link.objects.exclude(problem="").order_by().values_list("problem", flat=True).distinct())
        return [(value, capfirst(label)) for value, label in LinkProblem.choices if value in there]

    def queryset(self, request, queryset):
        return queryset.filter(problem=self.value()) if self.value() else queryset


@admin.register(Link)
class LinkAdmin(ReadOnly, WideList, admin.ModelAdmin):
    """Nothing is edited here: what stands in a source changes by corrections, the rest is found out."""

    list_display = ["address", "state_in_words", "since", "failures", "used_by", "checked"]
    list_display_links = ["address"]
    list_filter = [StateFilter, ProblemFilter]
    search_fields = ["url", "title"]
    ordering = [F("failing_since").asc(nulls_last=True), "pk"]
    fields = [
        "visit",
        "state_in_words",
        ("http_status", "final_url"),
        ("title", "dated"),
        ("since", "failures"),
        ("checked", "due"),
        "initiatives",
        "submissions",
    ]
    actions = ["check_again"]
    show_full_result_count = False
    list_per_page = 50

    class Media:
        css = {"all": ["css/admin-portal.css"]}

    def has_check_permission(self, request):
        return request.user.has_perm("initiatives.change_link")

    def get_readonly_fields(self, request, obj=None):
        return flatten(self.get_fields(request, obj))

    def get_queryset(self, request):
        each = public_sources().filter(link=OuterRef("pk")).order_by().values("link")
        count = Subquery(each.annotate(count=Count("initiative", distinct=True)).values("count"))
        return super().get_queryset(request).annotate(uses=Coalesce(count, 0))

    @admin.display(description=_("web address"), ordering="url")
    def address(self, link):
        return format_html('<bdi dir="ltr">{}</bdi><br><span class="quiet" dir="auto">{}</span>', link.url, link.title)

    @admin.display(description=_("web address"))
    def visit(self, link):
        url = web_address(link.url)
        return format_html('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>', url, link.url)

    @admin.display(description=_("state"), ordering="state")
    def state_in_words(self, link):
        words = link.get_problem_display() or link.get_state_display()
        if link.http_status and link.problem:
            words = f"{words} ({link.http_status})"
        return format_html('<span aria-hidden="true">{}</span> {}', SHAPES[link.state], capfirst(words))

    @admin.display(description=_("failing since"), ordering="failing_since")
    def since(self, link):
        return when(link.failing_since.date()) if link.failing_since else "–"

    @admin.display(description=_("checked"), ordering="checked_at")
    def checked(self, link):
        return when(link.checked_at.date()) if link.checked_at else "–"

    @admin.display(description=_("next check"), ordering="due_at")
    def due(self, link):
        return when(link.due_at.date())

    @admin.display(description=_("initiatives"), ordering="uses")
    def used_by(self, link):
        return link.uses

    @admin.display(description=_("initiatives that give it"))
    def initiatives(self, link):
        rows = Initiative.objects.filter(pk__in=public_sources().filter(link=link).values("initiative"))
        return _listed("initiative", ((row.pk, row.language_code, f"{row.reference} {row.title}") for row in rows))

    @admin.display(description=_("submissions that give it and wait"))
    def submissions(self, link):
        rows = Submission.objects.filter(pk__in=waiting_sources().filter(link=link).values("submission"))
        return _listed("submission", ((row.pk, row.language_code, str(row)) for row in rows))

    @admin.action(description=_("Check again now"), permissions=["check"])
    def check_again(self, request, queryset):
        done = make_due(queryset)
        words = ngettext(
            "%(count)d link is next in turn. It is asked for as soon as its host may be asked.",
            "%(count)d links are next in turn. Each is asked for as soon as its host may be asked.",
            done,
        )
        self.message_user(request, words % {"count": done}, messages.SUCCESS)


def _listed(model: str, rows) -> SafeString | str:
    """Links to pages of the admin."""
    items = [(reverse(f"admin:initiatives_{model}_change", args=[key]), code, text) for key, code, text in rows]
    return format_html_join(BREAK, '<a href="{}"><bdi lang="{}">{}</bdi></a>', items) or "–"
