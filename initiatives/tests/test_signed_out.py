"""A session that ended while somebody typed: their words come back to them, and nothing is stored."""

import pytest
from django.test import Client

from initiatives.models import Submission
from initiatives.tests.typed import NEW, address, typed
from tests.factories import UserFactory, make_draft

pytestmark = pytest.mark.django_db

WORDS = "Words of an hour <b>"
SHOWN = "Words of an hour &lt;b&gt;"


@pytest.mark.parametrize("action", ["save", "send", "preview"])
def test_form_of_a_signed_out_person_shows_what_was_typed(client, action):
    draft = make_draft()
    for path in (NEW, address(draft, "edit")):
        page = client.post(path, typed(action=action, description=WORDS, sources=[{"title": "Gazette 12"}]))
        assert page.status_code == 403 and "you are signed out" in page.text
        assert SHOWN in page.text and "Gazette 12" in page.text and f"?next={path}" in page.text
    assert Submission.objects.get().title == draft.title


def test_autosave_says_that_one_is_signed_out(client):
    answer = client.post(NEW, typed(action="autosave")).json()
    assert answer["signed_out"] and answer["goes_on"] and "you are signed out" in answer["saved"]
    assert not Submission.objects.exists()


def test_empty_form_leads_to_signing_in(client):
    assert client.post(NEW, {"action": "save"})["Location"].startswith("/accounts/login/")


def post_without_token(**headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    return client.post(NEW, typed(action="save", description=WORDS), headers=headers)


def test_form_without_its_token_shows_what_was_typed():
    page = post_without_token()
    assert page.status_code == 403 and "form was not accepted" in page.text and SHOWN in page.text


def test_words_that_another_site_sent_are_not_shown():
    page = post_without_token(sec_fetch_site="cross-site")
    assert page.status_code == 403 and SHOWN not in page.text
