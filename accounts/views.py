"""What people do about their memberships, and how they leave."""

from allauth.account.decorators import reauthentication_required
from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts import leaving, rules, services
from accounts.forms import AnswerForm, LeaveForm, OrganisationSearchForm
from accounts.models import Membership, Organisation

FOUND = 20  # organisations that a search shows; with more, another word helps


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated  # the others are sent to sign in


@method_decorator(never_cache, name="dispatch")
class PrivateView(LoginRequiredMixin, View):
    """A page for people who have signed in; nothing of it stays in a cache."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        may_write = request.user.is_authenticated and request.method == "POST"
        refusal = consume_or_429(request, action="contribute") if may_write else None
        return refusal or super().dispatch(request, *args, **kwargs)

    def back(self) -> HttpResponse:
        """Go where the form was, else to the person's own page."""
        url = self.request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(url, {self.request.get_host()}, self.request.is_secure())
        return redirect(url if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL))


class OrganisationSearchView(PrivateView):
    """Find the organisation that one wants to join, by words of its name. One address for each search."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = OrganisationSearchForm(request.GET if "q" in request.GET else None)
        query = form.cleaned_data["q"] if form.is_valid() else ""
        found, is_similar = self.found(query) if query else ([], False)
        mine = dict(request.user.memberships.current().values_list("organisation", "status"))
        context = {"form": form, "query": query, "more": len(found) > FOUND, "is_similar": is_similar}
        context["found"] = [(one, mine.get(one.pk, "")) for one in found[:FOUND]]
        return render(request, "accounts/organisations.html", context)

    def found(self, query: str) -> tuple[list[Organisation], bool]:
        """Return one more than is shown, and whether they are only similar."""
        exact = Organisation.objects.accepted().called(query).select_related("country").order_by("name", "pk")
        found = list(exact[: FOUND + 1])
        return (found, False) if found else (services.similar_organisations(query, None, FOUND), True)


class MembershipAskView(PrivateView):
    """Say who will see what, and ask to join."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        organisation = self.organisation(pk)
        membership = Membership.objects.filter(user=request.user, organisation=organisation).first()
        context = {
            "organisation": organisation,
            "membership": membership,
            "rests": membership and not membership.is_current and not services.may_ask_again(membership),
            "may_ask": rules.may_ask(request.user),
        }
        return render(request, "accounts/membership_ask.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        organisation = self.organisation(pk)
        if not rules.may_ask(request.user):
            return self.get(request, pk)
        membership = services.request_membership(request.user, organisation)
        if not membership.is_current:
            return self.get(request, pk)
        if membership.is_confirmed:
            messages.success(request, _("You are a confirmed member of %(name)s.") % {"name": organisation})
        else:
            messages.success(
                request, _("%(name)s: you have asked to join. We mail you the answer.") % {"name": organisation}
            )
        return self.back()

    def organisation(self, pk: int) -> Organisation:
        return get_object_or_404(Organisation.objects.accepted().select_related("country"), pk=pk)


class MembershipAnswerView(PrivateView):
    """A confirmed member confirms or refuses a colleague who asks."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        membership = get_object_or_404(Membership.objects.select_related("user", "organisation"), pk=pk)
        if not rules.is_confirmed_member(request.user, membership.organisation):
            raise PermissionDenied  # staff have the admin for it
        form = AnswerForm(request.POST)
        if not form.is_valid():
            raise BadRequest
        messages.info(request, self.answer(membership, **form.cleaned_data))
        return self.back()

    def answer(self, membership: Membership, *, answer: str, reason: str) -> str:
        by = self.request.user
        if answer == "confirm":
            done = services.confirm_membership(membership, by=by)
            words = _("%(person)s is a confirmed member now.")
        else:
            done = services.refuse_membership(membership, by=by, reason=reason)
            words = _("%(person)s: the membership is refused.")
        return (words if done else _("%(person)s: somebody has answered already.")) % {"person": membership.user}


class MembershipEndView(PrivateView):
    """Leave an organisation, or take back the request."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        membership = self.membership(pk)
        others = Membership.objects.that_work().filter(organisation=membership.organisation_id)
        has_colleagues = others.exclude(user=request.user).exists()
        context = {"membership": membership, "has_colleagues": has_colleagues}
        return render(request, "accounts/membership_end.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        membership = self.membership(pk)
        if services.end_membership(membership, by=request.user):
            words = _("You are no longer a member of %(name)s.")
            if membership.is_requested:
                words = _("%(name)s: your request is taken back.")
            messages.success(request, words % {"name": membership.organisation})
        return self.back()

    def membership(self, pk: int) -> Membership:
        mine = Membership.objects.filter(user=self.request.user).current()
        return get_object_or_404(mine.select_related("organisation"), pk=pk)


@method_decorator(reauthentication_required(enabled=_is_signed_in), name="dispatch")
class LeaveView(PrivateView):
    """Close one's account. Whoever has a password or a second factor is asked for it once more."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.draw(LeaveForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LeaveForm(request.POST)
        if not form.is_valid():
            return self.draw(form)
        try:
            services.leave(request.user)
        except leaving.LastAdministrator:
            return self.draw(form)
        logout(request)
        messages.success(request, _("Your account is closed. Your address and name are deleted."))
        return redirect("/")

    def draw(self, form: LeaveForm) -> HttpResponse:
        is_last = leaving.is_last_administrator(self.request.user)
        return render(self.request, "accounts/leave.html", {"form": form, "is_last_administrator": is_last})
