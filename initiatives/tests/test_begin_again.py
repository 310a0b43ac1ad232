"""What was retracted or not accepted can be begun again, with its text."""

import pytest
from django.test import Client

from initiatives import schema
from initiatives.models import Submission
from initiatives.services import add_attachment, save_draft, start_correction
from initiatives.tests.typed import address, csv
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_draft, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def retracted(author) -> Submission:
    draft = make_draft(by=author, tag_names=["roaming"])
    add_attachment(draft, csv(), by=author)
    transition(draft, "submit", by=author)
    transition(draft, "retract", by=author)
    return draft


def begin(client, submission) -> Submission:
    answer = client.post(address(submission, "again"))
    new = Submission.objects.order_by("pk").last()
    assert answer["Location"] == address(new, "edit")
    return new


def test_new_draft_has_text_sources_countries_and_files(client, retracted):
    assert address(retracted, "again") in client.get(address(retracted)).text
    new = begin(client, retracted)
    assert (new.status, new.author, new.consent_at) == ("draft", retracted.author, None)
    retracted.refresh_from_db()
    assert schema.draft_content(new) == schema.draft_content(retracted)
    assert new.contributor_role == retracted.contributor_role
    assert client.get(address(new, "edit")).status_code == 200


def test_double_click_begins_one(client, retracted):
    assert begin(client, retracted) == begin(client, retracted)
    assert Submission.objects.count() == 2


def test_rejected_one_is_begun_again(client, author):
    draft = make_draft(by=author)
    transition(draft, "submit", by=author)
    transition(draft, "reject", by=ModeratorFactory(), public_reason="No source")
    assert "begin a new one with this text" in client.get(address(draft)).text
    new = begin(client, draft)
    assert (new.status, new.title) == ("draft", draft.title)


def test_correction_is_begun_again_from_the_public_text_of_today(client, author):
    initiative = make_initiative()
    old = start_correction(initiative, by=author)
    person = {"contributor_name": "Ada", "contributor_role": "Adviser", "contributor_email": "ada@example.org"}
    old = save_draft(old, by=author, values={**person, "title": "Mine", "consent_at": old.created_at})
    other = start_correction(initiative, by=UserFactory())
    other = save_draft(other, by=other.author, values={**person, "results": "Newer", "consent_at": old.created_at})
    transition(old, "submit", by=author)
    transition(old, "retract", by=author)
    transition(other, "submit", by=other.author)
    transition(other, "approve", by=ModeratorFactory())
    new = begin(client, old)
    assert (new.initiative, new.title, new.results) == (initiative, "Mine", "Newer")


@pytest.mark.parametrize("who", [UserFactory, ModeratorFactory])
def test_nobody_else_begins_it_again(retracted, who):
    other = Client()
    other.force_login(who())
    assert other.post(address(retracted, "again")).status_code in (403, 404)
    assert Submission.objects.count() == 1


def test_what_waits_is_not_begun_again(client, author):
    draft = make_draft(by=author)
    assert client.post(address(draft, "again")).status_code == 403
