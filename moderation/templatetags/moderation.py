"""The record of decisions in words."""

from django import template
from django.contrib.admin import site
from django.contrib.contenttypes.models import ContentType

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


@register.simple_tag(takes_context=True)
def waiting_queues(context) -> list[dict]:
    """Return the queues of this person: what they hold, how many wait, and where."""
    from moderation.admin import ModeratedAdmin  # the admin imports this module

    request = context["request"]
    admins = (admin for admin in site._registry.values() if isinstance(admin, ModeratedAdmin))
    return [
        {"name": admin.opts.verbose_name_plural, "count": admin.waiting_count(request), "url": admin.list_url()}
        for admin in admins
        if admin.waiting_statuses and admin.has_view_permission(request)
    ]
