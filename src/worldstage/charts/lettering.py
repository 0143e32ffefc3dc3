"""Putting names beside points on a map so that they do not lie upon each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LETTER, _LINE, _GAP = 6.4, 13.0, 3.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A point to be named: its place in pixels, its radius, and the name."""

    x: float
    y: float
    radius: float
    name: str


@dataclass(frozen=True, slots=True)
class Lettered:
    """Where the name of a spot goes; `align` as in SVG."""

    x: float
    y: float
    align: str
    name: str


def letter(spots: Sequence[Spot], *, width: float, height: float, most: int = 24) -> list[Lettered]:
    """Names for as many spots as find room, the first ones first.

    Each name tries the right of its point, the left, above and below, and is left out where it would lie on another
    name, on a point, or over the edge.
    """
    taken = [(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]
    out: list[Lettered] = []
    for i, spot in enumerate(spots):
        if len(out) == most:
            break
        others = taken[:i] + taken[i + 1 :]
        for x, y, align in _positions(spot):
            box = _box(x, y, align, spot.name)
            inside = box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            if inside and not any(_overlap(box, other) for other in others):
                out.append(Lettered(x, y, align, spot.name))
                taken.append(box)
                break
    return out


def _positions(s: Spot) -> list[tuple[float, float, str]]:
    away = s.radius + _GAP
    return [
        (s.x + away, s.y, "left"), (s.x - away, s.y, "right"),
        (s.x, s.y - away - _LINE / 2, "center"), (s.x, s.y + away + _LINE / 2, "center"),
    ]  # fmt: skip


def _box(x: float, y: float, align: str, name: str) -> tuple[float, float, float, float]:
    wide = _LETTER * len(name)
    left = x if align == "left" else x - wide if align == "right" else x - wide / 2
    return left, y - _LINE / 2, left + wide, y + _LINE / 2


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
