"""The list of sources that fail, and asking for one again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.links.registration import register
from initiatives.models import Link, LinkHost
from tests.factories import UserFactory, make_initiative, make_submission

LIST = "/admin/initiatives/link/"
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def link_of(url: str, **changes) -> Link:
    if not Link.objects.filter(url=url).exists():
        make_initiative(sources=[{"url": url}])
        register()
    Link.objects.filter(url=url).update(**changes)
    return Link.objects.get(url=url)


def failing(url: str = "https://a.test/1", **changes) -> Link:
    said = {"state": "fails", "problem": "not_found", "http_status": 404, "failures": 3, "failing_since": SINCE}
    return link_of(url, **{**said, **changes})


@pytest.mark.django_db
def test_list_shows_first_what_fails_longest(desk):
    failing("https://short.test/", failing_since=SINCE + timedelta(days=3))
    failing("https://long.test/")
    link_of("https://fine.test/", state="works")
    page = desk.get(LIST).text
    assert page.index("https://long.test/") < page.index("https://short.test/")
    assert "https://fine.test/" not in page
    assert "The page is not there (404)" in page and '<time datetime="2026-11-01">' in page


@pytest.mark.django_db
def test_list_says_how_many_initiatives_give_it(desk):
    failing()
    make_initiative(sources=[{"url": "https://a.test/1"}, {"url": "https://a.test/1"}])
    register()
    assert desk.get(LIST).context["cl"].result_list[0].uses == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "shown"), [("all", 2), ("works", 1), ("refused", 0), ("", 1), ("nonsense", 1)])
def test_list_is_filtered_by_state(desk, state, shown):
    failing()
    link_of("https://fine.test/", state="works")
    assert desk.get(LIST, {"state": state}).context["cl"].result_count == shown


@pytest.mark.django_db
def test_page_names_what_gives_it(desk):
    link = failing()
    waiting = make_submission(sources=[{"url": link.url}])
    register()
    page = desk.get(f"{LIST}{link.pk}/change/").text
    source = link.initiativesources.get()
    assert reverse("admin:initiatives_initiative_change", args=[source.initiative_id]) in page
    assert reverse("admin:initiatives_submission_change", args=[waiting.pk]) in page


@pytest.mark.django_db
def test_page_makes_a_link_of_web_addresses_only(desk):
    link = failing("https://a.test/1", title="<script>", final_url="javascript:alert(1)")
    Link.objects.filter(pk=link.pk).update(url="javascript:alert(1)")
    page = desk.get(f"{LIST}{link.pk}/change/").text
    assert 'href="javascript' not in page and "<script>" not in page.partition('<div id="content"')[2]


@pytest.mark.django_db
def test_links_are_checked_again_when_staff_ask_for_it(desk):
    link = failing(due_at=timezone.now() + timedelta(days=4))
    later = timezone.now() + timedelta(days=1)
    LinkHost.objects.create(name="a.test", free_at=later, failures=5)
    said = desk.post(LIST, {"action": "check_again", "_selected_action": [link.pk]}, follow=True).text
    link.refresh_from_db()
    assert "1 link is next in turn" in said
    assert link.due_at <= timezone.now() and LinkHost.objects.get().free_at <= timezone.now()


@pytest.mark.django_db
def test_host_that_asked_us_to_wait_is_still_left_alone(desk):
    link = failing()
    later = timezone.now() + timedelta(days=1)
    LinkHost.objects.create(name="a.test", free_at=later)
    desk.post(LIST, {"action": "check_again", "_selected_action": [link.pk]})
    assert LinkHost.objects.get().free_at == later


@pytest.mark.django_db
def test_links_are_no_business_of_contributors(client):
    link = failing()
    client.force_login(UserFactory())
    assert client.get(LIST).status_code == 302
    assert client.get(f"{LIST}{link.pk}/change/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_as_often_for_any_number(desk, django_assert_num_queries, count):
    for number in range(count):
        failing(f"https://host{number}.test/")
    desk.get(LIST)
    with django_assert_num_queries(7):  # session, user, rights (2), problems, how many, links with their uses
        desk.get(LIST)
