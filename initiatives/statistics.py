"""How decisions on submissions are told apart in the statistics of moderation: by region and by theme."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, Func, OuterRef, Subquery, TextField, Value, When
from django.utils.translation import gettext_lazy as _

from countries.models import Region
from initiatives.models import Submission
from initiatives.vocabulary import Scope, Theme
from moderation.figures import Breakdown, register

WORLD = "world"
CODES = ArrayField(TextField())
_Through = Submission.countries.through


def _array(value) -> Func:
    return Func(value, template="ARRAY[%(expressions)s]::text[]", output_field=CODES)


def _of_submission(codes) -> Subquery:
    return Subquery(Submission.objects.filter(pk=OuterRef("object_id")).values_list(codes)[:1])


def _regions() -> Subquery:
    """The regions of the countries that a submission names, each once; else the one that it is about, or the world."""
    named = _Through.objects.filter(submission_id=OuterRef("pk")).order_by()
    of_countries = ArraySubquery(named.values_list("country__region").distinct())
    itself = When(scope=Scope.REGIONAL, then=_array(F("region")))
    worldwide = When(scope=Scope.GLOBAL, then=_array(Value(WORLD)))
    countries = Func(of_countries, template="(%(expressions)s)::text[]", output_field=CODES)
    return _of_submission(Case(itself, worldwide, default=countries, output_field=CODES))


def _region_labels() -> dict:
    return {**dict(Region.choices), WORLD: _("The world"), "": _("No region")}


def register_all() -> None:
    register(
        Breakdown(
            "region",
            _("Region"),
            Submission,
            _regions(),
            _region_labels,
            _("What names countries of several regions counts once in each."),
        )
    )
    register(
        Breakdown(
            "theme",
            _("Theme"),
            Submission,
            _of_submission(_array(F("theme"))),
            lambda: {**dict(Theme.choices), "": "–"},
        )
    )
