"""The address that shows likely duplicates beside what is typed."""

import uuid

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.urls import reverse

from common.tests.hostile import payloads
from initiatives import services
from tests.factories import UserFactory, make_draft, make_initiative, make_submission

pytestmark = pytest.mark.django_db

TITLE = "Free mobile data for online learning in public schools"
PAGE = "https://regulator.example/decisions/2020-17"
HERE = "/initiatives/new/similar/"


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


def ask(client, **query) -> str:
    answer = client.get(HERE, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_similar_initiative_is_shown_with_the_way_to_it_and_to_its_correction(signed_in):
    initiative = make_initiative(title=TITLE)
    shown = ask(signed_in, title=TITLE.lower(), country="KE")
    assert f'href="{initiative.get_absolute_url()}"' in shown
    assert f'href="{reverse("initiatives:correct", args=[initiative.reference])}"' in shown
    assert "similar title" in shown and "Kenya" in shown
    assert "<html" not in shown and "<script" not in shown


@pytest.mark.parametrize("query", [{}, {"title": ""}, {"title": "Quite another thing", "country": "KE"}])
def test_nothing_similar_is_an_empty_answer(signed_in, query):
    make_initiative(title=TITLE)
    assert ask(signed_in, **query) == ""


def test_every_part_of_the_question_is_used(signed_in):
    regional = make_initiative(title=TITLE, scope="regional", region="AFR", countries=[])
    several = make_initiative(title=TITLE, scope="multi_country", countries=["UG", "RW"])
    sourced = make_initiative(title="Towers repaired", sources=[{"url": PAGE, "title": "x"}])
    assert regional.reference in ask(signed_in, title=TITLE, scope="regional", region="AFR")
    assert several.reference in ask(signed_in, title=TITLE, country=["KE", "RW"], scope="multi_country")
    assert sourced.reference in ask(signed_in, url=["https://other.example/x", f"{PAGE}/"])


def test_draft_that_is_being_written_is_not_shown_to_itself(signed_in, person):
    draft = make_draft(by=person, title=TITLE)
    assert "not public yet" in ask(signed_in, title=TITLE, country="KE", submission=uuid.uuid4())
    assert ask(signed_in, title=TITLE, country="KE", submission=draft.key) == ""


def test_correction_does_not_show_what_it_corrects(signed_in, person):
    initiative = make_initiative(title=TITLE)
    correction = services.start_correction(initiative, by=person)
    assert ask(signed_in, title=TITLE, country="KE", submission=correction.key) == ""


def test_strangers_submissions_are_unknown(signed_in):
    """Neither by their text, nor by their key."""
    stranger = make_submission(title=TITLE, sources=[{"url": PAGE, "title": "x"}])
    assert ask(signed_in, title=TITLE, country="KE", url=PAGE) == ""
    assert ask(signed_in, title=TITLE, country="KE", submission=stranger.key) == ""


def test_key_of_a_stranger_hides_nothing(signed_in):
    """A correction by somebody else does not tell which initiative it is about."""
    initiative = make_initiative(title=TITLE)
    correction = services.start_correction(initiative, by=UserFactory())
    assert initiative.reference in ask(signed_in, title=TITLE, country="KE", submission=correction.key)


def test_title_of_others_is_no_markup(signed_in):
    make_initiative(title='Free data "><script>alert(1)</script> for schools')
    shown = ask(signed_in, title="Free data for schools alert script", country="KE")
    assert "&lt;script&gt;" in shown and "<script" not in shown


def test_answer_stays_in_no_cache(signed_in):
    assert "no-store" in signed_in.get(HERE).headers["Cache-Control"]


def test_questions_are_limited(signed_in, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"similar": "2/m/user"}
    assert [signed_in.get(HERE).status_code for _time in range(3)] == [200, 200, 429]


def test_no_hostile_question_fails(signed_in):
    make_initiative(title=TITLE)
    for payload in payloads()[::20]:
        query = dict.fromkeys(("title", "country", "scope", "region", "url", "submission"), payload)
        assert signed_in.get(HERE, query).status_code == 200


def test_no_huge_question_fails(signed_in):
    make_initiative(title=TITLE)
    query = QueryDict(mutable=True)
    query["title"], query["submission"] = f"{TITLE} " * 5_000, "9" * 5_000
    query.setlist("country", ["KE", *["ZZ"] * 600])
    query.setlist("url", [f"https://x.example/{'a/' * 5_000}", *["https://[x"] * 50])
    assert signed_in.get(f"{HERE}?{query.urlencode()}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_is_fixed(signed_in, person, count, django_assert_num_queries):
    make_initiative(title=TITLE, sources=[{"url": PAGE, "title": "x"}])
    for number in range(count):
        make_draft(by=person, title=f"{TITLE} {number}", sources=[{"url": PAGE, "title": "x"}])
    written = make_draft(by=person, title=TITLE)
    query = {"title": TITLE, "country": "KE", "url": PAGE, "submission": written.key}
    with django_assert_num_queries(11):  # session, person, draft; the others are those of test_duplicates
        assert "not public yet" in ask(signed_in, **query)
