"""Asking to join, answering, leaving: the pages."""

import pytest
from django.urls import reverse

from accounts import services
from accounts.models import Membership
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, country

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return UserFactory(name="Achieng")


@pytest.fixture
def mine(client, me):
    client.force_login(me)
    return client


@pytest.fixture
def asked(me):
    """Somebody asks to join an organisation of which I am a confirmed member."""
    organisation = OrganisationFactory(name="Authority of Kenya")
    confirm(me, organisation)
    return services.request_membership(UserFactory(name="Barasa", email="barasa@authority.example"), organisation)


def answer(client, membership, **said):
    return client.post(reverse("people:answer", args=[membership.pk]), said, follow=True)


def search(client, text: str) -> list[str]:
    found = client.get(reverse("people:organisations"), {"q": text}).context["found"]
    return [organisation.name for organisation, _status in found]


def test_search_finds_accepted_organisations_by_words_and_short_name(mine):
    OrganisationFactory(name="Communications Authority of Kenya", short_name="CA")
    OrganisationFactory(name="Communications Proposal", accepted_at=None)
    gone = OrganisationFactory(name="Communications Authority Kenya (old)")
    services_merge(gone)
    assert search(mine, "kenya COMMUNICATIONS") == ["Communications Authority of Kenya"]
    assert search(mine, "ca") == ["Communications Authority of Kenya"]


def services_merge(gone):
    from accounts.merging import merge

    merge(gone, into=OrganisationFactory(name="Another one"), by=ModeratorFactory())


def test_search_offers_similar_names_where_none_is_called_so(mine):
    OrganisationFactory(name="Communications Authority of Kenya")
    OrganisationFactory(name="Ministry of Fisheries")
    assert search(mine, "Comunication Autority Kenya") == ["Communications Authority of Kenya"]


@pytest.mark.parametrize("text", ["", "  ", "\x00", "%", "'; --", "a" * 5_000])
def test_search_bears_any_text(mine, text):
    assert mine.get(reverse("people:organisations"), {"q": text}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_search_costs_the_same_whatever_it_finds(mine, django_assert_num_queries, rows):
    for _number in range(rows):
        OrganisationFactory()
    with django_assert_num_queries(4):  # session, person, organisations, my memberships
        assert len(search(mine, "authority")) == rows


def test_asking_waits_for_an_answer(mine, me):
    organisation = OrganisationFactory()
    url = reverse("people:ask", args=[organisation.pk])
    assert me.email in mine.get(url).text  # who will see it is said before
    assert "you have asked to join" in mine.post(url, follow=True).text
    assert Membership.objects.requested().get().user == me


def test_nobody_asks_a_proposed_organisation(mine):
    organisation = OrganisationFactory(accepted_at=None)
    assert mine.post(reverse("people:ask", args=[organisation.pk])).status_code == 404


def test_nobody_asks_without_a_confirmed_address(client):
    client.force_login(UserFactory(confirmed=False))
    url = reverse("people:ask", args=[OrganisationFactory().pk])
    assert "First confirm your e-mail address" in client.post(url).text and not Membership.objects.exists()


def test_nobody_asks_everywhere(mine, me, monkeypatch):
    monkeypatch.setattr("accounts.rules.REQUESTS_MAX", 2)
    for _number in range(3):
        mine.post(reverse("people:ask", args=[OrganisationFactory().pk]))
    assert Membership.objects.filter(user=me).count() == 2


def test_refused_person_is_told_when_to_ask_again(mine, me):
    membership = services.request_membership(me, OrganisationFactory())
    services.refuse_membership(membership, by=ModeratorFactory(), reason="Write to our office")
    assert "Write to our office" in mine.get("/my/").text
    assert "a week after that" in mine.post(reverse("people:ask", args=[membership.organisation_id])).text


def test_member_sees_who_asks_and_confirms(mine, me, asked):
    page = mine.get("/my/").text
    assert "Barasa" in page and "barasa@authority.example" in page
    assert "Barasa is a confirmed member now." in answer(mine, asked, answer="confirm").text
    asked.refresh_from_db()
    assert asked.confirmed_by == me
    assert "barasa@authority.example" not in mine.get("/my/").text


def test_member_refuses_with_a_reason(mine, asked):
    answer(mine, asked, answer="refuse", reason="Unknown to us")
    asked.refresh_from_db()
    assert asked.status == "refused" and asked.changes.first().reason == "Unknown to us"


def test_second_answer_is_told_of_the_first(mine, asked):
    services.confirm_membership(asked, by=ModeratorFactory())
    assert "somebody has answered already" in answer(mine, asked, answer="refuse").text


@pytest.mark.parametrize("person", [UserFactory, ModeratorFactory])
def test_strangers_see_no_request_and_answer_none(client, asked, person):
    client.force_login(person())
    assert "Barasa" not in client.get("/my/").text
    assert answer(client, asked, answer="confirm").status_code == 403


@pytest.mark.parametrize("said", [{}, {"answer": "x"}, {"answer": "refuse", "reason": "x" * 501}])
def test_answer_that_is_none_is_refused(mine, asked, said):
    assert answer(mine, asked, **said).status_code == 400


def test_answer_leads_back_to_where_it_was_given_and_nowhere_else(mine, asked):
    url = reverse("people:answer", args=[asked.pk])
    inside = reverse("portal:organisation", args=[asked.organisation_id])
    assert mine.post(url, {"answer": "confirm", "next": inside})["Location"] == inside
    assert mine.post(url, {"answer": "confirm", "next": "https://evil.example/"})["Location"] == "/my/"


def test_member_leaves(mine, me, asked):
    membership = me.memberships.get()
    url = reverse("people:end", args=[membership.pk])
    assert "Leave this organisation?" in mine.get(url).text
    mine.post(url, follow=True)
    membership.refresh_from_db()
    assert membership.status == "ended" and "Authority of Kenya" not in mine.get("/my/").text


def test_request_is_taken_back(mine, me):
    membership = services.request_membership(me, OrganisationFactory(country=country("GH")))
    assert "your request is taken back" in mine.post(reverse("people:end", args=[membership.pk]), follow=True).text
    assert mine.get(reverse("people:end", args=[membership.pk])).status_code == 404
