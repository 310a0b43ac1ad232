"""Rows come in through the airlock: the good are kept, the bad reported, nothing twice. Oddities as they were met."""

import datetime

import pytest

from accounts.models import Organisation
from countries.services import load_countries
from initiatives.models import Initiative, Submission
from initiatives.tests.importing import POLICY, TEMPLATE_ROW, bring_in
from initiatives.vocabulary import Mark, MeasureStatus, SubmissionStatus
from moderation.models import Decision
from tests.factories import CollectionFactory, OrganisationFactory, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reference_data():
    load_countries()
    CollectionFactory()


@pytest.fixture
def policy(tmp_path):
    """Bring in one policy record with changes."""
    return lambda **changes: bring_in(tmp_path, POLICY | changes)


@pytest.fixture
def template(tmp_path):
    """Bring in one row of the template with changes."""
    return lambda **changes: bring_in(tmp_path, TEMPLATE_ROW | changes)


def test_a_good_row_waits_for_a_moderator(policy):
    (submission,) = policy().submissions
    assert submission.status == SubmissionStatus.SUBMITTED
    assert (submission.origin, submission.author.handle) == ("import", "secretariat")
    assert (submission.source_dataset, submission.source_id) == ("CoronaNet", "R_1")
    assert submission.contributor_email == ""
    assert not Initiative.objects.exists()


def test_an_approved_row_is_public_not_yet_checked_and_decided_by_a_machine(tmp_path):
    bring_in(tmp_path, POLICY, approve=True)
    initiative = Initiative.objects.public().get()
    assert (initiative.mark, initiative.is_compiled) == (Mark.NOT_CHECKED, True)
    decisions = Decision.objects.order_by("pk")
    assert [(decision.move, decision.by_machine) for decision in decisions] == [("submit", True), ("approve", True)]
    assert "not yet checked by a person" in decisions[1].public_reason
    assert initiative.organisation.verified_at is None


def test_good_rows_are_kept_and_bad_ones_reported_by_row_and_column(tmp_path):
    rows = [POLICY, {**POLICY, "source_id": "R_2", "country_iso2": "EU"}, {**POLICY, "source_id": "R_3"}]
    outcome = bring_in(tmp_path, *rows)
    assert [submission.source_id for submission in outcome.submissions] == ["R_1", "R_3"]
    assert outcome.refused == [("3", "country_iso2", "No code of a country or territory (ISO 3166-1): EU.")]
    assert (outcome.summary.added, outcome.summary.refused) == (2, 1)


def test_everything_that_is_wrong_with_a_row_is_said_at_once(policy):
    refused = policy(country_iso2="XK", source_url="Facebook", title="").refused
    assert {column for _, column, _ in refused} >= {"country_iso2", "source_url"}


def test_bringing_in_twice_adds_nothing_twice(tmp_path):
    for expected in ((2, 0), (0, 2)):
        summary = bring_in(tmp_path, TEMPLATE_ROW, TEMPLATE_ROW | {"title": "Another"}).summary
        assert (summary.added, summary.known) == expected


def test_the_same_number_twice_in_a_file_is_added_once(tmp_path):
    summary = bring_in(tmp_path, POLICY, POLICY).summary
    assert (summary.added, summary.known) == (1, 1)


def test_repeated_texts_with_other_numbers_are_rows_of_their_own(tmp_path):
    assert bring_in(tmp_path, POLICY, POLICY | {"source_id": "R_2"}).summary.added == 2


def test_namibia_stays_namibia(policy):
    (submission,) = policy(country_iso2="NA").submissions
    assert [country.name_en for country in submission.countries.all()] == ["Namibia"]
    assert submission.organisation.name == "Government of Namibia (as reported)"
    assert submission.organisation.country_id == "NA"


@pytest.mark.parametrize("code", ["EU", "XK", "ZZ", "Kenya", ""])
def test_unknown_countries_are_refused(policy, code):
    assert [column for _, column, _ in policy(country_iso2=code).refused] == ["country_iso2"]


def test_many_countries_in_a_cell_are_all_named(policy):
    (submission,) = policy(country_iso2="CA;FR;DE;IT;JP;GB;US").submissions
    assert (submission.scope, submission.countries.count()) == ("multi_country", 7)
    assert submission.organisation.country is None


def test_a_missing_start_is_kept_as_unknown_and_a_missing_end_as_not_announced(policy):
    (submission,) = policy(date_start="", date_end="").submissions
    assert (submission.starts, submission.end_kind) == (None, "not_announced")


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"date_end": "2020-03-22"}, "date_end"),
        ({"date_start": "1989-12-31"}, "date_start"),
        ({"date_start": "2101-01-01"}, "date_start"),
        ({"date_start": "2020-02-30"}, "date_start"),
        ({"date_start": "yesterday"}, "date_start"),
        ({"date_end": "31/12/2020"}, "date_end"),
    ],
)
def test_impossible_dates_are_refused(policy, changes, column):
    outcome = policy(**changes)
    assert column in [found for _, found, _ in outcome.refused]
    assert outcome.submissions == []


def test_a_start_in_the_future_is_announced(policy):
    (submission,) = policy(date_start=f"{datetime.date.today().year + 1}-01-01").submissions
    assert submission.measure_status == MeasureStatus.ANNOUNCED


@pytest.mark.parametrize(("date", "precision"), [("2020", "year"), ("2020-03", "month"), ("2020-03-23", "day")])
def test_dates_keep_their_precision(template, date, precision):
    (submission,) = template(starts_on=date).submissions
    assert (str(submission.starts), submission.starts_precision) == (date, precision)


def test_an_address_without_a_scheme_is_completed(policy):
    (submission,) = policy(source_url="news.ontario.ca/opo/en/2020").submissions
    assert submission.sources.get().url == "https://news.ontario.ca/opo/en/2020"


def test_several_addresses_in_a_cell_become_sources(policy):
    cell = "Facebook ; https://a.example/x ; https://b.example/y ; https://c.example/fï¿½d"
    (submission,) = policy(source_url=cell).submissions
    assert [source.url for source in submission.sources.all()] == ["https://a.example/x", "https://b.example/y"]
    assert "Left out of the sources" in submission.provenance_note


@pytest.mark.parametrize("cell", ["", "Facebook", "file:///C:/Users/a.pdf", "https://a.example/" + "x" * 2_000])
def test_a_row_without_a_usable_address_is_refused(policy, cell):
    ((_, column, reason),) = policy(source_url=cell).refused
    assert (column, bool(reason)) == ("source_url", True)


def test_mojibake_is_repaired_or_refused(tmp_path):
    rows = [POLICY | {"title": "Courses in SÃ©tif"}, POLICY | {"title": "the ï¿½exit permitï¿½", "source_id": "R_2"}]
    outcome = bring_in(tmp_path, *rows)
    assert [submission.title for submission in outcome.submissions] == ["Courses in Sétif"]
    assert [(row, column) for row, column, _ in outcome.refused] == [("3", "title")]


def test_control_characters_never_reach_the_database(tmp_path):
    dirty = {
        name: f"{TEMPLATE_ROW.get(name, 'x')}\x02\x08\x1b" for name in (*TEMPLATE_ROW, "results", "tags", "partners")
    }
    for name in (
        "source1_url",
        "language",
        "countries",
        "theme",
        "starts_on",
        "organisation_country",
        "organisation_type",
    ):
        dirty[name] = TEMPLATE_ROW[name]
    outcome = bring_in(tmp_path, dirty | {"title": "One\r\n\ttwo\x00 three", "source1_title": "a\x0bb"})
    (submission,) = outcome.submissions
    assert submission.title == "One two three"
    values = [*Submission.objects.values().get().values(), submission.sources.get().title, submission.organisation.name]
    assert not [char for value in values if isinstance(value, str) for char in value if char < " " and char != "\n"]


@pytest.mark.parametrize("title", ["=SUM(A1:A9) of connected schools", "@home: learning by radio"])
def test_titles_that_look_like_formulas_are_kept_as_text(policy, title):
    assert policy(title=title).submissions[0].title == title


def test_a_formula_in_the_report_is_defused(tmp_path):
    bring_in(tmp_path, POLICY | {"country_iso2": "=cmd()"})
    assert ",'=cmd()," in (tmp_path / "refused.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("language", "kept"), [("id", "other"), ("es", "es"), ("other", "other")])
def test_other_languages_are_kept(policy, language, kept):
    text = "Sekolah-sekolah di seluruh negeri mengajar secara daring sampai akhir tahun."
    assert policy(language=language, description=text).submissions[0].language == kept


def test_other_languages_that_are_english_are_english(policy):
    text = "The schools of the country teach online from today to the end of the school year."
    assert policy(language="other", description=text).submissions[0].language == "en"


def test_an_unknown_language_is_refused(policy):
    assert policy(language="klingon").refused[0][1] == "language"


@pytest.mark.parametrize(("column", "text"), [("title", ""), ("description", ""), ("description", "Too short.")])
def test_no_title_or_summary_is_refused(policy, column, text):
    assert [found for _, found, _ in policy(**{column: text}).refused] == [column]


def test_an_organisation_of_the_list_is_found_by_its_name(template):
    known = OrganisationFactory(name="Communications Authority", short_name="CA")
    outcome = template(organisation="ca", organisation_type="", organisation_country="")
    assert outcome.submissions[0].organisation == known


def test_an_organisation_is_proposed_and_never_verified(template):
    template()
    organisation = Organisation.objects.get(name="Communications Authority")
    assert (organisation.stakeholder_type, organisation.accepted_at, organisation.verified_at) == (
        "regulator",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("organisation_type", "ministry"),
        ("organisation_type", ""),
        ("collection", "covid-99"),
        ("theme", "weather"),
        ("scope", "galactic"),
        ("instrument", "spell"),
        ("end", "never"),
        ("technologies", "telegraph"),
        ("sdgs", "18"),
        ("source1_kind", "rumour"),
        ("follows", "INI-2020-000001"),
        ("measure_types", "e_health"),
        ("contact_point", "somewhere"),
        ("title", "x" * 151),
        ("description", "x" * 8_001),
        ("tags", ";".join("abcdefghi")),
        ("source_id", "x" * 101),
        ("region", "AFR"),  # only a regional measure names one
    ],
)
def test_values_that_the_form_would_refuse_are_refused_with_their_column(template, column, value):
    outcome = template(**{column: value})
    assert [found for _, found, _ in outcome.refused] == [column]


def test_a_published_initiative_is_not_brought_in_again(template):
    assert template(reference=make_initiative().reference).summary.known == 1


def test_one_row_costs_no_more_queries_than_another(tmp_path, django_assert_max_num_queries):
    rows = [POLICY | {"source_id": f"R_{number}"} for number in range(3)]
    with django_assert_max_num_queries(3 * 30 + 12):
        bring_in(tmp_path, *rows)


def test_a_tag_is_one_row_in_any_case(tmp_path):
    rows = [
        TEMPLATE_ROW | {"title": "One", "tags": "Radio; école"},
        TEMPLATE_ROW | {"title": "Two", "tags": "radio;École"},
    ]
    bring_in(tmp_path, *rows, approve=True)
    first, second = Initiative.objects.order_by("pk")
    assert set(first.tags.names()) == set(second.tags.names()) == {"Radio", "école"}
