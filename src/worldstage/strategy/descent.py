"""Energy of a partition and the steepest single move, for many partitions at once.

The energy is the sum over ordered pairs in different blocs of size × size × propensity (Axelrod and Bennett 1993); a
move takes one actor to another bloc. Actors are expected in the order that decides ties: of several moves that lower
the energy equally, that of the first actor, to the first bloc, is made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.partitions import Labels, members, standard

# Partitions worked on at once, so that memory stays within some hundred megabytes.
_CELLS = 6_000_000
# Energies closer than this share of the sum of all weights are equal.
PRECISION = 1e-11


@dataclass(frozen=True)
class Terrain:
    """What decides the energy.

    Attributes
    ----------
    weights
        Shape ``(n, n)``, symmetric, diagonal 0: size × size × mean propensity.
    blocs
        Most blocs; with `neutrals`, of two members or more.
    neutrals
        Whether actors may stand alone beside the blocs, apart from everyone.
    costs
        Shape ``(n,)``: energy that an actor pays for not standing alone; 0 for no cost.
    """

    weights: NDArray[np.float64]
    blocs: int
    neutrals: bool
    costs: NDArray[np.float64]

    @property
    def slack(self) -> float:
        """Differences of energy up to this count as none."""
        return PRECISION * max(float(np.abs(self.weights).sum()), float(np.abs(self.costs).sum()), 1e-300)

    @property
    def labels(self) -> int:
        """How many labels a row may hold."""
        return len(self.weights) if self.neutrals else self.most

    @property
    def most(self) -> int:
        """Most blocs that these actors can form."""
        return min(self.blocs, len(self.weights))


def energies(terrain: Terrain, labels: Labels) -> NDArray[np.float64]:
    """Energy of each row of `labels`."""
    out = np.empty(len(labels))
    for part in _parts(terrain, len(labels)):
        rows = labels[part]
        inside = np.zeros(len(rows))
        for k in range(int(rows.max(initial=0)) + 1):
            here = (rows == k).astype(float)
            inside += ((here @ terrain.weights) * here).sum(axis=1)
        out[part] = terrain.weights.sum() - inside + _dues(terrain, rows)
    return out


def _dues(terrain: Terrain, rows: Labels) -> NDArray[np.float64]:
    """What belonging to blocs costs altogether."""
    if not terrain.costs.any():
        return np.zeros(len(rows))
    together = np.take_along_axis(members(rows, int(rows.max()) + 1), rows.astype(np.int64), axis=1) >= 2
    return np.asarray(together @ terrain.costs)


def moves(terrain: Terrain, labels: Labels) -> NDArray[np.float64]:
    """Change of energy for every actor and bloc that it could go to; infinite where there is no such move.

    Returns
    -------
    Shape ``(rows, n, kinds)``; `kinds` is enough for every label in use and one empty bloc where one is allowed.
    """
    kinds = min(terrain.labels, int(labels.max(initial=0)) + 2)
    rows, n = labels.shape
    pull = np.empty((rows, n, kinds))
    for k in range(kinds):
        pull[:, :, k] = (labels == k).astype(float) @ terrain.weights
    own = labels.astype(np.int64)[:, :, None]
    change = 2 * (np.take_along_axis(pull, own, axis=2) - pull)
    number = members(labels, kinds)
    if terrain.neutrals:
        change += _change_of_dues(terrain, labels, kinds)
        change[_one_bloc_too_many(terrain, labels, kinds)] = np.inf
    # From a place of one's own to an empty one is no move.
    alone = np.take_along_axis(number, own[:, :, 0], axis=1) == 1
    change[alone[:, :, None] & (number == 0)[:, None, :]] = np.inf
    np.put_along_axis(change, own, np.inf, axis=2)
    return change


def _change_of_dues(terrain: Terrain, labels: Labels, kinds: int) -> NDArray[np.float64]:
    """Dues begin or end for the mover, for a partner left alone, and for a neutral who is joined."""
    if not terrain.costs.any():
        return np.zeros((1, 1, 1))
    number = members(labels, kinds)
    paid = np.stack([(labels == k).astype(float) @ terrain.costs for k in range(kinds)], axis=1)
    own = labels.astype(np.int64)
    at_home = np.take_along_axis(number, own, axis=1)
    left = np.where(at_home == 2, np.take_along_axis(paid, own, axis=1) - terrain.costs, 0.0)
    joined = np.where(number == 1, paid, 0.0)
    mover = terrain.costs[None, :, None] * ((number >= 1)[:, None, :].astype(float) - (at_home >= 2)[:, :, None])
    return np.asarray(mover - left[:, :, None] + joined[:, None, :])


def _one_bloc_too_many(terrain: Terrain, labels: Labels, kinds: int) -> NDArray[np.bool_]:
    number = members(labels, kinds)
    dissolves = np.take_along_axis(number, labels.astype(np.int64), axis=1) == 2
    after = (number >= 2).sum(axis=1)[:, None, None] - dissolves[:, :, None] + (number == 1)[:, None, :]
    return np.asarray(after > terrain.blocs)


def steepest(terrain: Terrain, labels: Labels) -> tuple[Labels, NDArray[np.bool_]]:
    """Each row after its steepest move, in standard form, and which rows moved at all."""
    out, moved = labels.copy(), np.zeros(len(labels), dtype=bool)
    for part in _parts(terrain, len(labels)):
        change = moves(terrain, labels[part])
        flat = change.reshape(len(change), -1)
        best = flat.min(axis=1)
        first = (flat <= best[:, None] + terrain.slack).argmax(axis=1)
        goes = best < -terrain.slack
        actor, target = np.divmod(first, change.shape[2])
        rows = labels[part].copy()
        rows[goes, actor[goes]] = target[goes]
        out[part] = standard(rows)
        moved[part] = goes
    return out, moved


def settle(terrain: Terrain, labels: Labels) -> Labels:
    """Let every row run downhill until no single move lowers its energy."""
    labels = labels.copy()
    active = np.arange(len(labels))
    while len(active):
        rows, moved = steepest(terrain, labels[active])
        labels[active] = rows
        active = active[moved]
    return labels


def _parts(terrain: Terrain, rows: int) -> list[slice]:
    step = max(1, _CELLS // (len(terrain.weights) * max(terrain.labels, 2)))
    return [slice(at, min(at + step, rows)) for at in range(0, rows, step)]
