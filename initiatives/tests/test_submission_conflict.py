"""Two people, or two windows, and one draft: nobody overwrites a text that they have not seen."""

import pytest
from django.test import Client

from initiatives.models import Submission, SubmissionRevision
from initiatives.tests.typed import NEW, address, csv, typed
from tests.factories import OrganisationFactory, UserFactory, confirm, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(author):
    """A draft that the author and a colleague work on; returns it with the colleague's client."""
    organisation, colleague = OrganisationFactory(), UserFactory(name="Barasa")
    for person in (author, colleague):
        confirm(person, organisation)
    draft = make_draft(by=author, organisation=organisation)
    other = Client()
    other.force_login(colleague)
    return draft, other


def answers(draft, **changes):
    """What a page sends that was drawn from the draft as it is now."""
    draft.refresh_from_db()
    who = {"organisation": str(draft.organisation_id), "organisation_name": None, "organisation_type": None}
    return typed(**{"action": "save", "revision": str(draft.revision), **who, "organisation_country": None, **changes})


@pytest.fixture
def crossed(client, shared):
    """Both opened the form; the colleague saved first, then the author pressed `Save draft`."""
    draft, other = shared
    mine = answers(draft, title="The text of the author", files=[{"file": csv()}])
    other.post(address(draft, "edit"), answers(draft, title="The text of the colleague", partners="Telkom"))
    return draft, client.post(address(draft, "edit"), mine)


def stored(draft) -> Submission:
    return Submission.objects.get(pk=draft.pk)


def test_newer_text_is_not_overwritten(crossed):
    draft, page = crossed
    assert stored(draft).title == "The text of the colleague"
    assert "Draft saved" not in page.text and "Barasa</bdi> saved a newer text" in page.text


def test_typed_text_stays_in_the_fields_and_is_set_aside(crossed):
    draft, page = crossed
    assert 'value="The text of the author"' in page.text
    kept = draft.revisions.get(kind="set_aside")
    assert (kept.content["title"], kept.saved_by) == ("The text of the author", draft.author)


def test_uploads_of_the_conflict_are_kept(crossed):
    draft, page = crossed
    assert [row.name for row in draft.attachments.all()] == ["table.csv"]
    assert "table.csv" in page.text


def test_only_fields_that_differ_are_compared(crossed):
    _draft, page = crossed
    changed = page.context["desk"].conflict.comparison.changed
    rows = {field.name: (field.old.text, field.new.text) for field in changed}
    assert rows == {
        "title": ("The text of the colleague", "The text of the author"),
        "partners": ("Telkom", ""),
    }


def test_keep_mine_replaces_theirs_and_keeps_it(client, crossed):
    draft, page = crossed
    seen = str(page.context["desk"].revision)
    answer = client.post(
        address(draft, "edit"), answers(draft, title="The text of the author", revision=seen, overrides=seen)
    )
    assert answer.status_code == 302 and stored(draft).title == "The text of the author"
    replaced = draft.revisions.get(kind="replaced", saved_by__name="Barasa")
    assert replaced.content["title"] == "The text of the colleague"


def test_take_theirs_keeps_mine_aside(client, crossed):
    draft, page = crossed
    seen = str(page.context["desk"].revision)
    client.post(address(draft, "edit"), answers(draft, action="theirs", title="Edited once more", revision=seen))
    assert stored(draft).title == "The text of the colleague"
    titles = [row.content["title"] for row in draft.revisions.filter(kind="set_aside")]
    assert titles == ["Edited once more", "The text of the author"]


def test_sending_over_a_newer_text_sends_nothing(client, shared):
    draft, other = shared
    mine = answers(draft, action="send", title="The text of the author")
    other.post(address(draft, "edit"), answers(draft, title="The text of the colleague"))
    page = client.post(address(draft, "edit"), mine)
    assert stored(draft).status == "draft" and "saved a newer text" in page.text


def test_identical_text_is_no_conflict(client, shared):
    draft, other = shared
    mine = answers(draft)
    other.post(address(draft, "edit"), mine)
    assert client.post(address(draft, "edit"), mine).status_code == 302
    assert not draft.revisions.filter(kind="set_aside").exists()


def test_double_click_on_a_new_form_is_no_conflict(client, author):
    form = typed(action="save", key="7b2b1d84-5b8f-4a5c-9d0e-0a1b2c3d4e5f", revision="0")
    assert [client.post(NEW, form).status_code for _click in range(2)] == [302, 302]
    assert not SubmissionRevision.objects.exists()


def test_back_to_the_new_form_does_not_overwrite(client, author):
    form = typed(action="save", key="7b2b1d84-5b8f-4a5c-9d0e-0a1b2c3d4e5f", revision="0")
    client.post(NEW, form)
    page = client.post(NEW, form | {"title": "Typed after the back button"})
    assert "You saved a newer text in another window" in page.text
    assert Submission.objects.get().title == form["title"]


def test_own_text_of_another_window_is_kept_when_replaced(client, author):
    draft = make_draft(by=author)
    before = answers(draft, title="First window")
    client.post(address(draft, "edit"), answers(draft, title="Second window"))
    page = client.post(address(draft, "edit"), before)
    seen = str(page.context["desk"].revision)
    client.post(address(draft, "edit"), before | {"revision": seen, "overrides": seen})
    assert stored(draft).title == "First window"
    assert draft.revisions.get(kind="replaced").content["title"] == "Second window"


def test_invalid_answers_are_set_aside_as_they_were_typed(client, shared):
    draft, other = shared
    sources = [{"url": "javascript:alert(1)", "title": "Gazette"}]
    mine = answers(draft, title="x" * 151, starts_day="31", starts_month="2", sources=sources)
    other.post(address(draft, "edit"), answers(draft, title="The text of the colleague"))
    client.post(address(draft, "edit"), mine)
    kept = draft.revisions.get(kind="set_aside").content
    assert (kept["title"], kept["starts_on"], kept["source1_url"]) == ("x" * 151, "2020-2-31", "javascript:alert(1)")


def test_private_answers_are_compared_and_kept(client, shared):
    draft, other = shared
    mine = answers(draft, contributor_role="Director")
    other.post(address(draft, "edit"), answers(draft, contributor_role="Adviser"))
    page = client.post(address(draft, "edit"), mine)
    changed = page.context["desk"].conflict.comparison.changed
    assert [(field.name, field.old.text) for field in changed] == [("contributor_role", "Adviser")]
    assert draft.revisions.get(kind="set_aside").content["private"]["contributor_role"] == "Director"


def test_file_is_not_taken_away_in_a_conflict(client, shared):
    draft, other = shared
    client.post(address(draft, "edit"), answers(draft, files=[{"file": csv()}]))
    kept = draft.attachments.get()
    mine = answers(draft, title="The text of the author", remove_file=[str(kept.pk)])
    other.post(address(draft, "edit"), answers(draft, title="The text of the colleague"))
    page = client.post(address(draft, "edit"), mine)
    assert draft.attachments.count() == 1 and f'value="{kept.pk}" checked' in page.text


def test_earlier_texts_are_read_by_those_who_work_on_it(client, crossed):
    draft, _page = crossed
    page = client.get(address(draft, "texts"))
    (text, *_older) = page.context["texts"]
    (title,) = [field for field in text.comparison.changed if field.name == "title"]
    assert (title.old.text, title.new.text) == ("The text of the author", "The text of the colleague")
    assert "Use this text" in page.text


def test_earlier_text_is_used_in_the_form_and_not_saved_yet(client, crossed):
    draft, _page = crossed
    kept = draft.revisions.get(kind="set_aside")
    page = client.get(address(draft, "edit"), {"text": kept.pk})
    assert 'value="The text of the author"' in page.text and stored(draft).title == "The text of the colleague"
    again = {bound.name: bound.value() for bound in page.context["form"]}
    assert (again["theme"], again["countries"], str(again["starts"])) == ("spectrum", ["KE"], "2020-03-23")
    assert again["organisation"] == str(draft.organisation_id)
    assert page.context["sources"].forms[0]["url"].value() == "https://regulator.example/decision"


def test_earlier_text_of_another_submission_is_not_found(client, author, crossed):
    draft, _page = crossed
    other = make_draft(by=author)
    for number in (draft.revisions.first().pk, "nonsense"):
        assert client.get(address(other, "edit"), {"text": number}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_earlier_texts(client, shared, count, django_assert_num_queries):
    draft, other = shared
    for number in range(2 * count):
        (client, other)[number % 2].post(address(draft, "edit"), answers(draft, title=f"Text {number}"))
    # session, user, row, countries, sources, files, revisions, names of countries and of collections
    with django_assert_num_queries(9):
        client.get(address(draft, "texts"))
