"""Files of a draft: kept at once, given only to those who may see them."""

import pytest
from django.test import Client

from initiatives.models import Submission
from initiatives.services import add_attachment
from initiatives.tests.typed import CSV, NEW, address, csv, typed
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, make_draft

pytestmark = pytest.mark.django_db


def test_good_file_survives_a_failed_validation(client, author):
    files = [{"file": csv(), "title": "The table"}]
    answer = client.post(NEW, typed(action="send", title="x" * 151, files=files))
    kept = Submission.objects.get().attachments.get()
    assert (kept.name, kept.title, kept.kind, kept.size) == ("table.csv", "The table", "csv", len(CSV))
    assert "The table" in answer.text and "kept" in answer.text


def test_bad_file_is_refused_and_the_good_one_kept(client, author):
    files = [{"file": csv("evil.svg", b"<svg/onload=alert(1)>")}, {"file": csv()}]
    answer = client.post(NEW, typed(action="save", files=files))
    assert "evil.svg” is not of a type that is taken" in answer.text
    assert [row.name for row in Submission.objects.get().attachments.all()] == ["table.csv"]


def test_same_file_sent_again_is_kept_once(client, author):
    draft = make_draft(by=author)
    for _again in range(2):
        client.post(address(draft, "edit"), typed(action="save", files=[{"file": csv()}]))
    assert draft.attachments.count() == 1


def test_fourth_file_is_refused(client, author):
    draft = make_draft(by=author)
    files = [{"file": csv(f"{number}.csv", CSV + b"%d" % number)} for number in range(3)]
    client.post(address(draft, "edit"), typed(action="save", files=files))
    answer = client.post(address(draft, "edit"), typed(action="save", files=[{"file": csv("4.csv", b"a,b\n")}]))
    assert "At most three files" in answer.text and draft.attachments.count() == 3


def test_file_is_taken_away(client, author):
    draft = make_draft(by=author)
    client.post(address(draft, "edit"), typed(action="save", files=[{"file": csv()}]))
    kept = draft.attachments.get()
    client.post(address(draft, "edit"), typed(action="save", remove_file=[str(kept.pk)]))
    assert not draft.attachments.exists()


@pytest.fixture
def with_file(author):
    organisation = OrganisationFactory()
    confirm(author, organisation)
    draft = make_draft(by=author, organisation=organisation)
    return draft, add_attachment(draft, csv("ключ, 1.csv"), by=author)


def file_address(draft, kept) -> str:
    return f"{address(draft)}files/{kept.pk}/{kept.name}"


def test_file_is_saved_and_never_shown(client, with_file):
    answer = client.get(file_address(*with_file))
    assert b"".join(answer.streaming_content) == CSV
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"] and answer["Content-Type"] == "text/csv"


@pytest.mark.parametrize(
    ("who", "sent", "status"),
    [
        ("colleague", False, 200),
        ("stranger", False, 404),
        ("moderator", False, 404),
        ("moderator", True, 200),
        ("stranger", True, 404),
    ],
)
def test_who_may_have_the_file(with_file, who, sent, status):
    draft, kept = with_file
    if sent:
        transition(draft, "submit", by=draft.author)
    person = ModeratorFactory() if who == "moderator" else UserFactory()
    if who == "colleague":
        confirm(person, draft.organisation)
    client = Client()
    client.force_login(person)
    assert client.get(file_address(draft, kept)).status_code == status


def test_file_of_another_submission_is_not_found(client, author, with_file):
    _draft, kept = with_file
    assert client.get(file_address(make_draft(by=author), kept)).status_code == 404
