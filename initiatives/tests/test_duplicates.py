"""Likely duplicates: what counts, what does not, and who may know."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from initiatives import services
from initiatives.duplicates import likely, likely_for, looks_like_another, search
from initiatives.models import Initiative
from initiatives.models.content import TITLE_MAX
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

pytestmark = pytest.mark.django_db

TITLE = "Free mobile data for online learning in public schools"
PAGE = "https://regulator.example/decisions/2020-17"


def source(url: str = PAGE) -> list[dict[str, str]]:
    return [{"url": url, "title": "Decision"}]


def elsewhere() -> list[dict[str, str]]:
    return source(f"https://elsewhere.example/{Initiative.objects.count()}/{User.objects.count()}")


def known(title: str = TITLE, **changes) -> Initiative:
    changes.setdefault("sources", elsewhere())
    return make_initiative(title=title, **changes)


def initiatives(matches) -> list[Initiative]:
    return [match.initiative for match in matches]


@pytest.mark.parametrize(
    "title",
    [
        TITLE.upper(),
        "Free mobile data for on-line learning at public schools",
        "Free mobile data for online learning",
        "Online learning in public schools: free mobile data",
        "Free mobile dtaa for online learning in public schools",
        f"Ministry of Education of Kenya announces: {TITLE}, from March to June",
    ],
)
def test_title_like_one_of_the_same_country_is_found(title):
    initiative = known()
    assert initiatives(likely(title, countries=["KE"])) == [initiative]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        (
            "توفير إنترنت مجاني للتعلم عن بعد في المدارس الحكومية",
            "توفير انترنت مجاني للتعلم عن بعد في المدارس الحكومية",
        ),
        ("为公立学校在线学习提供免费移动数据流量", "为公立学校网上学习提供免费移动数据流量"),
        ("免费流量", "免费流量"),
        (
            "Бесплатный мобильный интернет для дистанционного обучения",
            "Бесплатный интернет для дистанционного обучения",
        ),
    ],
)
def test_titles_of_other_scripts_are_compared(stored, typed):
    initiative = known(stored)
    assert initiatives(likely(typed, countries=["KE"])) == [initiative]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Free data", "Free data for patients of rural hospitals in all of the coastal counties"),
        ("Temporary spectrum", "Temporary SIM registration"),
        ("免费流量", "免费医疗服务热线开通"),
        ("为公立学校在线学习提供免费移动数据流量", "为偏远地区医院开通应急卫星通信服务"),
    ],
)
def test_short_and_general_titles_raise_no_alarm(stored, typed):
    known(stored)
    assert likely(typed, countries=["KE"]) == []


@pytest.mark.parametrize("title", ["", " ", "a", "…", "\x00", "%", "Wi-Fi " * 1_000])
def test_titles_that_say_nothing_find_nothing(title):
    known()
    assert likely(title, countries=["KE"]) == likely(title) == []


def test_very_long_title_is_compared_by_its_beginning():
    title = "Emergency satellite capacity for district hospitals and ambulance stations " * 2
    initiative = known(title[:TITLE_MAX].strip())
    assert initiatives(likely(title * 500, countries=["KE"])) == [initiative]


def test_title_of_another_country_is_no_duplicate():
    known()
    assert likely(TITLE, countries=["GH"]) == []


def test_one_of_several_countries_is_enough():
    initiative = known(scope="multi_country", countries=["KE", "UG"])
    assert initiatives(likely(TITLE, countries=["GH", "UG"], scope="multi_country")) == [initiative]


def test_regional_ones_are_compared_within_their_region():
    initiative = known(scope="regional", region="AFR", countries=[])
    assert initiatives(likely(TITLE, scope="regional", region="AFR")) == [initiative]
    assert likely(TITLE, scope="regional", region="ARB") == []
    assert likely(TITLE, scope="global") == []


def test_global_ones_are_compared_with_global_ones():
    initiative = known(scope="global", countries=[])
    assert initiatives(likely(TITLE, scope="global")) == [initiative]
    assert likely(TITLE, countries=["KE"], scope="national") == []


def test_without_a_place_titles_must_be_nearly_the_same():
    initiative = known()
    assert initiatives(likely(TITLE.lower())) == [initiative]
    assert likely("Free mobile data for online learning at home") == []


def test_same_source_counts_in_any_country_and_spelling():
    initiative = known(sources=source())
    (match,) = likely(
        "Nothing alike", countries=["GH"], urls=["http://www.regulator.example/decisions/2020-17/?utm_source=x"]
    )
    assert (match.initiative, match.reasons) == (initiative, ("same source",))


def test_home_page_is_no_evidence_by_itself():
    initiative = known(sources=source("https://regulator.example/"))
    assert likely("Nothing alike", countries=["KE"], urls=["https://regulator.example"]) == []
    (match,) = likely(TITLE, countries=["KE"], urls=["https://regulator.example"])
    assert (match.initiative, match.reasons) == (initiative, ("similar title", "same source"))


def test_page_about_many_measures_is_no_evidence_by_itself(monkeypatch):
    monkeypatch.setattr(search, "MANY", 3)
    titles = ["Spectrum for operators", "Bills deferred", "Hotline for patients", "Towers repaired"]
    for title in titles[:3]:
        known(title, sources=source())
    assert len(likely("Nothing alike", urls=[PAGE])) == 3
    known(titles[3], sources=source())
    assert likely("Nothing alike", urls=[PAGE]) == []


def test_likeliest_come_first_and_no_more_than_asked_for():
    by_source = known("Hotline for patients", sources=source())
    by_title = known("Free mobile data for online learning in schools")
    both = known(TITLE, sources=source())
    found = initiatives(likely(TITLE, countries=["KE"], urls=[PAGE]))
    assert found == [both, by_title, by_source]
    assert initiatives(likely(TITLE, countries=["KE"], urls=[PAGE], limit=1)) == [both]


def test_match_says_what_it_is():
    initiative = known(sources=source())
    (match,) = likely(TITLE, countries=["KE"])
    assert (match.title, match.url) == (TITLE, initiative.get_absolute_url())
    assert (match.reference, match.countries) == (initiative.reference, ("Kenya",))
    assert match.correction_url == f"/initiatives/{initiative.reference}/correct/"
    assert match.score == 1


def test_archived_ones_count_and_removed_ones_do_not(moderator):
    kept, gone = known(), known()
    transition(kept, "archive", by=moderator, public_reason="Old.")
    transition(gone, "remove", by=moderator, public_reason="Personal data.")
    assert initiatives(likely(TITLE, countries=["KE"], reader=moderator)) == [kept]


def test_strangers_do_not_learn_of_a_submission():
    for submission in (make_submission(title=TITLE, sources=source()), make_draft(title=TITLE, sources=source())):
        for reader in (None, AnonymousUser(), UserFactory()):
            assert likely(TITLE, countries=["KE"], urls=[PAGE], reader=reader) == []
            assert likely(TITLE, reader=reader) == []
        assert likely(TITLE, countries=["KE"], reader=submission.author)


def test_strangers_submissions_do_not_make_a_page_common(monkeypatch):
    """Not even so may they be noticed."""
    monkeypatch.setattr(search, "MANY", 3)
    author = UserFactory()
    mine = make_draft(by=author, title="Hotline for patients", sources=source())
    for title in ("Spectrum for operators", "Bills deferred", "Towers repaired", "Ships connected"):
        make_submission(title=title, sources=source())
    assert [match.submission for match in likely("Nothing alike", urls=[PAGE], reader=author)] == [mine]


def test_confirmed_colleagues_see_each_others():
    organisation, author, colleague, asking = OrganisationFactory(), UserFactory(), UserFactory(), UserFactory()
    confirm(author, organisation), confirm(colleague, organisation)
    draft = make_draft(by=author, organisation=organisation, title=TITLE)
    (match,) = likely(TITLE, countries=["KE"], reader=colleague)
    assert (match.submission, match.url, match.reference) == (draft, f"/my/submissions/{draft.key}/", "")
    assert match.correction_url == ""
    assert likely(TITLE, countries=["KE"], reader=asking) == []


def test_moderators_see_what_waits_and_no_drafts(moderator):
    waiting = make_submission(title=TITLE)
    make_draft(title=TITLE)
    (match,) = likely(TITLE, countries=["KE"], reader=moderator)
    assert (match.submission, match.url) == (waiting, f"/admin/initiatives/submission/{waiting.pk}/change/")


def test_what_was_not_accepted_is_no_duplicate(moderator):
    submission = make_submission(title=TITLE)
    transition(submission, "reject", by=moderator, public_reason="Out of scope.")
    assert likely(TITLE, countries=["KE"], reader=submission.author) == []
    assert likely(TITLE, countries=["KE"], reader=moderator) == []


def test_held_decision_changes_nothing_for_its_contributor(moderator, settings):
    settings.DECISION_HOLD = timedelta(minutes=5)
    rejected, approved = make_submission(title=TITLE), make_submission(title="Hotline for patients of all hospitals")
    transition(rejected, "reject", by=moderator, public_reason="Out of scope.")
    transition(approved, "approve", by=moderator)
    assert [m.submission for m in likely(TITLE, countries=["KE"], reader=rejected.author)] == [rejected]
    assert [m.submission for m in likely(approved.title, countries=["KE"], reader=approved.author)] == [approved]


def test_submission_is_no_duplicate_of_itself_or_its_initiative(moderator):
    initiative = known(sources=source())
    sent = initiative.submissions.get()
    correction = services.start_correction(initiative, by=sent.author)
    for submission in (sent, correction):
        assert likely_for(submission, reader=submission.author) == likely_for(submission, reader=moderator) == []


def test_what_it_follows_is_no_duplicate():
    earlier = known(sources=source())
    submission = make_draft(title=TITLE, sources=source(), follows_id=earlier.pk)
    assert likely_for(submission, reader=submission.author) == []


def test_correction_is_shown_as_the_initiative_that_it_corrects():
    initiative = known()
    author = initiative.submissions.get().author
    services.start_correction(initiative, by=author)
    assert initiatives(likely(TITLE, countries=["KE"], reader=author)) == [initiative]


def test_saved_submission_is_compared_by_all_it_says():
    initiative = known(sources=source())
    submission = make_draft(title="Nothing alike at all", countries=["GH"], sources=source(f"{PAGE}#part-2"))
    assert initiatives(likely_for(submission)) == [initiative]


def test_mark_for_moderators_knows_of_everybodys():
    submission = make_submission(title=TITLE, sources=source())
    assert not looks_like_another(submission)
    make_draft(title=TITLE, sources=elsewhere())
    assert not looks_like_another(submission)
    make_submission(title=f"{TITLE} too", sources=elsewhere())
    assert looks_like_another(submission)
    assert likely_for(submission) == []


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_is_fixed(count, django_assert_num_queries):
    author, moderator = UserFactory(), ModeratorFactory()
    for _number in range(count):
        known(sources=source())
        make_draft(by=author, title=TITLE, sources=source())
        make_submission(title=TITLE, sources=source())
    asked = {"title": TITLE, "countries": ["KE"], "urls": [PAGE], "limit": 10}
    with django_assert_num_queries(4):  # pages that many give; by source, by title; countries
        likely(**asked)
    with django_assert_num_queries(8):  # organisations; the same for submissions
        assert len(likely(**asked, reader=author)) == 2 * count
    moderator = User.objects.get(pk=moderator.pk)
    with django_assert_num_queries(9):  # groups, second factor
        assert len(likely(**asked, reader=moderator)) == 2 * count
