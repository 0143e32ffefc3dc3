"""Blocs: who stands together, from a network of cooperation (positive) and conflict (negative)."""

from __future__ import annotations

import numpy as np

from worldstage.roles.events import Array, Whole


def blocs(net: Array, *, rounds: int = 100) -> Whole:
    """Split actors into groups with much cooperation inside and conflict between.

    Parameters
    ----------
    net
        Symmetric, shape ``(n, n)``: cooperation less conflict of each pair.

    Returns
    -------
    Whole
        The bloc of each actor, numbered from 0 by size. Actors without any tie stand alone.

    References
    ----------
    Signed modularity of Gómez, Jensen & Arenas, "Analysis of community structure in networks of correlated data",
    2009 (from general knowledge): positive ties should exceed, and negative ones fall short of, what strengths
    alone would give. It is raised by moving one actor, then whole blocs, as long as that helps (as Louvain does).
    """
    gain = advantage(net)
    label = np.arange(len(net))
    for _ in range(rounds):
        moved = _move(gain, label)
        merged = _merge(gain, label)
        if not (moved or merged):
            break
    _, label = np.unique(label, return_inverse=True)
    order = np.argsort(-np.bincount(label), kind="stable") if len(label) else np.zeros(0, dtype=int)
    return np.asarray(np.argsort(order)[label] if len(label) else label, dtype=np.int64)


def advantage(net: Array) -> Array:
    """What signed modularity gains when a pair stands together, shape ``(n, n)``; its sum over pairs is at most 1."""
    total = np.abs(net).sum()
    out = np.asarray(net, dtype=float).copy()
    for sign in (1.0, -1.0):
        part = np.maximum(sign * net, 0.0)
        if part.any():
            out -= sign * np.outer(part.sum(1), part.sum(0)) / part.sum()
    np.fill_diagonal(out, 0.0)
    return np.asarray(out / total if total else out)


def modularity(net: Array, label: Whole) -> float:
    """Signed modularity of a split, without the pairs of an actor with itself."""
    return float(advantage(net)[label[:, None] == label[None, :]].sum())


_LEAST_GAIN = 1e-12


def _move(gain: Array, label: Whole) -> bool:
    """Move single actors to the bloc that suits them best; whether any moved."""
    n, any_moved, again = len(gain), False, True
    while again:
        again = False
        for i in range(n):
            ties = np.bincount(label, weights=gain[i], minlength=n)
            best = int(np.argmax(ties))
            if ties[best] <= ties[label[i]] + _LEAST_GAIN:
                continue
            if ties[best] <= _LEAST_GAIN:
                # Better alone than with anybody: in a bloc of its own, not in that of a stranger.
                best = int(np.flatnonzero(np.bincount(label, minlength=n) == 0)[0])
            label[i] = best
            again = any_moved = True
    return any_moved


def _merge(gain: Array, label: Whole) -> bool:
    """Join the two blocs that gain most by it; whether any were joined."""
    names, dense = np.unique(label, return_inverse=True)
    inside = np.zeros((len(gain), len(names)))
    inside[np.arange(len(gain)), dense] = 1.0
    between = inside.T @ gain @ inside
    np.fill_diagonal(between, -np.inf)
    if len(names) < 2 or between.max() <= _LEAST_GAIN:
        return False
    one, two = np.unravel_index(int(np.argmax(between)), between.shape)
    label[label == names[two]] = names[one]
    return True
