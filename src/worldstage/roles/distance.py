"""How far states are from a place or from each other: great circles, outlines, shared borders."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from worldstage.reference.borders import borders
from worldstage.reference.places import Gazetteer

Array = NDArray[np.float64]

EARTH_KM = 6371.0
# The outlines have a vertex every hundred kilometres or so: points are put between them.
_STEP_KM = 20.0


def great_circle(one: Array, two: Array) -> Array:
    """Kilometres between points on the globe, all of the one with all of the other.

    Parameters
    ----------
    one, two
        Latitude and longitude in degrees, shapes ``(n, 2)`` and ``(m, 2)``.

    Returns
    -------
    Array
        Shape ``(n, m)``.
    """
    a, b = np.radians(one)[:, None, :], np.radians(two)[None, :, :]
    half = np.sin((b - a) / 2) ** 2
    arc = half[..., 0] + np.cos(a[..., 0]) * np.cos(b[..., 0]) * half[..., 1]
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(arc, 0.0, 1.0))))


@cache
def _rings() -> dict[str, tuple[Array, ...]]:
    """Code → rings of its outline, each of shape ``(points, 2)``, latitude first."""
    out: dict[str, tuple[Array, ...]] = {}
    for feature in borders()["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings = tuple(np.array(ring, dtype=float)[:, ::-1] for part in parts for ring in part)
        out[feature["properties"]["code"]] = out.get(feature["properties"]["code"], ()) + rings
    return out


@cache
def outline(code: str) -> Array:
    """Points along the outline of a state, at most 20 km apart; its capital where the map lacks it; may be empty.

    Returns
    -------
    Array
        Latitude and longitude, shape ``(points, 2)``.
    """
    rings = _rings().get(code)
    if rings is None:
        here = capital(code)
        return np.array([here]) if here else np.zeros((0, 2))
    return np.concatenate([_dense(ring) for ring in rings])


def _dense(ring: Array) -> Array:
    pieces = []
    for start, end in itertools.pairwise(ring):
        # A step across the date line is no border.
        if abs(end[1] - start[1]) > 180:
            pieces.append(start[None, :])
            continue
        long = float(great_circle(start[None, :], end[None, :])[0, 0])
        share = np.arange(max(1, int(np.ceil(long / _STEP_KM)))) / max(1, int(np.ceil(long / _STEP_KM)))
        pieces.append(start + share[:, None] * (end - start))
    return np.concatenate(pieces) if pieces else ring


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer()


@cache
def capital(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of a state's capital, where they are known."""
    spot = _gazetteer().capital(code)
    return (spot.lat, spot.lon) if spot and spot.lat is not None and spot.lon is not None else None


def holds(code: str, point: Sequence[float]) -> bool:
    """Whether a point (latitude, longitude) lies inside the outline of a state."""
    lat, lon = point
    inside = False
    for ring in _rings().get(code, ()):
        y, x = ring[:-1, 0], ring[:-1, 1]
        y2, x2 = ring[1:, 0], ring[1:, 1]
        across = (y > lat) != (y2 > lat)
        with np.errstate(divide="ignore", invalid="ignore"):
            hits = across & (lon < (x2 - x) * (lat - y) / (y2 - y) + x)
        inside ^= bool(hits.sum() % 2)
    return inside


def from_border(code: str, points: Array) -> float | None:
    """Kilometres from a state's border to the nearest of some points; 0 where one lies inside; None if unknown."""
    line = outline(code)
    if not len(line) or not len(points):
        return None
    if len(points) <= _FEW and any(holds(code, p) for p in points):
        return 0.0
    return float(min(great_circle(line, block).min() for block in _blocks(points)))


_FEW = 200


def _blocks(points: Array) -> Iterator[Array]:
    """Points in parts, so that the table of distances stays small."""
    for start in range(0, len(points), _FEW):
        yield points[start : start + _FEW]


def from_capital(code: str, points: Array) -> float | None:
    """Kilometres from a state's capital to the nearest of some points; None if unknown."""
    here = capital(code)
    if here is None or not len(points):
        return None
    return float(great_circle(np.array([here]), points).min())


@cache
def neighbours(code: str) -> frozenset[str]:
    """The states that share a land border with a state, as the map of 1:110m draws them."""
    mine = _corners().get(code, frozenset())
    return frozenset(other for other, theirs in _corners().items() if other != code and len(mine & theirs) > 1)


@cache
def _corners() -> dict[str, frozenset[tuple[float, float]]]:
    return {code: frozenset((p[0], p[1]) for ring in rings for p in ring.tolist()) for code, rings in _rings().items()}
