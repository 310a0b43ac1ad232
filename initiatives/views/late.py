"""When a draft was sent, decided or deleted while somebody typed: what they typed is kept, and they learn where."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from initiatives import progress, rules, services
from initiatives.models import Initiative, Submission
from initiatives.views.desk import Desk

if TYPE_CHECKING:
    from initiatives.views.mine import ContributorView


class TooLate:
    """What is answered to a form that can be neither saved nor sent any more; `desk` holds what was typed, if known."""

    def __init__(self, view: "ContributorView", desk: Desk | None = None) -> None:
        self.request, self.view, self.desk = view.request, view, desk
        self.is_quiet = view.action == "autosave"

    def answer(self) -> HttpResponse:
        mine = Submission.objects.of(self.request.user)
        submission = mine.filter(key=self.desk.key).first() if self.desk else None
        if submission is None:
            return self._gone()
        return self._kept(submission) if self.desk.set_aside(submission) else self._nothing_new(submission)

    def _kept(self, submission: Submission) -> HttpResponse:
        """It takes no text any more: what was typed stands among the earlier texts."""
        words = _("Not saved: it is “%(status)s” by now. What you typed is kept among the earlier texts.")
        words %= {"status": progress.standing_of(submission).words}
        texts = reverse("initiatives:texts", args=[submission.key])
        if self.is_quiet:
            return _stop(format_html('<strong>{}</strong> <a href="{}">{}</a>', words, texts, _("Earlier texts")))
        if self.request.FILES:
            words += " " + _("Files are not kept.")
        messages.warning(self.request, words)
        return redirect(texts)

    def _nothing_new(self, submission: Submission) -> HttpResponse:
        """A second click, or a colleague was quicker with the same text."""
        words = _("It is “%(status)s” by now, with the text that you see here.")
        words %= {"status": progress.standing_of(submission).words}
        if self.is_quiet:
            return _stop(words)
        if self.view.action == "send" and submission.shown_status in rules.WAITING:
            words = _("Sent for review. We mail you when it is decided.")
        messages.info(self.request, words)
        return redirect("initiatives:submission", submission.key)

    def _gone(self) -> HttpResponse:
        """It is not there, or not theirs any more: what was typed comes back as a new draft that is not saved yet."""
        if self.is_quiet:
            words = _("Not saved: this draft was deleted, or is not shared with you any more.")
            hint = _("Press “Save draft” to keep what you typed as a new one.")
            return _stop(format_html("<strong>{}</strong> {}", words, hint))
        user, data, files = self.request.user, self.request.POST, self.request.FILES
        desk = Desk(user, self._correction(), data=data, files=files, key=uuid.uuid4())
        desk.is_gone = True
        return self.view.draw(desk, status=404)

    def _correction(self) -> Submission | None:
        """Return a new correction of what the lost draft corrected."""
        public = Initiative.objects.public(archived=True)
        initiative = public.filter(reference=self.request.POST.get("corrects", "")[:20]).first()
        return services.start_correction(initiative, by=self.request.user) if initiative else None


def _stop(words: str) -> JsonResponse:
    return JsonResponse({"saved": words, "goes_on": False})
