"""The page on which the secretariat edits a text that waits."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from initiatives import services
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_draft, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def url_of(submission, page: str = "edit") -> str:
    return reverse(f"admin:initiatives_submission_{page}", args=[submission.pk])


def shown(desk, submission) -> dict:
    """What the form holds, as a browser would send it back."""
    context = desk.get(url_of(submission)).context
    values = {"revision": context["revision"]}
    for form in (context["form"], *context["sources"]):
        for field in form:
            value = field.value()
            if hasattr(field.field.widget, "decompress"):
                parts = field.field.widget.decompress(value)
                values |= {
                    f"{field.html_name}_{part}": said or ""
                    for part, said in zip(("day", "month", "year"), parts, strict=True)
                }
            else:
                values[field.html_name] = "" if value is None else value
    return values


def with_a_file():
    draft = make_draft()
    services.add_attachment(draft, SimpleUploadedFile("figures.csv", b"a,b\n1,2\n"), title="Figures", by=draft.author)
    transition(draft, "submit", by=draft.author)
    return draft


def test_form_shows_the_whole_text_and_changes_nothing_by_itself(desk):
    submission = make_submission(language="fr", partners=["A", "B"], tag_names=["x"], sdgs=[9], results="Fewer drops.")
    before = services.text_of(submission)
    desk.post(url_of(submission), shown(desk, submission))
    submission.refresh_from_db()
    assert services.text_of(submission) == before
    assert not submission.edited_by_staff


def test_edit_is_saved_and_shown_beside_the_text_as_sent(desk):
    submission = make_submission(title="As it was sent")
    values = shown(desk, submission) | {"title": "As edited", "sources-0-url": "https://other.example/"}
    response = desk.post(url_of(submission), values, follow=True)
    assert response.context["edits"].labels_of_changes() == ["title", "sources"]
    assert "Edited by the secretariat" in response.text and "As it was sent" in response.text
    assert response.context["edit"].saved_by_name == "Amina"


def test_edits_are_discarded(desk, moderator):
    submission = make_submission(title="As it was sent")
    services.edit_as_staff(submission, by=moderator, values={"title": "As edited"})
    submission.refresh_from_db()
    response = desk.post(url_of(submission, "discard"), {"revision": submission.revision}, follow=True)
    assert "The text is again as it was sent." in response.text and response.context["edits"] is None
    submission.refresh_from_db()
    assert submission.title == "As it was sent"


def test_edits_that_were_not_seen_are_not_discarded(desk, moderator):
    submission = make_submission()
    services.edit_as_staff(submission, by=moderator, values={"title": "As edited"})
    response = desk.post(url_of(submission, "discard"), {"revision": 0}, follow=True)
    assert "edited once more in the meantime" in response.text and response.context["edits"]


def test_file_is_taken_away(desk):
    submission = with_a_file()
    file = submission.attachments.get()
    response = desk.post(url_of(submission), shown(desk, submission) | {"remove_file": [file.pk]}, follow=True)
    assert response.context["edits"].labels_of_changes() == ["files"]
    assert not submission.attachments.exists()


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"title": ""}, "Give a title."),
        ({"summary": "short"}, "Write at least 40 characters"),
        ({"scope": "multi_country"}, "Name at least two countries"),
        ({"ends_day": "31", "ends_month": "2", "ends_year": "2020"}, "is no date"),
        ({"starts_year": "2021", "end_kind": "date", "ends_year": "2020"}, "The end lies before the start."),
        ({"sources-0-url": "javascript:alert(1)"}, "https://"),
        ({"sources-0-url": "", "sources-0-title": "", "sources-0-kind": ""}, "Give at least one source"),
        ({"follows": "INI-1999-000001"}, "There is no public initiative"),
    ],
)
def test_what_is_wrong_is_not_saved_and_not_lost(desk, typed, complaint):
    submission = make_submission(title="As it was sent")
    values = shown(desk, submission) | {"results": "Typed and to be kept."} | typed
    response = desk.post(url_of(submission), values)
    assert complaint in response.text and "Typed and to be kept." in response.text
    submission.refresh_from_db()
    assert (submission.title, submission.results, submission.status) == ("As it was sent", "", "submitted")


def test_newer_text_is_told_and_what_was_typed_stays(desk, moderator):
    submission = make_submission()
    values = shown(desk, submission) | {"title": "Typed in one window"}
    services.edit_as_staff(submission, by=moderator, values={"title": "Saved in another"})
    response = desk.post(url_of(submission), values)
    assert "has saved another text in the meantime" in response.text and "Typed in one window" in response.text
    desk.post(url_of(submission), values | {"revision": response.context["revision"]})
    submission.refresh_from_db()
    assert submission.title == "Typed in one window"
    assert "Saved in another" in submission.revisions.values_list("content__title", flat=True)


def test_who_was_too_late_is_told_by_whom_and_keeps_what_was_typed(desk):
    submission = make_submission()
    values = shown(desk, submission) | {"title": "Typed too late"}
    transition(submission, "claim", by=ModeratorFactory(name="Boris"))
    response = desk.post(url_of(submission), values)
    assert "Boris has claimed it" in response.text and "Typed too late" in response.text


def test_page_is_offered_only_to_who_may_edit(desk, moderator):
    submission = make_submission()
    assert url_of(submission) in desk.get(url_of(submission, "change")).text
    transition(submission, "claim", by=ModeratorFactory(name="Boris"))
    assert url_of(submission) not in desk.get(url_of(submission, "change")).text
    assert "Boris has claimed it" in desk.get(url_of(submission), follow=True).text


@pytest.mark.parametrize("page", ["edit", "discard", "confirm"])
def test_staff_without_the_right_to_decide_do_nothing_here(client, page):
    submission = make_submission()
    client.force_login(UserFactory(is_staff=True))
    assert client.post(url_of(submission, page), {"title": "Other"}).status_code == 403


@pytest.mark.parametrize("page", ["discard", "confirm"])
def test_moves_are_no_links(desk, page):
    assert desk.get(url_of(make_submission(), page)).status_code == 405


def test_drafts_are_not_edited_here(desk):
    assert desk.get(url_of(make_draft())).status_code == 404


def test_contributor_is_shown_the_edits(client, moderator):
    submission = make_submission()
    services.edit_as_staff(submission, by=moderator, values={"title": "As edited"})
    transition(submission, "request_changes", by=moderator, public_reason="Which band?")
    client.force_login(submission.author)
    for name in ("initiatives:edit", "initiatives:submission"):
        html = client.get(reverse(name, args=[submission.key])).text
        assert "The secretariat has edited the text since it was sent." in html and "<ins>" in html
        assert moderator.name not in html


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_whatever_is_on_it(desk, django_assert_num_queries, rows):
    sources = [{"url": f"https://regulator.example/{number}"} for number in range(rows)]
    submission = make_submission(sources=sources, tag_names=["a", "b", "c"][:rows])
    desk.get(url_of(submission))
    with django_assert_num_queries(12):
        desk.get(url_of(submission))
