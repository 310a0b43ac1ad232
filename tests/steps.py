"""What people do in a browser, as words for the journey."""

import re

from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from portal import sitemaps

CODE = re.compile(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", re.MULTILINE)


def letters_to(address: str) -> list[str]:
    return [f"{letter.subject}\n{letter.body}" for letter in mail.outbox if letter.to == [address]]


def mailed_code(address: str) -> str:
    """The code of the last letter to `address`."""
    return CODE.search(letters_to(address)[-1])[1]


def enter_code(page: Page, address: str) -> None:
    field = page.locator("input[name=code]")
    field.wait_for()  # the letter was sent before the page
    field.fill(mailed_code(address))
    with page.expect_navigation():
        page.locator("main form:has(input[name=code]) button").first.click()


def sign_up(page: Page, name: str, address: str) -> None:
    """Make an account, beginning where the portal sends somebody who wants to share a measure."""
    page.goto("/")
    page.get_by_role("link", name="Share a measure").first.click()
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Your name, as others will see it").fill(name)
    page.locator("main input[type=email]").fill(address)
    page.locator("main").get_by_role("button", name="Make an account").click()
    enter_code(page, address)


def sign_in(page: Page, address: str, start: str) -> None:
    """Ask for `start` and sign in with an e-mailed code on the way there."""
    page.goto(start)
    page.locator("main input[type=email]").first.fill(address)
    page.get_by_role("button", name="Send me a sign-in code").first.click()
    enter_code(page, address)


def write_half(page: Page, title: str) -> None:
    """A draft with two answers, saved."""
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Theme", exact=True).select_option("spectrum")
    page.get_by_role("button", name="Save draft").first.click()
    expect(page.get_by_text("Draft saved")).to_be_visible()


def lose_the_connection(page: Page) -> None:
    """Type something, then find the page loaded anew."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Summary").fill("Typed, and not saved before the line went down.")
    page.reload()


def fill_in(page: Page, summary: str) -> None:
    """Everything else that is asked for."""
    page.get_by_label("Summary").fill(summary)
    page.get_by_label("Language of the text").select_option("en")
    page.get_by_label("Kind of instrument").select_option("regulation_decision")
    page.get_by_label("Phase of the crisis").select_option("emergency")
    page.locator("[name=scope][value=national]").check()
    page.locator("select[name=countries]").select_option("KE")
    for part, value in (("day", "23"), ("month", "3"), ("year", "2020")):
        fill_or_choose(page, f"[name=starts_{part}]", value)
    page.locator("[name=end_kind][value=open_ended]").check()
    page.get_by_label("Name of the organisation").fill("Communications Authority of Kenya")
    page.get_by_label("Kind of organisation").select_option("regulator")
    page.locator("[name=organisation_country]").select_option("KE")
    page.locator("[name=relation][value=issuing_body]").check()
    page.get_by_label("Your name").fill("Zqprivate Name")
    page.get_by_label("Your role").fill("Zqprivate Role")
    page.get_by_label("Your e-mail address").fill("zqprivate@example.org")
    page.get_by_label("Web address").first.fill("https://regulator.example/decision-12")
    page.get_by_label("Title of the source").first.fill("Decision 12")
    page.get_by_label("I agree that this will be public").check()


def fill_or_choose(page: Page, selector: str, value: str) -> None:
    control = page.locator(selector)
    if control.evaluate("e => e.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_text("Sent for review. We mail you")).to_be_visible()


def open_from_queue(page: Page, title: str) -> None:
    """A moderator goes from the admin's first page to the submission."""
    page.goto(reverse("admin:initiatives_submission_changelist"))
    page.locator("#result_list").get_by_role("link", name=title).click()


def decide(page: Page, button: str, reason: str = "") -> None:
    if reason:
        page.locator("[name=public_reason]").fill(reason)
    with page.expect_navigation():
        page.locator("form.decide").get_by_role("button", name=re.compile(f"^{button}")).click()


PUBLIC = ["portal:home", "initiatives:list", "countrymap:map", "countrymap:countries", "portal:sitemap"]


def public_text(page: Page) -> str:
    """What a visitor can read on every public page where a measure of Kenya could appear."""
    addresses = [reverse(name) for name in PUBLIC]
    addresses += [*(one.path for one in sitemaps.index()), reverse("countrymap:country", args=["KE"])]
    addresses += [reverse("initiatives:list", query={"q": "spectrum", "country": "KE", "archived": "1"})]
    return "\n".join(page.request.get(address).text() for address in addresses)


def count_on_map(page: Page, iso2: str) -> int:
    return page.request.get(reverse("countrymap:data")).json()["counts"].get(iso2, 0)
