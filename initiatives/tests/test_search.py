"""What is found for words that somebody types, in every language."""

import pytest

from countries.other_names import OTHER_NAMES, code_of
from countries.services import read_source
from initiatives.models import Initiative
from initiatives.search import matches
from initiatives.tests.searching import made
from tests.factories import OrganisationFactory, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    """Something else, that no question is about."""
    return made("Unrelated")


def found(text: str) -> list[str]:
    """The titles of what has every term."""
    asked = matches(text)
    assert asked.is_exact, f"only something similar is found for {text}"
    return [one.title for one in Initiative.objects.public().filter(asked.condition()).order_by("pk")]


@pytest.mark.parametrize(
    "language, title, typed",
    [
        ("en", "Operators extended their networks", "extending network operator"),
        ("fr", "Les opérateurs étendent la télésanté", "telesante opérateur"),
        ("fr", "Mesures prises par les régulateurs nationaux", "mesure régulateur national"),
        ("es", "Los ministerios ampliaron la cobertura", "ministerio ampliar coberturas"),
        ("ru", "Операторы расширили сети связи", "оператор сеть"),
        ("ru", "Ёлки и телемедицина", "елка"),
        ("ar", "توسيع شبكات الاتصالات", "شبكة اتصالات"),
        ("ar", "حِمَايَةُ الأَطْفَالِ عَلَى الإنترنت", "حماية الاطفال"),
        ("ar", "مستشفى المدينة", "مستشفي المدينه"),
        ("ar", "اتصالات", "اتصـــالات"),
        ("ar", "حماية الأطفال", "حِمَايَةُ الأَطْفَالِ"),
        ("zh", "政府免费提供移动网络", "移动网络"),
        ("other", "Täglich grüßt das Netz", "taglich grusst"),
    ],
)
def test_other_forms_of_words_are_found(other, language, title, typed):
    made(title, language)
    assert found(typed) == [title]


@pytest.mark.parametrize(
    "typed", ["政", "政府", "府免费", "提供移动网", "政府免费提供移动网络", "络", "政府 网络", "5G网络"]
)
def test_chinese_is_found_by_any_number_of_characters(other, typed):
    made("政府免费提供移动网络5G", "zh")
    assert found(typed) == ["政府免费提供移动网络5G"]


@pytest.mark.parametrize("typed", ["网府", "医院", "院"])
def test_chinese_that_is_not_there_is_not_found(typed):
    made("政府免费提供移动网络", "zh")
    asked = matches(typed)
    assert not (asked.is_exact and asked.ids())


def test_every_word_must_be_there(other):
    made("Free data for schools")
    made("Free data for hospitals")
    assert found("data schools") == ["Free data for schools"]


def test_words_may_be_of_several_languages(other):
    made("La télésanté au Kenya", "fr", countries=("KE",))
    assert found("télésanté Кения") == ["La télésanté au Kenya"]


def test_phrase_stands_in_this_order(other):
    made("Emergency state fund")
    made("A state of emergency")
    made("Emergency of the state")
    assert found('"state of emergency"') == ["A state of emergency"]


@pytest.mark.parametrize("typed", ["“state emergency”", "«state emergency»"])
def test_other_quotation_marks_are_quotation_marks(other, typed):
    made("Emergency state")
    made("State emergency")
    assert found(typed) == ["State emergency"]


def test_chinese_phrase_goes_on_over_spaces_and_latin(other):
    made("移动5G网络", "zh")
    assert found('"移动5G网络"') == ["移动5G网络"]


def test_word_with_minus_must_not_be_there(other):
    made("Free data for schools")
    made("Free data for hospitals")
    assert found("data -schools") == ["Free data for hospitals"]


def test_phrase_with_minus_must_not_be_there(other):
    made("Free data now")
    made("Data for free")
    assert found('data -"free data"') == ["Data for free"]


def test_chinese_with_minus_must_not_be_there(other):
    made("学校网络", "zh")
    made("医院网络", "zh")
    assert found("网络 -学校") == ["医院网络"]


@pytest.mark.parametrize("typed", ["", "   ", "-kenya", '"', '""', "-", "—", "!!!", "\x00", '-"a b"', "😀"])
def test_what_asks_for_nothing_is_false_and_changes_nothing(other, typed):
    assert not matches(typed)
    assert list(Initiative.objects.search(typed)) == [other]


@pytest.mark.parametrize("typed", ["wifi", "Wi-Fi", "wi fi", "WIFI", '"free wi-fi now"', '"wi fi now"'])
def test_word_with_a_hyphen_is_found_in_every_spelling(other, typed):
    made("Free Wi-Fi now")
    assert found(typed) == ["Free Wi-Fi now"]


@pytest.mark.parametrize("typed", ["covid-19", "COVID19", "covid 19"])
def test_word_without_its_hyphen_is_found_too(other, typed):
    made("COVID-19 relief")
    assert found(typed) == ["COVID-19 relief"]


def test_words_that_say_nothing_need_not_be_there(other):
    made("Relief of bills")
    assert found("the relief on bills") == ["Relief of bills"]


def test_word_in_capitals_is_no_stop_word(other):
    made("Guidance by WHO and ITU")
    made("Guidance for schools")
    assert found("WHO guidance") == ["Guidance by WHO and ITU"]


def test_stop_word_alone_is_found():
    made("Guidance by WHO")
    assert found("who") == ["Guidance by WHO"]


@pytest.mark.parametrize("typed", ["كينيا", "肯尼亚", "Kenya", "Кения", "kenya"])
def test_country_is_found_by_its_name_in_any_language(other, typed):
    made("Here", countries=("KE",))
    assert found(typed) == ["Here"]


def test_what_it_is_filed_under_is_found(other):
    body = OrganisationFactory(name="Ofcom Authority", short_name="OFA")
    one = made("Here", organisation=body, tags=["helpline"], partners=["Vodacom"], measure_types=["zero_rating"])
    for typed in ("ofcom", "OFA", "helplines", "vodacom", "Spectrum", "rated", one.reference):
        assert "Here" in found(typed), typed


def test_description_is_found(other):
    made("Here", description="A **long** text about [antennas](https://example.org).", lessons="Patience")
    assert found("antenna") == found("patience") == ["Here"]


def test_published_one_is_found_at_once():
    one = make_initiative(title="Free data for schools", countries=("KE",), tag_names=["helpline"])
    assert list(Initiative.objects.public().search("school helpline Кения")) == [one]


def test_removed_one_is_never_found():
    one = made("Here")
    Initiative.objects.filter(pk=one.pk).update(status="removed")
    assert not matches("here").ids()
    assert not Initiative.objects.public().search("here")


def test_archived_one_is_found_where_archived_ones_are_asked_for():
    one = made("Here")
    Initiative.objects.filter(pk=one.pk).update(status="archived")
    assert list(Initiative.objects.public(archived=True).search("here")) == [one]
    assert not Initiative.objects.public().search("here")


@pytest.mark.parametrize("rows", [1, 3])
def test_search_asks_three_times(rows, django_assert_num_queries):
    for number in range(rows):
        made(f"Free data {number}")
    with django_assert_num_queries(3):  # the dictionaries, the texts, the initiatives
        assert len(Initiative.objects.public().search("free data")) == rows


def test_more_than_few_are_found_by_the_same_condition(monkeypatch, other):
    monkeypatch.setattr("initiatives.search.matching.FEW", 1)
    made("Free data one")
    made("Free data two")
    assert found("data") == ["Free data one", "Free data two"]


@pytest.mark.parametrize(
    "code, typed",
    [
        ("US", ["USA", "usa", "US", "U.S.", "U.S.A.", "America", "США", "US school"]),
        ("GB", ["UK", "uk", "GB", "GBR", "Great Britain", "U.K."]),
        ("AE", ["UAE", "ARE"]),
        ("IN", ["IN", "IND", "India"]),
        ("CA", ["CAN"]),
        ("NO", ["NO", "NOR", "NO school"]),
        ("KR", ["South Korea", '"south korea"']),
        ("KP", ["North Korea"]),
        ("TR", ["Turkey", "Türkiye", "TUR"]),
        ("CI", ["Ivory Coast", "cote d'ivoire"]),
        ("CV", ["Cape Verde"]),
        ("CZ", ["Czech Republic"]),
        ("VN", ["Vietnam"]),
        ("CD", ["DRC", "dr congo"]),
        ("MM", ["Burma"]),
        ("SZ", ["Swaziland"]),
        ("KE", ["KEN", "KE"]),
    ],
)
def test_country_is_found_by_its_codes_and_usual_names(other, code, typed):
    made("Of others: we use it in no case, can and are to ask us", countries=("FR",))
    made("School", countries=(code,))
    for words in typed:
        assert found(words) == ["School"], words


@pytest.mark.parametrize("typed", ["us", "in", "no", "can", "per", "TO REPAY THE LOANS"])
def test_word_that_is_a_code_is_a_word_where_it_is_not_in_capitals(typed):
    made("School", summary="Something", countries=("US", "IN", "NO", "CA", "PE", "TO"))
    asked = matches(typed)
    assert not (asked.is_exact and asked.ids())


def test_conjunction_in_capitals_is_no_country():
    made("Free data for schools and hospitals")
    made("Free data for schools", countries=("AD",))
    assert found("schools AND hospitals") == ["Free data for schools and hospitals"]


def test_phrase_does_not_go_on_from_one_part_to_the_next():
    body = OrganisationFactory(name="Body of Lagos", short_name="BOL")
    values = {"summary": "Alpha beta", "description": "Gamma delta", "lessons": "Epsilon zeta"}
    made("Some title", organisation=body, tags=["helpline", "bills"], countries=["KE"], **values)
    for inside in ('"some title"', '"alpha beta"', '"gamma delta"', '"body of lagos"'):
        assert found(inside) == ["Some title"]
    across = ["title alpha", "beta body", "lagos bol", "bol kenya", "kenya kenya", "helpline bills", "delta epsilon"]
    for typed in across:
        asked = matches(f'"{typed}"')
        assert not (asked.is_exact and asked.ids()), typed


def test_country_that_has_another_name_is_in_the_list_of_countries():
    codes = {one.iso2 for one in read_source()}
    assert set(OTHER_NAMES) <= codes
    assert set(code_of().values()) == codes
