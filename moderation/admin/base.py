"""The base of every queue in the admin: it knows Moderated and its workflow, nothing else."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse

from common.admin import WideList
from moderation.admin.claims import ClaimNext
from moderation.admin.filters import StatusFilter
from moderation.admin.holds import held_url
from moderation.admin.many import ManyAtOnce, is_undecided
from moderation.admin.paths import FROM_QUEUE, queue_url
from moderation.attempts import Attempt, attempt, letters, obstacle
from moderation.forms import DecisionForm
from moderation.holds import held_of
from moderation.models import Moderated
from moderation.workflow import UNDO, Move, workflow_of


class ModeratedAdmin(ManyAtOnce, ClaimNext, WideList, admin.ModelAdmin):
    """List, decision page and moves of one kind of moderated thing. Its content is read here, never edited.

    A room subclasses it and says which moves staff make, which statuses wait, which are no business of staff, and
    its template, which extends `moderation/decision_page.html` and fills the start column (block `subject`) and the
    end column (block `beside`) from `subject` and from what `page_context` adds.
    """

    staff_moves: tuple[str, ...] = ()
    waiting_statuses: tuple[str, ...] = ()
    hidden_statuses: tuple[str, ...] = ()
    goes_on = False  # after a decision, to the next that waits
    decision_template = ""
    change_list_template = "moderation/queue_list.html"
    status_filter = StatusFilter
    show_full_result_count = False
    list_per_page = 50

    class Media:
        css = {"all": ["css/admin-portal.css"]}

    # What rooms may say more.

    def hint(self, user, subject: Moderated) -> str:
        """Return in words why `user` may not decide on it now, e.g. who has claimed it."""
        return ""

    def offers(self, subject: Moderated, move: Move) -> bool:
        """Return whether the move, which is open, is offered: one that would change nothing need not be."""
        return True

    def page_context(self, request: HttpRequest, subject: Moderated) -> dict:
        """Return what the room's template needs beside `subject`."""
        return {}

    def related_decisions(self, subject: Moderated):
        """Return the decisions that the page shows, newest first."""
        return subject.decisions.all()

    # Stock admin, narrowed.

    def get_list_filter(self, request):
        return [self.status_filter, *super().get_list_filter(request)]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(status__in=self.hidden_statuses)

    def changelist_view(self, request, extra_context=None):
        more = {"next_url": self.claim_next_url(request, request.GET.urlencode())}
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/decide/", view(self.decide_view), name=f"{name}_decide"),
            *super().get_urls(),
        ]

    def list_url(self, filters: str = "") -> str:
        """Return the list's address, with the query string `filters`; the queue's where those are of the queue."""
        if filters.startswith(FROM_QUEUE):
            return queue_url(self.admin_site, filters)
        return f"{self._url('changelist')}?{filters}".rstrip("?")

    def waiting_count(self, request: HttpRequest) -> int:
        return self.get_queryset(request).order_by().filter(status__in=self.waiting_statuses).count()

    # The decision page.

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        subject = self._subject(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        form = DecisionForm(moves=self._open_moves(request, subject), initial=_words_undone(request.user, subject))
        return self._page(request, subject, form)

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make one move, or show the letters that it would cause. What was typed stays until the move is made."""
        subject = self._subject(request, object_id)
        if request.method != "POST":
            return redirect(self._page_url(request, subject))
        if not self.has_change_permission(request, subject):
            raise PermissionDenied
        if is_undecided(request):
            return self._page(request, subject, DecisionForm(request.POST, moves=self._open_moves(request, subject)))
        move = self._move(request)
        form = DecisionForm(request.POST, moves=self._open_moves(request, subject), move=move)
        if "preview" in request.POST:
            return self._preview(request, subject, move, form)
        if form.is_valid():
            seen = request.POST.get("seen", "")
            tried = attempt(subject, move, by=request.user, hint=self.hint, seen=seen, **form.said())
            if tried.done:
                return self._after(request, tried)
            self._show_refusal(request, tried, form)
        return self._page(request, self._subject(request, object_id), form)

    def _preview(self, request, subject: Moderated, move: Move, form: DecisionForm) -> HttpResponse:
        if not form.is_valid() or not form.has_reason():
            return self._page(request, subject, form)
        problem = obstacle(subject, move, by=request.user, hint=self.hint)
        if problem:
            self.message_user(request, problem, messages.ERROR)
            return self._page(request, subject, form)
        found = letters(subject, move, by=request.user, **form.said())
        return self._page(request, subject, form, previewed=move, letters=found)

    def _show_refusal(self, request, tried: Attempt, form: DecisionForm) -> None:
        if tried.error:
            form.add_refusal(tried.error, tried.subject)
        else:
            self.message_user(request, tried.words, messages.ERROR)

    def _after(self, request, tried: Attempt) -> HttpResponse:
        """Go back to the list, or stay where more is to be decided."""
        subject = tried.subject
        following = self.following(request, subject) if tried.changed and self.goes_on else None
        stays = not self.goes_on and not subject.is_held and bool(self._open_moves(request, subject))
        context = {
            "url": self._url("change", subject.pk),
            "name": subject.moderation_name,
            "words": tried.words,
            "undo_url": self._decide_url(request, subject) if tried.changed and subject.is_held else "",
            "undo": UNDO,
            "next_url": "" if stays else self.claim_next_url(request, self.list_filters(request)),
        }
        level = messages.SUCCESS if tried.changed else messages.INFO
        self.message_user(request, render_to_string("moderation/_done.html", context, request), level)
        if following:
            return redirect(self._page_url(request, following))
        return redirect(self._page_url(request, subject) if stays else self.list_url(self.list_filters(request)))

    def following(self, request, subject: Moderated) -> Moderated | None:
        """Return what waits next after this one, by its number; the first that waits where none comes after it."""
        waiting = self.get_queryset(request).filter(status__in=self.waiting_statuses).order_by("pk")
        return waiting.filter(pk__gt=subject.pk).first() or waiting.first()

    def _page(self, request, subject: Moderated, form: DecisionForm, **more) -> HttpResponse:
        moves = self._open_moves(request, subject)
        context = {
            **self.admin_site.each_context(request),
            "title": subject.moderation_name or str(subject),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "media": self.media,
            "subject": subject,
            "form": form,
            "moves": moves,
            "edition": subject.workflow.edition(subject),
            "told": [move for move in moves if move.name in subject.workflow.tells],
            "held": held_of(subject),
            "hint": self.hint(request.user, subject),
            "decisions": self.related_decisions(subject),
            "decide_url": self._decide_url(request, subject),
            "list_url": self.list_url(self.list_filters(request)),
            "held_url": held_url(self.admin_site),
            **self.page_context(request, subject),
            **more,
        }
        return TemplateResponse(request, self.decision_template, context)

    # Helpers.

    def _subject(self, request, object_id: str) -> Moderated:
        subject = self.get_object(request, unquote(object_id))
        if subject is None:
            raise Http404
        if not self.has_view_or_change_permission(request, subject):
            raise PermissionDenied
        return subject

    def _moves(self) -> list[Move]:
        return [workflow_of(self.model).moves[name] for name in self.staff_moves]

    def _is_of_staff(self, move: Move) -> bool:
        return move.name in self.staff_moves or move.of_held

    def _move(self, request) -> Move:
        name = request.POST.get("preview") or request.POST.get("move", "")
        move = workflow_of(self.model).moves.get(name)
        if move is None or not self._is_of_staff(move):
            raise BadRequest
        return move

    def _open_moves(self, request, subject: Moderated) -> list[Move]:
        if not self.has_change_permission(request, subject):
            return []
        moves = subject.workflow.open_to(request.user, subject)
        return [move for move in moves if self._is_of_staff(move) and self.offers(subject, move)]

    def _decide_url(self, request, subject: Moderated) -> str:
        return self.with_filters(self._url("decide", subject.pk), self.list_filters(request))

    def _url(self, what: str, *args) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{what}"
        return reverse(name, args=[quote(arg) for arg in args])

    def _page_url(self, request, subject: Moderated) -> str:
        return self.with_filters(self._url("change", subject.pk), self.list_filters(request))

    def list_filters(self, request) -> str:
        """Return the query string of the list that led here, so that a decision leads back to the same list."""
        return request.GET.get("_changelist_filters", "")

    def with_filters(self, url: str, filters: str) -> str:
        return f"{url}?{urlencode({'_changelist_filters': filters})}" if filters else url


def _words_undone(user, subject: Moderated) -> dict[str, str]:
    """Return what `user` had written with the decision that they have just taken back: nothing typed is lost."""
    latest = list(subject.decisions.all()[:2])
    if len(latest) < 2 or latest[0].move != UNDO or latest[0].decided_by_id != user.pk:
        return {}
    return {"public_reason": latest[1].public_reason, "private_note": latest[1].private_note}
