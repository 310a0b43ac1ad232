import gzip
from xml.etree import ElementTree

import pytest

from countrymap.drawing import Link, world_svg
from countrymap.shapes import world

SVG = "{http://www.w3.org/2000/svg}"
LAUNCH = {code: 1 + number % 7 for number, code in enumerate(sorted(c for c in world().paths if len(c) == 2)[::2])}


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_picture_is_one_image_with_a_name():
    root = parsed(world_svg({"KE": 4}, label="Map & words"))
    assert (root.get("role"), root.get("aria-label")) == ("img", "Map & words")
    assert not list(root.iter(f"{SVG}a"))


def test_picture_is_light():
    assert len(gzip.compress(world_svg(LAUNCH, label="Map").encode())) <= 30_000


def test_picture_has_no_inline_style():
    svg = world_svg(LAUNCH, label="Map")
    assert "style=" not in svg
    assert "<style" not in svg


def test_classes_colour_the_shapes():
    paths = {path.get("class"): path for path in parsed(world_svg({"KE": 4, "UG": 1}, label="Map")).iter(f"{SVG}path")}
    assert paths["map-4"].get("d") == world().paths["KE"]
    assert paths["map-4"].get("fill") == "var(--map-4,#2a74a6)"
    assert paths["map-1"].get("d") == world().paths["UG"]
    assert world().paths["KE"] not in paths["map-0"].get("d")


def test_areas_of_unsettled_status_are_hatched():
    hatched = [
        path for path in parsed(world_svg({}, label="Map")).iter(f"{SVG}path") if "hatch" in path.get("fill", "")
    ]
    assert [path.get("d") for path in hatched] == ["".join(world().uncounted)]
    assert len(world().uncounted) == 5


def test_linked_drawing_names_each_country():
    links = {"KE": Link("/countries/KE/", "Kenya: 4 initiatives"), "SG": Link("/countries/SG/", "<Singapore>")}
    root = parsed(world_svg({"KE": 4, "SG": 1}, label="Map", links=links))
    found = {a.get("href"): a.find(f"{SVG}title").text for a in root.iter(f"{SVG}a")}
    assert found == {"/countries/KE/": "Kenya: 4 initiatives", "/countries/SG/": "<Singapore>"}
    assert root.get("role") == "group"


@pytest.mark.parametrize("code", ["SG", "VA"])
def test_what_is_too_small_to_hit_has_a_symbol(code):
    root = parsed(world_svg({code: 2}, label="Map", links={code: Link("/x/", "x")}))
    (symbol,) = [path for path in root.iter(f"{SVG}path") if path.get("class") == "symbol map-2"]
    assert symbol.get("d") == "M{} {}h0".format(*world().symbols[code])


def test_antarctica_shows_when_it_is_counted():
    without, shown = parsed(world_svg({}, label="Map")), parsed(world_svg({"AQ": 1}, label="Map"))
    assert without.get("viewBox") == f"0 0 {world().width} {world().height}"
    assert shown.get("viewBox") == f"0 0 {world().width} {world().whole_height}"
    assert world().paths["AQ"] in {path.get("d") for path in shown.iter(f"{SVG}path")}


def test_small_ones_without_any_have_a_symbol_too():
    (empty,) = [
        p for p in parsed(world_svg({"SG": 2}, label="Map")).iter(f"{SVG}path") if p.get("class") == "symbol map-0"
    ]
    places = {"M{} {}h0".format(*at) for code, at in world().symbols.items() if code != "SG"}
    assert all(place in empty.get("d") for place in places)
    assert "M{} {}h0".format(*world().symbols["SG"]) not in empty.get("d")


def test_links_reach_further_than_a_symbol():
    links = {"KE": Link("/k/", "Kenya"), "SG": Link("/s/", "Singapore")}
    root = parsed(world_svg({"KE": 1, "SG": 1}, label="Map", links=links))
    reach = {
        a.get("href"): [p.get("stroke-width") for p in a if p.get("class") == "reach"] for a in root.iter(f"{SVG}a")
    }
    assert reach == {"/k/": [], "/s/": ["24"]}


def test_links_open_in_a_tab_of_their_own_where_asked_for():
    links = {"KE": Link("/k/", "Kenya")}
    (link,) = parsed(world_svg({"KE": 1}, label="Map", links=links, new_tab=True)).iter(f"{SVG}a")
    assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")


@pytest.mark.parametrize("linked", [True, False])
def test_symbols_lie_above_all_shapes(linked):
    """Those of none too, but below those that have any."""
    names = {code: Link(f"/{code}/", code) for code in LAUNCH}
    root = parsed(world_svg(LAUNCH, label="Map", links=names if linked else None))
    kinds = [path.get("class") or "hatch" for path in root.iter(f"{SVG}path") if path.get("d") != "M0 0v7"]
    first = next(number for number, kind in enumerate(kinds) if kind.startswith(("symbol", "reach")))
    assert not [kind for kind in kinds[first:] if not kind.startswith(("symbol", "reach"))]
    classes = [kind for kind in kinds if kind.startswith("symbol map-")]
    assert "symbol map-0" not in classes[classes.count("symbol map-0") :]


def test_symbols_of_none_say_so_and_lead_to_the_country():
    links = {"KE": Link("/k/", "Kenya"), "SG": Link("/s/", "Singapore: none recorded")}
    root = parsed(world_svg({"KE": 1}, label="Map", links=links))
    (link,) = [a for a in root.iter(f"{SVG}a") if a.get("href") == "/s/"]
    assert link.find(f"{SVG}title").text == "Singapore: none recorded"
    assert [path.get("class") for path in link.iter(f"{SVG}path")] == ["symbol-edge", "symbol map-0"]
