"""The least frustration of one part of a signed graph, proved: cutting planes, then branch and bound, by HiGHS.

Every tie has a variable: 1 if the division goes against it. Each cycle that cannot be without frustration asks for at
least one (`cycles`); only those that an answer breaks are ever added. The linear program gives a bound, its rounding
and local search a division; if they meet, the division is proved best. Otherwise HiGHS branches, asked only for
something better than what is known. Every figure so found is a bound: running out of time costs the proof only.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.bloc_search import search
from worldstage.strategy.cycles import Cycle, Separator, triangles
from worldstage.strategy.relaxation import semidefinite_bound
from worldstage.strategy.signed_graph import Part, frustrated, neighbours, sides

_TINY = 1e-6
_CUTS_PER_ROUND = 800
_TRIANGLES = 4_000
# Shakes of the local search: before the linear program, and where that leaves a gap.
_KICKS, _MORE_KICKS = 50, 500
# The share of the time left that local search may take.
_SEARCH = 0.15
# Cutting stops when so many rounds have raised the bound by less than this.
_PATIENCE, _RISE = 3, 0.02
# Cuts that the last answer meets with more than this to spare are left out of the branching.
_SPARE = 0.3


@dataclass
class _State:
    """What is known about a part while it is being solved; `labels` is the best division yet."""

    part: Part
    two: bool
    deadline: float
    labels: NDArray[np.int64]
    best: int
    bound: int = 0
    cuts: dict[Cycle, None] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return self.bound >= self.best

    @property
    def seconds(self) -> float:
        return self.deadline - time.monotonic()

    def offer(self, labels: NDArray[np.int64]) -> None:
        """Keep a division if it is better."""
        cost = _cost(self.part, labels)
        if cost < self.best:
            self.labels, self.best = labels, cost

    def raise_bound(self, value: float) -> None:
        """Frustration is a whole number: the bound is rounded up, allowing for the solver's tolerance."""
        if math.isfinite(value):
            self.bound = min(self.best, max(self.bound, math.ceil(value - 1e-5 * max(1.0, abs(value)))))

    def matrix(self) -> Any:
        """The cuts as rows of a sparse matrix."""
        from scipy.sparse import csr_array

        cuts = list(self.cuts)
        lengths = [len(c) for c in cuts]
        columns = np.fromiter((e for c in cuts for e in c), dtype=np.int64, count=sum(lengths))
        starts = np.concatenate([[0], np.cumsum(lengths)])
        return csr_array((np.ones(len(columns)), columns, starts), shape=(len(cuts), len(self.part.ends)))


def solve(part: Part, *, two: bool, deadline: float, seed: int = 0) -> tuple[NDArray[np.int64], int]:
    """A division of least frustration, or the best found by `deadline` (of `time.monotonic`).

    Returns
    -------
    labels
        Shape ``(vertices,)``.
    bound
        No division has less frustration; equal to that of `labels` if it is proved best.
    """
    now = time.monotonic()
    labels = search(part, two=two, seed=seed, kicks=_KICKS, deadline=now + _SEARCH * (deadline - now))
    state = _State(part, two, deadline, labels, _cost(part, labels))
    if two:
        state.raise_bound(semidefinite_bound(part, seed=seed))
    if state.done:
        return state.labels, state.bound
    separator = Separator(part, two=two)
    state.cuts.update(dict.fromkeys(triangles(part, two=two, most=_TRIANGLES)))
    _cut(state, separator, seed)
    if not state.done and state.seconds > 0:
        until = time.monotonic() + _SEARCH * state.seconds
        state.offer(search(part, two=two, seed=seed + 1, kicks=_MORE_KICKS, deadline=until, start=state.labels))
        _branch(state, separator)
    return state.labels, state.bound


def _cost(part: Part, labels: NDArray[np.int64]) -> int:
    return int(np.abs(part.weights)[frustrated(part, labels)].sum())


def _cut(state: _State, separator: Separator, seed: int) -> None:
    """Add broken cycles to the linear program until none is left; the bound rises, the division improves."""
    from scipy.optimize import linprog

    cost = np.abs(state.part.weights).astype(float)
    values = np.zeros(len(cost))
    reached: list[float] = []
    while not state.done and state.seconds > 0:
        fresh = [c for c in separator.broken(values, _CUTS_PER_ROUND) if c not in state.cuts]
        stuck = len(reached) > _PATIENCE and reached[-1] - reached[-1 - _PATIENCE] < _RISE
        if reached and (not fresh or stuck):
            spare = state.matrix() @ values - 1
            state.cuts = dict.fromkeys(c for c, s in zip(state.cuts, spare, strict=True) if s <= _SPARE)
            break
        state.cuts.update(dict.fromkeys(fresh))
        rows = state.matrix()
        answer = linprog(
            cost,
            A_ub=-rows,
            b_ub=-np.ones(rows.shape[0]),
            bounds=(0, 1),
            method="highs",
            options={"time_limit": max(state.seconds, 0.1)},
        )
        if answer.status != 0:
            break
        values = answer.x
        reached.append(float(answer.fun))
        state.raise_bound(answer.fun)
        rounded = _rounded(state.part, values, two=state.two)
        state.offer(search(state.part, two=state.two, seed=seed, kicks=2, start=rounded))


def _rounded(part: Part, values: NDArray[np.float64], *, two: bool) -> NDArray[np.int64]:
    """The division that respects the least frustrated ties: along a spanning tree, or where below one half."""
    n = len(part.vertices)
    keep = values < 0.5
    if two:
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import minimum_spanning_tree

        a, b = part.ends.T
        tree = minimum_spanning_tree(csr_array((values + _TINY, (a, b)), shape=(n, n))).tocoo()
        chosen = set(zip(tree.row.tolist(), tree.col.tolist(), strict=True))
        keep = np.array([(x, y) in chosen for x, y in part.ends.tolist()])
    kept = neighbours(part.ends[keep], part.weights[keep])
    labels = sides({v: kept.get(v, {}) for v in range(n)}, (), two=two)
    return np.array([labels[v] for v in range(n)], dtype=np.int64)


def _branch(state: _State, separator: Separator) -> None:
    """Whole-number answers under the cuts known, until one breaks no cycle or nothing better is possible."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    cost = np.abs(state.part.weights).astype(float)
    while not state.done and state.seconds > 0:
        limits = [
            LinearConstraint(state.matrix(), lb=1, ub=np.inf),
            LinearConstraint(cost[None, :], lb=state.bound, ub=state.best - 1),
        ]
        answer = milp(
            cost,
            integrality=np.ones(len(cost)),
            bounds=Bounds(0, 1),
            constraints=limits,
            options={"time_limit": max(state.seconds, 0.1), "mip_rel_gap": 0.0},
        )
        if answer.status == 2:
            # Nothing meets the cuts below the best division: it is optimal.
            state.bound = state.best
            return
        if answer.mip_dual_bound is not None:
            state.raise_bound(answer.mip_dual_bound)
        if answer.x is None:
            return
        values = np.round(answer.x)
        fresh = [c for c in separator.broken(values, _CUTS_PER_ROUND) if c not in state.cuts]
        state.offer(_rounded(state.part, values, two=state.two))
        if answer.status != 0 and not fresh:
            return
        state.cuts.update(dict.fromkeys(fresh))
