"""The record of decisions in words."""

from django import template
from django.contrib.contenttypes.models import ContentType
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext, ngettext

from moderation.models import Decision
from moderation.workflow import registered

register = template.Library()


def _model(decision: Decision):
    return ContentType.objects.get_for_id(decision.content_type_id).model_class()  # cached, no query per row


@register.filter
def move_label(decision: Decision) -> str:
    """What the button of this move says; the bare name where the workflow has no such move any more."""
    workflow = registered().get(_model(decision))
    move = workflow.moves.get(decision.move) if workflow else None
    return str(move.label if move else decision.move)


@register.filter
def to_label(decision: Decision) -> str:
    return status_label(decision, decision.to_status)


@register.filter
def from_label(decision: Decision) -> str:
    return status_label(decision, decision.from_status)


@register.filter
def other_subject(decision: Decision, subject) -> str:
    """The name of what was decided on, where that is not `subject` itself."""
    here = ContentType.objects.get_for_model(subject).pk == decision.content_type_id
    return "" if here and decision.object_id == subject.pk else decision.subject_name


def status_label(decision: Decision, status: str) -> str:
    model = _model(decision)
    choices = dict(model._meta.get_field("status").flatchoices) if model else {}
    return str(choices.get(status, status))


@register.filter
def with_facts(rows) -> list:
    """The rows, what their subjects tell of themselves fetched for all of them at once."""
    rows = list(rows)
    for model in {type(row.subject) for row in rows}:
        prefetch_related_objects([row.subject for row in rows if type(row.subject) is model], *model.facts_need)
    return rows


@register.simple_tag
def number_of(count) -> str:
    """How many there are, as far as they were counted; `count` has `number` and `more`."""
    number, more = (count["number"], count["more"]) if isinstance(count, dict) else (count.number, count.more)
    return gettext("more than %(number)s") % {"number": intcomma(number)} if more else intcomma(number)


@register.simple_tag
def waiting_words(count: dict) -> str:
    """How many wait, in words."""
    if count["more"]:
        return gettext("More than %(number)s wait.") % {"number": intcomma(count["number"])}
    if not count["number"]:
        return gettext("Nothing waits.")
    words = ngettext("%(number)s waits.", "%(number)s wait.", count["number"])
    return words % {"number": intcomma(count["number"])}
