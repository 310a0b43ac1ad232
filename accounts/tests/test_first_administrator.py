"""The first administrator is made on the command line and signs in like everybody."""

import re

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.models import User
from accounts.rules import has_confirmed_email, holds_administration, is_administrator

pytestmark = pytest.mark.django_db


def code_in_last_letter() -> str:
    return re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.MULTILINE)[0]


def test_first_administrator_signs_in_by_code_and_is_asked_for_a_second_factor(client):
    details = {"email": "Admin@Example.org", "name": "First Administrator", "handle": "first-admin"}
    call_command("createsuperuser", interactive=False, verbosity=0, **details)
    user = User.objects.get()
    assert holds_administration(user) and not is_administrator(user)  # not before there is a second factor
    assert user.email == "admin@example.org"
    client.post("/accounts/login/code/", {"email": user.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in_last_letter()})
    client.post("/accounts/confirm-email/", {"code": code_in_last_letter()})
    assert client.get("/my/").status_code == 200
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/2fa/")
    assert has_confirmed_email(user)
