"""Good divisions of a signed graph by local search: what exact methods start from, and are measured against."""

from __future__ import annotations

import math
import time

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.signed_graph import Part

# Vertices moved at random before each new descent, as a share of all: at most.
_KICK = 0.2
# One walk of tabu search for so many kicks, of so many moves; and the share of vertices that rest meanwhile.
_KICKS_A_WALK, _STEPS, _REST = 50, 2_500, 15
# Blocs that may be founded in one descent.
_NEW_BLOCS = 4


def search(
    part: Part,
    *,
    two: bool,
    seed: int,
    kicks: int,
    deadline: float = math.inf,
    start: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """A division that no single move improves: restarts from the best one found, slightly shaken, then tabu search.

    Parameters
    ----------
    kicks
        How many restarts; one walk of tabu search is added, and another for every fifty.
    deadline
        No further step after this (of `time.monotonic`).
    start
        Labels to begin with; if not given, everyone together for two blocs, and for any number each vertex in turn with
        those already placed whom it is tied to best.
    """
    rng = np.random.default_rng(seed)
    weights = part.matrix().astype(float)
    n = len(weights)
    if start is None:
        start = np.zeros(n, dtype=np.int64) if two else _one_by_one(weights)
    best = _settled(weights, start.copy(), two=two)
    value = _within(weights, best)
    for _ in range(kicks):
        if time.monotonic() > deadline:
            break
        trial = _shaken(best, rng, two=two)
        trial = _settled(weights, trial, two=two)
        reached = _within(weights, trial)
        if reached >= value:
            best, value = trial, reached
    if not two:
        best = np.unique(best, return_inverse=True)[1]
    kinds = 2 if two else int(best.max()) + 1 + _NEW_BLOCS
    # The first walk starts from the best division, the others anywhere.
    walks = [best, *(rng.integers(0, kinds, n) for _ in range(kicks // _KICKS_A_WALK))]
    ends = [wander(weights, walk, kinds, rng=rng, deadline=deadline) for walk in walks]
    return max(ends, key=lambda labels: _within(weights, labels))


def _shaken(labels: NDArray[np.int64], rng: np.random.Generator, *, two: bool) -> NDArray[np.int64]:
    """Some vertices moved at random; with any number of blocs, at times two blocs merged or one dissolved instead."""
    trial = labels.copy()
    n, kind = len(labels), rng.random()
    if two or kind < 0.5:
        some = rng.random(n) < rng.uniform(2 / n, max(_KICK, 2 / n))
        trial[some] = rng.integers(0, 2, some.sum()) if two else rng.choice(labels, some.sum())
    elif kind < 0.75:
        trial[trial == rng.choice(labels)] = rng.choice(labels)
    else:
        gone = trial == rng.choice(labels)
        trial[gone] = rng.choice(labels, gone.sum())
    return trial


def _one_by_one(weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Place vertices in the order of their ties; one that no bloc attracts founds its own."""
    n = len(weights)
    labels = np.full(n, -1)
    pull = np.zeros((n, n))
    used = 0
    for v in np.argsort(-np.abs(weights).sum(axis=1), kind="stable"):
        best = int(pull[v, :used].argmax()) if used else 0
        if not used or pull[v, best] <= 0:
            best, used = used, used + 1
        labels[v] = best
        pull[:, best] += weights[:, v]
    return labels


def _settled(weights: NDArray[np.float64], labels: NDArray[np.int64], *, two: bool) -> NDArray[np.int64]:
    """Descend with two labels, or with those in use and a few more."""
    if two:
        return descend(weights, labels, 2)
    labels = np.unique(labels, return_inverse=True)[1]
    return descend(weights, labels, int(labels.max()) + 1 + _NEW_BLOCS)


def _within(weights: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Sum of weights within blocs; frustration is the sum of positive weights less half of this."""
    return float(weights[labels[:, None] == labels[None, :]].sum())


def descend(weights: NDArray[np.float64], labels: NDArray[np.int64], kinds: int) -> NDArray[np.int64]:
    """Make the best single move until none gains anything."""
    n = len(weights)
    every = np.arange(n)
    pull = np.zeros((n, kinds))
    np.add.at(pull.T, labels, weights)
    while True:
        gain = pull - pull[every, labels][:, None]
        at = int(gain.argmax())
        v, target = divmod(at, kinds)
        if gain[v, target] <= 1e-9:
            return labels
        pull[:, labels[v]] -= weights[:, v]
        pull[:, target] += weights[:, v]
        labels[v] = target


def wander(
    weights: NDArray[np.float64],
    labels: NDArray[np.int64],
    kinds: int,
    *,
    rng: np.random.Generator,
    deadline: float = math.inf,
) -> NDArray[np.int64]:
    """Tabu search: always the best move, even uphill; who has moved rests, unless it leads to a new best.

    Returns
    -------
    The best labels met; those given if none is better.
    """
    n = len(weights)
    every = np.arange(n)
    labels = labels.copy()
    pull = np.zeros((n, kinds))
    np.add.at(pull.T, labels, weights)
    rests = np.zeros(n, dtype=np.int64)
    best, value, reached = labels.copy(), 0.0, 0.0
    for step in range(_STEPS):
        if step % 256 == 0 and time.monotonic() > deadline:
            break
        gain = pull - pull[every, labels][:, None]
        gain[every, labels] = -np.inf
        gain[(rests > step)[:, None] & (reached + gain <= value + 1e-9)] = -np.inf
        v, target = divmod(int(gain.argmax()), kinds)
        reached += gain[v, target]
        pull[:, labels[v]] -= weights[:, v]
        pull[:, target] += weights[:, v]
        labels[v] = target
        # No more than half may rest, so that there is always a move.
        rests[v] = step + 1 + min(n // 2, n // _REST + int(rng.integers(0, 10)))
        if reached > value + 1e-9:
            best, value = labels.copy(), reached
    return best
