"""The borders of states for maps: Natural Earth, 1:110m, public domain."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

CREDIT = "Borders: Natural Earth (public domain), 1:110m."
CAUTION = (
    "Borders are drawn as Natural Earth holds them, disputed ones (Crimea, the Golan Heights, Western Sahara, "
    "Kashmir and others) included. They imply no judgement about whose any territory is."
)


@cache
def borders() -> Mapping[str, Any]:
    """A GeoJSON feature collection of countries, without Antarctica.

    Each feature has the properties ``code`` (as in the table of countries) and ``name``. Coordinates are degrees east
    and north. Outer rings run clockwise, as d3-geo and Vega expect and contrary to RFC 7946.
    """
    packed = files("worldstage.reference").joinpath("data", "borders.geojson.gz").read_bytes()
    collection: dict[str, Any] = json.loads(gzip.decompress(packed))
    return collection
