"""Many at once: an action for each move, a page that says what will happen, one reason, a report."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from moderation.attempts import Attempt, attempt, obstacle
from moderation.forms import DecisionForm
from moderation.models import Moderated
from moderation.workflow import Move

MANY_MAX = 500  # rows that one action takes


class ManyAtOnce:
    """The part of ModeratedAdmin that moves several things. Each goes through the one door on its own."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_many"
        return [path("many/", self.admin_site.admin_view(self.many_view), name=name), *super().get_urls()]

    def get_actions(self, request):
        """One action for each move; deciding needs the right to change."""
        actions = super().get_actions(request)
        if self.has_change_permission(request):
            for move in self._moves():
                actions[move.name] = (partial(_ask_about_many, move=move), move.name, move.label)
        return actions

    def many_view(self, request: HttpRequest) -> HttpResponse:
        """Make one move with several things, each through the one door; report those that could not be moved."""
        if request.method != "POST":
            return redirect(self.list_url())
        if not self.has_change_permission(request):
            raise PermissionDenied
        move, form = self._move(request), DecisionForm(request.POST)
        subjects = self._chosen(request)
        if not form.is_valid() or not self._reason_given(move, form):
            return self._many_page(request, move, subjects, form, self.list_filters(request))
        tried = [attempt(subject, move, by=request.user, hint=self.hint, **form.cleaned_data) for subject in subjects]
        return self._report(request, move, tried)

    def _reason_given(self, move: Move, form: DecisionForm) -> bool:
        # `transition` refuses each row without one; asked here, once, so that nothing is tried in vain.
        if move.reason_required and not form.cleaned_data["public_reason"].strip():
            form.add_error("public_reason", _("Give a reason."))
        return not form.errors

    def _report(self, request, move: Move, tried: list[Attempt]) -> HttpResponse:
        made = sum(one.changed for one in tried)
        self.message_user(
            request,
            _("%(move)s: done for %(made)d of %(all)d.") % {"move": move.label, "made": made, "all": len(tried)},
            messages.SUCCESS if made == len(tried) else messages.WARNING,
        )
        if made == len(tried):
            return redirect(self.list_url(self.list_filters(request)))
        rows = [(one.subject, one.words) for one in tried]
        return self._many_response(request, move, {"report": rows}, self.list_filters(request))

    def _many_page(
        self, request, move: Move, subjects: list[Moderated], form: DecisionForm, filters: str
    ) -> HttpResponse:
        rows = [(subject, obstacle(subject, move, by=request.user, hint=self.hint)) for subject in subjects]
        context = {
            "possible": [subject for subject, reason in rows if not reason],
            "impossible": [(subject, reason) for subject, reason in rows if reason],
            "form": form,
            "many_url": self.with_filters(self._url("many"), filters),
        }
        return self._many_response(request, move, context, filters)

    def _many_response(self, request, move: Move, context: dict, filters: str) -> HttpResponse:
        common = {
            **self.admin_site.each_context(request),
            "title": move.label,
            "opts": self.opts,
            "media": self.media,
            "move": move,
            "list_url": self.list_url(filters),
        }
        return TemplateResponse(request, "moderation/many.html", {**common, **context})

    def _chosen(self, request) -> list[Moderated]:
        keys = request.POST.getlist("chosen")
        if not all(key.isdecimal() for key in keys) or len(keys) > MANY_MAX:
            raise BadRequest
        return list(self.get_queryset(request).filter(pk__in=keys).order_by(*self.get_ordering(request) or ["pk"]))


def _ask_about_many(modeladmin: ManyAtOnce, request, queryset, *, move: Move) -> HttpResponse | None:
    """An action of the list: show what will happen and what cannot, and ask for the reason. Changes nothing."""
    subjects = list(queryset[: MANY_MAX + 1])
    if len(subjects) > MANY_MAX:
        modeladmin.message_user(request, _("Choose at most %d at once.") % MANY_MAX, messages.ERROR)
        return None
    return modeladmin._many_page(request, move, subjects, DecisionForm(), request.GET.urlencode())
