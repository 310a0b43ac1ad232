"""A person's own page."""

from datetime import timedelta

import pytest

from accounts.services import request_membership
from moderation.services import transition
from tests.factories import (
    ModeratorFactory,
    OrganisationFactory,
    UserFactory,
    confirm,
    make_draft,
    make_initiative,
    make_submission,
)

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


def test_list_is_narrowed_by_state(client):
    me, moderator = UserFactory(), ModeratorFactory()
    client.force_login(me)
    make_draft(by=me, title="Begun and not sent")
    for move, title in (("approve", "Published one"), ("reject", "Refused one"), ("claim", "Claimed one")):
        transition(make_submission(by=me, title=title), move, by=moderator, public_reason="x")
    for state, title in (("draft", "Begun"), ("published", "Published"), ("closed", "Refused"), ("waiting", "Claimed")):
        rows = client.get(f"/my/?state={state}").context["submissions"]
        assert [row.title.partition(" ")[0] for row in rows] == [title]
    assert len(client.get("/my/?state=nonsense").context["submissions"]) == 4


def test_list_counts_what_is_held_as_waiting(client, settings):
    settings.DECISION_HOLD = timedelta(minutes=5)
    submission = make_submission()
    transition(submission, "approve", by=ModeratorFactory())
    client.force_login(submission.author)
    numbers = {state["code"]: state["number"] for state in client.get("/my/").context["states"]}
    assert numbers == {"": 1, "waiting": 1}
    assert "A moderator is looking at it" in client.get("/my/").text


def test_public_measures_of_my_organisations_can_be_ended_from_here(client):
    organisation, me, asked_only = OrganisationFactory(), UserFactory(), OrganisationFactory()
    confirm(me, organisation)
    request_membership(me, asked_only)
    mine, ours = make_initiative(by=me), make_initiative(organisation=organisation)
    make_initiative(organisation=asked_only)
    archived = make_initiative(by=me)
    transition(archived, "archive", by=ModeratorFactory())
    client.force_login(me)
    answer = client.get("/my/")
    assert {row.pk for row in answer.context["public"]} == {mine.pk, ours.pk}
    for initiative in (mine, ours):
        assert f"/initiatives/{initiative.reference}/ending/?what=ended" in answer.text


# session, person; how many, the rows, by state; memberships, requests; public ones with their countries
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_list(client, django_assert_num_queries, rows):
    organisation, me = OrganisationFactory(), UserFactory()
    confirm(me, organisation)
    for _ in range(rows):
        make_initiative(by=me, organisation=organisation)
        make_draft(by=me, organisation=OrganisationFactory())
    client.force_login(me)
    with django_assert_num_queries(9):
        client.get("/my/")


def test_profile_keeps_a_clean_name(client):
    me = UserFactory(handle="old-handle")
    client.force_login(me)
    client.post("/my/profile/", {"name": "  Amina\u202e  B. ", "handle": "amina-b", "language": "fr"})
    me.refresh_from_db()
    assert (me.name, me.handle) == ("Amina B.", "amina-b")


def test_profile_offers_the_language_of_mails(client):
    me = UserFactory()
    client.force_login(me)
    assert "Français" in client.get("/my/profile/").text
    client.post("/my/profile/", {"name": me.name, "handle": me.handle, "language": "ar"})
    me.refresh_from_db()
    assert me.language == "ar"


def test_profile_refuses_a_handle_that_is_taken(client):
    UserFactory(handle="taken-one")
    me = UserFactory(handle="my-own")
    client.force_login(me)
    answer = client.post("/my/profile/", {"name": "Amina", "handle": "taken-one"})
    assert answer.status_code == 200 and answer.context["form"].errors["handle"]
