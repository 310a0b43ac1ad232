"""For tests in a browser: a portal with something in it, and every page of it by name."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from countries.services import load_countries
from initiatives import services
from initiatives.models import Initiative, Submission
from moderation.services import transition
from tests.factories import make_draft, make_initiative, make_submission
from tests.people import People

DESCRIPTION = """The regulator assigned **20 MHz** more to each operator.

- until the end of June
- free of charge

| band | MHz |
| --- | --- |
| 800 | 10 |

See the [decision](https://regulator.example/decision)."""


@dataclass(frozen=True)
class House:
    """Rows that pages of the browser tests show, and the way for people to be signed in."""

    url: str
    people: People
    initiative: Initiative
    draft: Submission
    waiting: Submission
    returned: Submission

    @classmethod
    def make(cls, url: str) -> "House":
        load_countries()
        people = People.make()
        ours = {"by": people.author, "organisation": people.organisation, "moderator": people.moderator}
        initiative = make_initiative(**ours, description=DESCRIPTION, tag_names=["spectrum"], results="Fewer drops.")
        make_initiative(by=people.author, title="طيف مؤقت لشبكات الهاتف المحمول", language="ar", countries=["EG"])
        make_initiative(by=people.author, scope="global", countries=[])
        del ours["moderator"]
        returned = make_submission(**ours)
        note = {"public_reason": "Name the bands, please.", "private_note": "Ask the colleague."}
        transition(returned, "request_changes", by=people.moderator, **note)
        correction = services.start_correction(initiative, by=people.author)
        services.save_draft(correction, by=people.author, values={"title": "A corrected title of the measure"})
        return cls(url, people, initiative, make_draft(**ours), make_submission(**ours), returned)

    def sign_in(self, page, name: str) -> None:
        """Give the browser the cookie that signing in would have given."""
        if name != "visitor":
            session = self.people.client(name).cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.url}])


def _send_empty(page, house: House) -> None:
    """Send a form with errors in it."""
    page.goto(reverse("initiatives:create"))
    page.get_by_label("Title", exact=False).first.fill("x")
    page.get_by_role("button", name="Send for review").click()
    page.wait_for_load_state()


def _go(name: str, *args: str) -> Callable:
    return lambda page, house: page.goto(reverse(name, args=args))


def _submission(name: str, which: str) -> Callable:
    return lambda page, house: page.goto(reverse(name, args=[getattr(house, which).key]))


def _admin(which: str) -> Callable:
    return lambda page, house: page.goto(
        reverse("admin:initiatives_submission_change", args=[getattr(house, which).pk])
        if which
        else reverse("admin:initiatives_submission_changelist")
    )


# Every page: who opens it, and how.
PAGES: dict[str, tuple[str, Callable]] = {
    "home": ("visitor", _go("portal:home")),
    "list": ("visitor", _go("initiatives:list")),
    "list filtered": (
        "visitor",
        lambda page, house: page.goto("/initiatives/?q=spectrum&country=KE&theme=spectrum&x=1"),
    ),
    "list empty": (
        "visitor",
        lambda page, house: page.goto("/initiatives/?q=nothing-like-this&region=CIS&theme=nonsense"),
    ),
    "detail": ("visitor", lambda page, house: page.goto(house.initiative.get_absolute_url())),
    "map": ("visitor", _go("countrymap:map")),
    "countries": ("visitor", _go("countrymap:countries")),
    "country": ("visitor", _go("countrymap:country", "KE")),
    "about": ("visitor", _go("portal:about")),
    "accessibility": ("visitor", _go("portal:accessibility")),
    "privacy": ("visitor", _go("portal:privacy")),
    "not found": ("visitor", lambda page, house: page.goto("/nowhere/")),
    "sign in": ("visitor", _go("account_login")),
    "sign in by code": ("visitor", _go("account_request_login_code")),
    "sign up": ("visitor", _go("account_signup")),
    "form empty": ("author", _go("initiatives:create")),
    "form filled": ("author", _submission("initiatives:edit", "draft")),
    "form returned": ("author", _submission("initiatives:edit", "returned")),
    "form with errors": ("author", _send_empty),
    "my": ("author", _go("portal:my")),
    "profile": ("author", _go("portal:profile")),
    "status of draft": ("author", _submission("initiatives:submission", "draft")),
    "status of returned": ("author", _submission("initiatives:submission", "returned")),
    "retract": ("author", _submission("initiatives:retract", "waiting")),
    "delete": ("author", _submission("initiatives:delete", "draft")),
    "correct": (
        "author",
        lambda page, house: page.goto(reverse("initiatives:correct", args=[house.initiative.reference])),
    ),
    "queue": ("moderator", _admin("")),
    "decision": ("moderator", _admin("waiting")),
}
