"""Deciding in a real browser: by keyboard alone, in a race, many at once, and taken back."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from initiatives.models import Initiative, Submission
from tests.factories import ModeratorFactory, make_submission

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = reverse("admin:initiatives_submission_changelist")
TABS_MAX = 150


@pytest.fixture(autouse=True)
def _held(settings):
    settings.DEMO, settings.DECISION_HOLD = True, timedelta(minutes=5)


@pytest.fixture
def at_desk(new_page):
    """A moderator's browser."""

    def make(name: str, **options):
        client = Client()
        client.force_login(ModeratorFactory(name=name))
        page = new_page(**options)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        url = page.watch.home
        page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])
        return page

    return make


def page_of(submission: Submission) -> str:
    return reverse("admin:initiatives_submission_change", args=[submission.pk])


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.locator("form.decide").get_by_role("button", name=name, exact=False).first.click()


def message(page):
    return page.locator(".messagelist")


def status_of(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).status


def test_second_of_two_is_told_who_did_what(at_desk):
    submission = make_submission()
    amina, boris = at_desk("Amina"), at_desk("Boris")
    for page in (amina, boris):
        page.goto(page_of(submission))
    press(amina, "Claim")
    expect(message(amina)).to_contain_text("Done: it is “being looked at” now.")
    boris.locator("[name=public_reason]").fill("Long and careful words")
    press(boris, "Reject (reason needed)")
    expect(message(boris)).to_contain_text("Amina has claimed it at")
    expect(boris.get_by_text("Long and careful words")).to_be_visible()
    press(amina, "Approve")
    boris.goto(page_of(submission))
    expect(boris.locator(".held")).to_contain_text("Decided by Amina")
    assert status_of(submission) == "approved"


def test_undone_within_the_hold_nothing_was_ever_public(at_desk, mailoutbox):
    submission = make_submission()
    mailoutbox.clear()
    page = at_desk("Amina", java_script_enabled=False)
    page.goto(page_of(submission))
    page.locator("[name=private_note]").fill("read the source")
    press(page, "Approve")
    expect(message(page)).to_contain_text("can be undone until then")
    with page.expect_navigation():
        message(page).get_by_role("button", name="Undo").click()
    expect(message(page)).to_contain_text("Done: it is “being looked at” now.")
    expect(page.locator("[name=private_note]")).to_have_value("read the source")
    assert (status_of(submission), Initiative.objects.count(), mailoutbox) == ("in_review", 0, [])


def test_many_at_once_and_all_of_it_undone(at_desk):
    rows = [make_submission(title=f"Not ours {number}") for number in range(3)]
    page = at_desk("Amina")
    page.goto(QUEUE)
    for row in rows:
        page.locator(f"input[name=_selected_action][value='{row.pk}']").check()
    page.locator("select[name=action]").first.select_option("reject")
    page.get_by_role("button", name="Go").first.click()
    expect(page.get_by_role("heading", name="“Reject” will be done for 3:")).to_be_visible()
    page.get_by_label("Frequent reason").select_option("out_of_scope")
    page.get_by_role("button", name="Reject (reason needed)").click()
    expect(message(page)).to_contain_text("Reject: done for 3 of 3.")
    assert {status_of(row) for row in rows} == {"rejected"}
    page.get_by_role("button", name="Undo all").click()
    expect(message(page)).to_contain_text("Undo: done for 3 of 3.")
    assert {status_of(row) for row in rows} == {"in_review"}


def test_letter_is_shown_and_has_the_focus(at_desk):
    submission = make_submission()
    page = at_desk("Amina")
    page.goto(page_of(submission))
    page.get_by_label("Frequent reason").select_option("incomplete")
    page.locator("[name=public_reason]").fill("Which band?")
    page.get_by_role("button", name="Letter for Ask for changes").click()
    expect(page.locator("#letter")).to_be_focused()
    expect(page.locator("#letter")).to_contain_text("Which band?")
    expect(page.locator("[name=public_reason]")).to_have_value("Which band?")


def tab_to(page, selector: str) -> None:
    """Press Tab until what `selector` names has the focus, as somebody without a mouse does; it is to be seen then."""
    for _number in range(TABS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate(IN_SIGHT), f"{selector} has the focus and is hidden"
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


IN_SIGHT = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return document.activeElement.contains(there) || there?.contains(document.activeElement);
}"""


def test_decided_with_nothing_but_the_keyboard(at_desk):
    submission = make_submission(title="Reached by Tab alone")
    page = at_desk("Amina")
    page.goto(QUEUE)
    tab_to(page, f"#result_list a[href^='{page_of(submission)}']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "select[name=reason]")
    page.keyboard.type("Incomplete")
    tab_to(page, "[name=public_reason]")
    page.keyboard.type("Which band?")
    tab_to(page, "button[name=move][value=request_changes]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(message(page)).to_contain_text("Decided: “changes requested”.")
    decision = submission.decisions.first()
    assert decision.reason_code == "incomplete" and decision.public_reason.endswith("Which band?")
    tab_to(page, ".messagelist button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert status_of(submission) == "in_review"


def test_enter_in_a_field_decides_nothing(at_desk):
    submission = make_submission()
    page = at_desk("Amina")
    page.goto(page_of(submission))
    page.get_by_text("When it takes effect").click()
    page.get_by_label("Approve for a later time").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert submission.decisions.count() == 1
