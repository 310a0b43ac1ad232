"""A correction shows what is public now beside what it changes."""

import pytest
from django.utils import timezone

from initiatives.services import save_draft, start_correction
from initiatives.tests.typed import address, typed
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def correction(author):
    public = make_initiative(title="The public title", summary="What the regulator did, as everybody reads it today.")
    return start_correction(public, by=author)


def test_unchanged_correction_shows_no_public_text_twice(client, correction):
    assert "Public now" not in client.get(address(correction, "edit")).text


def test_public_text_stands_under_a_changed_field(client, correction):
    client.post(address(correction, "edit"), typed(action="save", title="A better title"))
    page = client.get(address(correction, "edit")).text
    assert page.count("Public now") >= 1 and "The public title" in page


def test_correction_says_that_the_public_text_changed_meanwhile(client, correction):
    person = {"contributor_name": "Ada", "contributor_role": "Adviser", "contributor_email": "ada@example.org"}
    other = start_correction(correction.initiative, by=UserFactory())
    values = {"title": "Changed by somebody else", "consent_at": timezone.now(), **person}
    other = save_draft(other, by=other.author, values=values)
    transition(other, "submit", by=other.author)
    transition(other, "approve", by=ModeratorFactory())
    page = client.get(address(correction, "edit")).text
    assert "The public text has changed since you began: version 2" in page
    assert "Changed by somebody else" in page
