"""Does a public measure still hold? Owners answer by the link of a letter, without signing in, or on their own pages.

A link shows what it will do; only the button of that page does it, so that programs which open every link of a letter
change nothing. Its token, and no cookie, says who answers: no other site can send it, so the page needs no further one
against forged requests (docs/decisions/0011).
"""

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from initiatives import rules
from initiatives.forms.ending import ReviewEndingForm
from initiatives.models import Initiative
from initiatives.review_links import Answer, Broken, Expired, Ticket
from initiatives.services import review_answers
from initiatives.services.endings import AlreadyOpen
from initiatives.services.review_answers import Question, Settled
from initiatives.views.mine import ContributorView
from initiatives.views.public import LeavesNotice
from moderation.services import transition

REFUSALS = {Expired: ("expired", 410), Broken: ("broken", 404), PermissionDenied: ("not_theirs", 410)}
REFUSALS[Initiative.DoesNotExist] = ("not_public", 410)


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class ReviewAnswerView(View):
    """One answer of a letter: say what it will do, and do it."""

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        # Looking costs nothing and is not counted.
        limited = consume_or_429(request, action="review") if request.method == "POST" else None
        response = limited or self._answer(request, token)
        response["Referrer-Policy"] = "no-referrer"  # the address is the key
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def _answer(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            question = Question.of(Ticket.read(token))
        except tuple(REFUSALS) as refusal:
            why, status = REFUSALS[type(refusal)]
            return render(request, "initiatives/review_refused.html", {"why": why}, status=status)
        return super().dispatch(request, question)

    def get(self, request: HttpRequest, question: Question) -> HttpResponse:
        if not question.is_open:
            return self._settled(question)
        return self._page(question, self._form(question))

    def post(self, request: HttpRequest, question: Question) -> HttpResponse:
        if not question.is_open:
            return self._settled(question)
        form = self._form(question, request.POST)
        if form and not form.is_valid():
            return self._page(question, form)
        try:
            self._say(question, form)
        except Settled:
            pass  # by a colleague, or by the first of two clicks
        except AlreadyOpen as refusal:
            return self._page(question, None, refusal.submission)
        except ValidationError as refusal:
            form.show(refusal)
            return self._page(question, form)
        return redirect(request.path)  # which says by now what was answered

    def _form(self, question: Question, data=None) -> ReviewEndingForm | None:
        if question.answer != Answer.HAS_ENDED:
            return None
        return ReviewEndingForm(data, user=question.person, initiative=question.initiative)

    def _say(self, question: Question, form: ReviewEndingForm | None) -> None:
        if question.answer == Answer.STILL_VALID:
            review_answers.say_still_valid(question)
        elif question.answer == Answer.WILL_CORRECT:
            review_answers.say_will_correct(question)
        else:
            said = form.cleaned_data
            more = {"source_url": said["source_url"], "starts": said.get("starts")}
            review_answers.say_ended(question, said["on"], contributor=form.contributor(), **more)

    def _page(self, question: Question, form: ReviewEndingForm | None, undecided=None) -> HttpResponse:
        context = {"initiative": question.initiative, "answer": question.answer, "form": form, "undecided": undecided}
        return render(self.request, "initiatives/review_answer.html", context)

    def _settled(self, question: Question) -> HttpResponse:
        decision = question.settled_by()
        own = decision is not None and decision.decided_by_id == question.person.pk
        context = {
            "initiative": question.initiative,
            "decision": decision,
            "own": own,
            "by_staff": decision is not None and decision.move in ("source_seen", "ask_later"),
            "correction": question.own_correction() if own else None,
        }
        return render(self.request, "initiatives/review_settled.html", context)


class InitiativeConfirmView(LeavesNotice, ContributorView):
    """The same “still valid” for owners who have signed in: their letter may be lost or too old."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        context = {"initiative": self.owned(reference), "answer": Answer.STILL_VALID, "signed_in": True}
        return render(request, "initiatives/review_answer.html", context)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        initiative = self.owned(reference)
        transition(initiative, "confirm", by=request.user)
        messages.success(request, _("Thank you. It is recorded that the measure still holds."))
        return redirect(initiative)

    def owned(self, reference: str) -> Initiative:
        rows = Initiative.objects.public().select_related("organisation").prefetch_related("countries")
        initiative = get_object_or_404(rows, reference=reference)
        if not rules.may_answer(self.request.user, initiative):
            raise PermissionDenied
        return initiative
