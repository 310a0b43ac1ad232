"""A method that an address does not have is refused as such, not as a form without its token."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["post", "delete", "put"])
@pytest.mark.parametrize("address", ["/", "/initiatives/", "/map/", "/data/", "/regions/"])
def test_page_that_is_only_read(method, address):
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert response.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} == set(response["Allow"].split(", "))


@pytest.mark.parametrize("method", ["post", "delete", "put"])
@pytest.mark.parametrize(
    "address", ["/robots.txt", "/sitemap.xml", "/sitemap-topics.xml", "/favicon.ico", "/livez", "/healthz"]
)
def test_file_for_machines(method, address):
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert response.status_code == 405 and {"GET", "HEAD"} <= set(response["Allow"].split(", "))


def test_form_still_needs_its_token():
    assert Client(enforce_csrf_checks=True).post("/accounts/login/").status_code == 403
