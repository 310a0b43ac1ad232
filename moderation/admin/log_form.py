"""What the decision log can be narrowed by: one form above the list, one filter that obeys it."""

import datetime

from django import forms
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.dates import EARLIEST_YEAR, LATEST_YEAR
from moderation.models import Reason
from moderation.queue_fields import menu
from moderation.workflow import registered

NO_CODE = "none"  # among reasons: without a code


def day_field(label) -> forms.DateField:
    """A day of a year that a decision can be of; the day after it can still be counted with."""
    limits = {"type": "date", "min": f"{EARLIEST_YEAR}-01-01", "max": f"{LATEST_YEAR}-12-31"}
    widget = forms.DateInput(attrs=limits, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, validators=[_of_a_sensible_year])


def _of_a_sensible_year(day: datetime.date) -> None:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        values = {"first": EARLIEST_YEAR, "last": LATEST_YEAR}
        raise ValidationError(_("The year must lie between %(first)d and %(last)d."), code="date", params=values)


def kinds() -> list[tuple[str, str]]:
    return [(model._meta.label_lower, model._meta.verbose_name) for model in registered()]


def moves() -> list[tuple[str, str]]:
    labels = {name: move.label for workflow in registered().values() for name, move in workflow.moves.items()}
    return list(labels.items())


def reasons() -> list[tuple[str, str]]:
    return [*Reason.objects.values_list("code", "label"), (NO_CODE, _("Without a code"))]


def people(chosen: str) -> list[tuple[str, str]]:
    """Return staff and system accounts, and whoever is chosen: the list links to everybody in it."""
    wanted = Q(is_staff=True) | Q(is_system=True)
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        wanted |= Q(pk=chosen)
    return [
        (str(key), name or handle)
        for key, name, handle in User.objects.filter(wanted).values_list("pk", "name", "handle")
    ]


class LogForm(forms.Form):
    """A value that nobody knows is left out, and the form says so."""

    since = day_field(_("From"))
    until = day_field(_("To"))

    def __init__(self, data) -> None:
        super().__init__(data, auto_id="log-%s")
        self.fields |= {
            "kind": menu(_("Kind"), kinds()),
            "move": menu(_("Move"), moves()),
            "machine": menu(_("Made by"), [("no", _("people")), ("yes", _("system accounts"))]),
            "person": menu(_("Person"), people(data.get("person", ""))),
            "reason": menu(_("Reason"), reasons()),
        }
        self.order_fields(LogFilter.NAMES)

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("Choose a day that is not before the first."))

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is chosen, in words."""
        found = []
        for name, value in self.cleaned_data.items():
            if value:
                words = dict(getattr(self.fields[name], "choices", ())).get(value, value)
                found.append((str(self.fields[name].label), str(words)))
        return found

    @property
    def condition(self) -> Q:
        given = {name: value for name, value in self.cleaned_data.items() if value}
        found = Q()
        for name, value in given.items():
            found &= getattr(self, f"_{name}")(value)
        return found

    def _kind(self, value: str) -> Q:
        model = next(model for model in registered() if model._meta.label_lower == value)
        return Q(content_type=ContentType.objects.get_for_model(model))

    def _move(self, value: str) -> Q:
        return Q(move=value)

    def _machine(self, value: str) -> Q:
        return Q(by_machine=value == "yes")

    def _person(self, value: str) -> Q:
        return Q(decided_by=value)

    def _reason(self, value: str) -> Q:
        return Q(reason_code="" if value == NO_CODE else value)

    def _since(self, value: datetime.date) -> Q:
        return Q(decided_at__gte=_midnight(value))

    def _until(self, value: datetime.date) -> Q:
        return Q(decided_at__lt=_midnight(value + datetime.timedelta(days=1)))


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


class LogFilter(admin.ListFilter):
    """Lets the change list obey the form, which its template draws above the rows."""

    title = _("decisions")
    parameter_names = NAMES = ("since", "until", "kind", "move", "machine", "person", "reason")

    def __init__(self, request, params, model, model_admin) -> None:
        super().__init__(request, params, model, model_admin)
        given = {name: params.pop(name)[-1] for name in self.NAMES if name in params}
        self.used_parameters.update(given)
        self.form = LogForm(given)
        self.form.is_valid()

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str]:
        return list(self.NAMES)

    def choices(self, changelist):
        return ()

    def queryset(self, request, queryset):
        return queryset.filter(self.form.condition)
