"""The queue in the admin: what waits, and the page on which it is decided."""

import pytest
from django.urls import reverse

from initiatives.services import save_draft, start_correction
from moderation.services import transition
from tests.factories import (
    ModeratorFactory,
    OrganisationFactory,
    UserFactory,
    confirm,
    make_draft,
    make_initiative,
    make_submission,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
QUEUE = "/admin/initiatives/submission/"


def page_of(submission) -> str:
    return reverse("admin:initiatives_submission_change", args=[submission.pk])


def titles(response) -> list[str]:
    return [submission.title for submission in response.context["cl"].result_list]


def test_queue_shows_what_waits_oldest_first(desk):
    first, second = make_submission(title="First of all"), make_submission(title="Second of all")
    transition(first, "claim", by=ModeratorFactory())
    make_draft(title="Draft of nobody's business")
    transition(make_submission(title="Decided"), "reject", by=ModeratorFactory(), public_reason="out of scope")
    assert titles(desk.get(QUEUE)) == [first.title, second.title]


def test_drafts_are_in_no_list_and_on_no_page(desk):
    draft = make_draft(title="Draft of nobody's business")
    assert titles(desk.get(f"{QUEUE}?status=all")) == []
    assert "draft" not in dict(desk.get(QUEUE).context["cl"].filter_specs[0].lookup_choices)
    assert desk.get(page_of(draft)).status_code == 404


def test_row_says_what_matters(desk):
    organisation, author = OrganisationFactory(verified_at="2026-01-01T00:00Z"), UserFactory()
    confirm(author, organisation)
    make_submission(by=author, organisation=organisation, language="fr")
    html = desk.get(QUEUE).text
    for words in (organisation.name, "✓ verified", "member", "Kenya", "Africa", "Spectrum", "French", "form", "new"):
        assert words in html
    assert "membership not confirmed" not in html


def test_row_says_that_membership_is_not_confirmed(desk):
    make_submission()
    assert "membership not confirmed" in desk.get(QUEUE).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=submitted", {"African", "European"}),
        ("status=in_review", {"Claimed"}),
        ("region=AFR", {"African", "Claimed"}),
        ("region=EUR", {"European"}),
        ("region=nowhere", {"African", "European", "Claimed"}),
        ("claimed=me", {"Claimed"}),
        ("claimed=others", set()),
        ("claimed=nobody", {"African", "European"}),
        ("correction=yes", set()),
        ("correction=no", {"African", "European", "Claimed"}),
        ("language__exact=fr", {"European"}),
        ("theme__exact=spectrum", {"African", "European", "Claimed"}),
        ("origin__exact=import", set()),
        ("q=europ", {"European"}),
    ],
)
def test_filters_and_search(desk, moderator, query, found):
    make_submission(title="African")
    make_submission(title="European", countries=("FR",), language="fr")
    transition(make_submission(title="Claimed"), "claim", by=moderator)
    assert set(titles(desk.get(f"{QUEUE}?{query}"))) == found


@pytest.mark.parametrize("rows", [1, 3])
def test_queue_costs_the_same_whatever_its_length(desk, django_assert_num_queries, rows):
    for _number in range(rows):
        make_submission()
    desk.get(QUEUE)  # content types and the like are cached from now on
    with django_assert_num_queries(8):  # session, user, permissions twice, collections, count, rows, countries
        desk.get(QUEUE)


def test_start_page_says_how_many_wait(desk):
    make_submission()
    assert "New submissions 1" in desk.get("/admin/").text


# The page


def test_page_shows_the_proposal_in_its_direction(desk):
    html = desk.get(page_of(make_submission(language="ar", title="الطيف المؤقت", description="**bold** <script>"))).text
    assert '<div class="reading" lang="ar" dir="rtl">' in html
    assert "<strong>bold</strong>" in html and "<script>" not in html.split('class="reading"')[1].split("</dl>")[0]


def test_page_opens_sources_beside(desk):
    html = desk.get(page_of(make_submission())).text
    link = 'href="https://regulator.example/decision" target="_blank" rel="noopener noreferrer nofollow"'
    assert link in html


def test_page_shows_staff_who_sent_it(desk):
    html = desk.get(page_of(make_submission())).text
    assert "private.contributor@example.org" in html and "First-time contributor" in html


def test_page_of_a_correction_shows_the_public_text_and_what_changes(desk):
    initiative = make_initiative(title="Spectrum for everyone")
    correction = start_correction(initiative, by=UserFactory())
    values = {"title": "Spectrum for all", "consent_at": "2026-01-01T00:00Z", "contributor_name": "A"}
    values |= {"contributor_role": "B", "contributor_email": "a@example.org"}
    sources = [{"url": "https://other.example/"}]
    transition(
        save_draft(correction, by=correction.author, values=values, sources=sources), "submit", by=correction.author
    )
    response = desk.get(page_of(correction))
    assert response.context["changes"] == ["title", "sources"]
    assert "Spectrum for everyone" in response.text and "Public now" in response.text


def test_page_shows_the_notes_of_colleagues(desk):
    submission = make_submission()
    transition(submission, "request_changes", by=ModeratorFactory(), public_reason="Which band?", private_note="vague")
    html = desk.get(page_of(submission)).text
    assert "Which band?" in html and "vague" in html


def test_bar_offers_only_the_moves_that_are_open(desk, moderator):
    submission = make_submission()
    names = [move.name for move in desk.get(page_of(submission)).context["moves"]]
    assert names == ["claim", "approve", "request_changes", "reject", "mark_as_spam"]
    transition(submission, "claim", by=ModeratorFactory(name="Boris"))
    response = desk.get(page_of(submission))
    assert [move.name for move in response.context["moves"]] == ["release"]
    assert "Boris has claimed it" in response.text


def test_author_who_moderates_is_told_why_there_is_no_button(desk, moderator):
    response = desk.get(page_of(make_submission(by=moderator)))
    assert response.context["moves"] == [] and "You sent this yourself" in response.text


def test_page_takes_no_posts(desk):
    assert desk.post(page_of(make_submission()), {"title": "Other"}).status_code == 405
