"""Letters about accounts: whole sentences, with the portal's name."""

import re

import pytest
from django.core import mail

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def named(settings):
    settings.SITE_NAME, settings.SITE_URL = "Portal of Examples", "https://portal.example.org"


def letter() -> str:
    """The one letter that was sent."""
    (message,) = mail.outbox
    text = f"{message.subject}\n{message.body}"
    assert not re.search(r"\b(from|using|on|of|email)\s*[.!]", text), text
    assert "Portal of Examples" in text
    return text


def test_letter_after_sign_up_has_name_and_code(client):
    client.post("/accounts/signup/", {"email": "new@example.org", "name": "New Person"})
    assert re.search(r"^[A-Z0-9-]{6,}$", letter(), re.MULTILINE)


def test_letter_with_a_sign_in_code(client):
    UserFactory(email="known@example.org")
    client.post("/accounts/login/code/", {"email": "known@example.org"})
    assert re.search(r"^[A-Z0-9-]{6,}$", letter(), re.MULTILINE)


def test_letter_to_an_unknown_address_names_it(client):
    client.post("/accounts/login/code/", {"email": "unknown@example.org"})
    assert "unknown@example.org" in letter()


def test_letter_to_an_address_that_has_an_account_names_it(client):
    UserFactory(email="known@example.org")
    client.post("/accounts/signup/", {"email": "known@example.org", "name": "Again"})
    assert "known@example.org" in letter()
