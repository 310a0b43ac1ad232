"""That a public measure has ended or was extended: open the page, send it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from initiatives.forms.ending import EndingForm
from initiatives.models import Initiative
from initiatives.services import endings
from initiatives.services.endings import AlreadyOpen, Ending
from initiatives.views.mine import ContributorView
from initiatives.views.public import LeavesNotice


class EndingView(LeavesNotice, ContributorView):
    """A form of two answers about the end; what it sends is a correction like any other."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        initiative = self.initiative(reference)
        form = EndingForm(user=request.user, initiative=initiative, chosen=request.GET.get("what", ""))
        return self.page(initiative, form, endings.open_correction(initiative, by=request.user))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        initiative = self.initiative(reference)
        form = EndingForm(request.POST, user=request.user, initiative=initiative)
        if not form.is_valid():
            return self.page(initiative, form)
        try:
            submission = self.send(initiative, form)
        except AlreadyOpen as refusal:
            return self.page(initiative, form, refusal.submission)
        except ValidationError as refusal:
            form.show(refusal)
            return self.page(initiative, form)
        messages.success(request, _("Sent for review. The public text stays until a moderator has approved it."))
        return redirect("initiatives:submission", submission.key)

    def send(self, initiative: Initiative, form: EndingForm):
        data = form.cleaned_data
        return endings.propose_ending(
            initiative,
            Ending(data["ending"]),
            data["on"],
            by=self.request.user,
            contributor=form.contributor(),
            source_url=data["source_url"],
            starts=data.get("starts"),
        )

    def page(self, initiative: Initiative, form: EndingForm, undecided=None) -> HttpResponse:
        context = {"initiative": initiative, "form": form, "undecided": undecided}
        context["of_colleagues"] = endings.colleagues_corrections(initiative, by=self.request.user)
        return render(self.request, "initiatives/submission_ending.html", context)

    def initiative(self, reference: str) -> Initiative:
        return get_object_or_404(Initiative.objects.public(archived=True), reference=reference)
