import pytest

from countrymap.numbers import Numbers, count_initiatives
from initiatives.models import Initiative
from tests.factories import make_draft, make_initiative, make_submission

pytestmark = pytest.mark.django_db


def test_national_and_several_country_initiatives_count_for_each_country_they_name():
    make_initiative(countries=["KE"])
    make_initiative(countries=["KE", "UG"], scope="multi_country")
    numbers = count_initiatives()
    assert numbers.countries == {"KE": 2, "UG": 1}
    assert numbers.initiatives == 2


def test_regional_and_global_initiatives_count_for_no_country():
    make_initiative(countries=[], scope="regional", region="AFR")
    make_initiative(countries=[], scope="regional", region="EUR")
    make_initiative(countries=[], scope="regional", region="AFR")
    make_initiative(countries=[], scope="global")
    numbers = count_initiatives()
    assert numbers == Numbers(initiatives=4, worldwide=1, regions={"AFR": 2, "EUR": 1}, countries={})
    assert numbers.regional == 3


def test_what_is_not_public_does_not_count():
    make_draft()
    make_submission()
    make_initiative(countries=["UG"])
    Initiative.objects.filter(pk=make_initiative(countries=["KE"]).pk).update(status="removed")
    Initiative.objects.filter(pk=make_initiative(countries=["KE"]).pk).update(status="archived")
    assert count_initiatives().countries == {"UG": 1}


def test_a_filter_narrows_every_number():
    make_initiative(countries=["KE"])
    make_initiative(countries=["KE"], theme="economic_measures", measure_types=["subsidy"])
    make_initiative(countries=[], scope="global")
    numbers = count_initiatives(Initiative.objects.public().filter(theme="economic_measures"))
    assert numbers == Numbers(initiatives=1, countries={"KE": 1})


@pytest.mark.parametrize("rows", [1, 3])
def test_counting_takes_two_queries(rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative()
    with django_assert_num_queries(2):
        count_initiatives()
