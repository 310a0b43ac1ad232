"""The committed map files: every country drawn, light enough, on the projection that they claim."""

import gzip
import json
import math
import re

import brotli
import pytest
from django.conf import settings

from countries.services import read_source
from countrymap.shapes import SOURCE, world

CLIENT_FILE = settings.BASE_DIR / "static" / "map" / "world.topo.json"
COUNTRIES = {country.iso2: country for country in read_source()}
UNCOUNTED = {"XAC", "XAP", "XBT", "XHT", "XJK"}
WITHOUT_SHAPE = {"IO", "SM", "UM", "VA", "WF"}


@pytest.fixture(scope="module")
def topology() -> dict:
    return json.loads(CLIENT_FILE.read_text())


def ids(topology: dict, layer: str) -> set[str]:
    return {shape["id"] for shape in topology["objects"][layer]["geometries"]}


def rings(path: str) -> list[list[tuple[int, int]]]:
    """The corners of an SVG path as the files write it: `M x y l dx dy … z`, again and again."""
    found = []
    for ring in path.split("z")[:-1]:
        start, steps = ring.removeprefix("M").split("l")
        x, y = numbers(start)
        corners = [(x, y)]
        for dx, dy in zip(*[iter(numbers(steps))] * 2, strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        found.append(corners)
    return found


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"-?\d+", text)]


def contains(path: str, x: float, y: float) -> bool:
    """Whether a point lies in the path, by even-odd rule."""
    inside = False
    for corners in rings(path):
        for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Equal Earth on the server's sheet, from the paper's formula (11° east in the middle, 84° north on top)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796

    def plane(degrees_east: float, degrees_north: float) -> tuple[float, float]:
        t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(degrees_north)))
        slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
        x = 2 * math.sqrt(3) * math.radians(degrees_east) * math.cos(t) / (3 * slope)
        return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t

    half = plane(180, 0)[0]
    unit = 2 * half / world().width
    x, y = plane(longitude - 11, latitude)
    return (x + half) / unit, (plane(0, 84)[1] - y) / unit


def test_client_file_has_every_country_and_the_unsettled_areas(topology):
    assert ids(topology, "countries") == (set(COUNTRIES) - WITHOUT_SHAPE) | UNCOUNTED
    assert ids(topology, "symbols") >= WITHOUT_SHAPE
    assert ids(topology, "countries") | ids(topology, "symbols") == set(COUNTRIES) | UNCOUNTED


def test_client_file_draws_every_shape(topology):
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        assert all(any(topology["arcs"][n if n >= 0 else ~n] for n in polygon[0]) for polygon in polygons), shape["id"]


def test_server_file_has_every_country_and_the_unsettled_areas():
    assert set(world().paths) | set(world().symbols) == set(COUNTRIES) | UNCOUNTED
    assert not UNCOUNTED & set(world().symbols)


def test_both_files_have_the_same_symbols(topology):
    assert ids(topology, "symbols") == set(world().symbols)


def test_client_file_is_at_most_60_kb_compressed():
    assert len(gzip.compress(CLIENT_FILE.read_bytes())) <= 60_000
    assert len(brotli.compress(CLIENT_FILE.read_bytes())) <= 60_000


def test_server_file_is_at_most_30_kb_compressed():
    assert len(gzip.compress(SOURCE.read_bytes())) <= 30_000


@pytest.mark.parametrize("iso2", ["KE", "BR", "CN", "US", "AU", "RU", "ZA", "DE", "KZ", "BO"])
def test_shapes_are_in_equal_earth(iso2):
    country = COUNTRIES[iso2]
    assert contains(world().paths[iso2], *equal_earth(country.longitude, country.latitude))


@pytest.mark.parametrize("iso2", ["SG", "BB", "VA", "LI", "MU"])
def test_symbols_are_in_equal_earth(iso2):
    country = COUNTRIES[iso2]
    expected = equal_earth(country.longitude, country.latitude)
    assert world().symbols[iso2] == [pytest.approx(place, abs=1) for place in expected]


@pytest.mark.parametrize(("iso2", "widest"), [("RU", 0.55), ("FJ", 0.02), ("NZ", 0.12)])
def test_no_country_is_torn_at_the_antimeridian(iso2, widest):
    xs = [x for ring in rings(world().paths[iso2]) for x, _ in ring]
    assert max(xs) - min(xs) < widest * world().width


def test_everything_lies_on_the_sheet():
    places = [at for path in world().paths.values() for ring in rings(path) for at in ring]
    places += list(map(tuple, world().symbols.values()))
    assert all(0 <= x <= world().width and 0 <= y <= world().whole_height for x, y in places)
