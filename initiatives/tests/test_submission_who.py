"""Who sends it, for which organisation, for which collection."""

import pytest

from accounts.models import Organisation
from initiatives.models import Collection, Submission
from initiatives.tests.typed import NEW, address, errors, typed
from tests.factories import CollectionFactory, OrganisationFactory, confirm, country, make_draft, make_initiative

pytestmark = pytest.mark.django_db


def test_known_organisation_is_not_made_twice(client, author):
    known = OrganisationFactory(name="Communications Authority of Kenya", short_name="CA")
    for name in ("communications authority of KENYA", "ca"):
        client.post(NEW, typed(action="send", organisation_name=name, organisation_country=""))
    assert set(Submission.objects.values_list("organisation", flat=True)) == {known.pk}
    assert Organisation.objects.count() == 1


def test_name_that_several_bear_needs_a_country(client, author):
    for code in ("KE", "GH"):
        OrganisationFactory(name="Ministry of ICT", country=country(code))
    answer = client.post(NEW, typed(action="save", organisation_name="ministry of ict", organisation_country=""))
    assert set(errors(answer)) == {"organisation_country"}


def test_proposed_organisation_of_somebody_else_is_not_offered(client, author):
    OrganisationFactory(name="Communications Authority of Kenya", accepted_at=None)
    client.post(NEW, typed(action="save"))
    draft = Submission.objects.get()
    assert draft.organisation is None and draft.organisation_name == "Communications Authority of Kenya"


def test_chosen_and_named_organisation_are_not_both_taken(client, author):
    mine = OrganisationFactory()
    confirm(author, mine)
    answer = client.post(NEW, typed(action="save", organisation=mine.pk))
    assert set(errors(answer)) == {"organisation_name"}


def test_organisation_of_others_cannot_be_chosen_by_number(client, author):
    answer = client.post(NEW, typed(action="save", organisation=OrganisationFactory().pk, organisation_name=""))
    assert set(errors(answer)) == {"organisation"}


def test_only_open_collections_are_offered_and_the_only_one_is_chosen(client, author):
    CollectionFactory()
    Collection.objects.create(slug="past", name="Past call", opens_on="2019-01-01", closes_on="2019-12-31")
    page = client.get(NEW)
    assert "Past call" not in page.text
    assert page.context["form"]["collection"].value() == "reg4covid"


def test_correction_keeps_its_collection(client, author):
    initiative = make_initiative(by=author)
    Collection.objects.update(closes_on="2021-01-01")
    Collection.objects.create(slug="now", name="New call", opens_on="2021-01-01")
    client.post(f"/initiatives/{initiative.reference}/correct/")
    draft = Submission.objects.get(status="draft")
    assert client.get(address(draft, "edit")).context["form"]["collection"].value() == "reg4covid"


def test_what_was_said_last_time_is_filled_in(client, author):
    make_draft(by=author, contributor_role="Head of spectrum")
    form = client.get(NEW).context["form"]
    assert form["contributor_role"].value() == "Head of spectrum"


def test_unticked_consent_is_taken_back(client, author):
    draft = make_draft(by=author)
    client.post(address(draft, "edit"), typed(action="save", consent=None))
    draft.refresh_from_db()
    assert draft.consent_at is None


NEARLY = {"organisation_name": "Comunications Authority Kenya"}


def test_similar_organisations_are_asked_about_before_it_is_sent(client, author):
    known = OrganisationFactory(name="Communications Authority of Kenya")
    answer = client.post(NEW, typed(action="send", **NEARLY))
    assert set(errors(answer)) == {"organisation_name"} and Submission.objects.get().status == "draft"
    assert f'name="organisation_known" value="{known.pk}"' in answer.text


def test_button_takes_the_organisation_that_was_meant(client, author):
    known = OrganisationFactory(name="Communications Authority of Kenya")
    client.post(NEW, typed(organisation_known=known.pk, **NEARLY))
    draft = Submission.objects.get()
    assert (draft.organisation, draft.organisation_name, draft.status) == (known, "", "draft")


@pytest.mark.parametrize("number", ["x", "0", "99999999", "9" * 30])
def test_button_with_another_number_takes_nothing(client, author, number):
    client.post(NEW, typed(organisation_known=number, **NEARLY))
    assert Submission.objects.get().organisation is None


def test_proposed_organisation_is_not_taken_by_number(client, author):
    client.post(NEW, typed(organisation_known=OrganisationFactory(accepted_at=None).pk, **NEARLY))
    assert Submission.objects.get().organisation is None


def test_organisation_that_is_another_one_is_proposed(client, author):
    OrganisationFactory(name="Communications Authority of Kenya")
    client.post(NEW, typed(action="send", organisation_is_new="on", **NEARLY))
    assert Submission.objects.get().organisation.name == "Comunications Authority Kenya"
