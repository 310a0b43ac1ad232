"""Make the portal's two map files from the UN boundaries: see README.md beside this file.

Standard library only, and mapshaper (npm) for what needs a topology: dissolving and simplifying.
"""

import csv
import itertools
import json
import math
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = HERE / "build"
MAPSHAPER = HERE / "node_modules" / ".bin" / "mapshaper"
SOURCE = HERE / "un-boundaries.topo.json"
COUNTRIES = ROOT / "countries" / "data" / "countries.csv"
CLIENT_FILE = ROOT / "static" / "map" / "world.topo.json"
SERVER_FILE = ROOT / "countrymap" / "data" / "world_paths.json"

MIDDLE = 11  # degrees east: the sheet's edge then runs through the Bering Strait and cuts no country
EDGE = MIDDLE - 180
WIDTH = 1000  # of the sheet, in its own units
SHEET_END = -57  # degrees north where the usual sheet ends; only Antarctica lies beyond
SMALL = 15  # square units, about 18,000 km²: a country whose largest part is smaller also gets a symbol
CLIENT_DETAIL, CLIENT_STEPS = "18%", 6000
SERVER_DETAIL, SERVER_SCALE, SERVER_ISLAND = "6%", 1.5, 1.2  # share of points kept; steps per unit; square units

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796  # Equal Earth (Šavrič, Patterson and Jenny, 2018)


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Equal Earth of a point in degrees, on the unit sphere, x east of the middle and y north."""
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2, t6 = t * t, t**6
    lean = math.sqrt(3) * (9 * A4 * t6 * t2 + 7 * A3 * t6 + 3 * A2 * t2 + A1) / 2
    return math.radians(longitude - MIDDLE) * math.cos(t) / lean, t * (A4 * t6 * t2 + A3 * t6 + A2 * t2 + A1)


HALF_WIDTH = equal_earth(MIDDLE + 180, 0)[0]
TOP = equal_earth(0, 84)[1]
UNIT = 2 * HALF_WIDTH / WIDTH


def on_sheet(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point lies on the sheet: x from the start edge, y downwards."""
    x, y = equal_earth(longitude, latitude)
    return (x + HALF_WIDTH) / UNIT, (TOP - y) / UNIT


def decoded_arcs(topology: dict) -> list[list[tuple[float, float]]]:
    """The arcs of a quantised topology in its own units: degrees in the source, sheet units after projection."""
    (step_x, step_y), (left, top) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        walked = itertools.accumulate(deltas, lambda at, step: (at[0] + step[0], at[1] + step[1]))
        arcs.append([(left + x * step_x, top + y * step_y) for x, y in walked])
    return arcs


def unbroken(arc: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """An arc whose points west of the sheet's edge stand at the sheet's other end, where Chukotka and Fiji go on.

    Two things stay where they are: the islands that lie across the edge, and Antarctica, which lies all around.
    """
    xs = [x for x, _ in arc]
    if min(xs) < EDGE < max(xs) < EDGE + 180:
        return arc
    return [(x + 360 if x < EDGE and y > -60 else x, y) for x, y in arc]


def projected(topology: dict, codes: dict[str, str]) -> dict:
    """The topology on the sheet, with ISO alpha-2 codes as ids (the UN's own codes where ISO has none)."""
    arcs = [[on_sheet(x, y) for x, y in unbroken(arc)] for arc in decoded_arcs(topology)]
    shapes = [
        {"type": g["type"], "arcs": g["arcs"], "properties": {"code": codes.get(g["id"], g["id"])}}
        for g in topology["objects"]["countries"]["geometries"]
    ]
    layer = {"type": "GeometryCollection", "geometries": shapes}
    return {"type": "Topology", "arcs": arcs, "objects": {"countries": layer}}


def simplified(detail: str, steps: int) -> dict:
    """Simplify, join the parts of each code (this order: the other loses Pitcairn), quantise."""
    out = BUILD / "simplified.json"
    load = [MAPSHAPER, BUILD / "projected.json"]
    thin = ["-simplify", detail, "weighted", "keep-shapes", "-dissolve", "code"]
    save = ["-o", out, "force", "format=topojson", f"quantization={steps}", "id-field=code"]
    subprocess.run([*load, *thin, *save], check=True)
    return json.loads(out.read_text())


def decoded(topology: dict) -> dict[str, list[list[tuple[float, float]]]]:
    """The rings of each code, on the sheet."""
    arcs = decoded_arcs(topology)
    return {shape["id"]: [ring_of(ring, arcs) for ring in rings_of(shape)] for shape in shapes_of(topology)}


def shapes_of(topology: dict) -> list[dict]:
    """The shapes of the topology's only layer, by code."""
    (layer,) = topology["objects"].values()
    return sorted(layer["geometries"], key=lambda shape: shape["id"])


def rings_of(shape: dict) -> list[list[int]]:
    """A shape's rings as lists of arc numbers, holes with the rest (even-odd filling tells them apart)."""
    return shape["arcs"] if shape["type"] == "Polygon" else [ring for part in shape["arcs"] for ring in part]


def ring_of(numbers: list[int], arcs: list) -> list[tuple[float, float]]:
    """A ring's points, the first not repeated. A negative number is an arc walked backwards."""
    points = []
    for number in numbers:
        points += (arcs[number] if number >= 0 else arcs[~number][::-1])[:-1]
    return points


def area(ring: list[tuple[float, float]]) -> float:
    """Of a ring, in square units, whichever way it turns."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def path(rings: list[list[tuple[float, float]]]) -> str:
    """An SVG path of whole numbers, relative within each ring; rings too small to see are left out."""
    largest = max(map(area, rings))
    seen = [stepped(ring) for ring in rings if area(ring) >= min(largest, SERVER_ISLAND)]
    return "".join(ring_path(points) for points in seen if len(points) > 2)


def ring_path(points: list[tuple[int, int]]) -> str:
    """One closed ring: where it begins, then the way from point to point."""
    way = [v for (x1, y1), (x2, y2) in itertools.pairwise(points) for v in (x2 - x1, y2 - y1)]
    return f"M{join(points[0])}l{join(way)}z"


def stepped(ring: list[tuple[float, float]]) -> list[tuple[int, int]]:
    """A ring on the grid of the server's picture, without points that stay in place."""
    points = [(round(x * SERVER_SCALE), round(y * SERVER_SCALE)) for x, y in ring]
    return [point for i, point in enumerate(points) if point != points[i - 1]]


def join(numbers) -> str:
    """Whole numbers as SVG reads them with the fewest signs: a minus also separates."""
    return " ".join(map(str, numbers)).replace(" -", "-")


def points_of(rows: list[dict]) -> dict[str, tuple[float, float]]:
    """Where each country's or territory's symbol stands on the sheet."""
    points = {}
    for row in rows:
        longitude = float(row["longitude"])
        points[row["iso2"]] = on_sheet(longitude + (360 if longitude < EDGE else 0), float(row["latitude"]))
    return points


def write(file: Path, value: dict) -> None:
    """One line, no spaces: the files are for machines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n")


def client_file(topology: dict, symbols: dict[str, tuple[float, float]]) -> dict:
    """TopoJSON with two layers: the shapes, and a point for what is too small to hit or has no shape."""
    (step_x, step_y), (left, top) = topology["transform"]["scale"], topology["transform"]["translate"]
    shapes = [{"type": s["type"], "id": s["id"], "arcs": s["arcs"]} for s in shapes_of(topology)]
    points = [
        {"type": "Point", "id": code, "coordinates": [round((x - left) / step_x), round((y - top) / step_y)]}
        for code, (x, y) in symbols.items()
    ]
    layers = {"countries": shapes, "symbols": points}
    objects = {name: {"type": "GeometryCollection", "geometries": items} for name, items in layers.items()}
    transform = {"scale": [round(step_x, 8), round(step_y, 8)], "translate": [round(left, 4), round(top, 4)]}
    sheet = [0, 0, WIDTH, round(on_sheet(0, SHEET_END)[1])]
    return {"type": "Topology", "sheet": sheet, "transform": transform, "objects": objects, "arcs": topology["arcs"]}


def server_file(rings: dict, symbols: dict[str, tuple[float, float]]) -> dict:
    """What countrymap.drawing draws: paths by code, symbols by code, and the size of the sheet in steps."""
    lowest = max(y for shape in rings.values() for ring in shape for _, y in ring)
    return {
        "width": round(WIDTH * SERVER_SCALE),
        "height": round(on_sheet(0, SHEET_END)[1] * SERVER_SCALE),
        "whole_height": round(lowest * SERVER_SCALE) + 2,
        "paths": {code: drawn for code, shape in rings.items() if (drawn := path(shape))},
        "symbols": {code: [round(x * SERVER_SCALE), round(y * SERVER_SCALE)] for code, (x, y) in symbols.items()},
    }


def main() -> None:
    """Read the source, write both files."""
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    BUILD.mkdir(exist_ok=True)
    write(BUILD / "projected.json", projected(json.loads(SOURCE.read_text()), {r["iso3"]: r["iso2"] for r in rows}))
    fine = simplified(CLIENT_DETAIL, CLIENT_STEPS)
    rings = decoded(fine)
    points = points_of(rows)
    symbols = {c: p for c, p in points.items() if c not in rings or max(map(area, rings[c])) < SMALL}
    write(CLIENT_FILE, client_file(fine, symbols))
    write(SERVER_FILE, server_file(decoded(simplified(SERVER_DETAIL, 20_000)), symbols))


if __name__ == "__main__":
    main()
