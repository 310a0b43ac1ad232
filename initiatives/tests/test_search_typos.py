"""Words that are spelt wrong: what was probably meant is offered, and found where nothing else is."""

import pytest

from initiatives.models import Initiative, SearchWord
from initiatives.search import matches, vocabulary
from initiatives.search.similar import distance
from initiatives.tests.searching import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    made("Quarantine rules for schools")
    made("La télésanté dans les écoles", "fr")
    made("Бесплатный интернет", "ru")
    made("مدارس المدينة", "ar")
    made("政府免费提供移动网络", "zh")
    vocabulary.count_all()


def nearest(text: str) -> list[str]:
    asked = matches(text)
    assert not asked.is_exact
    return [one.title for one in Initiative.objects.public().filter(asked.condition()).order_by("pk")]


@pytest.mark.parametrize(
    "typed, meant, title",
    [
        ("quarantene", "quarantine", "Quarantine rules for schools"),
        ("quarntine", "quarantine", "Quarantine rules for schools"),
        ("Quaratnine", "quarantine", "Quarantine rules for schools"),
        ("shcools quarantine", "schools quarantine", "Quarantine rules for schools"),
        ("telesamte", "télésanté", "La télésanté dans les écoles"),
        ("бесплотный", "бесплатный", "Бесплатный интернет"),
        ("المديتة", "المدينة", "مدارس المدينة"),
    ],
)
def test_word_that_was_meant_is_offered_and_found(rows, typed, meant, title):
    assert nearest(typed) == [title]
    assert matches(typed).suggestion() == meant


def test_plural_that_the_stemmer_does_not_know_is_found(rows):
    assert nearest("مدرسة") == ["مدارس المدينة"]


def test_plural_is_found_behind_and_and_the_article():
    made("الجامعات والمدارس", "ar")
    vocabulary.count_all()
    assert nearest("مدرسة") == ["الجامعات والمدارس"]
    assert matches("مدرسة").suggestion() == "المدارس"


def test_short_word_that_is_used_stands_for_no_other():
    made("Date of farmers")
    made("Data for towers")
    vocabulary.count_all()
    assert nearest("data farmers") == ["Date of farmers", "Data for towers"]  # each has one of them


@pytest.mark.parametrize("typed", ["免费提工移动网络", "免费的提供移动", "政府免费提供移动网罗"])
def test_wrong_or_added_character_is_forgiven(rows, typed):
    assert nearest(typed) == ["政府免费提供移动网络"]


def test_most_of_the_words_are_enough_where_nothing_has_all(rows):
    assert nearest("quarantine rules hospitals schools") == ["Quarantine rules for schools"]


def test_order_of_the_question_counts_beside_a_typo(rows):
    made("Quarantine for schools")
    made("Schools for quarantine", mark="confirmed")
    asked = matches("quarantene for schools")
    assert not asked.is_exact
    assert Initiative.objects.get(pk=asked.ranked_ids(asked.ids(), 1)[0]).title == "Quarantine for schools"


def test_excluded_word_stays_excluded(rows):
    assert nearest("quarantene -schools") == []


def test_rest_of_the_question_is_kept_as_it_was_typed(rows):
    assert matches('quarantene "for schools" -Kenya').suggestion() == 'quarantine "for schools" -Kenya'


@pytest.mark.parametrize("typed", ["quarantine", "zzzzzzzz", "qu", "", "-quarantene", "政工", "2021"])
def test_nothing_is_offered_where_nothing_better_is_known(rows, typed):
    assert matches(typed).suggestion() == ""


def test_rare_spelling_of_a_common_word_is_asked_about():
    for number in range(25):
        made(f"Government {number}")
    made("Goverment")
    vocabulary.count_all()
    asked = matches("goverment")
    assert len(asked.ids()) == 1 and asked.is_exact
    assert asked.suggestion() == "government"


def test_nothing_is_offered_that_finds_nothing(rows):
    Initiative.objects.filter(title__startswith="Quarantine").update(status="removed")
    assert matches("quarantene").suggestion() == ""


def test_words_of_what_is_removed_are_forgotten(rows):
    Initiative.objects.filter(title__startswith="Quarantine").update(status="removed")
    vocabulary.count_all()
    assert not SearchWord.objects.filter(word="quarantine").exists()


def test_words_are_counted_some_texts_at_a_time(rows):
    SearchWord.objects.all().delete()
    assert [vocabulary.count_some(2) for _turn in range(4)] == [2, 2, 1, 2]
    assert SearchWord.objects.get(word="summary").uses == 2  # of the round that has begun


def test_uses_are_added_up_over_the_slices(rows):
    SearchWord.objects.all().delete()
    for _turn in range(3):
        vocabulary.count_some(2)
    assert SearchWord.objects.get(word="summary").uses == 5


@pytest.mark.parametrize(
    "one, other, far", [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xbcd", 2)]
)
def test_distance_counts_letters(one, other, far):
    assert distance(one, other) == far
