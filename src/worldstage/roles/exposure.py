"""Which states are exposed to a threat: how near it is, whom it has attacked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from worldstage.roles.distance import Array, from_border, from_capital, neighbours, outline


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack by the threat.

    Attributes
    ----------
    place
        Code of the country in which it happened; None where that is not known.
    hit
        Codes of the states whose people or bodies it hit.
    deaths
        At least so many; 0 where nothing is reported.
    named
        Whether the threat is told to have done it; else nobody is, in a report that names the threat.
    """

    event: str
    place: str | None
    hit: frozenset[str]
    deaths: int = 0
    named: bool = True


@dataclass(frozen=True, slots=True)
class Base:
    """Where the threat stands: countries as a whole, and single places (latitude, longitude)."""

    countries: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()

    def spread(self) -> Array:
        """All points to measure from, shape ``(points, 2)``."""
        parts = [outline(c) for c in self.countries]
        if self.points:
            parts.append(np.array(self.points, dtype=float))
        return np.concatenate(parts) if parts else np.zeros((0, 2))


@dataclass(frozen=True, slots=True)
class Exposed:
    """One state.

    Attributes
    ----------
    border_km, capital_km
        From its nearest border, and from its capital, to where the threat stands; None where a place is not known.
    contiguity
        ``host`` (the threat stands there), ``neighbour`` (of a host), or empty.
    attacks
        Attacks on its soil or on its people; `soil` and `abroad` (its people hit outside it, or nobody knows where)
        add up to it.
    deaths
        At least so many, in these attacks, of whatever nationality.
    possible
        Attacks on its soil by attackers that nobody names, in reports that name the threat; not among `attacks`.
    """

    code: str
    border_km: float | None
    capital_km: float | None
    contiguity: str
    attacks: int
    soil: int
    abroad: int
    deaths: int
    possible: int
    events: tuple[str, ...]


def exposed(
    states: Iterable[str], base: Base, attacks: Sequence[Attack], *, hosts: frozenset[str] = frozenset()
) -> list[Exposed]:
    """The states, the most exposed first: by attacks, possible attacks, then hosts, neighbours, others by distance.

    Parameters
    ----------
    hosts
        The countries in which the threat's places lie, next to those of `base`.
    """
    points = base.spread()
    hosts = hosts | frozenset(base.countries)
    near = frozenset(n for h in hosts for n in neighbours(h))
    found = [_one(code, points, attacks, hosts, near) for code in sorted(set(states))]
    return sorted(found, key=_order)


def _one(code: str, points: Array, attacks: Sequence[Attack], hosts: frozenset[str], near: frozenset[str]) -> Exposed:
    soil = [a for a in attacks if a.named and a.place == code]
    abroad = [a for a in attacks if a.named and a.place != code and code in a.hit]
    possible = [a for a in attacks if not a.named and a.place == code]
    contiguity = "host" if code in hosts else "neighbour" if code in near else ""
    border = 0.0 if code in hosts else from_border(code, points)
    mine = [*soil, *abroad]
    return Exposed(
        code, border, from_capital(code, points), contiguity, len(mine), len(soil), len(abroad),
        sum(a.deaths for a in mine), len(possible), tuple(a.event for a in (*mine, *possible)),
    )  # fmt: skip


_CONTIGUITY = {"host": 0, "neighbour": 1, "": 2}


def _order(e: Exposed) -> tuple[float, ...]:
    far = e.border_km if e.border_km is not None else e.capital_km
    return (-e.attacks, -e.possible, -e.deaths, _CONTIGUITY[e.contiguity], float("inf") if far is None else far)
