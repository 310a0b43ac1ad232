"""The secretariat's work list of reviews, and the moves that keep an initiative's status."""

import datetime

import pytest

from accounts.models import User
from initiatives import status
from initiatives.models import Initiative
from initiatives.services import review_rounds
from initiatives.tests.reviewing import days, make_due, set_due
from moderation.services import transition
from tests.factories import ModeratorFactory, make_initiative

pytestmark = pytest.mark.django_db
LIST = "/admin/initiatives/initiative/"


def compiled(*, since: int = 0, **changes) -> Initiative:
    loader = User.objects.system("loader", "Loader")
    return set_due(make_initiative(by=loader, moderator=loader, origin="launch", **changes), since=since)


def shown(desk, query="?review=ours") -> list[str]:
    """The references in the list, in its order."""
    return [row.reference for row in desk.get(LIST + query).context["cl"].result_list]


def act(desk, move: str, *rows, reason: str = "") -> str:
    chosen = {"move": move, "chosen": [row.pk for row in rows], "public_reason": reason}
    return desk.post(f"{LIST}many/?_changelist_filters=review%3Dours", chosen, follow=True).text


def after(initiative) -> Initiative:
    return Initiative.objects.get(pk=initiative.pk)


# The list


def test_work_list_shows_the_secretariats_own_oldest_first(desk):
    young, old, asked = compiled(since=1), compiled(since=9), make_due(since=20)
    compiled(since=-5)
    orphan = make_due(since=5)
    User.objects.filter(submissions__initiative=orphan).update(is_active=False)
    assert shown(desk) == [row.reference for row in (old, orphan, young)]
    assert asked.reference not in shown(desk)


def test_work_list_is_narrowed_by_region_theme_and_collection(desk):
    here = compiled(countries=["KE"])
    compiled(countries=["FR"], theme="economic_measures", measure_types=[])
    for query in ("region=AFR", "theme__exact=spectrum"):
        assert shown(desk, f"?review=ours&{query}") == [here.reference]
    assert len(shown(desk, f"?review=ours&collection__id__exact={here.collection_id}")) == 2


def test_list_of_those_whose_owners_were_asked(desk):
    asked = make_due(asked=3)
    make_due()
    assert shown(desk, "?review=asked") == [asked.reference]


def test_start_page_leads_to_the_work_list(desk):
    assert "reviews are due" not in desk.get("/admin/").text
    compiled()
    page = desk.get("/admin/").text
    assert "1 review is due" in page and f'href="{LIST}?review=ours"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_work_list_costs_the_same_whatever_its_length(desk, rows, django_assert_num_queries):
    for _number in range(rows):
        compiled()
    with django_assert_num_queries(7):  # session, user, permissions twice, collections, count, rows
        desk.get(f"{LIST}?review=ours")


# Moves


def test_seen_source_renews_the_review_and_is_recorded_for_each(desk, moderator):
    rows = [compiled(since=40), compiled(since=35)]
    assert "done for 2 of 2" in act(desk, "source_seen", *rows)
    for row in rows:
        found, decision = after(row), row.decisions.first()
        assert (found.mark, found.checked, found.confirmed_on) == ("source_seen", "source_seen", None)
        assert found.review_on > status.today() + days(100)
        assert (decision.move, decision.decided_by, decision.by_machine) == ("source_seen", moderator, False)
    assert shown(desk) == []


def test_seen_source_does_not_say_that_the_measure_holds(desk):
    row = compiled(starts_on="2020-03-23", end_kind="not_announced")
    act(desk, "source_seen", row)
    assert after(row).measure_status == "not_known"


def test_seen_source_clears_doubts_but_not_what_is_contested(desk, moderator):
    row = make_due(asked=40)
    transition(row, "lapse", by=User.objects.system("clock", "Clock"))
    transition(row, "contest", by=moderator, public_reason="The operator says otherwise.")
    act(desk, "source_seen", row)
    assert (after(row).mark, after(row).overdue_since) == ("contested", None)
    act(desk, "settle", row)
    assert after(row).mark == "source_seen"


def test_mark_of_the_issuing_body_is_not_lowered(desk):
    row = make_due()
    Initiative.objects.filter(pk=row.pk).update(checked="confirmed", mark="confirmed")
    act(desk, "source_seen", row)
    assert after(row).mark == "confirmed"


def test_asking_later_puts_it_off_and_changes_no_mark(desk):
    row = compiled()
    act(desk, "ask_later", row)
    assert (after(row).review_on, after(row).mark) == (status.today() + days(90), "not_checked")


@pytest.mark.parametrize(("move", "mark"), [("contest", "contested"), ("doubt", "needs_reverification")])
def test_reason_is_needed_and_stands_beside_the_mark(desk, client, move, mark):
    row = make_initiative()
    act(desk, move, row)
    assert after(row).mark == "source_seen"
    act(desk, move, row, reason="The gazette <b>says</b> otherwise.")
    assert after(row).mark == mark
    page = client.get(row.get_absolute_url()).text
    assert "The gazette &lt;b&gt;says&lt;/b&gt; otherwise." in page and "Amina" not in page


def test_reason_goes_with_the_mark(client, moderator):
    row = make_initiative()
    transition(row, "contest", by=moderator, public_reason="The operator says otherwise.")
    transition(row, "settle", by=moderator)
    assert "The operator says otherwise." not in client.get(row.get_absolute_url()).text


def test_doubt_asks_the_owners_now(moderator):
    row = make_initiative()
    assert review_rounds.ask() == 0
    transition(row, "doubt", by=moderator, public_reason="The page of the regulator is gone.")
    assert review_rounds.ask() == 1


def test_what_is_not_contested_offers_no_taking_back(desk, moderator):
    row = make_initiative()
    assert 'value="settle"' not in desk.get(f"{LIST}{row.pk}/change/").text
    transition(row, "contest", by=moderator, public_reason="The operator says otherwise.")
    assert 'value="settle"' in desk.get(f"{LIST}{row.pk}/change/").text


def test_single_moves_are_on_the_initiatives_page(desk):
    row = make_due(asked=3)
    page = desk.get(f"{LIST}{row.pk}/change/").text
    for move in ("source_seen", "ask_later", "contest", "doubt"):
        assert f'value="{move}"' in page
    assert 'value="confirm"' not in page and "owners asked on" in page


def test_verified_organisation_bears_its_mark_in_the_list(desk):
    row = make_initiative()
    assert "✓ verified" not in desk.get(LIST).text
    type(row.organisation).objects.update(verified_at=datetime.datetime.now(datetime.UTC))
    assert "✓ verified" in desk.get(LIST).text


# Where marks stand


@pytest.mark.parametrize("path", ["/initiatives/", "/", "/countries/KE/"])
@pytest.mark.parametrize("mark", ["source_seen", "needs_reverification", "contested", "not_checked"])
def test_mark_stands_in_every_list(client, path, mark):
    row = make_initiative()
    Initiative.objects.filter(pk=row.pk).update(mark=mark)
    assert str(after(row).get_mark_display()) in client.get(path).text


def test_own_measures_bear_their_marks(client):
    row = make_initiative()
    type(row.organisation).objects.update(verified_at=datetime.datetime.now(datetime.UTC))
    client.force_login(row.versions.get().submission.author)
    page = client.get("/my/").text
    assert "source seen by a moderator" in page and '<span class="verified">verified</span>' in page


def test_contested_archived_one_can_be_settled(moderator):
    row = make_initiative()
    transition(row, "contest", by=moderator, public_reason="The operator says otherwise.")
    transition(row, "archive", by=moderator)
    transition(row, "settle", by=ModeratorFactory())
    assert after(row).contested_since is None
