"""With script: what was typed stays in the tab when the session ends, and is gone when it was saved."""

import pytest
from django.contrib.sessions.models import Session

from initiatives.models import Submission
from initiatives.tests.typed import NEW
from tests.factories import CollectionFactory, UserFactory, country

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def sign_in(page, client, live_server, person) -> None:
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])


def kept(page) -> int:
    return page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('typed:')).length")


@pytest.fixture
def person(page, client, live_server):
    country(), CollectionFactory()
    person = UserFactory()
    sign_in(page, client, live_server, person)
    page.goto(NEW)
    return person


def test_typed_text_comes_back_after_signing_in(page, client, live_server, person):
    page.get_by_label("Title", exact=True).first.fill("Typed for an hour")
    page.get_by_label("Summary").fill("A summary that took long to write.")
    page.get_by_label("Theme", exact=False).first.select_option(index=3)
    Session.objects.all().delete()
    page.get_by_role("button", name="Save draft").first.click()
    page.get_by_text("Your session has ended while you typed").wait_for()
    assert "Typed for an hour" in page.content()
    sign_in(page, client, live_server, person)
    page.goto(NEW)
    page.get_by_text("What you had typed before is back").wait_for()
    assert page.get_by_label("Title", exact=True).first.input_value() == "Typed for an hour"
    page.get_by_role("button", name="Save draft").first.click()
    page.get_by_text("Draft saved").wait_for()
    assert Submission.objects.get().summary == "A summary that took long to write." and kept(page) == 0
    page.watch.complaints.clear()


def test_autosave_goes_on_after_signing_in_elsewhere(page, client, live_server, person):
    Session.objects.all().delete()
    page.get_by_label("Title", exact=True).first.fill("Typed while signed out")
    page.get_by_text("Not saved: you are signed out").first.wait_for()
    page.context.add_cookies([{"name": "csrftoken", "value": "a" * 32, "url": live_server.url}])
    sign_in(page, client, live_server, person)
    page.get_by_text("Saved at").first.wait_for(timeout=30_000)
    assert Submission.objects.get().title == "Typed while signed out"


def test_signing_out_forgets_what_was_typed(page, person):
    page.get_by_label("Title", exact=True).first.fill("On a shared computer")
    page.wait_for_timeout(600)  # it is kept a moment after the last key
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/")
    assert kept(page) == 0


def test_text_of_another_person_is_not_shown(page, client, live_server, person):
    page.get_by_label("Title", exact=True).first.fill("Of the first person")
    page.wait_for_timeout(600)  # it is kept a moment after the last key
    sign_in(page, client, live_server, UserFactory())
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(NEW)
    assert page.get_by_label("Title", exact=True).first.input_value() == ""
