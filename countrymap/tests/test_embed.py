"""The map for frames: headers that let it be framed, and nothing of anybody in it."""

from html import unescape

import pytest

from countrymap.captions import DISCLAIMER
from tests.caches import KEPT
from tests.factories import UserFactory, make_initiative
from tests.hostile import sample

pytestmark = pytest.mark.django_db

EMBED_QUERIES = 3  # the log, the index, the names of countries


@pytest.fixture
def two():
    make_initiative(countries=["KE"])
    make_initiative(countries=["UG"], theme="economic_measures", measure_types=["subsidy"])


def policy(response) -> dict[str, list[str]]:
    directives = (part.split() for part in response["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in directives}


def test_embed_may_be_framed_by_anybody(client, two):
    response = client.get("/map/embed/")
    assert policy(response)["frame-ancestors"] == ["*"]
    assert policy(response)["form-action"] == ["'none'"]
    assert policy(response)["script-src"] == ["'self'"]
    assert "X-Frame-Options" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["/map/", "/map/data.json", "/map/map.svg", "/map/panel/KE/"])
def test_what_stands_beside_it_may_not(client, two, path):
    response = client.get(path)
    assert response["X-Frame-Options"] == "DENY"
    assert policy(response).get("frame-ancestors", ["'none'"]) == ["'none'"]


def test_embed_is_the_same_for_everybody(client, two):
    response = client.get("/map/embed/")
    assert not response.cookies and "<form" not in response.text
    assert response["Cache-Control"] == KEPT
    client.force_login(UserFactory())
    signed_in = client.get("/map/embed/")
    assert signed_in.text == response.text and signed_in["Cache-Control"] == KEPT


def test_embed_answers_not_modified(client, two):
    etag = client.get("/map/embed/")["ETag"]
    assert client.get("/map/embed/", headers={"if-none-match": etag}).status_code == 304
    make_initiative(countries=["KE"])
    assert client.get("/map/embed/", headers={"if-none-match": etag}).status_code == 200


def test_embed_keeps_the_filters_and_says_them(client, two):
    text = client.get("/map/embed/?theme=economic_measures").text
    assert "Theme: Economic and financial measures" in text
    assert 'data-numbers="/map/data.json?theme=economic_measures"' in text
    assert "/map/?theme=economic_measures" in text and "<title>Kenya" not in text
    assert str(DISCLAIMER) in text


def test_links_of_the_embed_open_in_a_tab_of_their_own(client, two):
    text = client.get("/map/embed/").text
    assert '<a href="/countries/KE/" target="_blank" rel="noopener"><title>Kenya: 1 initiative</title>' in text
    outward = [part for part in text.split("<a ")[1:] if 'href="#' not in part.split(">")[0]]
    assert outward and all('target="_blank" rel="noopener"' in part.split(">")[0] for part in outward)


def test_snippet_bears_hostile_words(client):
    """Escaped twice: as an attribute of what is copied, and as the text of the page that shows it."""
    for payload in sample(30, "xss"):
        html = client.get("/map/", {"q": payload}).text
        field = html.split('<textarea id="map-snippet"')[1].split(">", 1)[1].split("</textarea>")[0]
        snippet = unescape(field)
        assert snippet.startswith('<iframe src="http') and snippet.endswith('"></iframe>')
        assert snippet.count("<") == 2 and snippet.count('"') == 14


@pytest.mark.parametrize("rows", [1, 3])
def test_embed_takes_the_same_queries_at_any_length(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative()
    with django_assert_num_queries(EMBED_QUERIES):
        client.get("/map/embed/")
