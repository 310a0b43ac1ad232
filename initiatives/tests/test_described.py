"""What pages say of themselves to machines: schema.org, OpenGraph, Dublin Core."""

import json
import re
from html import unescape

import pytest

from common.tests.hostile import payloads
from initiatives import whole
from initiatives.described import initiative_data
from initiatives.exports import dumps
from initiatives.models import Initiative
from tests.factories import OrganisationFactory, country, make_initiative

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def blocks(client, address: str) -> list[dict]:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return [json.loads(text) for text in BLOCK.findall(response.text)]


def metas(client, address: str) -> dict[str, str]:
    found = re.findall(
        r'<meta (?:name|property)="([^"]+)"(?: lang="[^"]*")? content="([^"]*)"', client.get(address).text
    )
    return {name: unescape(value) for name, value in found}


def test_initiative_is_described_in_words_of_schema_org(client):
    initiative = make_initiative(organisation=OrganisationFactory(name="Authority"), tag_names=["extra"])
    (data,) = blocks(client, initiative.get_absolute_url())
    assert data["@type"] == "CreativeWork" and data["identifier"] == initiative.reference
    assert data["url"] == f"http://testserver{initiative.get_absolute_url()}"
    assert data["author"]["name"] == "Authority" and data["author"]["@type"] == "GovernmentOrganization"
    assert data["temporalCoverage"] == "2020-03-23/.." and data["inLanguage"] == "en"
    assert data["spatialCoverage"] == [{"@type": "Country", "name": "Kenya", "identifier": "KE"}]
    assert data["keywords"] == ["extra"] and data["license"].startswith("https://creativecommons.org/")
    assert data["citation"] == [
        {"@type": "CreativeWork", "name": "Decision", "url": "https://regulator.example/decision"}
    ]


def test_what_was_compiled_names_no_author(client):
    initiative = make_initiative()
    Initiative.objects.update(origin="launch")
    (data,) = blocks(client, initiative.get_absolute_url())
    assert "author" not in data and data["sourceOrganization"]["name"] == initiative.organisation.name
    assert "DC.creator" not in metas(client, initiative.get_absolute_url())


def test_hostile_texts_stay_in_their_block(client):
    initiative = make_initiative()
    for payload in [*payloads("xss", "html_sanitizer_pair")[:12], "</script><script>x", "<!--<script>", "a\u2028b"]:
        Initiative.objects.filter(pk=initiative.pk).update(title=payload[:140] or "x")
        (data,) = blocks(client, f"/initiatives/{initiative.reference}/")
        assert data["name"] == (payload[:140] or "x")


def test_older_versions_are_not_described(client):
    initiative = make_initiative()
    assert blocks(client, f"{initiative.get_absolute_url()}?version=1") == []


def test_gathering_page_says_where_it_stands(client):
    data = blocks(client, "/themes/spectrum/")
    assert [item["item"] for item in data[0]["itemListElement"]] == [
        "http://testserver/themes/",
        "http://testserver/themes/spectrum/",
    ]


def test_organisation_is_described(client):
    organisation = OrganisationFactory(name="Authority", website="https://authority.example/")
    data = blocks(client, f"/organisations/{organisation.pk}/")[1]
    assert data["sameAs"] == "https://authority.example/" and data["areaServed"]["name"] == "Kenya"


def test_open_data_are_a_data_set(client):
    make_initiative(starts_on="2020-03-23")
    make_initiative(starts_on="2021-01-01")
    (data,) = blocks(client, "/data/")
    assert (data["@type"], data["temporalCoverage"]) == ("Dataset", "2020-03-23/..")
    assert data["license"].startswith("https://creativecommons.org/") and data["spatialCoverage"]["name"] == "World"
    dump = dumps.make()
    (data,) = blocks(client, "/data/")
    found = {one["contentUrl"]: one["encodingFormat"] for one in data["distribution"]}
    assert found["http://testserver/initiatives/export.csv"] == "text/csv"
    assert f"http://testserver/data/dumps/{dump.day}/initiatives.jsonl.gz" in found and len(found) == 4
    for address in found:
        assert client.get(address).status_code == 200, address


def test_home_tells_of_its_search(client):
    (data,) = blocks(client, "/")
    template = data["potentialAction"]["target"]["urlTemplate"]
    assert template == "http://testserver/search/?q={search_term_string}"
    assert client.get(template.format(search_term_string="spectrum")).status_code == 200


def test_shared_pages_have_a_picture_and_words(client):
    initiative = make_initiative(title='Spectrum "for" <all>')
    found = metas(client, initiative.get_absolute_url())
    assert found["og:title"] == found["DC.title"] == 'Spectrum "for" <all>'
    assert found["og:url"] == f"http://testserver{initiative.get_absolute_url()}"
    assert found["og:image"] == "http://testserver/static/img/card.png" and found["og:locale"] == "en_GB"
    assert found["DC.identifier"].endswith(f"{initiative.reference}/?version=1")
    assert "og:image" in metas(client, "/about/")


PAGES = "/ /about/ /data/ /initiatives/ /map/ /statistics/ /compare/ /countries/ /countries/KE/ /regions/AFR/ /themes/"
ALONE = ("og:title", "og:description", "og:url")


def test_every_page_says_as_what_it_is_shared(client):
    """One after another: what is kept of the frame is of no single page."""
    country("KE")
    make_initiative(countries=["KE"])
    for address in PAGES.split():
        text, found = client.get(address).text, metas(client, address)
        assert found["og:url"] == f"http://testserver{address}" and found["og:type"] == "website", address
        assert f'<link rel="canonical" href="http://testserver{address}">' in text
        assert text.count('rel="canonical"') == 1
        assert unescape(re.search("<title>(.*?) – ", text)[1]) == found["og:title"]
        assert found["og:description"] == found["description"]
        assert [text.count(f'"{name}"') for name in ALONE] == [1, 1, 1]
    assert found["og:title"] == "Themes"


def test_initiative_is_shared_as_an_article(client):
    assert metas(client, make_initiative().get_absolute_url())["og:type"] == "article"
    assert metas(client, "/initiatives/")["og:type"] == "website"


@pytest.mark.parametrize(("address", "query"), [("/countries/KE/", "country=KE"), ("/regions/AFR/", "region=AFR")])
def test_places_lead_to_their_feeds(client, address, query):
    country("KE")
    assert f'type="application/atom+xml" title="Initiatives as a feed" href="/feeds/initiatives.atom?{query}"' in (
        client.get(address).text
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_description_asks_nothing_of_its_own(django_assert_num_queries, rows):
    initiative = make_initiative(
        tag_names=["a", "b", "c"][:rows], sources=[{"url": "https://regulator.example/", "title": "x"}] * rows
    )
    read = whole.read(initiative.reference)
    with django_assert_num_queries(0):
        initiative_data(read)
