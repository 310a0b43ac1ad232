"""The home page's picture of the world."""

import pytest
from django.template.loader import render_to_string

from countrymap.numbers import Numbers
from tests.factories import make_initiative


@pytest.mark.django_db
def test_picture_counts_by_itself():
    make_initiative(countries=["KE"])
    html = render_to_string("countrymap/_picture.html")
    assert '<a href="/map/"><svg' in html
    assert "1 country or territory has initiatives" in html


def test_picture_takes_given_numbers():
    html = render_to_string("countrymap/_picture.html", {"numbers": Numbers(countries={"KE": 40, "UG": 1})})
    assert "2 countries and territories have initiatives" in html
    assert "about the same number" in html


def test_picture_has_legend_and_disclaimer():
    html = render_to_string("countrymap/_picture.html", {"numbers": Numbers()})
    assert "6 or more" in html
    assert "not counted" in html
    assert "do not imply official endorsement or acceptance." in html


@pytest.mark.django_db
def test_picture_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        render_to_string("countrymap/_picture.html")
