"""Turning points: which single change of a size or a propensity would make someone change sides, and who follows.

In a stable division the gain that keeps an actor where it is grows or falls linearly with every other actor's size
and with each of its own propensities, so that the value at which it flips is worked out, not searched. The change is
then made, a trifle beyond that value, and the division let run downhill to see who goes along. In the same way the
value is found at which another stable division becomes the lowest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.coalition_tables import CoalitionTable
from worldstage.strategy.descent import Terrain, moves
from worldstage.strategy.landscape import Landscape, Minimum, Stage, set_stage, tidy
from worldstage.strategy.partitions import Labels

# How far beyond the turning point the change is made, as a share of it.
_BEYOND = 1e-6
_MOST_RIVALS = 50


@dataclass(frozen=True)
class Turning:
    """One change that would tip the lowest division.

    Attributes
    ----------
    kind
        Of what is changed: the propensity between two actors (the mean of both directions), or the size of one.
    actors
        Whose.
    value, needed
        As it is, and the value beyond which it tips.
    share
        The change over the greatest propensity of the table, or over the actor's size: the smaller, the nearer.
    effect
        ``flips``: the division is no longer stable; ``overtakes``: another stable division lies lower.
    flips
        Who changes sides; the first one starts it. For ``overtakes``, who stands elsewhere in the other division.
    """

    kind: Literal["propensity", "size"]
    actors: tuple[str, ...]
    value: float
    needed: float
    share: float
    effect: Literal["flips", "overtakes"]
    flips: tuple[str, ...]


def turning_points(
    table: CoalitionTable, result: Landscape, *, limit: int = 10, within: float = 1.0
) -> tuple[Turning, ...]:
    """The nearest changes that tip the lowest division of `result`: up to `limit` of either effect, the nearest first.

    Parameters
    ----------
    within
        Only changes of at most this share, and only to propensities within the range that the table uses and to
        sizes of 0 or more.

    Notes
    -----
    With a cost of commitment sizes enter twice; then only propensities are looked at.
    """
    stage = set_stage(table, blocs=result.blocs, neutrals=result.neutrals, commitment=result.commitment)
    row = _labels(stage, result.minima[0])
    most = float(np.abs(table.propensities).max())
    local: dict[tuple[str, ...], tuple[float, float]] = {}
    mean = (stage.propensities + stage.propensities.T) / 2
    for actors, delta in _local(stage, row, mean):
        share = abs(delta) / (most if len(actors) == 2 else stage.sizes[stage.names.index(actors[0])])
        if share <= within and share < local.get(actors, (np.inf, 0.0))[0]:
            local[actors] = share, delta
    found: list[Turning] = []
    for actors, (share, delta) in sorted(local.items(), key=lambda item: (item[1][0], item[0]))[: 3 * limit]:
        value, needed = _values(stage, mean, actors, delta)
        if _possible(needed, value, most, size=len(actors) == 1):
            flips = _followers(_changed(stage, mean, actors, delta), row, stage.names)
            kind: Literal["propensity", "size"] = "size" if len(actors) == 1 else "propensity"
            found.append(Turning(kind, actors, tidy(value), tidy(needed), share, "flips", flips))
    nearest = sorted(found, key=lambda t: (t.share, t.actors))[:limit]
    others = sorted(_overtaking(stage, mean, result, row, most, within), key=lambda t: (t.share, t.actors))[:limit]
    return (*nearest, *others)


def _possible(needed: float, value: float, most: float, *, size: bool) -> bool:
    """Whether a size stays above 0, or a propensity within the table's range."""
    return needed > _BEYOND * value if size else abs(needed) <= most * (1 + 1e-9)


def _labels(stage: Stage, minimum: Minimum) -> Labels:
    """The row of labels of a division; the first bloc has label 0, neutrals labels of their own."""
    groups = [*minimum.blocs, *((name,) for name in minimum.neutrals)]
    place = {name: k for k, group in enumerate(groups) for name in group}
    return np.array([[place[name] for name in stage.names]], dtype=np.int16)


def _local(stage: Stage, row: Labels, mean: NDArray[np.float64]) -> Iterator[tuple[tuple[str, ...], float]]:
    """What is changed, and by how much, for each actor and each place it could go to."""
    change = moves(stage.terrain, row)[0]
    labels, sizes, names = row[0], stage.sizes, stage.names
    for i, k in np.argwhere(np.isfinite(change)):
        keeps = change[i, k] / (2 * sizes[i])
        for j in range(len(names)):
            if j == i or labels[j] not in (labels[i], k) or sizes[j] == 0:
                continue
            toward = 1.0 if labels[j] == k else -1.0
            pair = (names[min(i, j)], names[max(i, j)])
            yield pair, toward * keeps / sizes[j]
            if mean[i, j] and not stage.commitment:
                yield (names[j],), toward * keeps / mean[i, j]


def _values(stage: Stage, mean: NDArray[np.float64], actors: tuple[str, ...], delta: float) -> tuple[float, float]:
    at = [stage.names.index(a) for a in actors]
    value = float(stage.sizes[at[0]] if len(at) == 1 else mean[at[0], at[1]])
    scale = value if len(at) == 1 else float(np.abs(mean).max())
    # Less than the share that only breaks ties is no change at all.
    return value, value + (delta if abs(delta) > _BEYOND * scale else 0.0)


def _changed(stage: Stage, mean: NDArray[np.float64], actors: tuple[str, ...], delta: float) -> Terrain:
    """The terrain after a change a trifle larger than `delta`."""
    at = [stage.names.index(a) for a in actors]
    scale = float(stage.sizes[at[0]] if len(at) == 1 else np.abs(mean).max())
    beyond = delta + np.sign(delta or 1.0) * _BEYOND * max(abs(delta), scale)
    weights = stage.terrain.weights.copy()
    if len(at) == 2:
        a, b = at
        weights[a, b] = weights[b, a] = weights[a, b] + beyond * stage.sizes[a] * stage.sizes[b]
    else:
        factor = max(0.0, 1 + beyond / stage.sizes[at[0]])
        weights[at[0]] *= factor
        weights[:, at[0]] *= factor
    return Terrain(weights, stage.terrain.blocs, stage.terrain.neutrals, stage.terrain.costs)


def _followers(terrain: Terrain, row: Labels, names: tuple[str, ...]) -> tuple[str, ...]:
    """Who moves, in order, when the division runs downhill; an actor that comes back did not move."""
    now = row.copy()
    order: list[int] = []
    while True:
        change = moves(terrain, now)[0]
        i, k = np.unravel_index(int(change.argmin()), change.shape)
        if change[i, k] >= -terrain.slack:
            break
        now[0, i] = k
        order.append(int(i))
    return tuple(names[i] for i in dict.fromkeys(order) if now[0, i] != row[0, i])


def _overtaking(
    stage: Stage, mean: NDArray[np.float64], result: Landscape, row: Labels, most: float, within: float
) -> list[Turning]:
    """Changes that bring another stable division level with the lowest one; for each, the nearest."""
    lowest = result.minima[0]
    apart = row[0][:, None] != row[0][None, :]
    best: dict[tuple[str, ...], Turning] = {}
    # Where two are level already, any change decides between them: there is no turning point to name.
    level = lowest.energy + stage.terrain.slack * 10
    for rival in [m for m in result.minima[1:_MOST_RIVALS] if m.energy > level]:
        other = _labels(stage, rival)
        unlike = other[0][:, None] != other[0][None, :]
        # A change raises the energy by so much more in the lowest division than in the other.
        excess = apart.astype(float) - unlike
        gap, movers = rival.energy - lowest.energy, _elsewhere(row[0], other[0], stage)
        for actors, slope, value, scale in _levers(stage, mean, excess, most):
            delta = gap / slope
            needed, share = value + delta, abs(delta) / scale
            fits = _possible(needed, value, most, size=len(actors) == 1)
            if fits and share <= within and (actors not in best or share < best[actors].share):
                kind: Literal["propensity", "size"] = "size" if len(actors) == 1 else "propensity"
                best[actors] = Turning(kind, actors, tidy(value), tidy(needed), share, "overtakes", movers)
    return list(best.values())


def _levers(
    stage: Stage, mean: NDArray[np.float64], excess: NDArray[np.float64], most: float
) -> Iterator[tuple[tuple[str, ...], float, float, float]]:
    """What can be changed: whose, slope of the difference of energies, value, and scale of the value."""
    sizes, names = stage.sizes, stage.names
    for i, j in np.argwhere(np.triu(excess != 0)):
        yield (names[i], names[j]), 2 * float(sizes[i] * sizes[j] * excess[i, j]), float(mean[i, j]), most
    if not stage.commitment:
        slopes = 2 * (mean * excess) @ sizes
        for k in np.flatnonzero(np.abs(slopes) > 1e-12 * np.abs(slopes).max(initial=1e-300)):
            yield (names[k],), float(slopes[k]), float(sizes[k]), float(sizes[k])


def _elsewhere(a: NDArray[np.int16], b: NDArray[np.int16], stage: Stage) -> tuple[str, ...]:
    """Who stands elsewhere in `b`, its blocs matched to those of `a` so that the least size does."""
    from scipy.optimize import linear_sum_assignment

    common = np.array([[stage.sizes[(a == x) & (b == y)].sum() for y in np.unique(b)] for x in np.unique(a)])
    rows, columns = linear_sum_assignment(-common)
    match = {int(np.unique(b)[y]): int(np.unique(a)[x]) for x, y in zip(rows, columns, strict=True)}
    return tuple(n for n, x, y in zip(stage.names, a, b, strict=True) if match.get(int(y)) != int(x))
