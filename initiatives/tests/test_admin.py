"""Initiatives, collections and tags in the admin."""

import pytest
from django.urls import reverse

from initiatives.models import Initiative
from initiatives.services import start_correction
from moderation.services import transition
from tests.factories import CollectionFactory, ModeratorFactory, UserFactory, make_initiative

pytestmark = pytest.mark.django_db
LIST = "/admin/initiatives/initiative/"


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMO = True


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory(name="Amina"))
    return client


@pytest.fixture
def office(client):
    client.force_login(ModeratorFactory(group="Administrator"))
    return client


def decide(desk, initiative, move, reason=""):
    url = reverse("admin:initiatives_initiative_decide", args=[initiative.pk])
    return desk.post(url, {"move": move, "public_reason": reason}, follow=True)


def test_every_initiative_is_listed_whatever_its_status(desk):
    gone, there = make_initiative(), make_initiative()
    transition(gone, "remove", by=ModeratorFactory(), public_reason="asked for")
    html = desk.get(LIST).text
    assert gone.reference in html and there.reference in html
    assert gone.reference not in desk.get(f"{LIST}?status=published").text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_whatever_its_length(desk, django_assert_num_queries, rows):
    for _number in range(rows):
        make_initiative()
    desk.get(LIST)
    with django_assert_num_queries(7):  # session, user, permissions twice, collections, count, rows
        desk.get(LIST)


def test_remove_needs_a_reason_and_keeps_it_as_the_notice(desk):
    initiative = make_initiative()
    assert "Give a reason." in decide(desk, initiative, "remove").text
    decide(desk, initiative, "remove", "The issuing body asked for it.")
    initiative.refresh_from_db()
    assert (initiative.status, initiative.removal_notice) == ("removed", "The issuing body asked for it.")
    assert initiative not in Initiative.objects.public()


def test_archived_comes_back(desk):
    initiative = make_initiative()
    for move, status in (("archive", "archived"), ("unarchive", "published")):
        decide(desk, initiative, move)
        initiative.refresh_from_db()
        assert initiative.status == status


@pytest.mark.parametrize("before", ["published", "archived"])
def test_what_was_removed_comes_back_as_it_was(before):
    initiative, moderator = make_initiative(), ModeratorFactory()
    if before == "archived":
        transition(initiative, "archive", by=moderator)
    transition(initiative, "remove", by=moderator, public_reason="By mistake.")
    transition(initiative, "restore", by=moderator)
    assert (initiative.status, initiative.decisions.first().to_status) == (before, before)


def test_page_names_versions_and_submissions_but_no_drafts(desk):
    initiative = make_initiative()
    start_correction(initiative, by=UserFactory())
    response = desk.get(reverse("admin:initiatives_initiative_change", args=[initiative.pk]))
    assert list(response.context["submissions"]) == [initiative.submissions.get(status="approved")]
    assert initiative.get_absolute_url() in response.text


def test_text_is_not_edited_here(desk):
    initiative = make_initiative(title="As approved")
    url = reverse("admin:initiatives_initiative_change", args=[initiative.pk])
    assert desk.post(url, {"title": "Other", "status": "removed"}).status_code == 405
    initiative.refresh_from_db()
    assert (initiative.title, initiative.status) == ("As approved", "published")


def test_code_of_a_collection_stays(office):
    collection = CollectionFactory()
    url = reverse("admin:initiatives_collection_change", args=[collection.pk])
    values = {"name": "Renamed", "slug": "other", "opens_on": "2020-03-23", "closes_on": "", "description": ""}
    assert office.post(url, values).status_code == 302
    collection.refresh_from_db()
    assert (collection.name, collection.slug) == ("Renamed", "reg4covid")


def test_collection_is_added(office):
    values = {"name": "Flood", "slug": "flood", "opens_on": "2026-01-01", "closes_on": "2025-01-01", "description": ""}
    url = reverse("admin:initiatives_collection_add")
    assert "violated" in office.post(url, values).text
    assert office.post(url, {**values, "closes_on": ""}).status_code == 302


def test_tags_are_merged(desk):
    one, other = make_initiative(tag_names=["roaming"]), make_initiative(tag_names=["romaing"])
    keys = [tag.pk for initiative in (one, other) for tag in initiative.tags.all()]
    chosen = {"action": "render_tag_form", "_selected_action": keys}
    response = desk.post("/admin/taggit/tag/?q=ro", chosen)
    assert response.url == reverse("admin:taggit_tag_merge_tags")
    desk.post(response.url, {"new_tag_name": "roaming"})
    assert [list(initiative.tags.names()) for initiative in (one, other)] == [["roaming"]] * 2


def test_tag_merged_into_itself_stays(desk):
    one = make_initiative(tag_names=["roaming"])
    desk.post("/admin/taggit/tag/", {"action": "render_tag_form", "_selected_action": [one.tags.get().pk]})
    desk.post(reverse("admin:taggit_tag_merge_tags"), {"new_tag_name": "roaming"})
    assert list(one.tags.names()) == ["roaming"]


def test_tags_are_merged_by_those_who_may(client, desk):
    assert desk.get(reverse("admin:taggit_tag_merge_tags")).url == "/admin/taggit/tag/"
    client.force_login(UserFactory(is_staff=True))
    assert client.get(reverse("admin:taggit_tag_merge_tags")).status_code == 403
