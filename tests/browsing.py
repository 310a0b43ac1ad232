"""For tests in a browser: a portal with something in it, and every page of it by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.services import propose_organisation, request_membership
from countries.services import load_countries
from forum.mail_links import topic_url_for, url_for
from forum.models import Member
from forum.services import edit_post, follow
from forum.tests.things import approve, board, post_reply, post_topic
from initiatives import services, status
from initiatives.models import Initiative, Submission
from initiatives.review_links import Answer, Ticket
from moderation.services import transition
from tests.factories import UserFactory, content, make_draft, make_initiative, make_submission
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
    correction: Submission
    corrected: Initiative

    @classmethod
    def make(cls, url: str) -> "House":
        load_countries()
        people = People.make()
        ours = {"by": people.author, "organisation": people.organisation, "moderator": people.moderator}
        initiative = make_initiative(**ours, description=DESCRIPTION, tag_names=["spectrum"], results="Fewer drops.")
        make_initiative(by=people.author, title="طيف مؤقت لشبكات الهاتف المحمول", language="ar", countries=["EG"])
        corrected = make_initiative(by=people.author, scope="global", countries=[])
        better = services.start_correction(corrected, by=people.author)
        services.save_draft(better, by=people.author, values=content(scope="global", results="More capacity."))
        transition(better, "submit", by=people.author)
        transition(better, "approve", by=people.moderator)
        corrected.refresh_from_db()
        del ours["moderator"]
        returned = make_submission(**ours)
        note = {"public_reason": "Name the bands, please.", "private_note": "Ask the colleague."}
        transition(returned, "request_changes", by=people.moderator, **note)
        correction = services.start_correction(initiative, by=people.author)
        services.save_draft(correction, by=people.author, values={"title": "A corrected title of the measure"})
        waiting = make_submission(**ours)
        for slug in ("spectrum", "ask-your-peers", "announcements"):
            board(slug)
        return cls(url, people, initiative, make_draft(**ours), waiting, returned, correction, corrected)

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


def _conflict(page, house: House) -> None:
    """Save a form over a newer text."""
    page.goto(reverse("initiatives:edit", args=[house.draft.key]))
    house.draft.refresh_from_db()
    values = {"title": f"The text of a colleague, number {house.draft.revision}"}
    services.save_draft(house.draft, by=house.people.colleague, values=values)
    page.get_by_role("button", name="Save draft").first.click()
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


def _held(where: str) -> Callable:
    """Schedule an approval; then open the list of what is held, or its own page."""

    def go(page, house: House) -> None:
        submission = make_submission(title="Scheduled for tomorrow")
        at = timezone.now() + timedelta(days=1)
        transition(submission, "approve", by=house.people.administrator, takes_effect_at=at)
        page.goto(reverse(where, args=[submission.pk] if where.endswith("_change") else []))

    return go


def _start(query: str) -> Callable:
    """The admin's start page with something of every kind, folded parts opened."""

    def go(page, house: House) -> None:
        # What the link checker and the comparison of titles would have found.
        Submission.objects.filter(pk=house.waiting.pk).update(suspicions=["dead_source", "many_links"])
        make_submission(title="طيف مؤقت لشبكات الهاتف المحمول", language="ar", countries=["EG"])
        propose_organisation("Kiribati Posts", "operator", "KI", by=house.people.author)
        page.goto(reverse("admin:index") + query)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    return go


def _letter(page, house: House) -> None:
    """Read a letter before it is sent."""
    _admin("waiting")(page, house)
    page.locator("[name=public_reason]").fill("Name the bands, please.")
    page.locator("button[name=preview][value=reject]").click()
    page.wait_for_load_state()


def _organisation(page, house: House) -> None:
    """The page of the members, where somebody asks to join."""
    request_membership(house.people.stranger, house.people.organisation)
    page.goto(reverse("portal:organisation", args=[house.people.organisation.pk]))


def _review(answer: Answer | None) -> Callable:
    """One of the pages that the links of a letter open; without an answer, that of a broken link."""

    def go(page, house: House) -> None:
        due = status.today()
        Initiative.objects.filter(pk=house.corrected.pk).update(review_on=due, review_asked_at=timezone.now())
        token = Ticket(house.corrected.pk, due, 0, house.people.author.pk, answer).token() if answer else "broken"
        page.goto(reverse("initiatives:review", args=[token]))

    return go


def _review_settled(page, house: House) -> None:
    _review(Answer.STILL_VALID)(page, house)
    page.get_by_role("button", name="It still holds").click()
    page.wait_for_load_state()


def _panel(page, house: House) -> None:
    """The map with its filters unfolded and a country's panel open."""
    page.goto("/map/?region=AFR")
    page.wait_for_selector("path.country.map-1")
    page.locator(".filters > summary").click()
    page.locator("#map-side tbody a").first.click()
    page.locator(".map-panel").wait_for()


def _leave(page, house: House) -> None:
    """Whoever signs in by code is not asked for a password once more."""
    author = house.people.author
    author.set_unusable_password()
    author.save()
    house.sign_in(page, "author")
    page.goto(reverse("people:leave"))


WIDE = """

| band | operators | notified | in force until | what is planned afterwards |
| --- | --- | --- | --- | --- |
| 700 MHz | everybody | 23 March 2020 | 31 December 2021 | an auction with obligations |

    curl "https://regulator.example/api/v1/assignments?band=700&ends_before=2021-12-31&operator=everybody" """


def _topic(status: str) -> Callable:
    """A topic: with a reply that waits for a moderator, or locked."""

    def go(page, house: House) -> None:
        topic = post_topic(body=DESCRIPTION + WIDE).topic
        post_reply(topic, body="> We asked for a plan.\n\nSo did we.")
        post_reply(topic, by=house.people.author, body="An answer that waits.")
        if status == "locked":
            transition(topic, "lock", by=house.people.moderator)
        page.goto(topic.get_absolute_url())

    return go


RICH = """# Brought in from elsewhere

> quoted by somebody
>
> > and before them

1. first
   - within it
2. second

| band | MHz | a note that is long enough to make the table wider than a telephone |
| ---: | :-- | --- |
| 800 | 10 | `code` in a cell |

```
a line of code that is far too long for the screen of a telephone, so that it has to be scrolled sideways
```

![A mast at night](https://elsewhere.example/mast.png)
[address](https://elsewhere.example/a-very-long-address-without-a-place-to-break-it-anywhere-in-the-middle-of-it)
<b>text</b>

---

A note.[^1]

[^1]: Said there."""


def _rich_topic(page, house: House) -> None:
    """Posts with all that Markdown has, as they are brought in from other forums."""
    topic = post_topic(body=RICH).topic
    post_reply(topic, body=RICH.replace("# Brought", "### Brought"))
    page.goto(topic.get_absolute_url())


def _post(name: str) -> Callable:
    return lambda page, house: page.goto(
        reverse(name, args=[post_reply(post_topic().topic, by=house.people.author).pk])
    )


def _begun(button: str) -> Callable:
    """A new topic's form after one of its buttons, with a text and without a title."""

    def go(page, house: House) -> None:
        page.goto(reverse("forum:create", args=["ask-your-peers"]))
        page.get_by_role("textbox", name="Your post").fill("A **bold** word.")
        page.locator("main details").evaluate("one => one.open = true")
        page.get_by_role("button", name=button, exact=True).click()
        page.locator(".error-summary, .preview").wait_for()

    return go


def _undecided(page, house: House) -> None:
    """Ask a moderator for the reason that is missing."""
    post = post_reply(post_topic().topic, by=house.people.author)
    page.goto(reverse("forum:post_order", args=[post.pk]))
    page.get_by_role("button", name="Reject").click()
    page.locator(".error-summary").wait_for()


def _planned(page, house: House) -> None:
    """A moderator is asked whether a topic is to be merged."""
    topic, into = post_topic().topic, post_topic().topic
    post_reply(topic)
    page.goto(reverse("forum:topic_order", args=[topic.pk]))
    page.get_by_label("Merge into the topic").fill(str(into.pk))
    page.get_by_role("button", name="Merge…").click()
    page.locator(".plan").wait_for()


def _waiting_posts(page, house: House) -> None:
    """A topic as moderators see it: what waits and what is hidden, in its place."""
    topic = post_topic().topic
    transition(post_reply(topic), "hide", by=house.people.moderator, public_reason="Off topic.")
    post_reply(topic, by=UserFactory())
    page.goto(topic.get_absolute_url())


def _news(page, house: House) -> None:
    """A board with something new on it."""
    post_reply(post_topic().topic)
    page.goto(board().get_absolute_url())


def _followed(page, house: House) -> None:
    follow(post_topic().topic, by=house.people.author)
    follow(board(), by=house.people.author)
    page.goto(reverse("forum:settings"))


def _topic_letters(page, house: House) -> None:
    page.goto(topic_url_for(house.people.author, post_topic().topic).removeprefix(settings.SITE_URL))


def _silenced(page, house: House) -> None:
    record, _made = Member.objects.get_or_create(user=house.people.author)
    transition(record, "silence_7", by=house.people.moderator, public_reason="You called others names.")
    page.goto(post_topic().topic.get_absolute_url())
    transition(record, "unsilence", by=house.people.moderator)  # the same person opens further pages


def _own_waiting(page, house: House) -> None:
    post_topic(by=house.people.author)
    page.goto(reverse("forum:member", args=[house.people.author.handle]))


def _waiting_edit(page, house: House) -> None:
    page.goto(reverse("forum:edit", args=[approve(post_topic(by=house.people.author)).pk]))


def _edited_post(page, house: House) -> None:
    post = post_topic(body="We asked for a plan.")
    edit_post(post, by=post.author, body="We asked for a migration plan.\n\nSo did others.", revision=1)
    page.goto(reverse("forum:history", args=[post.pk]))


def _text_to_remove(page, house: House) -> None:
    _edited_post(page, house)
    page.get_by_role("link", name="Remove this text…").click()


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
    "map with panel": ("visitor", _panel),
    "map embedded": ("visitor", _go("countrymap:embed")),
    "countries": ("visitor", _go("countrymap:countries")),
    "country": ("visitor", _go("countrymap:country", "KE")),
    "country empty": ("visitor", _go("countrymap:country", "FR")),
    "region": ("visitor", _go("countrymap:region", "AFR")),
    "compare": ("visitor", lambda page, house: page.goto("/compare/?country=KE&country=FR&country=nonsense")),
    "compare empty": ("visitor", _go("countrymap:compare")),
    "public statistics": ("visitor", _go("countrymap:statistics")),
    "themes": ("visitor", _go("initiatives:themes")),
    "theme": ("visitor", _go("initiatives:theme", "spectrum")),
    "theme empty": ("visitor", _go("initiatives:theme", "public-information")),
    "pillars": ("visitor", _go("initiatives:pillars")),
    "collections": ("visitor", _go("initiatives:collections")),
    "collection": ("visitor", _go("initiatives:collection", "reg4covid")),
    "public organisations": ("visitor", _go("initiatives:organisations")),
    "public organisation": (
        "visitor",
        lambda page, house: page.goto(f"/organisations/{house.people.organisation.pk}/"),
    ),
    "tags": ("visitor", _go("initiatives:tags")),
    "tag": ("visitor", _go("initiatives:tag", "spectrum")),
    "open data": ("visitor", _go("initiatives:data")),
    "forum": ("visitor", _go("forum:index")),
    "search in the forum": (
        "visitor",
        lambda page, house: page.goto(reverse("forum:search") + f"?q={post_topic().topic.title.split()[0]}"),
    ),
    "board": ("visitor", _go("forum:board", "spectrum")),
    "topic": ("author", _topic("open")),
    "board with news": ("author", _news),
    "board as a moderator": ("moderator", _news),
    "forum as a member": ("author", _go("forum:index")),
    "search in the forum empty": ("visitor", _go("forum:search")),
    "topic as a moderator": ("moderator", _topic("open")),
    "begin a topic with errors": ("author", _begun("Post")),
    "begin a topic with preview": ("author", _begun("Preview")),
    "begin a topic with a wrong picture": ("author", _begun("Put it into the text")),
    "may not begin a topic": ("author", _go("forum:create", "announcements")),
    "reason missing": ("moderator", _undecided),
    "topic with tables, code and quotes": ("visitor", _rich_topic),
    "topic locked": ("visitor", _topic("locked")),
    "begin a topic": ("author", _go("forum:create", "ask-your-peers")),
    "edit a post": ("author", _post("forum:edit")),
    "delete a post": ("author", _post("forum:delete")),
    "flag a post": (
        "author",
        lambda page, house: page.goto(reverse("forum:flag", args=[post_topic().pk])),
    ),
    "silence a member": (
        "moderator",
        lambda page, house: page.goto(reverse("forum:member_order", args=[post_topic().author.handle])),
    ),
    "topic to be merged": ("moderator", _planned),
    "topic with posts that wait": ("moderator", _waiting_posts),
    "decide on a post": ("moderator", _post("forum:post_order")),
    "keep order in a topic": (
        "moderator",
        lambda page, house: page.goto(reverse("forum:topic_order", args=[post_topic().topic_id])),
    ),
    "mail of the forum": ("author", _followed),
    "mail of the forum by a link": (
        "visitor",
        lambda page, house: page.goto(url_for(house.people.author).removeprefix(settings.SITE_URL)),
    ),
    "letters about a topic by a link": ("visitor", _topic_letters),
    "topic for who is silenced": ("author", _silenced),
    "member with posts that wait": ("author", _own_waiting),
    "edit that will wait": ("author", _waiting_edit),
    "history of a post": ("visitor", _edited_post),
    "earlier text to remove": ("moderator", _text_to_remove),
    "member": (
        "visitor",
        lambda page, house: page.goto(reverse("forum:member", args=[post_topic().author.handle])),
    ),
    "post in the admin": ("moderator", _post("admin:forum_post_change")),
    "page of the API": ("visitor", _go("api:docs")),
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
    "organisation": ("author", _organisation),
    "organisations": ("author", lambda page, house: page.goto(reverse("people:organisations") + "?q=authority")),
    "ask": ("moderator", lambda page, house: page.goto(reverse("people:ask", args=[house.people.organisation.pk]))),
    "leave": ("author", _leave),
    "status of draft": ("author", _submission("initiatives:submission", "draft")),
    "status of returned": ("author", _submission("initiatives:submission", "returned")),
    "retract": ("author", _submission("initiatives:retract", "waiting")),
    "delete": ("author", _submission("initiatives:delete", "draft")),
    "preview": ("author", _submission("initiatives:preview", "draft")),
    "earlier texts": ("author", _submission("initiatives:texts", "returned")),
    "form in conflict": ("author", _conflict),
    "correct": (
        "author",
        lambda page, house: page.goto(reverse("initiatives:correct", args=[house.initiative.reference])),
    ),
    "ending": (
        "author",
        lambda page, house: page.goto(reverse("initiatives:ending", args=[house.corrected.reference]) + "?what=ended"),
    ),
    "status of correction": ("author", _submission("initiatives:submission", "correction")),
    "review": ("visitor", _review(Answer.STILL_VALID)),
    "review ended": ("visitor", _review(Answer.HAS_ENDED)),
    "review settled": ("visitor", _review_settled),
    "review refused": ("visitor", _review(None)),
    "review list": ("moderator", lambda page, house: page.goto("/admin/initiatives/initiative/?review=overdue")),
    "version": ("visitor", lambda page, house: page.goto(house.corrected.get_absolute_url() + "?version=1")),
    "history": ("visitor", lambda page, house: page.goto(house.corrected.get_absolute_url() + "history/")),
    "comparison": (
        "visitor",
        lambda page, house: page.goto(house.corrected.get_absolute_url() + "history/?from=1&to=2"),
    ),
    "start": ("moderator", _start("")),
    "start filtered": ("moderator", _start("?region=EUR&region=none&claimed=me&theme=nonsense")),
    "queue": ("moderator", _admin("")),
    "decision": ("moderator", _admin("waiting")),
    "decision held": ("moderator", _held("admin:initiatives_submission_change")),
    "held decisions": ("moderator", _held("admin:moderation_held")),
    "letter": ("moderator", _letter),
    "decision log": ("moderator", _go("admin:moderation_decision_changelist")),
    "statistics": ("moderator", _go("admin:moderation_statistics")),
}
