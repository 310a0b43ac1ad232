"""Words in the admin: none is lost by a wrong click, and none is so long that the page leaves the window."""

import pytest
from django.urls import reverse

from tests.factories import ModeratorFactory, make_submission

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demonstration")]


def enter(page, client, live_server) -> None:
    client.force_login(ModeratorFactory())
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


@pytest.mark.parametrize(("name", "field"), [("change", "public_reason"), ("edit", "summary")])
def test_typed_words_are_asked_about_before_they_are_lost(page, client, live_server, name, field):
    submission = make_submission()
    enter(page, client, live_server)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    for words, expected in (("", []), ("typed with care", ["beforeunload"])):
        page.goto(reverse(f"admin:initiatives_submission_{name}", args=[submission.pk]))
        if words:
            page.locator(f"[name={field}]").press_sequentially(words)
        page.locator(".breadcrumbs a").first.click()
        page.wait_for_url("**/admin/")
        assert asked == expected


@pytest.mark.parametrize("width", [1280, 360])
def test_a_title_without_spaces_widens_no_page(new_page, client, live_server, width):
    submission = make_submission(title="W" * 150)
    page = new_page(viewport={"width": width, "height": 900})
    enter(page, client, live_server)
    own = reverse("admin:initiatives_submission_change", args=[submission.pk])
    for path in (own, "/admin/moderation/decision/", "/admin/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
