"""“Held and scheduled decisions”: what is decided and not yet in effect, over every kind of thing."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from moderation.admin.many import MANY_MAX, Row, is_undecided, summed_up
from moderation.attempts import Attempt, attempt, obstacle
from moderation.forms import ManyForm
from moderation.holds import Held, held, models_with_holds
from moderation.models import Moderated
from moderation.workflow import STOP, TAKE_EFFECT_NOW, UNDO, Move, workflow_of

MOVES = (TAKE_EFFECT_NOW, UNDO, STOP)
NOW_MAX = 100  # publishing takes a while, and a page may not


def held_url(site) -> str:
    return reverse(f"{site.name}:moderation_held")


class HeldDecisions:
    """The part of the decision log's admin that lists what is held, and lets moderators undo, stop or hasten it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.held_view)
        return [path("held/", view, name="moderation_held"), *super().get_urls()]

    def held_view(self, request: HttpRequest) -> HttpResponse:
        """List what is held, the soonest first; make a move with what is chosen, once it is confirmed."""
        admins = self._admins(request)
        if not admins:
            raise PermissionDenied
        rows = held(admins)
        if request.method == "POST":
            return self._held_move(request, admins, rows)
        lines = [(one, self._url_of(one.subject), one.decision.decided_by_id == request.user.pk) for one in rows]
        context = {"rows": lines, "undo": UNDO, "stop": STOP, "now": TAKE_EFFECT_NOW}
        return self._held_response(request, "moderation/held.html", context, title=_("Held and scheduled decisions"))

    def _admins(self, request) -> Mapping[type[Moderated], object]:
        found = {model: self.admin_site._registry.get(model) for model in models_with_holds()}
        return {model: one for model, one in found.items() if one and one.has_view_permission(request)}

    def _held_move(self, request, admins, rows: list[Held]) -> HttpResponse:
        move, keys = self._asked(request, admins)
        chosen = [one for one in rows if one.key in keys]
        if not chosen:
            gone = _("Choose at least one.") if not keys else _("Nothing of this is held any more.")
            self.message_user(request, gone, messages.WARNING)
            return redirect(held_url(self.admin_site))
        if move.hastens and len(chosen) > NOW_MAX:
            self.message_user(request, _("Choose at most %d at once.") % NOW_MAX, messages.ERROR)
            return redirect(held_url(self.admin_site))
        if not all(admins[type(one.subject)].has_change_permission(request) for one in chosen):
            raise PermissionDenied
        form = ManyForm(request.POST if "confirmed" in request.POST else None, moves=[move], move=move)
        if move.name != UNDO and (is_undecided(request) or not (form.is_valid() and form.has_reason())):
            return self._held_ask(request, move, chosen, form, admins)
        said = form.said() if form.is_bound else {}
        tried = [
            attempt(
                one.subject, one.subject.workflow.moves[move.name], by=request.user, hint=_hint(admins, one), **said
            )
            for one in chosen
        ]
        return self._held_report(request, move, tried)

    def _asked(self, request, admins) -> tuple[Move, list[str]]:
        """Return the move and the keys of the rows; a row's own button names both."""
        name, _space, key = request.POST.get("only", "").partition(" ")
        name = name or request.POST.get("move", "")
        if name not in MOVES:
            raise BadRequest
        keys = [key] if key else request.POST.getlist("chosen")
        return workflow_of(next(iter(admins))).moves[name], keys[:MANY_MAX]

    def _held_ask(self, request, move: Move, chosen: list[Held], form: ManyForm, admins) -> HttpResponse:
        rows = [
            Row(
                one.subject,
                self._url_of(one.subject),
                obstacle(one.subject, one.subject.workflow.moves[move.name], by=request.user, hint=_hint(admins, one)),
                one.key,
            )
            for one in chosen
        ]
        context = {
            "possible": [row for row in rows if not row.words],
            "impossible": [row for row in rows if row.words],
            "form": form,
            "many_url": held_url(self.admin_site),
        }
        return self._held_response(request, "moderation/many.html", {**context, "move": move}, title=move.label)

    def _held_report(self, request, move: Move, tried: list[Attempt]) -> HttpResponse:
        self.message_user(request, *summed_up(move, tried))
        if all(one.changed for one in tried):
            return redirect(held_url(self.admin_site))
        rows = [(one.changed, Row(one.subject, self._url_of(one.subject), one.words)) for one in tried]
        context = {"made": [row for made, row in rows if made], "failed": [row for made, row in rows if not made]}
        return self._held_response(request, "moderation/many.html", {**context, "move": move}, title=move.label)

    def _url_of(self, subject: Moderated) -> str:
        opts = subject._meta
        return reverse(f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_change", args=[subject.pk])

    def _held_response(self, request, template: str, context: dict, *, title) -> HttpResponse:
        common = {
            **self.admin_site.each_context(request),
            "title": title,
            "is_nav_sidebar_enabled": False,
            "media": forms.Media(css={"all": ["css/admin-portal.css"]}),
            "list_name": _("Held and scheduled decisions"),
            "list_url": held_url(self.admin_site),
        }
        return TemplateResponse(request, template, {**common, **context})


def _hint(admins, one: Held):
    return admins[type(one.subject)].hint
