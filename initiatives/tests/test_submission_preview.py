"""The preview is the public page, drawn from a draft, for those who work on it."""

import pytest

from initiatives.forms.alike import lookalikes_of
from initiatives.models import Submission
from initiatives.services import add_attachment
from initiatives.tests.typed import NEW, address, csv, typed
from tests.factories import ModeratorFactory, OrganisationFactory, make_draft, make_initiative

pytestmark = pytest.mark.django_db


def test_preview_saves_and_shows_the_public_page(client, author):
    answer = client.post(NEW, typed(action="preview", description="**Bold** words", partners="Telkom"))
    draft = Submission.objects.get()
    assert answer["Location"] == address(draft, "preview")
    page = client.get(answer["Location"])
    assert "initiatives/initiative_detail.html" in [template.name for template in page.templates]
    for words in ("nobody else sees", "<strong>Bold</strong>", "Telkom", "Kenya", "Temporary assignment", "In force"):
        assert words in page.text


def test_preview_shows_nothing_private_and_no_reference(client, author):
    draft = make_draft(by=author, provenance_note="Private note")
    page = client.get(address(draft, "preview")).text
    assert "private.contributor" not in page and "Private" not in page and "INI-" not in page


def test_preview_says_what_is_missing_and_does_not_send(client, author):
    draft = make_draft(by=author, theme="", measure_types=[], starts_on=None)
    page = client.get(address(draft, "preview")).text
    assert "Choose a theme." in page and "Send for review" not in page


def test_empty_draft_has_a_preview(client, author):
    client.post(NEW, {"action": "save"})
    assert client.get(address(Submission.objects.get(), "preview")).status_code == 200


def test_preview_of_arabic_is_right_to_left(client, author):
    page = client.get(address(make_draft(by=author, title="قرار مؤقت", language="ar"), "preview")).text
    assert '<h1 lang="ar" dir="rtl">قرار مؤقت</h1>' in page


def test_files_of_the_preview_are_those_of_the_draft(client, author):
    draft = make_draft(by=author)
    kept = add_attachment(draft, csv(), by=author)
    assert f"{address(draft)}files/{kept.pk}/table.csv" in client.get(address(draft, "preview")).text


def test_preview_of_a_wrong_answer_asks_for_a_better_one_first(client, author):
    assert 'class="error-summary"' in client.post(NEW, typed(action="preview", title="x" * 151)).text


def test_preview_sends(client, author):
    draft = make_draft(by=author)
    answer = client.post(address(draft, "preview"), {"revision": str(draft.revision)})
    draft.refresh_from_db()
    assert answer["Location"] == address(draft) and draft.status == "submitted"


def test_preview_sends_no_text_that_was_not_seen(client, author):
    draft = make_draft(by=author)
    page = client.post(address(draft, "preview"), {"revision": str(draft.revision - 1)}, follow=True)
    draft.refresh_from_db()
    assert draft.status == "draft" and "Please look again" in page.text


def test_preview_of_what_was_sent_leads_to_where_it_stands(client, author):
    draft = make_draft(by=author)
    client.post(address(draft, "preview"), {"revision": str(draft.revision)})
    assert client.get(address(draft, "preview"))["Location"] == address(draft)


def test_query_count_of_the_preview(client, author, django_assert_num_queries):
    draft = make_draft(by=author, countries=["KE", "GH", "UG"], scope="multi_country", is_another_one=True)
    for number in range(3):
        add_attachment(draft, csv(f"{number}.csv", b"a,%d\n" % number), by=author)
    client.get(address(draft, "preview"))
    # session, user, confirmed e-mail, row, countries, sources, files, membership
    with django_assert_num_queries(8):
        client.get(address(draft, "preview"))


@pytest.fixture
def twin(author):
    """Something public that is the same as what `typed` says."""
    answers = typed()
    return make_initiative(title=answers["title"], summary=answers["summary"], moderator=ModeratorFactory())


def test_likely_duplicate_is_asked_about_before_sending(client, author, twin):
    page = client.post(NEW, typed(action="send"))
    assert Submission.objects.get(author=author).status == "draft"
    assert twin.get_absolute_url() in page.text and 'name="is_another_one"' in page.text
    assert f"/initiatives/{twin.reference}/correct/" in page.text


def test_saying_that_it_is_another_one_sends_it(client, author, twin):
    client.post(NEW, typed(action="send", is_another_one="on"))
    sent = Submission.objects.get(author=author)
    assert sent.status == "submitted" and sent.is_another_one


def test_preview_asks_about_likely_duplicates_too(client, author, twin):
    client.post(NEW, typed(action="save"))
    draft = Submission.objects.get(author=author)
    where, seen = address(draft, "preview"), {"revision": str(draft.revision)}
    assert twin.reference in client.get(where).text
    client.post(where, seen)
    assert Submission.objects.get(pk=draft.pk).status == "draft"
    client.post(where, seen | {"is_another_one": "on"})
    assert Submission.objects.get(pk=draft.pk).status == "submitted"


def test_correction_is_no_duplicate_of_what_it_corrects(client, author, twin):
    answer = client.post(f"/initiatives/{twin.reference}/correct/")
    draft = Submission.objects.get(author=author)
    assert answer["Location"] == address(draft, "edit") and lookalikes_of(draft, reader=author) == []


def test_preview_sends_nothing_for_an_organisation_that_may_be_known(client, author):
    OrganisationFactory(name="Communications Authority of Kenya")
    named = {"organisation_name": "Communication Authority of Kenya", "organisation_type": "regulator"}
    draft = make_draft(by=author)
    Submission.objects.update(organisation=None, **named)
    answer = client.post(address(draft, "preview"), {"revision": draft.revision})
    draft.refresh_from_db()
    assert draft.status == "draft" and answer["Location"].startswith(address(draft, "edit"))
