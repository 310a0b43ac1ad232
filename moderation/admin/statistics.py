"""Statistics of moderation: what waits, how much is decided and how fast; each table a file as well."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import is_administrator
from common.charts import Bar, bars
from common.csv import csv_response
from moderation.admin.log_form import day_field
from moderation.admin.weeks import charts, week_headings, week_rows
from moderation.figures import Figures, Period, breakdowns_of, counted_models, figures
from moderation.models import Moderated, Reason
from moderation.queue import Queue
from moderation.workflow import workflow_of

WEEKS = (12, 26, 52)
DAYS_MAX = 3 * 366


@dataclass(frozen=True)
class Table:
    """Numbers of decisions by something, drawn with a bar for each line; `name` is that of its file."""

    name: str
    title: Any
    heading: Any
    bars: Sequence[Bar]
    note: Any = ""


class PeriodForm(forms.Form):
    """The last weeks, or from one day to another; days go before weeks. Without an answer: the shortest."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    weeks = forms.ChoiceField(
        label=_("Weeks"), required=False, choices=[(str(number), _("the last %d weeks") % number) for number in WEEKS]
    )
    since = day_field(_("or from"))
    until = day_field(_("to"))

    def __init__(self, data) -> None:
        super().__init__(data, auto_id="period-%s")
        self.models = {model._meta.label_lower: model for model in counted_models()}
        self.fields["kind"].choices = [(name, model._meta.verbose_name_plural) for name, model in self.models.items()]
        if len(self.models) == 1:
            self.fields["kind"].widget = forms.HiddenInput()

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if not since and not until:
            return
        if not since:
            self.add_error("since", _("Say from which day."))
        elif since > (until or timezone.localdate()):
            self.add_error("until" if until else "since", _("The first day comes after the last."))
        elif ((until or timezone.localdate()) - since).days > DAYS_MAX:
            self.add_error("since", _("Choose at most three years."))

    @property
    def period(self) -> Period:
        given = self.cleaned_data
        if given.get("since") and not self.errors:
            return Period(given["since"], given.get("until") or timezone.localdate())
        return Period.of_last(int(given.get("weeks") or WEEKS[0]))

    @property
    def model(self) -> type[Moderated]:
        return self.models.get(self.cleaned_data.get("kind"), next(iter(self.models.values())))


class DecisionStatistics:
    """The part of the decision log's admin that counts."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.statistics_view)
        return [path("statistics/", view, name="moderation_statistics"), *super().get_urls()]

    def statistics_view(self, request: HttpRequest) -> HttpResponse:
        """Show the figures of a period; with `table`, send one table of them as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = PeriodForm(request.GET)
        form.is_valid()
        counted = figures(form.model, form.period)
        tables = _tables(form.model, counted, request.user)
        if "table" in request.GET:
            return _file(request.GET["table"], counted, tables, form.period)
        query = request.GET.copy()
        query.pop("table", None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Statistics of moderation"),
            "is_nav_sidebar_enabled": False,
            "media": forms.Media(css={"all": ["css/admin-portal.css", "css/charts.css"]}),
            "form": form,
            "period": form.period,
            "counted": counted,
            "charts": charts(counted.weeks),
            "headings": week_headings(),
            "rows": week_rows(counted.weeks),
            "total": week_rows([counted.total])[0],
            "tables": tables,
            "waiting": _waiting(request.user),
            "all_people": is_administrator(request.user),
            "query": query.urlencode(),
        }
        return TemplateResponse(request, "moderation/statistics.html", context)


def _waiting(user: User) -> list[dict]:
    """Return for each kind how many wait now, and since when the oldest does."""
    found = []
    for count in Queue(user).counts():
        oldest = Queue(user, kind=count.source.kind).positions(1)
        since = oldest[0].since if oldest else None
        found.append({"count": count, "since": since, "age": _age(since) if since else ""})
    return found


def _age(since: datetime.datetime) -> str:
    long = timezone.now() - since >= datetime.timedelta(minutes=1)
    return timesince(since, depth=1) if long else gettext("less than a minute")


def _tables(model: type[Moderated], counted: Figures, user: User) -> list[Table]:
    """Return the tables of decisions by something. Who is no administrator sees their own line of the people's."""
    moves = {name: move.label for name, move in workflow_of(model).moves.items()}
    reasons = {**dict(Reason.objects.values_list("code", "label")), "": _("Without a code")}
    people = [(name, number) for key, name, number in counted.people if key == user.pk or is_administrator(user)]
    return [
        Table("outcome", _("By outcome"), _("Outcome"), _by_number(counted.groups.get("move", {}), moves)),
        Table("reason", _("By reason"), _("Reason"), _by_number(counted.groups.get("reason", {}), reasons)),
        *(
            Table(
                one.name,
                _("By %(what)s") % {"what": str(one.label).lower()},
                one.label,
                _by_number(counted.groups.get(one.name, {}), one.labels()),
                one.note,
            )
            for one in breakdowns_of(model)
        ),
        Table("moderator", _("By moderator"), _("Name at the time"), bars(people), _people_note(user)),
    ]


def _people_note(user: User) -> str:
    """Say what the numbers are for: sharing out work is for administrators, and nobody is ranked for colleagues."""
    words = gettext("This shows how the work is shared, not how good it is: hard cases take longer.")
    return words if is_administrator(user) else f"{words} {gettext('You see your own line; administrators see all.')}"


def _by_number(numbers: dict[str, int], labels) -> list[Bar]:
    """Return the lines, the longest first; a code that nobody knows any more stands for itself."""
    ordered = sorted(numbers.items(), key=lambda one: (-one[1], one[0]))
    return bars((labels.get(code, code), number) for code, number in ordered)


def _file(name: str, counted: Figures, tables: list[Table], period: Period) -> HttpResponse:
    if name == "weeks":
        rows = [week_headings(in_file=True), *(_plain(row) for row in counted.weeks)]
    else:
        table = next((one for one in tables if one.name == name), None)
        if table is None:
            raise Http404
        rows = [[table.heading, gettext("Decisions")], *([str(bar.label), bar.number] for bar in table.bars)]
    return csv_response(rows, f"moderation-{name}-{period.first}-{period.last}.csv")


def _plain(week) -> list[object]:
    hours = [None if value is None else round(value / 3600, 2) for value in (week.median, week.ninetieth)]
    return [week.starts.isoformat(), week.sent, week.sent_first, week.decided, *hours]
