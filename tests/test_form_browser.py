"""The contributor's form in a real browser: colleagues who meet, drafts that save themselves, the preview."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from initiatives.models import Submission
from tests.browsing import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MINE, THEIRS = "Spectrum for all operators until June", "Spectrum for two operators until May"


@pytest.fixture
def house(live_server):
    return House.make(live_server.url)


@pytest.fixture
def opened(house, new_page):
    """Opens the draft, or another page, as one of the people."""

    def open_as(name: str, address: str = "", **options):
        page = new_page(**options)
        house.sign_in(page, name)
        page.goto(address or reverse("initiatives:edit", args=[house.draft.key]))
        return page

    return open_as


def title_of(page):
    return page.get_by_label("Title", exact=True)


def save(page) -> None:
    page.get_by_role("button", name="Save draft").first.click()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def crossed(request, house, opened):
    """Two colleagues opened the draft; the one saved, then the other. Returns the page of the other."""
    one, other = (opened(name, java_script_enabled=request.param) for name in ("colleague", "author"))
    title_of(one).fill(THEIRS)
    save(one)
    expect(one.get_by_text("Draft saved")).to_be_visible()
    title_of(other).fill(MINE)
    save(other)
    expect(other.get_by_role("heading", name="Barasa saved a newer text")).to_be_visible()
    return other


def test_colleague_is_told_and_keeps_theirs(crossed, house):
    expect(crossed.locator("#conflict").get_by_text("operators until").first).to_be_visible()
    expect(title_of(crossed)).to_have_value(MINE)
    crossed.get_by_role("button", name="Keep mine").click()
    expect(crossed.get_by_text("Draft saved")).to_be_visible()
    assert Submission.objects.get(pk=house.draft.pk).title == MINE
    crossed.goto(reverse("initiatives:texts", args=[house.draft.key]))
    expect(crossed.get_by_role("heading", name="Replaced by a newer text").first).to_be_visible()


def test_colleague_takes_the_newer_text_and_finds_the_own_one_again(crossed, house):
    crossed.get_by_role("button", name="Take theirs").click()
    expect(title_of(crossed)).to_have_value(THEIRS)
    crossed.get_by_role("link", name="Earlier texts").first.click()
    crossed.get_by_role("link", name="Use this text").first.click()
    expect(title_of(crossed)).to_have_value(MINE)
    save(crossed)
    expect(crossed.get_by_text("Draft saved")).to_be_visible()
    assert Submission.objects.get(pk=house.draft.pk).title == MINE


def type_and_leave(page, text: str) -> None:
    title_of(page).fill(text)
    page.get_by_label("Summary").focus()


def test_new_draft_saves_itself_and_survives_a_reload(house, opened):
    page = opened("author", reverse("initiatives:create"))
    before = Submission.objects.count()
    type_and_leave(page, MINE)
    expect(page.locator("[data-saved]").first).to_contain_text("Saved at")
    draft = Submission.objects.first()
    assert (Submission.objects.count(), draft.title) == (before + 1, MINE)
    assert page.url.endswith(reverse("initiatives:edit", args=[draft.key]))
    assert page.evaluate("document.activeElement.name") == "summary"
    page.reload()  # asks nothing: everything is saved
    expect(title_of(page)).to_have_value(MINE)


def test_saving_by_hand_after_autosave_is_no_conflict(house, opened):
    page = opened("author")
    type_and_leave(page, MINE)
    expect(page.locator("[data-saved]").first).to_contain_text("Saved at")
    title_of(page).fill(THEIRS)
    save(page)
    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert Submission.objects.get(pk=house.draft.pk).title == THEIRS


def test_nothing_is_saved_where_nothing_changed(house, opened):
    page = opened("author")
    title_of(page).focus()
    page.get_by_label("Summary").focus()
    page.wait_for_timeout(1_500)
    assert Submission.objects.get(pk=house.draft.pk).revision == house.draft.revision


def test_autosave_that_fails_says_so_and_comes_again(house, opened):
    page = opened("author")
    page.clock.install()
    page.context.set_offline(True)
    type_and_leave(page, MINE)
    page.clock.run_for(1_000)
    expect(page.locator("[data-saved]").first).to_have_text("Not saved yet, will try again.")
    page.context.set_offline(False)
    page.clock.run_for(30_000)
    expect(page.locator("[data-saved]").first).to_contain_text("Saved at")
    assert Submission.objects.get(pk=house.draft.pk).title == MINE
    page.watch.complaints.clear()


def test_autosave_stops_at_a_newer_text_and_saving_shows_both(house, opened):
    one, other = opened("colleague"), opened("author")
    title_of(one).fill(THEIRS)
    save(one)
    type_and_leave(other, MINE)
    expect(other.locator("[data-saved]").first).to_contain_text("Barasa saved a newer text meanwhile")
    save(other)
    expect(other.get_by_role("heading", name="Barasa saved a newer text")).to_be_visible()
    assert house.draft.revisions.filter(kind="set_aside").count() == 1


def test_unsaved_text_warns_before_it_is_left(house, opened):
    page = opened("author")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route("**/edit/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    title_of(page).press_sequentially("x")
    page.get_by_role("link", name="About").first.click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.unroute_all(behavior="ignoreErrors")
    page.watch.complaints.clear()


def test_what_looks_like_it_is_shown_beside_the_title(house, opened):
    page = opened("author", reverse("initiatives:create"))
    page.locator("select[name=countries]").select_option("KE")
    title_of(page).fill(house.initiative.title)
    box = page.locator("[data-similar]")
    expect(box.get_by_role("link", name=house.initiative.title).first).to_be_visible()
    assert page.evaluate("document.activeElement.name") == "title"
    title_of(page).fill("Nothing of this kind was ever heard of")
    expect(box).to_be_empty()


def test_preview_and_back_and_send_without_script(house, opened):
    page = opened("author", java_script_enabled=False)
    title_of(page).fill(MINE)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview: nobody else sees this page")).to_be_visible()
    expect(page.get_by_role("heading", name=MINE)).to_be_visible()
    page.get_by_role("link", name="Back to the text").click()
    expect(title_of(page)).to_have_value(MINE)
    page.get_by_role("button", name="Preview").click()
    page.get_by_label("It is another one").check()  # the draft has the source of others
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_text("Sent for review. We mail you")).to_be_visible()
