"""The admin's door: the portal's own sign-in, staff only, with a second factor outside the demonstration."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


def enter(client, user=None):
    if user:
        client.force_login(user)
    response = client.get("/admin/")
    if response.status_code == 302 and response.url.startswith("/admin/login/"):
        response = client.get(response.url)
    return response


def test_visitor_is_sent_to_the_sign_in_of_the_portal(client):
    response = enter(client)
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next=%2Fadmin%2F"


def test_contributor_is_refused(client):
    assert enter(client, UserFactory()).status_code == 403


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client):
    response = enter(client, ModeratorFactory())
    assert response.status_code == 302 and response.url == reverse("mfa_index")
    assert "Set up a second factor first" in str(next(iter(get_messages(response.wsgi_request))))


def test_staff_with_a_second_factor_get_in(client):
    user = ModeratorFactory()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert enter(client, user).status_code == 200


def test_demonstration_asks_for_no_second_factor(client, settings):
    settings.DEMO = True
    assert enter(client, ModeratorFactory()).status_code == 200


def test_no_page_of_the_admin_opens_without_a_second_factor(client):
    client.force_login(ModeratorFactory())
    for path in ("/admin/initiatives/submission/", "/admin/moderation/decision/", "/admin/accounts/user/"):
        assert client.get(path).status_code == 302
