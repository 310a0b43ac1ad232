"""The filters of the queue, and the regions that a moderator looks after."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.models import Membership
from accounts.services import request_membership
from initiatives.models import Collection, Submission
from initiatives.tests.waiting import START, make_correction
from moderation import duties
from moderation.models import Duty
from moderation.services import transition
from tests.factories import (
    ModeratorFactory,
    OrganisationFactory,
    UserFactory,
    confirm,
    country,
    make_initiative,
    make_submission,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def titles(desk, query: str = "") -> set[str]:
    return {line["row"].title for line in desk.get(f"{START}?{query}").context["rows"]}


def waiting(title: str, organisation: str = "", **values) -> Submission:
    organisation, author = OrganisationFactory(**({"name": organisation} if organisation else {})), UserFactory()
    confirm(author, organisation)
    return make_submission(by=author, organisation=organisation, title=title, **values)


@pytest.fixture
def many(moderator) -> None:
    """Things that differ in every way that the filters ask for."""
    waiting("African")
    waiting("European", countries=["FR"], language="fr", theme="cybersecurity_child_protection", measure_types=[])
    waiting("Further", countries=["FR"], theme="economic_measures", measure_types=[], further_themes=["spectrum"])
    waiting("Regional", countries=[], scope="regional", region="EUR", organisation="Union of operators")
    waiting("Worldwide", countries=[], scope="global")
    waiting("Territory", countries=["AQ"])
    transition(waiting("Mine"), "claim", by=moderator)
    transition(waiting("Theirs"), "claim", by=ModeratorFactory())
    other = Collection.objects.create(slug="ict-cases", name="ICT cases", opens_on="2020-01-01")
    Submission.objects.filter(title="European").update(collection=other, suspicions=["dead_source", "many_links"])
    Submission.objects.exclude(title="European").update(suspicions=[])
    request_membership(UserFactory(name="Member"), OrganisationFactory(country=country("FR")))
    OrganisationFactory(name="International union", country=None, accepted_at=None)


EVERYTHING = {"African", "European", "Further", "Regional", "Worldwide", "Territory", "Mine", "Theirs"}
EVERYTHING |= {"Member", "International union"}
ELSEWHERE = {"Worldwide", "Territory", "International union"}
EUROPEAN = {"European", "Further", "Regional", "Member"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", EVERYTHING),
        ("kind=submission", EVERYTHING - {"Member", "International union"}),
        ("kind=correction", set()),
        ("kind=membership", {"Member"}),
        ("kind=organisation", {"International union"}),
        ("kind=nonsense", EVERYTHING),
        ("region=EUR", EUROPEAN),
        ("region=AFR&region=EUR", EUROPEAN | {"African", "Mine", "Theirs"}),
        ("region=none", ELSEWHERE),
        ("region=EUR&region=none", EUROPEAN | ELSEWHERE),
        ("region=EUR&region=all", EVERYTHING),
        ("region=nowhere", EVERYTHING),
        ("country=FR", {"European", "Further", "Member"}),
        ("theme=spectrum", {"African", "Further", "Regional", "Worldwide", "Territory", "Mine", "Theirs"}),
        ("collection=ict-cases", {"European"}),
        ("language=fr", {"European"}),
        ("claimed=me", {"Mine"}),
        ("claimed=others", {"Theirs"}),
        ("claimed=nobody", EVERYTHING - {"Mine", "Theirs"}),
        ("suspicion=any", {"European"}),
        ("suspicion=dead_source", {"European"}),
        ("suspicion=duplicate", set()),
        ("q=UNION", {"Regional", "International union"}),
        ("q=member", {"Member"}),
        ("q=european%00", EVERYTHING),
        ("region=EUR&language=fr&q=euro", {"European"}),
        ("theme=nonsense&language=fr", {"European"}),
    ],
)
def test_filters_find(desk, many, query, found):
    assert titles(desk, query) == found


def test_counts_obey_the_filters_but_the_kind(desk, many):
    response = desk.get(f"{START}?region=EUR&kind=membership")
    assert {count.source.kind: count.number for count, _url in response.context["kinds"]} == {
        "submission": 3,
        "correction": 0,
        "membership": 1,
        "organisation": 0,
        "post": 0,
        "flag": 0,
    }
    assert "1 waits." in response.text and "In all regions, without filters: 10" in response.text


def test_counting_ends_somewhere_and_says_so(desk, monkeypatch):
    monkeypatch.setattr("moderation.queue.COUNTED", 1)
    waiting("First"), waiting("Second")
    text = desk.get(START).text
    assert "More than 1 wait." in text and "New submissions more than 1" in text


def test_what_is_not_understood_is_said(desk):
    assert "was not understood" in desk.get(f"{START}?theme=nonsense").text
    assert "was not understood" not in desk.get(f"{START}?utm=1").text


def test_filters_stay_in_every_link(desk, many):
    context = desk.get(f"{START}?region=EUR&claimed=nobody&kind=submission").context
    assert {count.source.kind: url for count, url in context["kinds"]}["membership"] == (
        "?kind=membership&region=EUR&claimed=nobody"
    )
    assert context["all_kinds_url"] == "?region=EUR&claimed=nobody"


def test_corrections_are_a_kind_of_their_own(desk):
    make_correction(title="Corrected")
    waiting("New")
    assert (titles(desk, "kind=correction"), titles(desk, "kind=submission")) == ({"Corrected"}, {"New"})


@pytest.mark.parametrize(
    ("filters", "queries"),
    [
        ("region=EUR", 23 + 4 - 3),  # how many everywhere is asked too; neither people nor corrections are shown
        ("region=none&theme=spectrum&q=spectrum&claimed=nobody", 23 + 4 - 3 - 2),  # people know no theme: not counted
    ],
)
def test_filters_cost_the_same_whatever_the_length(desk, filters, queries, django_assert_num_queries):
    for rows in (1, 3):
        waiting(f"Spectrum {rows}", countries=["FR"]), waiting(f"Spectrum world {rows}", countries=[], scope="global")
        desk.get(START)
        with django_assert_num_queries(queries):
            desk.get(f"{START}?{filters}")


# My regions


def test_my_regions_are_the_beginning_and_no_limit(desk, many):
    desk.post(f"{START}queue/duty/", {"regions": ["EUR"], "mail": "daily"})
    response = desk.get(START)
    assert titles(desk) == EUROPEAN | ELSEWHERE
    assert "Shown: my regions. Europe, Worldwide or no region." in " ".join(response.text.split())
    assert titles(desk, "region=all") == EVERYTHING
    assert titles(desk, "region=AFR") == {"African", "Mine", "Theirs"}
    african = Submission.objects.get(title="African")
    transition(african, "approve", by=Duty.objects.get().user)
    assert african.status == "approved"


def test_duty_form_keeps_regions_and_mail(desk, moderator):
    answer = desk.post(f"{START}queue/duty/", {"regions": ["AFR", "ARB"], "mail": "never"}, follow=True)
    duty = Duty.objects.get(user=moderator)
    assert (duty.regions, duty.mail) == (["AFR", "ARB"], "never")
    assert "Your regions and mails are saved." in answer.text
    assert '<input type="radio" name="mail" value="never" checked>' in answer.text
    desk.post(f"{START}queue/duty/", {"mail": "daily"})
    duty.refresh_from_db()
    assert (duty.regions, duty.mail) == ([], "daily")


def test_all_six_regions_are_no_choice(moderator):
    assert duties.choose(regions=["AFR", "AMS", "ARB", "ASP", "CIS", "EUR"], mail="daily", by=moderator).regions == []


@pytest.mark.parametrize("data", [{}, {"mail": "hourly"}, {"regions": ["XXX"], "mail": "daily"}])
def test_forged_duties_are_refused(desk, data):
    assert desk.post(f"{START}queue/duty/", data).status_code == 400
    assert not Duty.objects.exists()


@pytest.mark.parametrize("make", [AnonymousUser, UserFactory, lambda: UserFactory(is_staff=True)])
def test_duties_are_for_moderators(make):
    with pytest.raises(PermissionDenied):
        duties.choose(regions=[], mail="daily", by=make())


def test_claim_next_keeps_to_my_regions_and_what_belongs_to_none(desk, moderator):
    duties.choose(regions=["EUR"], mail="never", by=moderator)
    african, worldwide = waiting("African"), waiting("Worldwide", countries=[], scope="global")
    desk.post(desk.get(START).context["next_urls"][0])
    african.refresh_from_db(), worldwide.refresh_from_db()
    assert (african.claimed_by, worldwide.claimed_by) == (None, moderator)


def test_initiatives_and_members_of_old_do_not_wait(desk):
    make_initiative()
    Membership.objects.all().delete()
    assert titles(desk) == set()
