"""What people who mean harm wrote runs on no page. That no page asks anybody else, test_accessibility.py sees."""

import pytest
from django.urls import reverse

from tests.factories import make_initiative
from tests.hostile import MARKUP, sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTEN = """
    window.executed = [];
    for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => window.executed.push(name);
"""


@pytest.fixture
def hostile(house) -> list:
    """Initiatives that say what people who mean harm would have them say, one kind of payload after the other."""
    payloads = [payload for category in MARKUP for payload in sample(30, category)]
    made = []
    for start in range(0, len(payloads), 10):
        some = payloads[start : start + 10]
        whole = "\n\n".join(some)
        words = {"description": whole[:8_000], "results": whole[:2_000], "lessons": whole[-2_000:]}
        words["summary"] = f"{whole[:1_100]} and enough words for a summary of it"
        made.append(
            make_initiative(title=some[0][:150], partners=some[:9], tag_names=[p[:50] for p in some[:5]], **words)
        )
    return made


def executed(page) -> list[str]:
    """What ran although it must not, and what would run at a click."""
    return page.evaluate("window.executed") + page.evaluate(
        """[...document.querySelectorAll("*")].flatMap(e => [...e.attributes]
            .filter(a => a.name.startsWith("on") || /^\\s*(javascript|vbscript|data:text)/i.test(a.value))
            .filter(a => !["content", "value", "title", "alt"].includes(a.name))
            .map(a => `${e.tagName} ${a.name}=${a.value.slice(0, 60)}`))"""
    )


def test_published_hostile_text_runs_nowhere(hostile, new_page):
    page = new_page()
    page.add_init_script(LISTEN)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    addresses = [reverse("portal:home"), reverse("initiatives:list"), reverse("countrymap:map")]
    addresses += [reverse("countrymap:country", args=["KE"]), *(row.get_absolute_url() for row in hostile)]
    for address in addresses:
        page.goto(address)
        assert executed(page) == [], address
    assert dialogs == [] and page.watch.complaints == []


def test_search_words_run_nowhere(house, new_page):
    page = new_page()
    page.add_init_script(LISTEN)
    for payload in sample(40, *MARKUP):
        page.goto(reverse("initiatives:list", query={"q": payload, "country": payload, "tag": payload}))
        assert executed(page) == [], payload
    assert page.watch.complaints == []


def test_moderators_see_hostile_text_as_text(house, hostile, new_page, settings):
    """The admin too: it is the first to show what was sent in."""
    settings.DEMO = True
    page = new_page()
    page.add_init_script(LISTEN)
    house.sign_in(page, "moderator")
    page.goto(reverse("admin:initiatives_initiative_changelist"))
    assert executed(page) == []
    for row in hostile[:4]:
        page.goto(reverse("admin:initiatives_submission_change", args=[row.submissions.get().pk]))
        assert executed(page) == [], row
    assert page.watch.complaints == []
