"""A person's own page."""

import pytest

from tests.factories import OrganisationFactory, UserFactory, confirm, make_draft

pytestmark = pytest.mark.django_db


def test_my_asks_to_sign_in(client):
    assert client.get("/my/")["Location"].startswith("/accounts/login/")


def test_my_shows_mine_and_confirmed_colleagues_drafts(client):
    organisation = OrganisationFactory()
    me, colleague, stranger = UserFactory(), UserFactory(), UserFactory()
    for user in (me, colleague):
        confirm(user, organisation)
    for user, title in ((me, "Mine to finish"), (colleague, "Hers to finish"), (stranger, "Not my business")):
        own = organisation if user != stranger else OrganisationFactory()
        make_draft(by=user, title=title, organisation=own)
    client.force_login(me)
    text = client.get("/my/").text
    assert "Mine to finish" in text and "Hers to finish" in text and "Not my business" not in text


def test_profile_keeps_a_clean_name(client):
    me = UserFactory(handle="old-handle")
    client.force_login(me)
    client.post("/my/profile/", {"name": "  Amina\u202e  B. ", "handle": "amina-b"})
    me.refresh_from_db()
    assert (me.name, me.handle) == ("Amina B.", "amina-b")


def test_profile_refuses_a_handle_that_is_taken(client):
    UserFactory(handle="taken-one")
    me = UserFactory(handle="my-own")
    client.force_login(me)
    answer = client.post("/my/profile/", {"name": "Amina", "handle": "taken-one"})
    assert answer.status_code == 200 and answer.context["form"].errors["handle"]
