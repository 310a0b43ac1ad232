"""The launch content: all of it, once, through the airlock, and marked for what it is."""

import filecmp
import io
import json

import pytest
from django.core.management import call_command

from accounts.models import Organisation
from countries.services import load_countries
from initiatives import launch
from initiatives.models import Collection, Initiative, Submission
from initiatives.tests.importing import DATA
from initiatives.vocabulary import MEASURE_LABELS, THEME_OF_MEASURE, EndKind, Mark, Origin, Scope
from moderation.models import Decision

RECORDS = launch.read(launch.DATA / "launch.json")


def test_the_fixture_is_the_whole_launch_content():
    source = DATA / "seed" / "initiatives.json"
    if not source.exists():
        pytest.skip(f"{source} is not here")
    assert filecmp.cmp(source, launch.DATA / "launch.json", shallow=False)


def test_every_free_word_is_sorted_by_hand():
    words = launch.codes_by_word()
    assert set(words) == {word for record in RECORDS for word in record["measure_types"]}
    assert {code for codes in words.values() for code in codes} <= set(MEASURE_LABELS)


def test_numbers_of_records_are_unique():
    assert len({launch.number_of(record) for record in RECORDS}) == len(RECORDS) == 179


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The whole launch content, loaded once for the tests of this module; taken back at the end."""
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            load_countries()
            launch.load()
            yield
            transaction.set_rollback(True)


@pytest.fixture
def initiatives(loaded, db):
    return Initiative.objects.public()


@pytest.mark.slow
class TestLoaded:
    def test_all_records_are_public_and_name_113_countries(self, initiatives):
        assert initiatives.count() == 179
        assert Initiative.countries.through.objects.values("country").distinct().count() == 113

    def test_everything_is_compiled_and_not_yet_checked(self, initiatives):
        assert set(initiatives.values_list("origin", "mark")) == {(Origin.LAUNCH, Mark.NOT_CHECKED)}
        assert set(initiatives.values_list("relation", flat=True)) == {"observer"}

    def test_decisions_are_a_machines_and_say_so(self, initiatives):
        approvals = Decision.objects.filter(move="approve")
        assert approvals.count() == 179
        assert set(approvals.values_list("by_machine", "public_reason")) == {(True, launch.REASON)}

    def test_loading_again_is_one_query_and_adds_nothing(self, initiatives, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert launch.load() == 0

    def test_three_collections(self, initiatives):
        slugs = set(Collection.objects.values_list("slug", flat=True))
        assert slugs == {"reg4covid", "cyb4covid", "ict-cases"}
        assert str(Collection.objects.get(slug="reg4covid").opens_on) == "2020-03-23"

    def test_organisations_are_accepted_and_never_verified(self, initiatives):
        assert not Organisation.objects.filter(accepted_at=None).exists()
        assert not Organisation.objects.filter(verified_at__isnull=False).exists()
        assert Organisation.objects.get(name="GSMA").country is None

    def test_languages_and_scopes(self, initiatives):
        counts = {code: initiatives.filter(language=code).count() for code in ("en", "fr", "es", "ar", "ru", "zh")}
        assert counts == {"en": 121, "fr": 16, "es": 15, "ar": 10, "ru": 9, "zh": 8}
        assert initiatives.filter(scope=Scope.REGIONAL).count() == 8
        assert initiatives.filter(scope=Scope.GLOBAL).count() == 15

    def test_a_regional_record_that_names_countries_counts_for_them(self, initiatives):
        initiative = initiatives.get(title__startswith="Connect2Recover in the Arab States")
        assert (initiative.scope, initiative.region) == (Scope.MULTI_COUNTRY, "")
        assert initiatives.in_region("ARB").filter(pk=initiative.pk).exists()

    def test_starts_and_ends(self, initiatives):
        assert initiatives.filter(starts_on=None).count() == 4
        ends = {kind: initiatives.filter(end_kind=kind).count() for kind in EndKind.values}
        assert ends == {"date": 43, "open_ended": 17, "not_announced": 119}

    def test_measure_types_are_of_the_theme_and_other_words_are_tags(self, initiatives):
        initiative = initiatives.get(title__startswith="South Africa: ICT COVID-19 National")
        assert initiative.measure_types == ["temporary_assignment", "spectrum_fee_relief"]
        assert set(initiative.tags.names()) == {"spectrum", "licensing", "state-of-disaster", "reporting relief"}
        for theme, types in initiatives.values_list("theme", "measure_types"):
            assert {THEME_OF_MEASURE[code] for code in types} <= {theme}

    def test_evidence_stays_with_the_staff(self, initiatives):
        submission = Submission.objects.get(title__startswith="South Africa: ICT COVID-19 National")
        assert submission.provenance_note.startswith("Evidence: page:https://lawlibrary.org.za/")
        assert "Source known to the page" in submission.provenance_note
        versions = json.dumps([version.content for version in submission.initiative.versions.all()])
        assert "Evidence" not in versions

    def test_the_command_says_nothing_where_nothing_is_missing(self, initiatives):
        out = io.StringIO()
        call_command("load_launch", stdout=out)
        assert out.getvalue() == ""
