"""What every page's frame needs. No queries, and no session touched for a visitor who has none."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

GATHERING = "themes theme pillars pillar collections collection organisations organisation tags tag".split()
BESIDE = "member settings mail flag history post_order topic_order search about".split()  # of the forum
NAVIGATION = [
    (
        "initiatives:list",
        _("Initiatives"),
        {f"initiatives:{name}" for name in ("list", "detail", "history", *GATHERING)},
    ),
    ("countrymap:map", _("Map"), {"countrymap:map"}),
    (
        *("countrymap:countries", _("Countries")),
        {f"countrymap:{name}" for name in ("countries", "country", "region", "compare", "statistics")},
    ),
    (
        *("forum:index", _("Forum")),
        {f"forum:{name}" for name in ("index", "board", "topic", "create", "edit", "delete", "reply", *BESIDE)},
    ),
    ("portal:about", _("About"), {"portal:about"}),
]
MINE = {
    *("portal:my", "portal:profile", "portal:organisation"),
    *(f"initiatives:{name}" for name in ("submission", "edit", "retract", "delete")),
    *(f"people:{name}" for name in ("organisations", "ask", "end", "leave")),
}


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, its navigation (computed when a template asks) and who is signed in, if anybody."""
    view = view_name(request)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "site_line": _("What countries did to keep people connected"),
        "demo": settings.DEMO,
        "contact": getattr(settings, "SITE_CONTACT", ""),
        "place": view,  # on which the header depends, beside the language and who has signed in
        "nav": partial(navigation, view),
        "section": "mine" if view in MINE else "account" if view.startswith(("account_", "mfa_")) else "",
        "person": partial(person, request),
        "may_have_messages": may_have_messages(request),
    }


def navigation(view: str) -> list[dict[str, Any]]:
    """Return the header's entries; `current` is the value of `aria-current` in the entry's section."""
    return [
        {"label": label, "url": reverse(name), "current": "page" if view == name else view in section and "true"}
        for name, label, section in NAVIGATION
    ]


def person(request: HttpRequest) -> AbstractBaseUser | None:
    """Return who is signed in. Without a session cookie nobody is, so a visitor's page opens no session."""
    if not has_session(request):
        return None
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def may_have_messages(request: HttpRequest) -> bool:
    """Whether the request comes from somebody who is known, or was just told something; every other is a visitor's."""
    return has_session(request) or "messages" in request.COOKIES


def view_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
