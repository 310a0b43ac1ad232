"""The index in memory says what the database says: of any filters, after any change."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives import finding
from initiatives.filters import InitiativeFilter
from initiatives.finding import Index
from initiatives.finding.choice import FACETS
from initiatives.freshness import as_of, public_state
from initiatives.models import Collection, Initiative
from initiatives.status import today
from initiatives.tests.choosing import CODES, DAYS, SORTS, addresses, scatter
from initiatives.vocabulary import InitiativeStatus
from tests.factories import OrganisationFactory, country

pytestmark = pytest.mark.django_db
# One set of rows for all examples: they leave it as it is, or set right what they change.
many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def scattered():
    return scatter(70)


@many
@given(query=addresses())
def test_any_filters_find_the_same_in_the_index_and_in_the_database(scattered, query):
    chosen = InitiativeFilter(query)
    assert set(chosen.found.ids) == set(chosen.qs.values_list("pk", flat=True))
    assert chosen.found.total == chosen.qs.count()
    assert chosen.found.countries_named() == chosen.qs.countries_named()


@many
@given(query=addresses(), pair=st.sampled_from(CODES))
def test_any_facet_counts_what_its_code_would_leave(scattered, query, pair):
    facet, code = pair
    asked = query.copy()
    asked.setlist(facet, [code])
    assert InitiativeFilter(query).found.counts(facet).get(code, 0) == InitiativeFilter(asked).qs.count()


@many
@given(query=addresses(), sort=st.sampled_from(SORTS), data=st.data())
def test_any_page_shows_the_stretch_that_the_database_would(scattered, query, sort, data):
    query["sort"] = sort
    chosen = InitiativeFilter(query)
    everything = list(chosen.qs.values_list("pk", flat=True))
    number = data.draw(st.integers(1, len(everything) // 20 + 1))
    page = chosen.page({"page": str(number)})
    first = min(number - 1, max(0, len(everything) - 1) // 20) * 20
    assert page.numbers == everything[first : first + 20]


@pytest.mark.parametrize("sort", SORTS)
def test_going_on_and_back_by_places_shows_everything_once(scattered, sort):
    chosen = InitiativeFilter(QueryDict(f"sort={sort}"))
    everything = list(chosen.qs.values_list("pk", flat=True))
    page, numbers, pages = chosen.page({}), [], 1
    numbers += page.numbers
    while page.after:
        earlier, page = page, chosen.page({"after": page.after})
        numbers += page.numbers
        pages += 1
        assert page.number == pages
        if page.before:
            assert chosen.page({"before": page.before}).numbers == earlier.numbers
    assert numbers == everything and page.pages == pages > 2


CHANGES = {
    "row": lambda one: {"theme": "spectrum", "further_themes": ["digital_inclusion"], "mark": "contested"},
    "dates": lambda one: {"starts_on": DAYS[2], "end_kind": "date", "ends_on": DAYS[-1]},
    "declared": lambda one: {"declared_status": "revoked", "declared_on": DAYS[1]},
    "archived": lambda one: {"status": InitiativeStatus.ARCHIVED},
    "removed": lambda one: {"status": InitiativeStatus.REMOVED},
    "moved": lambda one: {"organisation": OrganisationFactory(), "scope": "global", "region": ""},
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_index_is_as_one_made_anew(scattered, change):
    as_read(finding.current())  # which makes what is patched from now on
    for one in scattered[::7]:
        Initiative.objects.filter(pk=one.pk).update(**CHANGES[change](one))
    assert as_read(finding.current()) == as_read(Index.load())


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.countries.set([country("GH")]),
        lambda one: one.tags.set(["New tag"]),
        lambda one: one.tags.through.objects.filter(object_id=one.pk).delete(),
        lambda one: type(one.organisation).objects.filter(pk=one.organisation_id).update(name="Other name"),
        lambda one: Collection.objects.update(name="Other call"),
        lambda one: type(country("KE")).objects.filter(pk="KE").update(region="EUR", ldc=True),
    ],
    ids=["countries", "tags", "no tags", "organisation", "collection", "region"],
)
def test_after_a_change_of_what_belongs_to_it_too(scattered, change):
    as_read(finding.current())
    change(scattered[0])
    assert as_read(finding.current()) == as_read(Index.load())


def as_read(index: Index) -> dict:
    """What can be asked of an index."""
    facets = {
        name: {code: set(found) for code, found in index.facet(name, today()).items() if found} for name in FACETS
    }
    used = {name: facets[name] for name in ("collection", "organisation", "tag")}
    labels = {(name, code): index.labels[name, code] for name, codes in used.items() for code in codes}
    months = {facet: [*map(set, index.months(facet).values())] for facet in ("published", "starts", "ceases")}
    return facets | months | {"labels": labels, "public": set(index.public), "title": list(index.by_title)}


def test_only_what_is_public_is_in_the_index(scattered):
    gone = [one.pk for one in scattered if one.status == InitiativeStatus.REMOVED]
    everything = {number for sets in finding.current().codes.values() for found in sets.values() for number in found}
    assert gone and not everything & set(gone)


def test_asking_again_costs_one_query(scattered, django_assert_num_queries):
    finding.current(), finding.current()  # in a test everything is one transaction, so that its rows are read again
    with django_assert_num_queries(1):
        finding.current()


def test_page_that_knows_the_state_of_the_log_does_not_ask_again(scattered, django_assert_num_queries):
    with as_of(public_state()):
        before = finding.current()
        with django_assert_num_queries(0):
            assert finding.current() is before
    Initiative.objects.filter(pk=scattered[0].pk).update(status=InitiativeStatus.REMOVED)
    with as_of(public_state()):
        assert scattered[0].pk not in finding.current().public
    with django_assert_num_queries(1):  # outside of a page nobody knows
        finding.current()


def test_what_did_not_change_is_shared(scattered, django_assert_num_queries):
    finding.current()
    before = finding.current()
    Initiative.objects.filter(pk=scattered[0].pk).update(title="Another title")
    with django_assert_num_queries(2):
        after = finding.current()
    assert after is not before
    for tag, found in before.codes["tag"].items():
        assert (after.of("tag", tag) is found) == (scattered[0].pk not in found)


def test_whoever_reads_keeps_the_index_as_it_was(scattered):
    before = finding.current()
    public = set(before.public)
    Initiative.objects.update(status=InitiativeStatus.REMOVED)
    assert not finding.current().public
    assert set(before.public) == public


def test_a_failure_is_followed_by_a_new_beginning(scattered, monkeypatch):
    finding.current()
    Initiative.objects.filter(pk=scattered[0].pk).update(theme="spectrum", further_themes=[])
    with monkeypatch.context() as patch:
        patch.setattr("initiatives.finding.index.entries", lambda *numbers: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            finding.current()
    assert as_read(finding.current()) == as_read(Index.load())


def test_many_changes_are_read_all_at_once(scattered, monkeypatch):
    monkeypatch.setattr("initiatives.finding.keeper.MANY", 3)
    finding.current()
    Initiative.objects.update(theme="spectrum", further_themes=[])
    assert finding.current().of("theme", "spectrum") == finding.current().public
