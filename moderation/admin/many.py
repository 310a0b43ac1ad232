"""Many at once: an action for each move, a page that says what will happen, one reason, a report, an undo."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from moderation.attempts import Attempt, attempt, obstacle, take_back
from moderation.forms import ManyForm
from moderation.models import Decision, Moderated
from moderation.workflow import UNDO, Move, workflow_of

MANY_MAX = 500  # rows that one action takes


@dataclass(frozen=True)
class Row:
    """A line of the pages about many: one thing, where it is, and what will come or came of it."""

    subject: Moderated
    url: str
    words: str = ""
    key: str = ""  # how the form names it
    edition: str = ""  # the text that is decided on


class ManyAtOnce:
    """The part of ModeratedAdmin that moves several things. Each goes through the one door on its own."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_many"
        view = self.admin_site.admin_view
        return [
            path("many/", view(self.many_view), name=name),
            path("many/undo/", view(self.many_undo_view), name=f"{name}_undo"),
            *super().get_urls(),
        ]

    def get_actions(self, request):
        """One action for each move; deciding needs the right to change."""
        actions = super().get_actions(request)
        if self.has_change_permission(request):
            for move in self._moves():
                actions[move.name] = (partial(_ask_about_many, move=move), move.name, move.label)
        return actions

    def many_view(self, request: HttpRequest) -> HttpResponse:
        """Make one move with several things, each through the one door; report what came of each."""
        if request.method != "POST":
            return redirect(self.list_url())
        if not self.has_change_permission(request):
            raise PermissionDenied
        move = self._move(request)
        form = ManyForm(request.POST, moves=[move], move=move)
        subjects = self._chosen(request)
        # `transition` refuses each row without a reason; asked here, once, so that nothing is tried in vain.
        if is_undecided(request) or not form.is_valid() or not form.has_reason():
            return self._many_page(request, move, subjects, form, self.list_filters(request))
        said = form.said()
        tried = [self._try(request, subject, move, said) for subject in subjects]
        return self._report(request, move, tried)

    def not_among_many(self, subject: Moderated, move: Move) -> str:
        """Return in words why the move needs a look at this thing alone; empty where it does not."""
        return ""

    def _try(self, request, subject: Moderated, move: Move, said: dict) -> Attempt:
        words = self.not_among_many(subject, move)
        if words:
            return Attempt(subject, False, False, words)
        seen = request.POST.get(f"seen-{subject.pk}", "")
        return attempt(subject, move, by=request.user, hint=self.hint, seen=seen, **said)

    def many_undo_view(self, request: HttpRequest) -> HttpResponse:
        """Take back exactly the decisions that are named, the person's own ones, while they are held."""
        if request.method != "POST":
            return redirect(self.list_url())
        if not self.has_change_permission(request):
            raise PermissionDenied
        kind = ContentType.objects.get_for_model(self.model)
        made = Decision.objects.filter(pk__in=_keys(request, "decision"), decided_by=request.user, content_type=kind)
        decisions = {decision.object_id: decision for decision in made.order_by("-pk")}
        subjects = self.get_queryset(request).filter(pk__in=decisions).order_by("pk")
        tried = [take_back(one, decisions[one.pk], by=request.user, hint=self.hint) for one in subjects]
        return self._report(request, workflow_of(self.model).moves[UNDO], tried)

    def _report(self, request, move: Move, tried: list[Attempt]) -> HttpResponse:
        self.message_user(request, *summed_up(move, tried))
        rows = [(one, Row(one.subject, self._url("change", one.subject.pk), one.words)) for one in tried]
        context = {
            "failed": [row for one, row in rows if not one.changed],
            "made": [row for one, row in rows if one.changed],
            "undoable": [one.decision.pk for one in tried if one.changed and one.subject.is_held],
            "undo_url": self.with_filters(self._url("many_undo"), self.list_filters(request)),
        }
        return self._many_response(request, move, context, self.list_filters(request))

    def _many_page(self, request, move: Move, subjects: list[Moderated], form: ManyForm, filters: str) -> HttpResponse:
        rows = [self._row(request, one, move) for one in subjects]
        context = {
            "possible": [row for row in rows if not row.words],
            "impossible": [row for row in rows if row.words],
            "form": form,
            "many_url": self.with_filters(self._url("many"), filters),
        }
        return self._many_response(request, move, context, filters)

    def _row(self, request, subject: Moderated, move: Move) -> Row:
        words = obstacle(subject, move, by=request.user, hint=self.hint) or self.not_among_many(subject, move)
        edition = subject.workflow.edition(subject)
        return Row(subject, self._url("change", subject.pk), words, str(subject.pk), edition)

    def _many_response(self, request, move: Move, context: dict, filters: str) -> HttpResponse:
        common = {
            **self.admin_site.each_context(request),
            "title": move.label,
            "is_nav_sidebar_enabled": False,
            "media": self.media,
            "move": move,
            "list_name": self.opts.verbose_name_plural,
            "list_url": self.list_url(filters),
        }
        return TemplateResponse(request, "moderation/many.html", {**common, **context})

    def _chosen(self, request) -> list[Moderated]:
        chosen = self.get_queryset(request).filter(pk__in=_keys(request, "chosen"))
        return list(chosen.order_by(*self.get_ordering(request) or ["pk"]))


def is_undecided(request: HttpRequest) -> bool:
    """Whether Enter in a field sent the form, and none of the buttons that decide; says so to whoever pressed it.

    Enter presses the form's first button, which is hidden. It is not disabled: in a date, Chromium passes over such.
    """
    if "undecided" not in request.POST:
        return False
    messages.info(request, _("Nothing is decided yet: press the button of your decision."))
    return True


def summed_up(move: Move, tried: list[Attempt]) -> tuple[str, int]:
    """Return how many were done, in words, and the level of such a message."""
    made = sum(one.changed for one in tried)
    values = {"move": move.label, "made": made, "all": len(tried)}
    words = _("%(move)s: done for %(made)d of %(all)d.") % values
    return words, messages.SUCCESS if made == len(tried) else messages.WARNING


def _keys(request, name: str) -> list[str]:
    keys = request.POST.getlist(name)
    if not all(key.isascii() and key.isdecimal() and len(key) < 19 for key in keys) or len(keys) > MANY_MAX:
        raise BadRequest
    return keys


def _ask_about_many(modeladmin: ManyAtOnce, request, queryset, *, move: Move) -> HttpResponse | None:
    """An action of the list: show what will happen and what cannot, and ask for the reason. Changes nothing."""
    subjects = list(queryset[: MANY_MAX + 1])
    if len(subjects) > MANY_MAX:
        modeladmin.message_user(request, _("Choose at most %d at once.") % MANY_MAX, messages.ERROR)
        return None
    return modeladmin._many_page(request, move, subjects, ManyForm(moves=[move]), request.GET.urlencode())
