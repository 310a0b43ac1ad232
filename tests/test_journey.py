"""The main job, end to end, in a real browser, as four people."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from countries.services import load_countries
from initiatives.models import Initiative, Submission
from tests import steps
from tests.factories import CollectionFactory, ModeratorFactory, UserFactory
from tests.seen import part_of_sitemap

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Extra spectrum for every mobile operator in Kenya"
SUMMARY = "The authority assigned 20 MHz more to each operator, free of charge, for six months."
BETTER = "The authority assigned 20 MHz more in the 800 MHz band to each operator, free of charge, for six months."
REASON = "Say which band, please."
CONTRIBUTOR, MODERATOR, STRANGER = "achieng@ca.example", "desta@portal.example", "charlie@elsewhere.example"


@pytest.fixture(autouse=True)
def forgotten_limits():
    """The same people come in several tests: sooner than sign-up and letters are limited to."""
    cache.clear()


@pytest.fixture
def reference_data(live_server):
    load_countries()
    CollectionFactory()


def test_measure_travels_from_contributor_to_public(reference_data, new_page, settings):
    """Signs up, drafts, loses the line, sends; is asked for changes, sends again; is approved and found."""
    settings.DEMO = True  # the moderator needs no second factor
    ModeratorFactory(email=MODERATOR, name="Desta", second_factor=False)
    contributor, moderator, visitor = new_page(), new_page(), new_page()

    steps.sign_up(contributor, "Achieng", CONTRIBUTOR)
    contributor.goto(reverse("initiatives:create"))
    steps.write_half(contributor, TITLE)
    steps.lose_the_connection(contributor)
    expect(contributor.get_by_label("Title", exact=True)).to_have_value(TITLE)
    check_draft_is_the_authors(contributor, visitor, new_page)

    steps.fill_in(contributor, SUMMARY)
    steps.send(contributor)
    assert Submission.objects.get().status == "submitted"
    check_nothing_is_public(visitor)

    steps.sign_in(moderator, MODERATOR, "/admin/")
    steps.open_from_queue(moderator, TITLE)
    steps.decide(moderator, "Ask for changes", REASON)
    check_nothing_is_public(visitor)

    answer_the_moderator(contributor)
    check_nothing_is_public(visitor)
    steps.open_from_queue(moderator, TITLE)
    expect(moderator.get_by_text(BETTER).first).to_be_visible()
    steps.decide(moderator, "Approve")

    check_measure_is_public(new_page())
    check_contributor_is_told(contributor)


def check_draft_is_the_authors(contributor, visitor, new_page):
    """The visitor is asked to sign in; the stranger, who has, finds nothing."""
    address = contributor.url
    visitor.goto(address)
    assert visitor.url.partition("?")[0].endswith(reverse("account_login"))
    UserFactory(email=STRANGER, name="Charlie")
    stranger = new_page()
    steps.sign_in(stranger, STRANGER, reverse("portal:my"))
    for page in (address, address.removesuffix("edit/")):
        assert stranger.goto(page).status == 404
    assert TITLE not in stranger.content()


def check_nothing_is_public(visitor):
    assert TITLE not in steps.public_text(visitor)
    assert steps.count_on_map(visitor, "KE") == 0


def answer_the_moderator(contributor):
    """The contributor reads the mail and the reason, changes the text and sends it again."""
    letter = steps.letters_to(CONTRIBUTOR)[-1]
    assert REASON in letter and TITLE in letter
    contributor.goto(reverse("portal:my"))
    contributor.get_by_role("link", name=TITLE, exact=True).click()
    expect(contributor.get_by_text(REASON).first).to_be_visible()
    contributor.get_by_role("link", name="Change and send again").click()
    expect(contributor.get_by_text(REASON).first).to_be_visible()
    expect(contributor.get_by_label("Summary")).to_have_value(SUMMARY)
    contributor.get_by_label("Summary").fill(BETTER)
    steps.send(contributor)


def check_measure_is_public(visitor):
    """In the list, on the country's page, on the map and in its numbers, in the sitemap; the particulars nowhere."""
    initiative = Initiative.objects.get()
    visitor.goto("/")
    visitor.locator("main").get_by_role("link", name=TITLE).first.click()
    assert visitor.url.endswith(initiative.get_absolute_url())
    expect(visitor.get_by_text(BETTER).first).to_be_visible()
    assert "zqprivate" not in visitor.content().lower()
    visitor.goto(reverse("initiatives:list", query={"q": "spectrum Kenya", "country": "KE"}))
    expect(visitor.locator("#results").get_by_role("link", name=TITLE)).to_be_visible()
    visitor.goto(reverse("countrymap:map"))
    expect(visitor.locator("table").get_by_role("row", name="Kenya").first).to_contain_text("1")
    assert steps.count_on_map(visitor, "KE") == 1
    sitemap = visitor.request.get(part_of_sitemap("initiatives", initiative)).text()
    assert initiative.get_absolute_url() in sitemap
    assert "zqprivate" not in steps.public_text(visitor).lower()


def check_contributor_is_told(contributor):
    initiative = Initiative.objects.get()
    assert initiative.get_absolute_url() in steps.letters_to(CONTRIBUTOR)[-1]
    contributor.goto(reverse("portal:my"))
    contributor.get_by_role("link", name=TITLE, exact=True).first.click()
    contributor.get_by_role("link", name=initiative.reference).click()
    assert contributor.url.endswith(initiative.get_absolute_url())


def test_public_path_needs_no_script(house, page_no_script):
    """Home, search, filter, detail, country, map: with links and buttons alone."""
    page = page_no_script
    page.goto("/")
    page.locator("main").get_by_role("searchbox").first.fill("spectrum")
    page.locator("main").get_by_role("button", name="Search").first.click()
    page.locator("[name=region][value=AFR]").check()
    page.locator("details.filters").get_by_role("button", name="Apply").click()
    assert "region=AFR" in page.url and "q=spectrum" in page.url
    page.locator("#results").get_by_role("link", name=house.initiative.title).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(house.initiative.title)
    page.goto(reverse("countrymap:map"))
    expect(page.locator(".map-canvas svg")).to_be_visible()
    page.locator("table").get_by_role("link", name="Kenya").click()
    assert page.url.endswith(reverse("countrymap:country", args=["KE"]))
    page.locator(".item-title").get_by_role("link", name=house.initiative.title).click()
    assert page.url.endswith(house.initiative.get_absolute_url())


def test_measure_can_be_sent_without_script(reference_data, page_no_script):
    page = page_no_script
    steps.sign_up(page, "Achieng", CONTRIBUTOR)
    page.goto(reverse("initiatives:create"))
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_label("Theme", exact=True).select_option("spectrum")
    steps.fill_in(page, SUMMARY)
    steps.send(page)
    assert Submission.objects.get().status == "submitted"


def test_failed_sending_keeps_every_word(reference_data, new_page):
    """What is wrong is named; what was typed, and the file, are still there."""
    page = new_page()
    steps.sign_up(page, "Achieng", CONTRIBUTOR)
    page.goto(reverse("initiatives:create"))
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_label("Summary").fill("Too short.")
    page.get_by_label("Web address").first.fill("not an address")
    file = {"name": "table.csv", "mimeType": "text/csv", "buffer": b"country,measure\nKE,spectrum\n"}
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Send for review").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.get_by_label("Title", exact=True)).to_have_value(TITLE)
    expect(page.get_by_label("Summary")).to_have_value("Too short.")
    expect(page.get_by_label("Web address").first).to_have_value("not an address")
    expect(page.get_by_role("link", name="table.csv")).to_be_visible()


def test_staff_are_asked_for_a_second_factor(live_server, new_page):
    """Outside the demonstration nobody vets with a code from the mail alone."""
    ModeratorFactory(email=MODERATOR, name="Desta", second_factor=False)
    page = new_page()
    steps.sign_in(page, MODERATOR, "/admin/")
    assert page.url.endswith(reverse("mfa_index"))
    expect(page.get_by_text("Set up a second factor first")).to_be_visible()
    page.goto(reverse("admin:initiatives_submission_changelist"))
    assert page.url.endswith(reverse("mfa_index"))
