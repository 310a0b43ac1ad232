"""The form: nothing typed is lost, nothing is made twice."""

import threading
import uuid

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Membership
from initiatives.models import Submission
from initiatives.tests.typed import NEW, address, errors, typed
from tests.factories import OrganisationFactory, UserFactory, confirm, make_draft

pytestmark = pytest.mark.django_db


def test_reading_the_form_makes_no_row(client, author):
    assert client.get(NEW).status_code == 200
    assert not Submission.objects.exists()


def test_query_count_of_the_form(client, author, django_assert_num_queries):
    for number in range(3):
        confirm(author, OrganisationFactory(name=f"Body {number}"))
    draft = make_draft(by=author, organisation=OrganisationFactory(), countries=["KE", "GH"])
    # session, user, confirmed e-mail, countries, collections, memberships, what was said last time, the role ever said
    with django_assert_num_queries(8):
        client.get(NEW)
    # beside them: the row, its sources, files and countries
    with django_assert_num_queries(12):
        client.get(address(draft, "edit"))


def test_empty_draft_can_be_saved(client, author):
    answer = client.post(NEW, {"action": "save"})
    draft = Submission.objects.get()
    assert answer["Location"] == address(draft, "edit")
    assert (draft.status, draft.author, draft.title) == ("draft", author, "")


def test_draft_saved_half_empty_comes_back(client, author):
    client.post(NEW, typed(action="save", summary="Only begun", theme="", countries=["KE", "KE"]))
    draft = Submission.objects.get()
    page = client.get(address(draft, "edit")).text
    assert "Only begun" in page and 'value="2020"' in page and "Saved at" in page
    assert [row.iso2 for row in draft.countries.all()] == ["KE"]


def test_complete_form_is_sent(client, author):
    answer = client.post(NEW, typed(action="send"))
    submission = Submission.objects.get()
    assert answer["Location"] == address(submission)
    assert submission.status == "submitted"
    assert submission.sources.get().url == "https://regulator.example/decision"
    assert submission.organisation.name == "Communications Authority of Kenya"
    assert not Membership.objects.get(user=author).is_confirmed


def test_what_is_missing_is_said_at_its_field_and_the_rest_is_saved(client, author):
    answer = client.post(
        NEW,
        typed(action="send", title="", starts_year="", starts_month="", starts_day="", consent=None, sources=[]),
    )
    assert set(errors(answer)) == {"title", "starts", "consent"}
    assert answer.context["sources"].forms[0].errors["url"]
    assert 'href="#id_starts_field"' in answer.text and 'href="#id_sources-0-url"' in answer.text
    draft = Submission.objects.get()
    assert draft.status == "draft" and draft.summary.startswith("The regulator")


def test_end_before_start_is_said_at_the_end(client, author):
    answer = client.post(NEW, typed(action="send", end_kind="date", ends_year="2019"))
    assert set(errors(answer)) == {"ends"}


def test_invalid_answers_keep_what_was_stored_and_show_what_was_typed(client, author):
    draft = make_draft(by=author, contact_point="office@regulator.example")
    answer = client.post(
        address(draft, "edit"),
        typed(action="save", title="x" * 151, contact_point="not an address", summary="A new summary"),
    )
    assert set(errors(answer)) == {"title", "contact_point"}
    assert "x" * 151 in answer.text and "not an address" in answer.text
    assert "What is marked below is not saved until you put it right." in answer.text
    draft.refresh_from_db()
    assert draft.title.startswith("Temporary spectrum for mobile") and draft.summary == "A new summary"
    assert draft.contact_point == "office@regulator.example"


def test_invalid_and_missing_answers_are_said_together(client, author):
    answer = client.post(NEW, typed(action="send", title="x" * 151, summary=""))
    assert set(errors(answer)) == {"title", "summary"}
    assert Submission.objects.get().status == "draft"


def test_invalid_source_keeps_the_stored_one(client, author):
    draft = make_draft(by=author)
    sources = [{"url": "javascript:alert(1)"}, {"url": "https://second.example/x", "kind": "media"}]
    answer = client.post(address(draft, "edit"), typed(action="send", sources=sources))
    assert answer.context["formset_errors"]
    assert [row.url for row in draft.sources.all()] == [
        "https://regulator.example/decision",
        "https://second.example/x",
    ]
    assert "javascript:alert(1)" in answer.text


def test_sixth_source_is_not_asked_for(client, author):
    sources = [{"url": f"https://regulator.example/{number}"} for number in range(6)]
    client.post(NEW, typed(action="save", sources=sources))
    assert Submission.objects.get().sources.count() == 5


def test_empty_form_with_a_broken_key_is_no_crash(client, author):
    answer = client.post(NEW, {"action": "send", "key": "z"})
    assert answer.status_code == 200 and Submission.objects.get().status == "draft"


# Twice


def test_form_sent_twice_makes_one_submission(client, author):
    sent = typed(action="send", key=str(uuid.uuid4()))
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert first["Location"] == second["Location"]
    assert Submission.objects.get().status == "submitted"


def test_draft_saved_twice_from_one_page_is_one_draft(client, author):
    key = str(uuid.uuid4())
    for summary in ("First words", "Second words"):
        client.post(NEW, typed(action="save", key=key, summary=summary))
    assert Submission.objects.get().summary == "Second words"


def test_key_of_somebody_else_opens_nothing(client, author):
    other = make_draft()
    answer = client.post(NEW, typed(action="save", key=str(other.key), title="Mine now"))
    other.refresh_from_db()
    assert answer.status_code == 404 and other.title != "Mine now"


@pytest.mark.django_db(transaction=True)
def test_form_sent_twice_at_once_makes_one_submission():
    user = UserFactory()
    sent = typed(action="send", key=str(uuid.uuid4()))
    clients = [Client(), Client(), Client()]
    for client in clients:
        client.force_login(user)
    barrier, places = threading.Barrier(3), []

    def send(client):
        barrier.wait()
        places.append(client.post(NEW, sent).get("Location"))
        connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    submission = Submission.objects.get()
    assert places == [address(submission)] * 3
    assert submission.decisions.count() == 1 and submission.sources.count() == 1
