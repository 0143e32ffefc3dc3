"""Two map projections and what part of the world they show.

Equal Earth for the whole world (areas compare fairly), Mercator for a region (shapes look as people know them). The
formulas are d3-geo's, so that labels placed here fall where Vega draws.

References
----------
Šavrič, Patterson and Jenny (2019), The Equal Earth map projection, International Journal of Geographical Information
Science 33(3); polynomial coefficients as in d3-geo. Not consulted itself; checked against Vega's drawing in the tests.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2
# West, south, east and north beyond which nothing is shown: Antarctica, and where Mercator blows up.
_WORLD = (-180.0, -58.0, 180.0, 84.0)
_POLE = 72.0
_MERCATOR = (-180.0, -_POLE, 180.0, _POLE)
# At least so many degrees are shown, and so large a part of the whole is left around.
_LEAST, _MARGIN = 24.0, 0.12
# Wider than this, in degrees of longitude, Mercator misleads.
_REGIONAL = 120.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A projection fitted to a drawing: `scale` and `translate` as Vega takes them."""

    kind: str
    scale: float
    translate: tuple[float, float]
    width: int
    height: int

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place falls, in pixels from the upper left."""
        x, y = _project(self.kind, lon, lat)
        return self.translate[0] + self.scale * x, self.translate[1] - self.scale * y


def frame(points: Sequence[tuple[float, float]], *, width: int, tallest: int) -> Frame:
    """The frame for places given as (longitude, latitude): their region, or the world if they are spread over it.

    Parameters
    ----------
    tallest
        The greatest height that the drawing may have, in pixels.
    """
    west, south = min(x for x, _ in points), min(y for _, y in points)
    east, north = max(x for x, _ in points), max(y for _, y in points)
    kind = "equalEarth" if east - west > _REGIONAL or south < -_POLE or north > _POLE else "mercator"
    (west, east), (south, north) = _padded(west, east), _padded(south, north)
    edges = _WORLD if kind == "equalEarth" else _MERCATOR
    west, south, east, north = max(west, edges[0]), max(south, edges[1]), min(east, edges[2]), min(north, edges[3])
    return _fitted(kind, west, south, east, north, width=width, tallest=tallest)


def _padded(low: float, high: float) -> tuple[float, float]:
    pad = max((high - low) * _MARGIN, (_LEAST - (high - low)) / 2)
    return low - pad, high + pad


def _fitted(kind: str, west: float, south: float, east: float, north: float, *, width: int, tallest: int) -> Frame:
    # Meridians bend in Equal Earth: the widest parallel is the one nearest to the equator, or farthest from it.
    parallels = (south, max(south, min(0.0, north)), north)
    left = min(_project(kind, west, lat)[0] for lat in parallels)
    right = max(_project(kind, east, lat)[0] for lat in parallels)
    (_, bottom), (_, top) = _project(kind, west, south), _project(kind, west, north)
    scale = min(width / (right - left), tallest / (top - bottom))
    height = round(min(tallest, max(scale * (top - bottom), width * 0.4)))
    translate = width / 2 - scale * (left + right) / 2, height / 2 + scale * (top + bottom) / 2
    return Frame(kind, scale, translate, width, height)


def _project(kind: str, lon: float, lat: float) -> tuple[float, float]:
    """Unscaled coordinates, y upwards."""
    x, phi = math.radians(lon), math.radians(lat)
    if kind == "mercator":
        return x, math.log(math.tan(math.pi / 4 + phi / 2))
    theta = math.asin(_M * math.sin(phi))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    a1, a2, a3, a4 = _A
    across = x * math.cos(theta) / (_M * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)))
    return across, theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
