"""The admin in a real browser, under the policy that forbids inline scripts and styles."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from tests.factories import ModeratorFactory
from tests.test_admin_pages import address, populate, rights


def _request(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_page_complains_in_a_browser(new_page, client, settings):
    """`new_page` fails the test on any complaint."""
    settings.DEMO = True
    populate()
    user = ModeratorFactory(group="Administrator")
    client.force_login(user)
    page = new_page()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.watch.home}])
    page.goto("/admin/")
    for model, model_admin in admin.site._registry.items():
        page.goto(address(model, "changelist"))
        row = model_admin.get_queryset(_request(user)).first()
        response = page.goto(address(model, "change", row.pk))
        assert response.status == 200, model
        if "add" in rights("Administrator", model):
            page.goto(address(model, "add"))
