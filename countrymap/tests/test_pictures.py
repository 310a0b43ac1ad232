"""map.svg and map.png: the same filters, everything that a report needs in the image, nothing that could harm."""

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from countrymap.captions import DISCLAIMER
from countrymap.lettering import broken, extent, in_known_letters, set_in_type
from tests.caches import KEPT
from tests.factories import make_initiative
from tests.hostile import sample

SVG = "{http://www.w3.org/2000/svg}"
PICTURE_QUERIES = 2  # the log, the index
pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    make_initiative(countries=["KE"])
    make_initiative(countries=["KE", "SG"], scope="multi_country", theme="economic_measures", measure_types=["subsidy"])
    make_initiative(countries=[], scope="global")


def drawn(client, query: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(client.get(f"/map/map.svg{query}").content)


def words(root: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def test_picture_says_what_a_report_needs(client, three, settings):
    settings.SITE_NAME, settings.SITE_URL = "The Portal", "https://portal.example"
    text = words(drawn(client, "?theme=economic_measures"))
    assert "Theme: Economic and financial measures" in text
    assert "1 initiative; 2 countries and territories are named." in text
    assert "Source: The Portal, https://portal.example/map/?theme=economic_measures, " in text
    assert str(DISCLAIMER) in text
    assert "6 or more" in text and "not counted" in text


def test_picture_says_what_it_does_not_colour(client, three):
    assert "Not coloured, because they belong to no single country: 0 regional and 1 global." in words(drawn(client))


def test_picture_follows_the_filters(client, three):
    filled = {path.get("class") for path in drawn(client, "?theme=economic_measures").iter(f"{SVG}path")}
    assert "map-1" in filled and "map-2" not in filled


def test_picture_stands_alone(client, three):
    text = client.get("/map/map.svg").text
    assert "var(" not in text and "href" not in text and "url(#map-hatch)" in text
    assert text.replace("http://www.w3.org/2000/svg", "").count("http") == 1  # the source, in words


def test_picture_is_named_for_who_cannot_see_it(client, three):
    root = drawn(client, "?country=KE")
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Initiatives by country or territory: Country or territory: Kenya"
    assert "do not imply official endorsement" in root.find(f"{SVG}desc").text


@pytest.mark.parametrize(
    ("asked", "width"),
    [
        ("", 1200),
        ("?width=800", 800),
        ("?width=1", 600),
        ("?width=99999", 2400),
        ("?width=-5", 1200),
        ("?width=x", 1200),
    ],
)
def test_picture_has_the_width_that_is_asked_for_within_bounds(client, asked, width):
    assert drawn(client, asked).get("width") == str(width)


def test_png_is_the_same_picture(client, three):
    image = Image.open(io.BytesIO(client.get("/map/map.png?width=600").content))
    root = drawn(client, "?width=600")
    assert (image.format, *map(str, image.size)) == ("PNG", root.get("width"), root.get("height"))
    assert image.convert("RGB").getpixel((1, 1)) == (255, 255, 255)
    assert {(0x96, 0xBF, 0xDB), (0xEC, 0xEF, 0xF1)} <= {
        colour for _n, colour in image.convert("RGB").getcolors(1 << 24)
    }


def ink(client, query: str) -> int:
    """How many dark pixels are in the lines above the map."""
    image = Image.open(io.BytesIO(client.get(f"/map/map.png?width=600&{query}").content)).convert("L")
    return sum(image.crop((0, 60, 600, 80)).histogram()[:128])


@pytest.mark.parametrize("word", ["طيف", "спектр", "φάσμα"])
def test_png_has_letters_of_its_own(client, word):
    assert ink(client, f"q={word}") != ink(client, f"q={'□' * len(word)}")
    assert in_known_letters(word) == word


def test_png_leaves_out_what_it_has_no_letters_for(client):
    assert in_known_letters("Words: 网络 5G, “x” 😀") == "Words: … 5G, “x” …"
    assert ink(client, "q=网络") == ink(client, "q=電波")
    assert "网络" in words(drawn(client, "?q=网络"))


def test_arabic_letters_name_their_font():
    assert set_in_type("a طيف <b>") == 'a <tspan class="arabic">طيف</tspan> &lt;b&gt;'


def test_lines_break_where_the_room_ends():
    lines = broken("one two three four five six", size=10, room=60, most=3)
    assert lines == ["one two", "three four", "five six"]
    assert broken("one two three four five six", size=10, room=60, most=2) == ["one two", "three four …"]
    assert all(extent(line, 10) <= 60 for line in broken("x" * 95, size=10, room=60, most=99))


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_picture_is_kept_by_anybody_and_asked_again(client, three, kind):
    address = f"/map/map.{kind}?width=600"
    response = client.get(address)
    assert response["Cache-Control"] == KEPT
    assert "Cookie" not in response.get("Vary", "") and not response.cookies
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_initiative(countries=["SN"])
    changed = client.get(address, headers={"if-none-match": response["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != response["ETag"]


@pytest.mark.parametrize(("kind", "type_"), [("svg", "image/svg+xml; charset=utf-8"), ("png", "image/png")])
def test_picture_can_do_nothing_but_be_seen(client, three, kind, type_):
    response = client.get(f"/map/map.{kind}?theme=spectrum&country=KE")
    assert response["Content-Type"] == type_
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert response["Content-Disposition"].startswith('inline; filename="reg4covid-map-ke-spectrum-20')
    assert response["Content-Disposition"].endswith(f'.{kind}"')


def test_hostile_words_stay_words_in_the_picture(client):
    for payload in sample(40, "xss", "html_sanitizer_pair"):
        root = ElementTree.fromstring(client.get("/map/map.svg", {"q": payload}).content)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "style", "path", "defs", "pattern", "g", "text", "tspan", "rect"}
        assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)


@pytest.mark.parametrize("query", ["?q=%00", "?q=%ff", "?q=%ed%a0%80", "?width=%00", "?q=" + "w" * 5000, "?width=٣"])
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_picture_bears_broken_input(client, kind, query):
    assert client.get(f"/map/map.{kind}{query}").status_code == 200


def test_png_is_drawn_no_more_often_than_a_person_asks(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"export": "1/m/ip"}
    assert client.get("/map/map.png?width=601").status_code == 200
    refused = client.get("/map/map.png?width=602")
    assert refused.status_code == 429 and refused["Retry-After"] == "60"
    assert "public" not in refused.get("Cache-Control", "")
    assert client.head("/map/map.png?width=603").status_code == 200


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_picture_is_only_read(client, kind):
    assert client.post(f"/map/map.{kind}").status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_picture_takes_the_same_queries_at_any_length(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative()
    with django_assert_num_queries(PICTURE_QUERIES):
        client.get("/map/map.svg")


def test_an_address_stays_whole_and_within_the_picture():
    """What was looked for in other letters makes it long: it goes on in the next line, without a space."""
    address = "https://portal.example/map/?q=%D8%B7%D9%8A%D9%81+%E7%BD%91%E7%BB%9C" + "%D9%8A" * 6
    lines = broken(f"Source: The Portal, {address}, today.", size=12.5, room=552, most=3)
    assert "".join(lines).replace(" ", "") == f"Source:ThePortal,{address},today."
    assert all(extent(line, 12.5) <= 552 for line in lines)
    lines = broken(address * 2, size=12.5, room=552, most=1)
    assert lines[0].endswith(" …") and extent(lines[0], 12.5) <= 552 + 24  # the margin


def test_head_of_a_png_claims_no_length(client):
    head, whole = client.head("/map/map.png"), client.get("/map/map.png")
    assert "Content-Length" not in head
    same = ("ETag", "Content-Type", "Content-Disposition", "Content-Security-Policy", "Cache-Control")
    assert [head[name] for name in same] == [whole[name] for name in same]
