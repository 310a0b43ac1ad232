"""The pages that allauth brings speak the portal's words."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
OPEN = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"]
MINE = ["account_email", "account_change_password", "account_logout", "mfa_index"]


@pytest.fixture
def member() -> Client:
    client = Client()
    client.force_login(UserFactory())
    return client


@pytest.mark.parametrize("name", OPEN)
def test_a_visitor_reads_e_mail(client, name):
    page = client.get(reverse(name)).text
    assert ">Email" not in page and "email address" not in page.lower().replace("e-mail", "")


@pytest.mark.parametrize("name", MINE)
def test_a_member_reads_e_mail(member, name):
    page = member.get(reverse(name), follow=True).text
    assert ">Email" not in page and "email address" not in page.lower().replace("e-mail", "")


@pytest.mark.parametrize(
    ("name", "words"),
    [("mfa_index", "Two-factor authentication"), ("account_logout", "Sign out")],
)
def test_headings_are_in_sentence_case(member, name, words):
    page = " ".join(member.get(reverse(name), follow=True).text.split())
    assert f"<h1>{words} </h1>" in page or f"<h1>{words}</h1>" in page
    assert f"<title>{words}" in page.replace("<title> ", "<title>")
