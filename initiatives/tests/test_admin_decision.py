"""The decision page: what is compared, the sources beside it, and who sent it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from initiatives import services
from initiatives.models import Link
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


def url_of(submission, page: str = "change") -> str:
    return reverse(f"admin:initiatives_submission_{page}", args=[submission.pk])


def corrected(initiative, **values):
    """A correction that waits."""
    correction = services.start_correction(initiative, by=UserFactory())
    values |= {"contributor_name": "A", "contributor_role": "B", "contributor_email": "a@example.org"}
    values |= {"consent_at": "2026-01-01T00:00Z"}
    services.save_draft(correction, by=correction.author, values=values)
    correction.refresh_from_db()
    transition(correction, "submit", by=correction.author)
    return correction


def sent_again(**values):
    """A submission that was sent, sent back, changed and sent again."""
    submission = make_submission()
    transition(submission, "request_changes", by=ModeratorFactory(), public_reason="Which band?", private_note="vague")
    services.save_draft(submission, by=submission.author, values=values)
    submission.refresh_from_db()
    transition(submission, "submit", by=submission.author)
    return submission


def test_correction_is_compared_with_what_is_public_now(desk):
    initiative = make_initiative(title="Spectrum for everyone")
    first, second = corrected(initiative, title="Spectrum for all"), corrected(initiative, theme="spectrum", title="X")
    transition(first, "approve", by=ModeratorFactory())
    comparison = desk.get(url_of(second)).context["against_public"]
    assert comparison.changed[0].old.text == "Spectrum for all"


def test_correction_shows_what_went_and_what_came(desk):
    html = desk.get(url_of(corrected(make_initiative(title="Spectrum for everyone"), title="Spectrum for all"))).text
    assert "Public now" in html and "Proposed" in html
    assert html.index("<del>") < html.index("everyone<") < html.index("<ins>") < html.index(">all<")


def test_published_correction_is_compared_no_more(desk):
    correction = corrected(make_initiative(), title="Spectrum for all")
    transition(correction, "approve", by=ModeratorFactory())
    assert desk.get(url_of(correction)).context["against_public"] is None


def test_held_correction_is_still_compared(desk, settings):
    correction = corrected(make_initiative(), title="Spectrum for all")
    settings.DECISION_HOLD = timedelta(minutes=5)
    transition(correction, "approve", by=ModeratorFactory())
    assert desk.get(url_of(correction)).context["changes"] == ["title"]


def test_what_changed_since_it_was_sent_before_is_compared_too(desk):
    response = desk.get(url_of(sent_again(title="Temporary spectrum in the 700 MHz band")))
    assert response.context["since_sent"].labels_of_changes() == ["title"]
    assert "What the contributor changed since last time" in response.text


def test_what_was_sent_once_has_no_such_comparison(desk):
    assert desk.get(url_of(make_submission())).context["since_sent"] is None


def test_notes_of_colleagues_are_there(desk):
    assert "vague" in desk.get(url_of(sent_again(title="Temporary spectrum in the 700 MHz band"))).text


def test_source_says_what_the_checker_found(desk):
    submission = make_submission()
    source = submission.sources.get()
    source.link = Link.objects.create(
        url=source.url,
        host="regulator.example",
        state="fails",
        problem="not_found",
        title="Page not found",
        final_url="https://regulator.example/404",
        dated="2020-04-02",
        checked_at="2026-01-02T10:00Z",
        failing_since="2026-01-01T10:00Z",
    )
    source.save()
    html = desk.get(url_of(submission)).text
    for words in ("✕ fails", "the page is not there", "Page not found", "2 April 2020", "1 January 2026"):
        assert words in html
    assert 'href="https://regulator.example/404" target="_blank" rel="noopener' in html


def test_source_that_was_never_checked_says_nothing_of_it(desk):
    assert "link-facts" not in desk.get(url_of(make_submission())).text


def test_likely_duplicates_are_linked(desk):
    initiative = make_initiative(title="Temporary assignment of the 700 MHz band")
    response = desk.get(url_of(make_submission(title="Temporary assignment of the 700 MHz band")))
    assert [match.reference for match in response.context["duplicates"]] == [initiative.reference]
    assert initiative.get_absolute_url() in response.text


def test_contributor_who_says_that_it_is_another_one_is_heard(desk):
    assert "says: it is another one" in desk.get(url_of(make_submission(is_another_one=True))).text


def test_suspicions_are_in_words(desk):
    submission = make_submission()
    type(submission).objects.update(suspicions=["dead_source", "many_links", "forgotten"])
    html = desk.get(url_of(submission)).text
    assert "A source does not answer" in html and "Many links in the text" in html


def test_first_time_contributor_is_marked(desk):
    assert "First-time contributor" in desk.get(url_of(make_submission())).text


def test_history_counts_outcomes_and_links_the_latest(desk):
    author, organisation = UserFactory(), OrganisationFactory()
    earlier = make_submission(by=author, organisation=organisation, title="Refused earlier")
    transition(earlier, "reject", by=ModeratorFactory(), public_reason="out of scope")
    make_draft(by=author, organisation=organisation, title="Draft of nobody's business")
    other = make_submission(organisation=organisation, title="From a colleague")
    response = desk.get(url_of(make_submission(by=author, organisation=organisation)))
    assert response.context["history"].counts == [("not accepted", 1)]
    assert [row.pk for row in response.context["organisation_history"].latest] == [other.pk]
    assert url_of(earlier) in response.text and "nobody&#x27;s business" not in response.text


def test_membership_is_confirmed_from_the_page(desk):
    submission = make_submission()
    assert "Confirm the membership" in desk.get(url_of(submission)).text
    response = desk.post(url_of(submission, "confirm"), follow=True)
    assert "The membership is confirmed." in response.text and "Confirm the membership" not in response.text
    assert submission.author.memberships.get().is_confirmed


def test_confirmed_membership_offers_nothing(desk):
    organisation, author = OrganisationFactory(), UserFactory()
    confirm(author, organisation)
    assert not desk.get(url_of(make_submission(by=author, organisation=organisation))).context["may_confirm"]


def test_machines_have_no_history(desk):
    submission = make_submission(origin="import", source_dataset="x", source_id="1")
    assert desk.get(url_of(submission)).context["history"] is None


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_whatever_is_on_it(desk, django_assert_num_queries, rows, monkeypatch):
    # The search for duplicates has a count of its own.
    monkeypatch.setattr("initiatives.duplicates.likely_for", lambda *args, **kwargs: [])
    author, organisation = UserFactory(), OrganisationFactory()
    sources = [{"url": f"https://regulator.example/{number}"} for number in range(rows)]
    initiative = make_initiative(organisation=organisation, tag_names=["a", "b", "c"][:rows], sources=sources)
    for _number in range(rows):
        make_submission(by=author, organisation=organisation)
        make_submission(organisation=organisation)
    correction = corrected(initiative, title="Spectrum for all")
    for source in correction.sources.all():
        source.link = Link.objects.create(url=source.url, host="regulator.example", checked_at="2026-01-02T10:00Z")
        source.save()
    desk.get(url_of(correction))  # content types and the like are cached from now on
    with django_assert_num_queries(40):
        desk.get(url_of(correction))
