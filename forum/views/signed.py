"""How the forum mails a member, said by the signed address of a letter, without signing in.

A signed address shows what it can do; only its buttons do it, and the mail program's own one-click request. It needs no
cookie and no further token: no other site can send it (docs/decisions/0022).
"""

from typing import Any

from allauth.core.ratelimit import consume_or_429
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User
from forum import mail_links, services
from forum.forms import MailForm
from forum.models import Topic
from forum.services.following import is_off, mail_settings
from forum.views.base import topic_for
from forum.views.following import chosen
from forum.vocabulary import MailChoice


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class SignedView(View):
    """A page by the address of a letter, which says no more of the person than a masked address."""

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        limited = consume_or_429(request, action="mail", key=token[:200]) if request.method == "POST" else None
        response = limited or self._answer(request, token)
        response["Referrer-Policy"] = "no-referrer"  # the address is the key
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def _answer(self, request: HttpRequest, token: str) -> HttpResponse:
        found = self.found(token)
        if found is None:
            return render(request, "forum/mail_unknown.html", status=404)
        return super().dispatch(request, *found)

    def found(self, token: str) -> tuple[Any, ...] | None:
        """Return what the token names, the person first; None where it is none of ours."""
        raise NotImplementedError


class SignedMailView(SignedView):
    """Choose how the forum mails, or end all of it."""

    def found(self, token: str) -> tuple[User] | None:
        person = mail_links.person_of(token)
        return (person,) if person else None

    def get(self, request: HttpRequest, person: User) -> HttpResponse:
        return self.draw(person, MailForm(initial=chosen(person)))

    def post(self, request: HttpRequest, person: User) -> HttpResponse:
        if request.POST.get("List-Unsubscribe") == "One-Click":
            services.choose_mail(person, mail=MailChoice.NEVER)
            return self.draw(person, MailForm(initial=chosen(person)), said=_("The forum mails you no more."))
        form = MailForm(request.POST)
        if not form.is_valid():
            return self.draw(person, form)
        services.choose_mail(person, **form.said)
        return self.draw(person, MailForm(initial=chosen(person)), said=_("Saved."))

    def draw(self, person: User, form: MailForm, *, said: str = "") -> HttpResponse:
        context = {"form": form, "address": mail_links.masked(person.email), "said": said}
        context["is_told"] = mail_settings(person).mail != MailChoice.NEVER
        return render(self.request, "forum/mail.html", context)


class SignedTopicView(SignedView):
    """End letters about one topic, or let them come again; about the one that took it in, where it was merged."""

    def found(self, token: str) -> tuple[User, Topic | None] | None:
        found = mail_links.person_and_topic(token)
        if found is None:
            return None
        person, number = found
        try:
            return person, topic_for(person, number)
        except Http404:
            return person, None  # hidden meanwhile, or not for them any more

    def get(self, request: HttpRequest, person: User, topic: Topic | None) -> HttpResponse:
        return self.draw(person, topic)

    def post(self, request: HttpRequest, person: User, topic: Topic | None) -> HttpResponse:
        if topic is not None:
            services.follow(topic, by=person, on=request.POST.get("on") == "yes")
        return self.draw(person, topic, is_said=True)

    def draw(self, person: User, topic: Topic | None, *, is_said: bool = False) -> HttpResponse:
        context = {"topic": topic, "is_off": topic is not None and is_off(person, topic), "is_said": is_said}
        context |= {"address": mail_links.masked(person.email), "settings_url": mail_links.url_for(person)}
        return render(self.request, "forum/mail_topic.html", context)
