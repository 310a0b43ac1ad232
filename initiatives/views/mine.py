"""The contributor's side: what a person writes, sends and follows. Strangers get the answer "not found"."""

import uuid

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.rules import has_confirmed_email
from initiatives import rules, services
from initiatives.forms.words import typed_words
from initiatives.models import Initiative, Submission, SubmissionRevision
from initiatives.views.desk import Desk
from initiatives.views.late import TooLate
from initiatives.views.public import LeavesNotice
from moderation.services import MoveRefused


@method_decorator(never_cache, name="dispatch")
class PrivateView(LoginRequiredMixin, View):
    """A page for people who have signed in; nothing of it stays in a cache."""

    def submission(self, key: uuid.UUID) -> Submission:
        rows = Submission.objects.visible_to(self.request.user)
        related = ("author", "organisation", "organisation_country", "collection", "follows", "initiative")
        return get_object_or_404(rows.select_related(*related), key=key)

    def workable(self, key: uuid.UUID) -> Submission:
        """Return the submission to somebody who works on it; moderators who only vet it may not change it."""
        submission = self.submission(key)
        if not rules.works_on(self.request.user, submission):
            raise PermissionDenied
        return submission


class ContributorView(PrivateView):
    """A page for people whose e-mail is confirmed."""

    @property
    def action(self) -> str:
        """What the button says, or the page's script."""
        return self.request.POST.get("action", "")

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not has_confirmed_email(request.user):
            return render(request, "initiatives/submission_unconfirmed.html", status=403)
        # Only what is sent counts; how much of it is ACCOUNT_RATE_LIMITS in the settings.
        limit = "autosave" if self.action == "autosave" else "contribute"
        refusal = consume_or_429(request, action=limit) if request.user.is_authenticated else None
        return refusal or super().dispatch(request, *args, **kwargs)

    def handle_no_permission(self) -> HttpResponse:
        """The session may have ended while somebody typed: show them what they typed, and keep nothing of it."""
        if self.action == "autosave":
            words = render_to_string("initiatives/forms/signed_out.html", {}, self.request)
            return JsonResponse({"saved": words, "goes_on": True, "signed_out": True})
        words = typed_words(self.request.POST)
        if not words or self.request.user.is_authenticated:
            return super().handle_no_permission()
        context = {"words": words, "key": self.request.POST.get("key", "")}
        return render(self.request, "initiatives/submission_signed_out.html", context, status=403)

    def draw(self, desk: Desk, *, status: int = 200) -> HttpResponse:
        desk.show_public_text()
        context = {"desk": desk, "form": desk.form, "submission": desk.submission, "sources": desk.sources}
        context |= {"formsets": desk.formsets, "formset_errors": desk.formset_errors}
        return render(self.request, "initiatives/submission_form.html", context, status=status)

    def act(self, desk: Desk) -> HttpResponse:
        """Do what the button says with what was typed; show it again where something is wrong."""
        actions = {"send": self.send, "preview": self.preview, "autosave": self.autosave, "theirs": self.take_theirs}
        if desk.submission and not rules.may_edit(self.request.user, desk.submission):
            return TooLate(self, desk).answer()
        try:
            return actions.get(self.action, self.save)(desk)
        except (PermissionDenied, MoveRefused, Submission.DoesNotExist):
            return TooLate(self, desk).answer()

    def save(self, desk: Desk) -> HttpResponse:
        if not desk.save():
            return self.draw(desk)
        messages.success(self.request, _("Draft saved."))
        return redirect("initiatives:edit", desk.key)

    def send(self, desk: Desk) -> HttpResponse:
        if not desk.send():
            return self.draw(desk)
        messages.success(self.request, _("Sent for review. We mail you when it is decided."))
        return redirect("initiatives:submission", desk.key)

    def preview(self, desk: Desk) -> HttpResponse:
        return redirect("initiatives:preview", desk.key) if desk.save() else self.draw(desk)

    def take_theirs(self, desk: Desk) -> HttpResponse:
        desk.take_theirs()
        messages.info(self.request, _("This is the newer text. What you typed is kept among the earlier texts."))
        return redirect("initiatives:edit", desk.key)

    def autosave(self, desk: Desk) -> HttpResponse:
        """Answer the page's script in words, so that it needs none of its own."""
        desk.save(quietly=True)
        context = {"desk": desk, "submission": desk.submission, "quietly": True}
        return JsonResponse(
            {
                "revision": desk.revision,
                "address": reverse("initiatives:edit", args=[desk.key]),
                "saved": render_to_string("initiatives/forms/saved.html", context, self.request),
                "goes_on": desk.was_saved,
                "complete": desk.is_right,
            }
        )

    def moved_on(self, submission: Submission) -> HttpResponse:
        messages.info(self.request, _("This submission cannot be edited now."))
        return redirect("initiatives:submission", submission.key)


class SubmissionCreateView(ContributorView):
    """An empty form. Its key goes with it, so that sending it twice makes one submission; reading makes none."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.draw(Desk(request.user, key=uuid.uuid4()))

    def post(self, request: HttpRequest) -> HttpResponse:
        key = _uuid(request.POST.get("key", ""))
        submission = Submission.objects.filter(author=request.user, key=key).first()
        return self.act(Desk(request.user, submission, data=request.POST, files=request.FILES, key=key))


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


class SubmissionEditView(ContributorView):
    """The form of a draft, or of what changes were asked for."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        submission = self.workable(key)
        if not rules.may_edit(request.user, submission):
            return self.moved_on(submission)
        kept = self.kept_text(submission, request.GET.get("text", ""))
        return self.draw(Desk(request.user, submission, kept=kept))

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        try:
            submission = self.workable(key)
        except Http404:
            return TooLate(self).answer()
        return self.act(Desk(request.user, submission, data=request.POST, files=request.FILES))

    def kept_text(self, submission: Submission, number: str) -> SubmissionRevision | None:
        """Return the earlier text that the address asks for, if any."""
        if not number:
            return None
        if not number.isdecimal() or len(number) > 12:
            raise Http404
        return get_object_or_404(submission.revisions, pk=number)


class CorrectionCreateView(LeavesNotice, ContributorView):
    """From a public initiative to a draft that corrects it."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        initiative = self.initiative(reference)
        context = {"initiative": initiative, "undecided": services.open_correction(initiative, by=request.user)}
        context["of_colleagues"] = services.colleagues_corrections(initiative, by=request.user)
        return render(request, "initiatives/submission_correct.html", context)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        submission = services.start_correction(self.initiative(reference), by=request.user)
        return redirect("initiatives:edit", submission.key)

    def initiative(self, reference: str) -> Initiative:
        return get_object_or_404(Initiative.objects.public(archived=True), reference=reference)
