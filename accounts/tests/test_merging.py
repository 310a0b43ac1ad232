"""Two rows for one organisation become one."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import services
from accounts.admin.merging import merge_url
from accounts.merging import MergeRefused, is_doubtful, merge, what_moves
from accounts.models import Membership, Organisation
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, country

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return OrganisationFactory(name="Communications Authority of Kenya")


@pytest.fixture
def away(kept):
    return OrganisationFactory(name="Kenya Communications Authority", accepted_at=None)


def fresh(row):
    row.refresh_from_db()
    return row


def test_merged_row_stays_and_leads_to_the_kept_one(away, kept):
    moderator = ModeratorFactory()
    merge(away, into=kept, by=moderator)
    assert fresh(away).kept == kept and away.merged_by == moderator and away.merged_at
    assert list(Organisation.objects.accepted()) == [kept]
    assert services.propose_organisation("kenya communications authority", "regulator", "KE", by=moderator) == kept


def test_nothing_waits_for_a_merged_organisation(away, kept):
    merge(away, into=kept, by=ModeratorFactory())
    assert not Organisation.objects.filter(accepted_at=None).exists()
    assert not services.set_verified(away, True, by=ModeratorFactory())


def test_memberships_come_together_and_the_better_one_is_kept(away, kept):
    twice, other = UserFactory(), UserFactory()
    confirm(twice, away)
    services.request_membership(twice, kept)
    services.request_membership(other, away)
    merge(away, into=kept, by=ModeratorFactory())
    assert not away.memberships.exists()
    assert {(one.user, one.status) for one in kept.memberships.all()} == {(twice, "confirmed"), (other, "requested")}
    assert Membership.objects.get(user=twice).changes.count() == 1  # what was recorded of the other one


def test_kept_one_takes_what_it_lacks_and_keeps_what_it_has(away, kept):
    Organisation.objects.filter(pk=away.pk).update(domain="away.example", short_name="KCA", verified_at=timezone.now())
    Organisation.objects.filter(pk=kept.pk).update(domain="kept.example")
    merge(away, into=kept, by=ModeratorFactory())
    assert (fresh(kept).domain, kept.short_name, kept.is_verified) == ("kept.example", "KCA", True)
    assert (fresh(away).domain, away.is_verified) == ("", False)


def test_domain_that_moves_confirms_what_waits(away, kept):
    membership = services.request_membership(UserFactory(email="a@away.example"), kept)
    Organisation.objects.filter(pk=away.pk).update(domain="away.example")
    merge(away, into=kept, by=ModeratorFactory())
    assert fresh(membership).is_confirmed_by_domain


def test_earlier_merges_follow(away, kept):
    oldest = OrganisationFactory()
    merge(oldest, into=away, by=ModeratorFactory())
    merge(away, into=kept, by=ModeratorFactory())
    assert fresh(oldest).kept == kept


def test_impossible_merges_are_refused(away, kept):
    moderator = ModeratorFactory()
    with pytest.raises(MergeRefused, match="itself"):
        merge(kept, into=kept, by=moderator)
    merge(away, into=kept, by=moderator)
    for pair in ((away, kept), (kept, away)):
        with pytest.raises(MergeRefused, match="merged already"):
            merge(pair[0], into=pair[1], by=moderator)


def test_only_staff_merge(away, kept):
    member = UserFactory()
    for organisation in (away, kept):
        confirm(member, organisation)
    with pytest.raises(PermissionDenied):
        merge(away, into=kept, by=member)


def test_verified_ones_with_different_domains_are_merged_only_when_said_twice(away, kept):
    for organisation in (away, kept):
        Organisation.objects.filter(pk=organisation.pk).update(
            domain=f"{organisation.pk}.example", verified_at=timezone.now()
        )
    assert is_doubtful(fresh(away), fresh(kept))
    with pytest.raises(MergeRefused, match="Say that you are sure"):
        merge(away, into=kept, by=ModeratorFactory())
    assert fresh(away).merged_into is None
    merge(away, into=kept, by=ModeratorFactory(), is_sure=True)
    assert fresh(away).merged_into == kept


def test_what_moves_is_counted(away, kept):
    both = UserFactory()
    confirm(both, away), confirm(both, kept), confirm(UserFactory(), away)
    assert sorted(row.number for row in what_moves(away, kept)) == [1, 2]


# Likely duplicates


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Kenya Communications Authority", True),
        ("Communication Authority of Kenya", True),
        ("Ministry of Finance", False),
    ],
)
def test_likely_duplicates_are_found_in_the_same_country_only(kept, name, found):
    other = OrganisationFactory(name=name)
    OrganisationFactory(name=name, country=country("GH"))
    assert services.likely_duplicates(kept) == ([other] if found else [])
    assert set(Organisation.objects.looking_like_others()) == ({kept, other} if found else set())


def test_international_organisations_are_compared_with_each_other():
    rows = {OrganisationFactory(name=f"Union of Postal Services{end}", country=None) for end in ("", " (UPS)")}
    assert set(Organisation.objects.looking_like_others()) == rows


def test_similar_organisations_are_offered_while_one_is_named(kept, away):
    assert services.similar_organisations("Comunications Authority Kenya", "KE") == [kept]
    assert services.similar_organisations("Comunications Authority Kenya", None) == [kept]
    assert services.similar_organisations("Comunications Authority Kenya", "GH") == []
    assert services.similar_organisations("", "KE") == []


# In the admin


def test_merging_in_the_admin_asks_and_is_logged(desk, away, kept):
    confirm(UserFactory(), away)
    url = merge_url(away, kept)
    assert "Memberships: 1" in desk.get(url).text and fresh(away).merged_into is None
    assert "is merged into" in desk.post(url, follow=True).text
    assert fresh(away).merged_into == kept and LogEntry.objects.count() == 2
    page = desk.get(f"/admin/accounts/organisation/{away.pk}/change/").text
    assert "It is offered to nobody" in page and 'name="_save"' not in page


def test_other_one_is_searched_for(desk, away, kept):
    assert merge_url(away, kept).replace("&", "&amp;") in desk.get(merge_url(away) + "&q=of+kenya").text


def test_doubtful_merge_in_the_admin_wants_a_tick(desk, away, kept):
    for organisation in (away, kept):
        Organisation.objects.filter(pk=organisation.pk).update(
            domain=f"{organisation.pk}.example", verified_at=timezone.now()
        )
    assert "Say that you are sure" in desk.post(merge_url(away, kept), follow=True).text
    desk.post(merge_url(away, kept), {"sure": "yes"})
    assert fresh(away).merged_into == kept


def test_two_are_chosen_in_the_list(desk, away, kept):
    url = "/admin/accounts/organisation/"
    chosen = {"action": "merge", "_selected_action": [kept.pk, away.pk]}
    assert desk.post(url, chosen)["Location"] == merge_url(away, kept)
    assert "Choose exactly two" in desk.post(url, {**chosen, "_selected_action": [kept.pk]}, follow=True).text


def test_work_list_and_page_show_likely_duplicates(desk, away, kept):
    OrganisationFactory(name="Ministry of Finance")
    rows = desk.get("/admin/accounts/organisation/?duplicates=likely").context["cl"].result_list
    assert set(rows) == {away, kept}
    assert away.name in desk.get(f"/admin/accounts/organisation/{kept.pk}/change/").text


@pytest.mark.parametrize("query", ["", "?away=x", "?away=99999999", "?away=99999999999999999999"])
def test_merge_page_bears_any_number(desk, query):
    assert desk.get(f"/admin/accounts/organisation/merge/{query}").status_code == 404
