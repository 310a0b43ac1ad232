"""Decisions on organisations and memberships leave a record that stays."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts import record, services
from accounts.leaving import leave
from accounts.merging import merge
from accounts.models import OrganisationDecision
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:accounts_organisationdecision_changelist")


@pytest.fixture
def amina():
    return ModeratorFactory(name="Amina")


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Communications Authority", accepted_at=None)


def written() -> list[tuple[str, str, str]]:
    rows = OrganisationDecision.objects.order_by("pk")
    return [(one.kind, one.organisation_name, one.decided_by_name) for one in rows]


def test_accepting_and_the_mark_are_written_down(amina, organisation):
    services.accept_organisation(organisation, by=amina)
    services.set_verified(organisation, True, by=amina)
    services.set_verified(organisation, False, by=amina)
    expected = ["accepted", "verified", "unverified"]
    assert written() == [(kind, "Communications Authority", "Amina") for kind in expected]


def test_what_changes_nothing_is_no_decision(amina, organisation):
    services.accept_organisation(organisation, by=amina)
    services.accept_organisation(organisation, by=amina)
    services.set_verified(organisation, False, by=amina)
    assert len(written()) == 1


def test_answers_to_members_are_written_down_and_requests_are_not(amina, organisation):
    first, second = (services.request_membership(UserFactory(), organisation) for _number in range(2))
    services.refuse_membership(first, by=amina)
    services.confirm_membership(second, by=amina)
    services.end_membership(second, by=amina)
    assert [kind for kind, _name, _who in written()] == ["member_refused", "member_confirmed", "member_ended"]


def test_merging_is_written_down_and_the_record_does_not_move(amina, organisation):
    kept = OrganisationFactory(name="Kept")
    services.accept_organisation(organisation, by=amina)
    merge(organisation, into=kept, by=amina)
    assert written()[-1] == ("merged", "Communications Authority", "Amina")
    assert {one.organisation for one in OrganisationDecision.objects.all()} == {organisation}
    assert [one.kind for one in record.of(kept)] == ["merged", "accepted"]


@pytest.mark.parametrize("change", [{"kind": "verified"}, {"decided_by_name": "Somebody else"}, {"person": None}])
def test_the_database_refuses_to_change_it(amina, organisation, change):
    services.accept_organisation(organisation, by=amina)
    with pytest.raises(DatabaseError), transaction.atomic():
        OrganisationDecision.objects.update(**change)


def test_the_database_refuses_to_delete_it(amina, organisation):
    services.accept_organisation(organisation, by=amina)
    with pytest.raises(DatabaseError), transaction.atomic():
        OrganisationDecision.objects.all().delete()


def test_record_outlives_the_member_and_names_them_no_more(amina, organisation):
    member = UserFactory(name="Zqmember")
    services.confirm_membership(services.request_membership(member, organisation), by=amina)
    leave(member)
    row = OrganisationDecision.objects.select_related("person").get()
    assert str(row.person) == "former member" and "Zqmember" not in str(OrganisationDecision.objects.values())


def test_who_decided_and_left_stays_as_named_then(amina, organisation):
    services.set_verified(organisation, True, by=amina)
    leave(amina)
    row = OrganisationDecision.objects.select_related("decided_by").get()
    assert (row.who, str(row.decided_by)) == ("Amina", "former member")


def test_record_begins_with_the_merges_and_memberships_of_before(amina, organisation):
    services.confirm_membership(services.request_membership(UserFactory(), organisation), by=amina)
    merge(organisation, into=OrganisationFactory(name="Kept"), by=amina)
    before = written()
    import_module("accounts.migrations.0005_record_decisions_on_organisations").write_what_is_known(apps, None)
    kinds = [(kind, who) for kind, _name, who in written()[len(before) :]]
    assert kinds == [("member_confirmed", "Amina"), ("merged", "Amina")]


def test_organisation_page_shows_the_record(desk, amina, organisation):
    services.accept_organisation(organisation, by=amina)
    page = desk.get(reverse("admin:accounts_organisation_change", args=[organisation.pk])).text
    assert "<strong>accepted</strong> · <bdi>Amina</bdi>" in page


def test_record_is_listed_filtered_and_exported(desk, amina, organisation):
    services.accept_organisation(organisation, by=amina)
    services.set_verified(organisation, True, by=amina)
    page = desk.get(LIST, {"kind__exact": "verified"}).text
    assert "1 decision<" in page and "mark “verified” given" in page
    lines = read(desk.post(reverse("admin:accounts_organisationdecision_export") + "?kind__exact=verified"))
    assert len(lines) == 2 and "Communications Authority" in lines[1] and lines[1].endswith(",Amina")
    assert LogEntry.objects.get().change_message == "kind__exact=verified"


def read(response) -> list[str]:
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def test_taking_the_file_needs_a_post(desk):
    assert desk.get(reverse("admin:accounts_organisationdecision_export")).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_the_record_costs_the_same_for_any_length(desk, amina, organisation, number, django_assert_num_queries):
    for _one in range(number):
        services.confirm_membership(services.request_membership(UserFactory(), OrganisationFactory()), by=amina)
    ContentType.objects.clear_cache()
    with django_assert_num_queries(7):
        desk.get(LIST)


def test_decision_log_leads_to_the_record(desk):
    assert LIST in desk.get(reverse("admin:moderation_decision_changelist")).text
