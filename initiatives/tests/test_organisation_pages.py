"""Pages of organisations: who they are and what they shared, and nothing of who belongs to them."""

import pytest
from django.utils import timezone

from accounts.merging import merge
from accounts.models import Organisation
from accounts.services import propose_organisation
from common.tests.hostile import payloads
from initiatives.models import Initiative
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, country, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    return OrganisationFactory(name="Communications Authority", short_name="CA", verified_at=timezone.now())


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def address(organisation, slug="communications-authority") -> str:
    return f"/organisations/{organisation.pk}/{slug}/"


def test_page_says_who_it_is_and_what_it_shared(client, authority):
    initiative, other = make_initiative(organisation=authority), make_initiative()
    page = text(client.get(address(authority)))
    assert "<h1><bdi>Communications Authority</bdi></h1>" in page
    assert ">verified</a>" in page and "Regulator" in page and 'href="/countries/KE/"' in page
    assert initiative.title in page and other.title not in page
    assert f'href="/feeds/initiatives.atom?organisation={authority.pk}"' in page
    assert '<a href="/themes/spectrum/">Spectrum</a></th><td>1</td>' in page


@pytest.mark.parametrize("slug", ["", "wrong/", "Communications-Authority/"])
def test_other_addresses_redirect(client, authority, slug):
    response = client.get(f"/organisations/{authority.pk}/{slug}?x=1")
    assert (response.status_code, response["Location"]) == (301, f"{address(authority)}?x=1")


def test_new_name_keeps_the_number(client, authority):
    Organisation.objects.update(name="هيئة الاتصالات")
    response = client.get(address(authority), follow=True)
    assert "<bdi>هيئة الاتصالات</bdi>" in text(response)
    assert len(response.redirect_chain) == 1


def test_name_without_letters_has_an_address(client):
    organisation = OrganisationFactory(name="§§ 1")
    assert "§§ 1" in text(client.get(f"/organisations/{organisation.pk}/", follow=True))


def test_proposed_one_is_told_to_nobody(client):
    country("KE")
    proposed = propose_organisation("Not yet accepted", "operator", "KE", by=UserFactory())
    assert client.get(f"/organisations/{proposed.pk}/not-yet-accepted/").status_code == 404
    assert client.get(f"/organisations/{proposed.pk}/").status_code == 404
    assert "Not yet accepted" not in text(client.get("/organisations/"))


def test_merged_one_leads_to_what_it_became(client, authority):
    away = OrganisationFactory(name="Comms Authority")
    administrator = ModeratorFactory(group="Administrator", is_superuser=True)
    merge(away, into=authority, by=administrator)
    response = client.get(address(away, "comms-authority"))
    assert (response.status_code, response["Location"]) == (301, address(authority))
    assert "Comms Authority" not in text(client.get("/organisations/"))


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999999"])
def test_number_of_nobody_is_not_found(client, number):
    assert client.get(f"/organisations/{number}/x/").status_code == 404


def test_members_are_shown_to_nobody(client, authority):
    member = UserFactory(name="Zqmember Name", handle="zqhandle", email="zqmail@example.org")
    confirm(member, authority)
    authority.domain = "zqdomain.example"
    authority.save()
    make_initiative(by=member, organisation=authority)
    assert "zq" not in text(client.get(address(authority))).lower()


def test_accepted_one_with_nothing_public_says_so(client, authority):
    page = text(client.get(address(authority)))
    assert "Nothing of this has been published yet." in page and "noindex" in page


def test_name_leads_to_the_page(client, authority):
    initiative = make_initiative(organisation=authority)
    link = f'<a href="{address(authority)}"><bdi>Communications Authority</bdi></a>'
    assert link in text(client.get(initiative.get_absolute_url()))
    assert address(authority) in text(client.get("/organisations/"))


def test_name_of_an_older_version_leads_nowhere(client, authority):
    initiative = make_initiative(organisation=authority)
    Organisation.objects.filter(pk=authority.pk).update(name="Another name")
    Initiative.objects.update(version=2)
    page = text(client.get(initiative.get_absolute_url() + "?version=1"))
    assert "<bdi>Communications Authority</bdi>" in page and "/organisations/" not in page.partition("<aside")[2][:900]


def test_organisations_are_listed_by_name_with_their_numbers(client, authority):
    make_initiative(organisation=authority)
    make_initiative(organisation=OrganisationFactory(name="airtel", stakeholder_type="operator"))
    OrganisationFactory(name="Nothing public")
    page = text(client.get("/organisations/"))
    assert page.index("airtel") < page.index("Communications Authority") and "Nothing public" not in page
    assert '<span class="verified">verified</span>' in page and "CA</bdi> · 1 initiative<" in page


def test_organisations_are_found_by_their_names(client, authority):
    for organisation in (authority, OrganisationFactory(name="Ministry of Posts")):
        make_initiative(organisation=organisation)
    assert "Ministry" not in text(client.get("/organisations/", {"q": "communications"}))
    assert "Communications" in text(client.get("/organisations/", {"q": "ca"}))
    page = text(client.get("/organisations/", {"q": "<b>nobody"}))
    assert "No organisation has a name with these words." in page and "&lt;b&gt;nobody" in page


def test_organisations_come_in_pages(client, monkeypatch):
    monkeypatch.setattr("initiatives.views.organisations.PER_PAGE", 2)
    for name in ("First body", "Second body", "Third body"):
        make_initiative(organisation=OrganisationFactory(name=name))
    assert "Third body" not in text(client.get("/organisations/"))
    second = text(client.get("/organisations/?page=2"))
    assert "Third body" in second and "First body" not in second


def test_hostile_words_and_names_are_borne(client, authority):
    for payload in payloads("xss", "html_sanitizer_pair")[:20]:
        assert client.get("/organisations/", {"q": payload}).status_code == 200
        Organisation.objects.filter(pk=authority.pk).update(name=payload[:200] or "x", short_name=payload[:50])
        page = client.get(f"/organisations/{authority.pk}/", follow=True)
        assert page.status_code == 200 and ("<" not in payload[:200] or payload[:200] not in page.text)


# the state of the log; the organisation, itself in the filter; the newest, their countries
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_what_was_shared(client, django_assert_num_queries, authority, rows):
    for _ in range(rows):
        make_initiative(organisation=authority, countries=["KE", "UG"], scope="multi_country")
    for _ in range(2):
        client.get(address(authority))
    with django_assert_num_queries(5):
        client.get(address(authority))


# the state of the log, how many, the page
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_organisations(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_initiative(organisation=OrganisationFactory())
    for _ in range(2):
        client.get("/organisations/")
    with django_assert_num_queries(3):
        client.get("/organisations/")
