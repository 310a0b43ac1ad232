import pytest
from django.http import QueryDict

from common.tests.hostile import payloads
from initiatives.filter_fields import DayField
from initiatives.filter_words import DATES
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from tests.factories import CollectionFactory, OrganisationFactory, country, make_initiative

pytestmark = pytest.mark.django_db


def chosen(query: str) -> InitiativeFilter:
    return InitiativeFilter(QueryDict(query))


def found(query: str) -> list[Initiative]:
    return list(chosen(query).qs)


@pytest.fixture
def kenya():
    return make_initiative(title="Kenya lends spectrum", countries=["KE"])


@pytest.fixture
def east():
    """Names two countries of one region: it counts once there."""
    return make_initiative(
        title="East Africa shares towers",
        countries=["KE", "UG"],
        scope="multi_country",
        theme="quality_resilience",
        further_themes=["spectrum"],
        measure_types=[],
    )


@pytest.fixture
def africa():
    return make_initiative(title="Africa agrees on roaming", countries=[], scope="regional", region="AFR")


@pytest.fixture
def world():
    return make_initiative(title="The world pledges", countries=[], scope="global")


def test_without_parameters_all_that_is_public_newest_first(kenya, east):
    assert found("") == [east, kenya]


def test_a_country_finds_what_names_it_and_not_its_region_or_the_world(kenya, east, africa, world):
    assert set(found("country=KE")) == {kenya, east}
    assert found("country=UG") == [east]


def test_several_countries_find_each_once(kenya, east):
    assert len(found("country=KE&country=UG")) == 2


def test_a_region_finds_what_names_its_countries_or_itself_each_once(kenya, east, africa, world):
    other = make_initiative(countries=["FR"])
    assert set(found("region=AFR")) == {kenya, east, africa}
    assert len(found("region=AFR")) == 3
    assert set(found("region=AFR&region=EUR")) == {kenya, east, africa, other}


def test_a_theme_finds_further_themes_too(kenya, east):
    assert set(found("theme=spectrum")) == {kenya, east}
    assert found("theme=quality_resilience") == [east]


def test_themes_are_counted_as_they_are_found(kenya, east):
    counts = Initiative.objects.public().theme_counts()
    assert counts == {"spectrum": 2, "quality_resilience": 1}


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("stakeholder=operator", "organisation", {"stakeholder_type": "operator"}),
        ("instrument=law", "instrument", "law"),
        ("phase=recovery", "phase", "recovery"),
        ("language=ar", "language", "ar"),
        ("compliance=voluntary", "compliance", "voluntary"),
        ("measure=spectrum_sharing&measure=spectrum_fee_relief", "measure_types", ["spectrum_fee_relief"]),
        ("year=2019&year=2021", "starts_on", "2021-05-01"),
    ],
)
def test_codes_find_their_own(kenya, query, field, value):
    value = OrganisationFactory(**value) if field == "organisation" else value
    wanted = make_initiative(**{field: value})
    assert found(query) == [wanted]


def test_a_collection_finds_its_own(kenya):
    other = make_initiative(collection_id=CollectionFactory(slug="cyb4covid", name="CYB4COVID").pk)
    assert found("collection=cyb4covid") == [other]


def test_an_organisation_and_a_tag_find_their_own(kenya):
    other = make_initiative(tag_names=["Low bandwidth", "Schools"])
    assert found(f"organisation={other.organisation_id}") == [other]
    assert found("tag=low-bandwidth&tag=schools") == [other]


def test_a_group_finds_what_names_one_of_its_countries_each_once(kenya, africa, world):
    both = make_initiative(countries=["UG", "TV"], scope="multi_country")  # Uganda: LDC and LLDC; Tuvalu: LDC and SIDS
    assert found("group=ldc&group=sids") == found("group=lldc") == [both]


def test_a_pillar_finds_what_has_one_of_its_themes(kenya, east):
    other = make_initiative(theme="public_information", measure_types=[], further_themes=["digital_inclusion"])
    assert set(found("pillar=resilient_connectivity")) == {kenya, east}
    assert found("pillar=affordable_access") == found("pillar=safe_use") == [other]


def test_a_mark_finds_its_own(kenya, east):
    Initiative.objects.filter(pk=kenya.pk).update(mark="contested")
    assert found("mark=contested") == [kenya]


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("starts_after=2020-03-23", {"2020-03-23", "2020-04-01", "2021-01-01"}),
        ("starts_after=2020-04", {"2020-04-01", "2021-01-01"}),
        ("starts_after=2021", {"2021-01-01"}),
        ("starts_before=2020-03-23", {"2020-03-23"}),
        ("starts_before=2020-04", {"2020-03-23", "2020-04-01"}),
        ("starts_after=2020&starts_before=2020", {"2020-03-23", "2020-04-01"}),
        ("starts_after=2020-13", {"2020-03-23", "2020-04-01", "2021-01-01", "None"}),
    ],
)
def test_dates_of_the_start_include_the_day_month_or_year_given(query, days):
    for day in ("2020-03-23", "2020-04-01", "2021-01-01", None):
        one = make_initiative(starts_on=day or "2020-01-01")
        Initiative.objects.filter(pk=one.pk).update(starts_on=day)
    assert {str(one.starts_on) for one in found(query)} == days


def test_statuses_find_what_the_dates_say(kenya):
    ended = make_initiative(end_kind="date", ends_on="2020-06-30")
    assert found("status=ended") == [ended]
    assert set(found("status=ended&status=in_force")) == {kenya, ended}
    assert set(found("in_force_on=2020-06-30")) == {kenya, ended}
    assert found("in_force_on=2020-07-01") == [kenya]


def test_words_are_looked_for_in_the_text(kenya, east):
    assert found("q=TOWERS") == [east]
    assert found("q=shares+east") == [east]
    assert found("q=xyzzyqvw") == []


def test_signs_alone_ask_for_nothing(kenya):
    assert found("q=%25") == found("q=_____") == found("q=\\") == [kenya]
    assert list(chosen("q=%25").found.ids) == [kenya.pk]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", "cba"),
        ("sort=newest", "cba"),
        ("sort=start", "bca"),
        ("sort=-start", "cba"),
        ("sort=title", "abc"),
        ("sort=relevance&q=title", "cba"),
        ("sort=relevance", "cba"),
        ("sort=nonsense", "cba"),
    ],
)
def test_orders(query, order):
    for name, day in (("a", None), ("b", "2020-03-01"), ("c", "2020-04-01")):
        make_initiative(title=f"{name} title", starts_on="2020-01-01")
        Initiative.objects.filter(title=f"{name} title").update(starts_on=day)
    assert "".join(initiative.title[0] for initiative in found(query)) == order


def test_whoever_looks_for_words_gets_the_best_match_first(client):
    make_initiative(title="Drones, drones and drones")
    make_initiative(title="Something else", description="Among other things, drones.")
    filters = chosen("q=drones")
    assert (filters.order, filters.chosen) == ("relevance", {"q": ["drones"]})
    titles = dict(Initiative.objects.values_list("pk", "title"))
    assert [titles[number][:6] for number in filters.page({}).numbers] == ["Drones", "Someth"]
    newest = chosen("q=drones&sort=newest").page({}).numbers
    assert [titles[number][:6] for number in newest] == ["Someth", "Drones"]
    assert [(sort.url, sort.current) for sort in filters.sorts()][:2] == [
        ("?q=drones", True),
        ("?q=drones&sort=newest", False),
    ]
    assert chosen("sort=relevance").order == "newest"


def test_archived_ones_come_only_when_asked_for_and_removed_ones_never(kenya):
    archived, removed = make_initiative(), make_initiative()
    Initiative.objects.filter(pk=archived.pk).update(status="archived")
    Initiative.objects.filter(pk=removed.pk).update(status="removed")
    assert found("") == [kenya]
    assert set(found("archived=1")) == {kenya, archived}


def test_a_queryset_given_is_kept_to(kenya, east):
    only = Initiative.objects.filter(pk=kenya.pk)
    assert list(InitiativeFilter(QueryDict("country=KE"), queryset=only).qs) == [kenya]
    assert set(InitiativeFilter().qs) == {kenya, east}


def test_what_is_not_known_is_left_out_and_named(kenya):
    country("FR")
    filters = chosen("country=ke&country=XX&theme=magic&in_force_on=2020-02-30&organisation=1e9&tag=none&page=3")
    assert list(filters.qs) == [kenya]
    assert filters.ignored == [
        ("Country or territory", "XX"),
        ("Theme", "magic"),
        ("Organisation", "1e9"),
        ("In force on", "2020-02-30"),
        ("Tag", "none"),
    ]
    assert filters.canonical_query() == "country=KE"


def test_an_organisation_that_is_only_proposed_is_not_told(kenya):
    proposed = OrganisationFactory(name="Secret plan", accepted_at=None)
    assert chosen(f"organisation={proposed.pk}").ignored == [("Organisation", str(proposed.pk))]
    assert chosen(f"organisation={proposed.pk}").chips() == []


def test_equal_filters_have_one_address(kenya):
    country("UG")
    query = "utm_source=x&theme=spectrum&q=+lends++&country=UG&country=KE&country=KE&page=2&sort=relevance&status="
    assert chosen(query).canonical_query() == "country=KE&country=UG&q=lends&theme=spectrum"
    assert chosen("sort=title&archived=1").canonical_query() == "archived=1&sort=title"


def test_every_filter_in_use_can_be_taken_away(kenya):
    chips = chosen("country=KE&theme=spectrum&theme=digital_inclusion&in_force_on=2020-04-01&sort=title").chips()
    assert [tuple(chip) for chip in chips] == [
        ("Country or territory: Kenya", "?in_force_on=2020-04-01&sort=title&theme=digital_inclusion&theme=spectrum"),
        ("Theme: Spectrum", "?country=KE&in_force_on=2020-04-01&sort=title&theme=digital_inclusion"),
        (
            "Theme: Digital inclusion and accessible ICT",
            "?country=KE&in_force_on=2020-04-01&sort=title&theme=spectrum",
        ),
        ("In force on: 1 April 2020", "?country=KE&sort=title&theme=digital_inclusion&theme=spectrum"),
    ]


def test_long_words_are_cut():
    assert len(chosen("q=" + "x" * 5_000).canonical_query()) == 202


def test_countries_cost_a_query_only_where_they_are_needed(django_assert_num_queries, kenya):
    with django_assert_num_queries(1):
        assert found("theme=spectrum")
    with django_assert_num_queries(2):
        assert found("country=KE")


def test_no_hostile_string_fails_as_a_code(kenya):
    """Every parameter with all of them at once: each takes several values."""
    everything = payloads()
    for name in set(InitiativeFilter.base_filters) - {"q", *DATES}:
        query = QueryDict(mutable=True)
        query.setlist(name, everything)
        filters = InitiativeFilter(query)
        assert list(filters.qs) == [kenya]
        assert filters.ignored and not filters.chips()


def test_no_hostile_string_fails_as_a_day():
    for payload in payloads():
        field = DayField()
        assert field.clean(payload) is None or payload == str(field.clean(payload))


def test_no_hostile_string_fails_as_words(kenya):
    for payload in payloads("sqli", "nosql", "naughty_string", "crlf_header"):
        filters = InitiativeFilter({"q": payload})
        list(filters.qs)
        filters.chips(), filters.canonical_query()
