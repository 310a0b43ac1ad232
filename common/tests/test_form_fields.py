"""Fields: what they clean, what they refuse, and what they show again."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from common.dates import PartialDate
from common.form_fields import (
    CleanCharField,
    CleanTextField,
    CodesField,
    ListField,
    MarkdownField,
    ObjectChoiceField,
    ObjectsField,
    PartialDateField,
)


class DatesForm(forms.Form):
    starts = PartialDateField(required=False)


def parts(day="", month="", year="") -> dict[str, str]:
    return {"starts_day": day, "starts_month": month, "starts_year": year}


@pytest.mark.parametrize(
    ("data", "date"),
    [
        (parts("23", "3", "2020"), PartialDate(2020, 3, 23)),
        (parts("", " 03 ", "2020"), PartialDate(2020, 3)),
        (parts(year="2020"), PartialDate(2020)),
        (parts("٢٣", "٣", "٢٠٢٠"), PartialDate(2020, 3, 23)),
        (parts(), None),
        ({}, None),
        ({"starts": "2020-03"}, PartialDate(2020, 3)),
        ({"starts": ""}, None),
    ],
)
def test_partial_date_reads_three_parts_or_the_iso_form(data, date):
    form = DatesForm(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts"] == date


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (parts("30", "2", "2020"), "no date of the calendar"),
        (parts("23", "3"), "Give the year"),
        (parts("23", "", "2020"), "A day needs a month"),
        (parts(year="20"), "between 1990 and 2100"),
        (parts(year="-1"), "as numbers"),
        (parts("²", "3", "2020"), "as numbers"),
        (parts("1_0", "3", "2020"), "as numbers"),
        (parts(year="9" * 5000), "as numbers"),
        (parts("0", "3", "2020"), "as numbers"),
        ({"starts": "23/03/2020"}, "Write a date as"),
    ],
)
def test_partial_date_refuses_in_words(data, words):
    assert words in DatesForm(data).errors["starts"][0]


def test_partial_date_shows_again_what_was_typed():
    html = str(DatesForm(parts("31", "x", "2020"))["starts"])
    assert all(f'value="{value}"' in html for value in ("31", "x", "2020"))
    assert html.count('aria-invalid="true"') == 3 and html.count("<label") == 3


def test_partial_date_shows_what_is_stored():
    html = str(DatesForm(initial={"starts": PartialDate(2020, 3)})["starts"])
    assert 'value="3"' in html and 'value="2020"' in html


def test_whole_date_needs_its_day():
    with pytest.raises(ValidationError, match="day, month and year"):
        PartialDateField(whole=True).clean(["", "3", "2020"])


@pytest.mark.parametrize(
    ("field", "kept"),
    [
        (CleanCharField(), "a b c"),
        (CleanTextField(), "a\n b c"),
        (MarkdownField(), "  a\n  b   c"),
    ],
)
def test_text_is_cleaned_as_at_every_door(field, kept):
    assert field.clean("\n  a\r\n\x00  b\u202e \x1b  c \n") == kept


def test_length_is_measured_after_cleaning():
    assert CleanTextField(max_length=3).clean("a\r\nb") == "a\nb"


@pytest.mark.parametrize(
    ("separators", "typed", "items"),
    [
        ("\n;", "ITU\r\n\n GSMA ;itu", ["ITU", "GSMA"]),
        (",;\n", "spectrum, 5G; a b ,", ["spectrum", "5G", "a b"]),
        ("\n;", ["ITU", "GSMA"], ["ITU", "GSMA"]),
    ],
)
def test_list_is_divided_and_repeats_nothing(separators, typed, items):
    assert ListField(max_items=3, item_length=20, separators=separators).clean(typed) == items


@pytest.mark.parametrize(("typed", "words"), [("a,b,c", "at most 2; there are 3"), ("x" * 6, "longer than 5")])
def test_list_has_limits(typed, words):
    with pytest.raises(ValidationError) as caught:
        ListField(max_items=2, item_length=5, separators=",").clean(typed)
    assert words in caught.value.messages[0]


def test_stored_list_is_shown_as_it_is_typed():
    assert ListField(max_items=2, item_length=5, separators=",").prepare_value(["a", "b"]) == "a, b"
    assert ListField(max_items=2, item_length=5).prepare_value(["a", "b"]) == "a\nb"


CODES = {"choices": [("Group", [("b", "B"), ("a", "A")]), ("c", "C")], "required": False}


def test_codes_keep_the_order_of_the_list():
    assert CodesField(**CODES).clean(["c", "a", "b", "a", ""]) == ["b", "a", "c"]


@pytest.mark.parametrize(("codes", "words"), [(["x"], "Select a valid choice"), (["a", "b"], "at most 1; you chose 2")])
def test_codes_have_limits(codes, words):
    with pytest.raises(ValidationError) as caught:
        CodesField(max_items=1, **CODES).clean(codes)
    assert words in caught.value.messages[0]


class ThingsForm(forms.Form):
    one = ObjectChoiceField(required=False)
    some = ObjectsField(required=False)

    def __init__(self, data=None):
        super().__init__(data)
        for field in self.fields.values():
            field.offer({"KE": "Kenya", "GH": "Ghana"})


def test_things_are_found_by_code():
    form = ThingsForm({"one": "KE", "some": ["", "GH", "KE", "GH"]})
    assert form.is_valid()
    assert form.cleaned_data == {"one": "Kenya", "some": ["Ghana", "Kenya"]}


def test_nothing_chosen_is_none():
    form = ThingsForm({})
    assert form.is_valid() and form.cleaned_data == {"one": None, "some": []}


def test_unknown_codes_are_refused():
    assert set(ThingsForm({"one": "XK", "some": ["EU"]}).errors) == {"one", "some"}
