"""What the list says of an address that asks for less than somebody may have thought."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from tests.factories import make_initiative

pytestmark = pytest.mark.django_db


def chosen(query: str) -> InitiativeFilter:
    return InitiativeFilter(QueryDict(query))


@pytest.fixture
def kenya():
    return make_initiative(title="Kenya lends spectrum", countries=["KE"])


@pytest.mark.parametrize("words", ["(((", "😀", "-towers", '-"shares towers"'])
def test_words_that_ask_for_nothing_are_named(words, kenya):
    filters = chosen(urlencode({"q": words}))
    assert list(filters.qs) == [kenya] and filters.chips() == []
    assert filters.remarks == [
        "Nothing that was typed has a letter or a number to look for, so it was not used."
        if words in ("(((", "😀")
        else "A word left out (with “-”) needs another one to look for, so the words were not used."
    ]


def test_range_of_dates_that_is_reversed_is_said(kenya):
    (remark,) = chosen("starts_after=2021&starts_before=2020").remarks
    assert remark.startswith("The range of dates is reversed")
    for query in (
        "starts_after=2020&starts_before=2020",
        "starts_after=2020-05&starts_before=2020",
        "starts_after=2021",
    ):
        assert chosen(query).remarks == []


def test_archived_ones_are_counted_with_the_same_filters(kenya):
    archived = make_initiative(countries=["FR"])
    Initiative.objects.filter(pk=archived.pk).update(status="archived")
    assert set(chosen("country=FR").found.with_archived()) == {archived.pk}
    assert not chosen("country=FR&q=xyzzyqvw").found.with_archived()
