"""The admin's start page: what it costs, for whom it is, and what lies behind it."""

import uuid

import pytest
from django.utils import timezone

from accounts.models import Membership
from initiatives.models import Submission
from initiatives.tests.waiting import (
    START,
    make_correction,
    make_membership,
    make_one_of_each,
    make_organisation,
    make_quiet_submission,
    rows,
)
from tests.factories import ModeratorFactory, UserFactory, country, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

FRAME = 3  # session, person, role
RIGHTS = 2  # of the person and of their role
FILTERS = 2  # countries, collections
WAITING = 7  # rows of all kinds, and how many of each of six
SHOWN = 2 + 2 + 1 + 1  # submissions and their countries, corrections and theirs, memberships, organisations
ALSO = 4  # what is held, letters in trouble, reviews that are due, the person's duty


@pytest.mark.parametrize("rows", [1, 3])
def test_start_page_costs_the_same_whatever_its_length(desk, rows, django_assert_num_queries):
    for number in range(rows):
        make_membership(), make_quiet_submission(), make_organisation(f"Operator {number}"), make_correction()
    desk.get(START)  # content types are cached from now on
    with django_assert_num_queries(FRAME + RIGHTS + FILTERS + WAITING + SHOWN + ALSO):
        desk.get(START)


def test_start_page_costs_the_same_at_two_hundred(desk, django_assert_num_queries):
    make_membership(), make_quiet_submission(), make_organisation(), make_correction()
    one = Submission.objects.get(status="submitted", initiative=None)
    for _number in range(200):  # newer than the others, so that all kinds stand on the first page
        one.pk, one.key, one.submitted_at, one._state.adding = None, uuid.uuid4(), timezone.now(), True
        one.save()
    desk.get(START)
    with django_assert_num_queries(FRAME + RIGHTS + FILTERS + WAITING + SHOWN + ALSO):
        assert len(rows(desk.get(START))) == 50


# Rights


@pytest.mark.parametrize("path", ["", "queue/many/", "queue/duty/", "queue/membership/1/confirm/"])
def test_start_page_is_for_staff(client, path):
    client.force_login(UserFactory())
    for method in ("GET", "POST"):
        assert client.generic(method, START + path).status_code == 302


def test_staff_without_a_role_see_no_row(client):
    client.force_login(UserFactory(is_staff=True))
    make_submission()
    response = client.get(START)
    assert rows(response) == [] and response.context["kinds"] == []
    assert client.post(f"{START}queue/duty/", {"mail": "never"}).status_code == 403
    assert client.post(f"{START}queue/many/", {"move": "initiatives.submission reject"}).status_code == 400
    membership = Membership.objects.get()
    assert client.post(f"{START}queue/membership/{membership.pk}/confirm/").status_code == 404


def test_administrators_see_the_queue_and_the_rest_unfolded(client):
    titles = make_one_of_each()
    client.force_login(ModeratorFactory(group="Administrator"))
    response = client.get(START)
    assert rows(response) == titles and '<details class="queue-everything" open>' in response.text


def test_rest_is_folded_for_moderators(desk):
    html = desk.get(START).text
    assert '<details class="queue-everything">' in html and "Decisions" in html


@pytest.mark.parametrize("path", ["queue/many/", "queue/duty/", "queue/membership/1/confirm/"])
def test_forms_of_the_queue_are_posted(desk, path):
    assert desk.get(START + path).status_code == 405


def test_country_is_kept_as_named(desk):
    make_quiet_submission(countries=["KE"])
    country("FR")
    assert '<option value="KE" selected>Kenya</option>' in desk.get(f"{START}?country=KE").text


# The lists behind the queue


def test_list_of_submissions_says_why_to_look_twice(desk):
    marked, _other = make_submission(), make_submission()
    Submission.objects.update(suspicions=[])
    Submission.objects.filter(pk=marked.pk).update(suspicions=["dead_source"])
    response = desk.get("/admin/initiatives/submission/?suspicion=dead_source")
    assert list(response.context["cl"].result_list) == [marked]
    assert '<span class="queue-mark">a source does not answer</span>' in response.text


def test_choices_of_filters_begin_with_a_capital(desk):
    html = desk.get("/admin/initiatives/submission/").text
    assert ">By nobody</a>" in html and ">by nobody</a>" not in html


def test_sections_of_the_admin_have_names_of_their_own(desk):
    names = [app["name"] for app in desk.get(START).context["app_list"]]
    assert "Tags" in names and "Taggit" not in names
