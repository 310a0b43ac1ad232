"""A row becomes an entry by the rules for what has no contributor."""

import pytest
from django.core.exceptions import ValidationError

from initiatives.importing import policies
from initiatives.importing.mapping import Defaults, entry_of
from initiatives.importing.readers import EXTRA
from initiatives.tests.importing import DEFAULTS, NAMES, POLICY, TEMPLATE_ROW


def template_entry(**changes):
    return entry_of(TEMPLATE_ROW | changes, DEFAULTS)


def policy_entry(**changes):
    return entry_of(policies.as_schema_row(POLICY | changes), DEFAULTS, doubt_language=True)


def refusal(make, **changes):
    with pytest.raises(ValidationError) as caught:
        make(**changes)
    return caught.value.message_dict


def test_a_policy_record_becomes_an_entry():
    entry = policy_entry()
    expected = {
        "title": "Schools teach online",
        "countries": ["KE"],
        "scope": "national",
        "theme": "digital_services_continuity",
        "measure_types": ["e_learning"],
        "tags": ["closure and regulation of schools", "online class"],
        "organisation_name": "Government of Kenya (as reported)",
        "organisation_type": "policy_maker",
        "organisation_country": "KE",
        "relation": "observer",
        "instrument": "not_stated",
        "compliance": "not_stated",
        "phase": "not_stated",
        "starts": "2020-03-23",
        "end_kind": "not_announced",
    }
    assert {name: entry.data[name] for name in expected} == expected
    assert (entry.source_dataset, entry.source_id) == ("CoronaNet", "R_1")
    assert entry.sources == [
        {"url": "https://ministry.example/order", "title": "", "issuing_body": "", "kind": "other"}
    ]


def test_na_is_namibia():
    assert policy_entry(country_iso2="NA").data["organisation_name"] == "Government of Namibia (as reported)"


@pytest.mark.parametrize("code", ["EU", "XK", "FR;XK"])
def test_codes_that_are_no_country_are_refused(code):
    assert "ISO 3166-1" in refusal(policy_entry, country_iso2=code)["countries"][0]


def test_no_country_is_refused():
    assert refusal(policy_entry, country_iso2="") == {"countries": ["No country or territory is named."]}


def test_many_countries_make_it_a_measure_of_several():
    data = policy_entry(country_iso2="FR; de;IT;FR").data
    assert (data["scope"], data["countries"]) == ("multi_country", ["FR", "DE", "IT"])
    assert (data["organisation_name"], data["organisation_country"]) == ("Several governments (as reported)", "")


def test_an_end_makes_it_end_on_a_date():
    data = policy_entry(date_end="2020-06-30").data
    assert (data["end_kind"], data["ends"]) == ("date", "2020-06-30")


def test_midnight_is_no_part_of_a_day():
    assert policy_entry(date_start="2020-03-23 00:00:00").data["starts"] == "2020-03-23"
    assert policy_entry(date_start="2020-03-23T00:00:00Z").data["starts"] == "2020-03-23"


def test_several_topics_give_further_themes():
    data = policy_entry(ict_topics="connectivity;elearning;telework;misinformation").data
    assert data["theme"] == "availability_affordability"
    assert data["further_themes"] == ["digital_services_continuity", "public_information"]
    assert data["measure_types"] == ["e_learning", "telework", "counter_misinformation"]


def test_every_topic_has_a_theme():
    topics = "connectivity operators_regulators emergency_comms contact_tracing_data ehealth elearning egov_payments"
    assert set(policies.THEME_OF_TOPIC) == {*topics.split(), "telework", "misinformation"}


def test_without_a_topic_the_theme_is_the_one_asked_for_or_it_is_refused():
    row = policies.as_schema_row(POLICY | {"ict_topics": ""})
    assert entry_of(row, Defaults("reg4covid", "spectrum", NAMES)).data["theme"] == "spectrum"
    assert refusal(policy_entry, ict_topics="") == {"theme": ["No theme is named, here or with --theme."]}


def test_a_long_text_is_cut_at_a_sentence_and_kept_whole_in_the_description():
    text = "This sentence has exactly forty letters. " * 40
    data = policy_entry(description=text).data
    assert data["description"] == text.strip()
    assert len(data["summary"]) <= 1_200
    assert data["summary"].endswith("letters.")


def test_a_long_type_becomes_a_tag_of_whole_words():
    data = policy_entry(policy_type="New Task Force, Bureau or Administrative Configuration").data
    assert data["tags"][0] == "new task force, bureau or administrative"


def test_addresses_beyond_the_fifth_are_left_and_bad_ones_are_noted():
    cell = "Facebook ; " + " ; ".join(f"https://a.example/{number}" for number in range(7))
    entry = policy_entry(source_url=cell)
    assert [source["url"][-1] for source in entry.sources] == ["0", "1", "2", "3", "4"]
    assert "Left out of the sources" in entry.note


@pytest.mark.parametrize(("cell", "reason"), [("", "no web address"), ("https://a.example/" + "x" * 2_000, "2018")])
def test_no_usable_address_is_refused(cell, reason):
    assert reason in refusal(policy_entry, source_url=cell)["source1_url"][0]


def test_lost_text_is_refused_by_column():
    assert set(refusal(policy_entry, title="the ï¿½exit permitï¿½")) == {"title"}


def test_template_values_are_taken_as_they_are():
    entry = template_entry(
        title="=1+1 @home", partners="One; Two", sdgs="3;9", tags="a;b", source1_title="Decision", end="open_ended"
    )
    assert entry.data["title"] == "=1+1 @home"
    assert entry.data["partners"] == ["One", "Two"]
    assert entry.data["sdgs"] == ["3", "9"]
    assert entry.data["tags"] == ["a", "b"]
    assert entry.data["end_kind"] == "open_ended"
    assert entry.data["organisation_name"] == "Communications Authority"
    assert entry.sources[0]["title"] == "Decision"


def test_measure_words_become_types_of_the_theme_or_tags():
    data = template_entry(measure_types="temporary_assignment; Extra spectrum; free lunch", tags="lunch").data
    assert data["measure_types"] == ["temporary_assignment", "extra_spectrum"]
    assert data["tags"] == ["lunch", "free lunch"]


def test_scope_follows_from_what_is_named():
    assert template_entry(countries="", region="AFR").data["scope"] == "regional"
    assert template_entry(countries="", scope="global").data["scope"] == "global"


@pytest.mark.parametrize(
    ("status", "ends_on", "declared"),
    [
        ("revoked", "", "revoked"),
        ("ended", "", "ended"),
        ("ended", "2020-06-30", ""),
        ("in_force", "", ""),
        ("", "", ""),
    ],
)
def test_only_what_somebody_can_say_of_the_status_is_read(status, ends_on, declared):
    assert template_entry(status=status, ends_on=ends_on).data["declared_status"] == declared


@pytest.mark.parametrize(
    ("column", "value"),
    [("status", "finished"), ("organisation_country", "EU"), ("language", "xx"), (EXTRA, "a cell more")],
)
def test_unknown_codes_and_surplus_cells_are_refused(column, value):
    assert set(refusal(template_entry, **{column: value})) == {column}


def test_a_row_without_a_number_gets_a_stable_one():
    first, again = template_entry(), template_entry(mark="confirmed", version="3")
    assert (first.source_dataset, first.source_id) == ("file", again.source_id)
    assert template_entry(title="Another title").source_id != first.source_id


def test_the_relation_is_observer_whatever_the_row_says():
    assert template_entry(relation="issuing_body").data["relation"] == "observer"
