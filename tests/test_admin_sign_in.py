"""The admin's door: the portal's own sign-in, staff only, with a second factor outside the demonstration."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.rules import is_administrator, is_moderator
from initiatives import duplicates
from initiatives.models import Submission
from moderation import duties
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_submission

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
    response = enter(client, ModeratorFactory(second_factor=False))
    assert response.status_code == 302 and response.url == reverse("mfa_index")
    assert "Set up a second factor first" in str(next(iter(get_messages(response.wsgi_request))))


def test_staff_with_a_second_factor_get_in(client):
    user = ModeratorFactory(second_factor=False)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert enter(client, user).status_code == 200


def test_demonstration_asks_for_no_second_factor(client, settings):
    settings.DEMO = True
    assert enter(client, ModeratorFactory(second_factor=False)).status_code == 200


def test_no_page_of_the_admin_opens_without_a_second_factor(client):
    client.force_login(ModeratorFactory(second_factor=False))
    for path in ("/admin/initiatives/submission/", "/admin/moderation/decision/", "/admin/accounts/user/"):
        assert client.get(path).status_code == 302


@pytest.fixture
def half():
    """Somebody who was made a moderator and has not set up a second factor yet."""
    return ModeratorFactory(second_factor=False)


def test_without_a_second_factor_strangers_submissions_are_not_shown(client, half):
    submission = make_submission()
    client.force_login(half)
    assert client.get(reverse("initiatives:submission", args=[submission.key])).status_code == 404
    assert list(Submission.objects.visible_to(ModeratorFactory())) == [submission]


def test_without_a_second_factor_nothing_unpublished_is_named_as_alike(half):
    submission = make_submission()
    found = [
        duplicates.likely(submission.title, countries=["KE"], reader=reader) for reader in (half, ModeratorFactory())
    ]
    assert [bool(matches) for matches in found] == [False, True]


def test_without_a_second_factor_nobody_decides(half):
    with pytest.raises(PermissionDenied):
        transition(make_submission(), "reject", by=half, public_reason="No")


def test_without_a_second_factor_no_mail_tells_what_waits(half):
    assert list(duties.people_to_mail()) == []
    moderator = ModeratorFactory()
    assert list(duties.people_to_mail()) == [moderator]


def test_second_factor_is_asked_for_once(half, django_assert_num_queries):
    with django_assert_num_queries(2):  # the groups, and the second factor
        assert not is_moderator(half) and not is_administrator(half) and not is_moderator(half)


def test_role_without_a_second_factor_is_enough_in_the_demonstration(half, settings):
    settings.DEMO = True
    assert is_moderator(half)
