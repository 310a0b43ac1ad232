"""A correction as a moderator meets it: what went and what came, heard, seen without colour, edited, published."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from initiatives import services
from moderation.services import transition
from tests.factories import make_initiative
from tests.test_accessibility import COLOURS, RULES, TOO_WIDE, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARABIC = {
    "title": "طيف مؤقت لجميع المشغلين",
    "summary": "خصصت الهيئة طيفًا إضافيًا لجميع المشغلين لمدة ستة أشهر مجانًا خلال الأزمة.",
    "language": "ar",
    "countries": ["EG"],
}


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMO = True


def corrected(initiative, people, **values):
    """A correction that waits."""
    correction = services.start_correction(initiative, by=people.author)
    private = {"contributor_name": "A", "contributor_role": "B", "contributor_email": "a@example.org"}
    private["consent_at"] = "2026-01-01T00:00Z"
    services.save_draft(correction, by=people.author, values=private | values)
    correction.refresh_from_db()
    transition(correction, "submit", by=people.author)
    return correction


@pytest.fixture
def correction(house):
    initiative = make_initiative(by=house.people.author, title="Free data for six months", tag_names=["data"])
    return corrected(initiative, house.people, title="Free data for nine months", tag_names=["data", "schools"])


def url_of(submission, page: str = "change") -> str:
    return reverse(f"admin:initiatives_submission_{page}", args=[submission.pk])


def opened(new_page, house, url: str, **options):
    page = new_page(**options)
    house.sign_in(page, "moderator")
    page.goto(url)
    return page


def heard(page) -> str:
    """What a screen reader reads of the comparison, on one line."""
    return re.sub(r"\s+", " ", page.locator(".comparison").aria_snapshot())


def test_changes_are_heard(new_page, house, correction):
    said = heard(opened(new_page, house, url_of(correction)))
    places = [said.index(words) for words in ("Title", "Public now", "Free data for", "removed: six end of removed")]
    places += [said.index(words) for words in ("Proposed", "added: nine end of added", "Tags", "added: schools")]
    assert places == sorted(places)
    assert "deletion" in said and "insertion" in said


def test_changes_are_seen_without_colour(new_page, house, correction):
    page = opened(new_page, house, url_of(correction), forced_colors="active")
    line = "e => getComputedStyle(e).textDecorationLine"
    assert page.locator("del").first.evaluate(line) == "line-through"
    assert page.locator("ins").first.evaluate(line) == "underline"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_sides_stand_beside_each_other_where_there_is_room(new_page, house, correction, script):
    page = opened(new_page, house, url_of(correction), java_script_enabled=script)
    old, new = (page.locator(".comparison-field dd").nth(place).bounding_box() for place in (0, 1))
    assert new["x"] >= old["x"] + old["width"] and new["y"] == old["y"]
    page.set_viewport_size({"width": 360, "height": 740})
    old, new = (page.locator(".comparison-field dd").nth(place).bounding_box() for place in (0, 1))
    assert new["x"] == old["x"] and new["y"] >= old["y"] + old["height"]
    expect(page.locator(".comparison-field dd .comparison-head").first).to_have_text("Public now:")


def test_arabic_is_read_from_the_right(new_page, house):
    initiative = make_initiative(by=house.people.author, **ARABIC)
    correction = corrected(initiative, house.people, title="طيف دائم لجميع المشغلين")
    page = opened(new_page, house, url_of(correction))
    text = page.locator(".comparison-text").first
    assert text.evaluate("e => [e.lang, getComputedStyle(e).direction]") == ["ar", "rtl"]
    gone, whole = page.locator("del").first.bounding_box(), text.bounding_box()
    assert gone["x"] > whole["x"] + whole["width"] / 2  # the second word of a line that begins on the right


@pytest.mark.parametrize("page_name", ["change", "edit"])
def test_pages_are_accessible(new_page, house, correction, page_name):
    initiative = make_initiative(by=house.people.author, **ARABIC)
    arabic = corrected(initiative, house.people, title="طيف دائم لجميع المشغلين")
    services.edit_as_staff(arabic, by=house.people.moderator, values={"results": "نتائج"})
    found = []
    for submission in (correction, arabic):
        page = opened(new_page, house, url_of(submission, page_name), bypass_csp=True)
        page.evaluate("document.querySelectorAll('#content details').forEach(part => part.open = true)")
        for scheme, width, rules in (("light", 1280, RULES), ("light", 360, RULES), ("dark", 360, COLOURS)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{scheme}, {width}: {line}" for line in violations(page, rules)]
            found += page.evaluate(TOO_WIDE)
        page.watch.complaints.clear()  # axe asks for stylesheets under wrong addresses
    assert not found, "\n".join(found)


def test_edit_is_made_discarded_and_published_without_script(new_page, house, correction):
    page = opened(new_page, house, url_of(correction), java_script_enabled=False)
    for title in ("Edited and thought better of", "Free mobile data for nine months"):
        page.get_by_role("link", name=re.compile("Edit")).click()
        page.get_by_label("Title", exact=True).fill(title)
        page.get_by_role("button", name="Save the edits").click()
        expect(page.get_by_role("heading", name="Edited by the secretariat")).to_be_visible()
        if title.startswith("Edited"):
            page.get_by_role("button", name="Discard the edits").click()
            expect(page.get_by_text("The text is again as it was sent.")).to_be_visible()
    page.locator("button[name=move][value=approve]").click()
    correction.refresh_from_db()
    version = correction.initiative.versions.first()
    assert (version.content["title"], version.edited_by_secretariat) == ("Free mobile data for nine months", True)
