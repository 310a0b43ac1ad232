"""When a measure is complete and coherent: one set of rules for form, launch content and import.

Single values (lengths, codes, addresses, dates) are checked by the fields; this checks what is asked and what
fits together. Error keys are names of form fields.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.models import content as limits
from initiatives.vocabulary import THEME_OF_MEASURE, EndKind, InitiativeStatus, Origin, Scope

Problems = dict[str, list[ValidationError]]

# What everyone must give, and what only people are asked for.
ALWAYS = {
    "collection": _("Choose the collection that this answers."),
    "title": _("Give a title."),
    "summary": _("Write a summary."),
    "language": _("Choose the language of the text."),
    "relation": _("Say how the organisation relates to the measure."),
    "scope": _("Say where the measure applies."),
    "theme": _("Choose a theme."),
    "instrument": _("Choose the kind of instrument."),
    "phase": _("Choose the phase."),
    "end_kind": _("Say whether the measure ends."),
}
FROM_PEOPLE = {
    "starts_on": _("Give the date on which the measure starts; a year is enough."),
    "contributor_name": _("Give your name. It is not published."),
    "contributor_role": _("Give your role. It is not published."),
    "contributor_email": _("Give your e-mail address. It is not published."),
    "consent_at": _("Agree that this will be public."),
}


def problems_of(submission) -> Problems:
    """Return what keeps `submission` (a saved row with its sources and countries) from being sent, by field."""
    problems: Problems = {}
    from_people = submission.origin == Origin.FORM
    for name, message in {**ALWAYS, **(FROM_PEOPLE if from_people else {})}.items():
        if not getattr(submission, f"{name}_id", None) and not getattr(submission, name):
            _add(problems, name, message, "required")
    if from_people:
        _check_organisation(submission, problems)
    if submission.initiative_id and submission.initiative.status == InitiativeStatus.REMOVED:
        _add(problems, "initiative", _("The initiative that this corrects has been removed since."), "removed")
    _check_text(submission, problems)
    _check_dates(submission, problems)
    _check_place(submission, problems)
    _check_choices(submission, problems)
    if not submission.sources.exists():
        _add(problems, "sources", _("Give at least one source with a web address."), "required")
    return problems


def check_ready(submission) -> None:
    """Raise ValidationError with all problems where the submission is not ready for the public."""
    problems = problems_of(submission)
    if problems:
        raise ValidationError(problems)


def _add(problems: Problems, name: str, message, code: str = "invalid") -> None:
    problems.setdefault(name, []).append(ValidationError(message, code=code))


def _check_organisation(submission, problems: Problems) -> None:
    if submission.organisation_id:
        return
    if not submission.organisation_name:
        _add(problems, "organisation", _("Choose your organisation, or name it if it is missing."), "required")
    elif not submission.organisation_type:
        _add(problems, "organisation_type", _("Say what kind of organisation it is."), "required")


def _check_text(submission, problems: Problems) -> None:
    if submission.summary and len(submission.summary) < limits.SUMMARY_MIN:
        message = _("Write at least %(minimum)d characters, so that a reader knows what was done.")
        _add(problems, "summary", message % {"minimum": limits.SUMMARY_MIN}, "min_length")


def _check_dates(submission, problems: Problems) -> None:
    if submission.end_kind == EndKind.DATE and not submission.ends_on:
        _add(problems, "ends_on", _("Give the date on which it ends, or choose another answer."), "required")
    if submission.ends_on and submission.end_kind != EndKind.DATE:
        _add(problems, "ends_on", _("There is an end date, but the answer above says otherwise."))
    if submission.starts_on and submission.ends_on and submission.ends_on < submission.starts_on:
        _add(problems, "ends_on", _("The end lies before the start."), "order")


def _check_place(submission, problems: Problems) -> None:
    count = submission.countries.count()
    if submission.scope == Scope.NATIONAL and count != 1:
        _add(problems, "countries", _("A national measure names one country or territory."))
    if submission.scope == Scope.MULTI_COUNTRY and count < 2:
        _add(problems, "countries", _("Name at least two countries or territories, or choose another scope."))
    if submission.scope == Scope.REGIONAL and not submission.region:
        _add(problems, "region", _("Choose the ITU region."), "required")
    if submission.scope in (Scope.REGIONAL, Scope.GLOBAL) and count:
        _add(problems, "countries", _("A regional or global measure names no countries; choose another scope."))
    if submission.region and submission.scope not in ("", Scope.REGIONAL):
        _add(problems, "region", _("Only a measure of one ITU region names the region."))


def _check_choices(submission, problems: Problems) -> None:
    further = submission.further_themes
    if len(further) > limits.FURTHER_THEMES_MAX:
        _add(problems, "further_themes", _("Choose at most two further themes."), "too_many")
    if submission.theme in further or len(set(further)) != len(further):
        _add(problems, "further_themes", _("A further theme must differ from the other ones."))
    foreign = [code for code in submission.measure_types if THEME_OF_MEASURE.get(code) not in submission.themes]
    if foreign:
        _add(problems, "measure_types", _("Choose measure types of the themes that you chose."))
    if len(submission.measure_types) > limits.MEASURE_TYPES_MAX:
        _add(problems, "measure_types", _("Choose at most five measure types."), "too_many")
    for name in ("target_groups", "technologies"):
        chosen = getattr(submission, name)
        if "not_stated" in chosen and len(chosen) > 1:
            _add(problems, name, _("“Not stated” stands alone."))
