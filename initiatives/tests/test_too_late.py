"""Somebody types while the draft is sent or deleted elsewhere: nothing typed is lost."""

import pytest
from django.test import Client

from initiatives import services
from initiatives.models import Submission
from initiatives.tests.typed import NEW, address, csv, typed
from moderation.services import transition
from tests.factories import OrganisationFactory, UserFactory, confirm, make_draft, make_initiative

pytestmark = pytest.mark.django_db

TYPED = "What the author typed meanwhile"


@pytest.fixture
def draft(author):
    """A draft that the author and a colleague work on."""
    organisation = OrganisationFactory()
    confirm(author, organisation)
    return make_draft(by=author, organisation=organisation)


@pytest.fixture
def colleague(draft):
    return confirm(UserFactory(name="Barasa"), draft.organisation).user


def send(client, draft, **changes):
    who = dict.fromkeys(("organisation_name", "organisation_type", "organisation_country"))
    form = typed(**{"revision": "1", "organisation": str(draft.organisation_id), **who, "title": TYPED, **changes})
    return client.post(address(draft, "edit"), form)


def kept(draft) -> list[str]:
    return [row.content["title"] for row in draft.revisions.filter(kind="set_aside")]


@pytest.mark.parametrize("action", ["save", "send", "preview", "theirs"])
def test_text_typed_while_a_colleague_sent_it_is_set_aside(client, draft, colleague, action):
    transition(draft, "submit", by=colleague)
    answer = send(client, draft, action=action)
    assert answer["Location"] == address(draft, "texts") and kept(draft) == [TYPED]
    page = client.get(answer["Location"]).text
    assert "Waiting for a moderator" in page and TYPED in page


def test_autosave_says_that_it_was_sent_and_keeps_the_text(client, draft, colleague):
    transition(draft, "submit", by=colleague)
    answer = send(client, draft, action="autosave").json()
    assert not answer["goes_on"] and "kept among the earlier texts" in answer["saved"]
    assert address(draft, "texts") in answer["saved"] and kept(draft) == [TYPED]


def test_text_as_sent_is_not_changed_by_what_came_too_late(client, draft, colleague):
    transition(draft, "submit", by=colleague)
    send(client, draft, action="save")
    assert Submission.objects.get().title == draft.title


@pytest.mark.parametrize("action", ["save", "send"])
def test_text_of_a_deleted_draft_comes_back_in_the_form(client, draft, action):
    services.delete_draft(draft, by=draft.author)
    page = send(client, draft, action=action, files=[{"file": csv()}])
    assert page.status_code == 404 and f'value="{TYPED}"' in page.text
    assert "not there any more" in page.text and f'action="{NEW}"' in page.text and "data-unsaved" in page.text
    again = client.post(NEW, typed(title=TYPED, action="save", key=str(page.context["desk"].key), revision="0"))
    assert again.status_code == 302 and Submission.objects.get().title == TYPED


def test_autosave_says_that_the_draft_was_deleted(client, draft):
    services.delete_draft(draft, by=draft.author)
    answer = send(client, draft, action="autosave").json()
    assert not answer["goes_on"] and "was deleted" in answer["saved"] and not Submission.objects.exists()


def test_text_of_a_deleted_correction_comes_back_as_a_correction(client, author):
    initiative = make_initiative()
    lost = services.start_correction(initiative, by=author)
    assert f'name="corrects" value="{initiative.reference}"' in client.get(address(lost, "edit")).text
    services.delete_draft(lost, by=author)
    page = client.post(address(lost, "edit"), typed(title=TYPED, action="save", corrects=initiative.reference))
    new = Submission.objects.get(author=author)
    assert new.initiative == initiative and f'action="{address(new, "edit")}"' in page.text
    assert "Saved at" not in page.text


def test_second_click_on_send_says_nothing_alarming(client, author):
    form = typed(action="send", key="7b2b1d84-5b8f-4a5c-9d0e-0a1b2c3d4e5f", revision="0")
    client.post(NEW, form)
    page = client.post(NEW, form, follow=True).text
    assert "Sent for review" in page and "cannot be edited" not in page
    assert not Submission.objects.get().revisions.filter(kind="set_aside").exists()


def test_stranger_to_a_draft_sees_nothing_of_it(draft):
    other = Client()
    other.force_login(UserFactory())
    page = send(other, draft, action="save")
    assert page.status_code == 404 and draft.title not in page.text and str(draft.key) not in page.text


# Only the author destroys a draft


def test_colleague_deletes_no_draft(draft, colleague):
    other = Client()
    other.force_login(colleague)
    assert address(draft, "delete") not in other.get(address(draft)).text
    assert other.post(address(draft, "delete")).status_code == 403 and Submission.objects.exists()


def test_text_replaced_in_another_window_is_not_called_somebody_elses(client, draft):
    draft.refresh_from_db()
    services.keep_revision(draft, "replaced", by=draft.author)
    page = client.get(address(draft, "texts")).text
    assert "Replaced by a newer text" in page and "somebody else" not in page


def test_characters_that_no_database_keeps_do_no_harm_in_a_conflict(client, draft, colleague):
    services.save_draft(draft, by=colleague, values={"title": "Newer"})
    page = send(client, draft, action="save", theme="spec\x00trum", contributor_email="a\x00@b")
    assert page.status_code == 200 and draft.revisions.get(kind="set_aside").content["theme"] == "spectrum"


# “It is another one” is said of one text


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Something else entirely"},
        {"scope": "global", "countries": []},
        {"sources": [{"url": "https://x.example/"}]},
    ],
)
def test_it_is_another_one_holds_for_the_text_it_was_said_of(client, draft, change):
    same = {"title": draft.title, "is_another_one": "on"}
    services.save_draft(draft, by=draft.author, values={"is_another_one": True})
    send(client, draft, action="save", revision="2", **same)
    assert Submission.objects.get().is_another_one
    send(client, draft, action="save", revision="3", **{**same, **change})
    assert not Submission.objects.get().is_another_one
