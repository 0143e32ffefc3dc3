"""Convert the borders of the npm package ``world-atlas`` (Natural Earth, 1:110m) to the file that the package ships.

The result is under version control; run this only to bring it up to date::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_borders.py package/countries-110m.json

TopoJSON stores each stretch of border once, as steps on a grid, and countries as lists of such arcs; here every
country gets its own rings, in degrees with two decimals (about a kilometre: finer than the 1:110m source is).
Rings keep the source's direction, clockwise outside, as d3-geo and Vega expect it.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

from worldstage.reference.tables import states

TARGET = Path("src/worldstage/reference/data/borders.geojson.gz")
# Natural Earth gives these no ISO number; the codes are those of countries.csv.
UNNUMBERED = {"Kosovo": "XKX", "N. Cyprus": "NCY", "Somaliland": "SML"}
DECIMALS = 2
# Points of a closed triangle; the source holds a few rings that its own grid has shrunk to a point.
SMALLEST = 4


def arcs_of(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The arcs of a quantised topology, in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round(x * sx + tx, DECIMALS), round(y * sy + ty, DECIMALS)))
        out.append(points)
    return out


def ring(indices: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """One closed ring from its arcs; a negative index is an arc run backwards."""
    points: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(p for p in arc if not points or p != points[-1])
    return points


def features(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """One GeoJSON feature per country, by name; Antarctica is left out."""
    arcs = arcs_of(topology)
    codes = {row["isonum"]: row["code"] for row in states() if row["isonum"] and row["kind"] != "former"}
    out = []
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name == "Antarctica":
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = [[r for r in (ring(arc, arcs) for arc in polygon) if len(r) >= SMALLEST] for polygon in polygons]
        code = codes[shape["id"]] if shape.get("id") in codes else UNNUMBERED[name]
        geometry = {"type": "MultiPolygon", "coordinates": [r for r in rings if r]}
        out.append({"type": "Feature", "properties": {"code": code, "name": name}, "geometry": geometry})
    return sorted(out, key=lambda f: f["properties"]["name"])


def main() -> None:
    """Read the file named on the command line, write `TARGET`."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    collection = {"type": "FeatureCollection", "features": features(topology)}
    # A fixed time stamp keeps the file the same from run to run.
    packed = gzip.compress(json.dumps(collection, separators=(",", ":")).encode(), mtime=0)
    TARGET.write_bytes(packed)
    sys.stdout.write(f"{TARGET}: {len(collection['features'])} countries, {len(packed):,} bytes\n")


if __name__ == "__main__":
    main()
