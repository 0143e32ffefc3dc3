"""Structural balance: how far a network of friends and foes is from falling into blocs without contradiction.

The frustration index is the least number of ties that any division into blocs goes against: friends in different
blocs, foes in the same (Harary 1953 for two blocs; Davis 1967 for any number). Changing or dropping just these ties
would restore balance.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.coalition_tables import SignedEdges
from worldstage.strategy.cutting import solve
from worldstage.strategy.signed_graph import (
    Weights,
    blocks,
    contract,
    frustrated,
    neighbours,
    numbered,
    sides,
    undo,
)

SECONDS = 60.0


@dataclass(frozen=True)
class Frustration:
    """The least frustration, or the best division found in time with what is proved about it.

    Attributes
    ----------
    frustration
        Ties that this division goes against.
    optimal
        Whether it is proved that no division has fewer.
    bound, gap
        No division has fewer than `bound`; `gap` is the difference.
    blocs
        The largest first.
    frustrated
        The ties: from, to, sign.
    """

    frustration: int
    optimal: bool
    bound: int
    gap: int
    blocs: tuple[tuple[str, ...], ...]
    frustrated: tuple[tuple[str, str, int], ...]
    seconds: float


@dataclass(frozen=True)
class Balance:
    """Frustration with two blocs and with any number, and plain measures of balance.

    Attributes
    ----------
    triangles, balanced_triangles
        Triads with all three ties, and those of them whose signs multiply to 1.
    walk_balance
        Closed walks of positive sign less those of negative sign over all, shorter ones weighted more: the trace of
        the exponential of the signed adjacency matrix over that of the unsigned (Estrada and Benzi 2014).
    score
        1 less the frustration for two blocs over half the ties: 1 is balance, about 0 what chance can do.
    """

    actors: int
    positive: int
    negative: int
    two: Frustration
    any: Frustration
    triangles: int
    balanced_triangles: int
    walk_balance: float
    score: float
    warnings: tuple[str, ...]
    seconds: float
    seed: int
    method: str = "frustration index by cutting planes and branch and bound (HiGHS)"


def balance(edges: SignedEdges, *, seconds: float = SECONDS, seed: int = 0) -> Balance:
    """Frustration with two blocs and with any number, each with a division and, within the time, the proof.

    Parameters
    ----------
    seconds
        For both together; two blocs may use half of it.
    seed
        Of the local search; the index does not depend on it where it is proved.
    """
    begun = time.monotonic()
    two = frustration(edges, two=True, seconds=seconds / 2, seed=seed)
    whole = frustration(edges, two=False, seconds=max(1.0, seconds - (time.monotonic() - begun)), seed=seed)
    triads, balanced, walks = measures(edges)
    ties = len(edges.signs)
    return Balance(
        len(edges.names),
        int((edges.signs > 0).sum()),
        int((edges.signs < 0).sum()),
        two,
        whole,
        triads,
        balanced,
        walks,
        1 - two.frustration / (ties / 2),
        edges.warnings,
        seconds,
        seed,
    )


def frustration(edges: SignedEdges, *, two: bool, seconds: float = SECONDS, seed: int = 0) -> Frustration:
    """The frustration index for two blocs, or for any number."""
    begun = time.monotonic()
    graph = neighbours(edges.ends, edges.signs)
    whole = numbered(graph, [(int(a), int(b)) for a, b in edges.ends])
    labels, bound = _solved(graph, two=two, deadline=begun + seconds, seed=seed)
    row = np.array([labels.get(v, 0) for v in range(len(edges.names))])
    if not two:
        alone = [v for v in range(len(edges.names)) if v not in labels]
        row[alone] = row.max(initial=0) + 1 + np.arange(len(alone))
    against = frustrated(whole, row)
    count = int(against.sum())
    given = {frozenset(pair): i for i, pair in enumerate(edges.ends.tolist())}
    ties = sorted(given[frozenset(pair)] for pair in whole.ends[against].tolist())
    return Frustration(
        count,
        bound >= count,
        min(bound, count),
        max(0, count - bound),
        _blocs(row, edges.names),
        tuple((edges.names[edges.ends[i, 0]], edges.names[edges.ends[i, 1]], int(edges.signs[i])) for i in ties),
        time.monotonic() - begun,
    )


def _solved(graph: Weights, *, two: bool, deadline: float, seed: int) -> tuple[dict[int, int], int]:
    """Labels of all vertices of `graph`, which is consumed, and a bound on the frustration."""
    steps, bound = contract(graph, two=two)
    broken: set[tuple[int, int]] = set()
    for part in sorted(blocks(graph, two=two), key=lambda p: len(p.ends)):
        if len(part.vertices) < len(graph):
            found, low = _solved(neighbours(part.ends, part.weights), two=two, deadline=deadline, seed=seed)
            labels = np.array([found[v] for v in range(len(part.vertices))])
        else:
            labels, low = solve(part, two=two, deadline=deadline, seed=seed)
        bound += low
        for a, b in part.ends[frustrated(part, labels)].tolist():
            broken.add((part.vertices[a], part.vertices[b]))
    whole = sides(graph, broken, two=two)
    undo(steps, whole)
    return whole, bound


def _blocs(labels: NDArray[np.integer], names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    groups: dict[int, list[str]] = {}
    for name, label in zip(names, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(name)
    return tuple(tuple(g) for g in sorted(groups.values(), key=lambda g: (-len(g), names.index(g[0]))))


def measures(edges: SignedEdges) -> tuple[int, int, float]:
    """Triangles, balanced triangles, and the balance of closed walks."""
    n = len(edges.names)
    signed = np.zeros((n, n))
    a, b = edges.ends.T
    signed[a, b] = signed[b, a] = edges.signs
    plain = np.abs(signed)
    every = round(float(((plain @ plain) * plain).sum()) / 6)
    excess = round(float(((signed @ signed) * signed).sum()) / 6)
    own, top = np.linalg.eigvalsh(signed), np.linalg.eigvalsh(plain)
    # Both traces over the same factor, so that neither overflows.
    walks = float(np.exp(own - top[-1]).sum() / np.exp(top - top[-1]).sum())
    return every, (every + excess) // 2, walks
