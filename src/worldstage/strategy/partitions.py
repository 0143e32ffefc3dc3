"""Partitions of actors into blocs as rows of labels: written one way only, listed completely, drawn at random.

A row of labels is in standard form when the first actor has label 0 and each new label is one above the highest so
far; two rows in standard form are equal just when they are the same partition.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int16]


def standard(labels: NDArray[np.integer]) -> Labels:
    """Rename the labels of each row, shape ``(rows, n)``, into standard form."""
    rows, n = labels.shape
    new = np.full((rows, int(labels.max(initial=0)) + 1), -1, dtype=np.int16)
    out = np.empty((rows, n), dtype=np.int16)
    used = np.zeros(rows, dtype=np.int16)
    every = np.arange(rows)
    for i in range(n):
        fresh = new[every, labels[:, i]] < 0
        new[every[fresh], labels[fresh, i]] = used[fresh]
        used += fresh
        out[:, i] = new[every, labels[:, i]]
    return out


def codes(labels: Labels, base: int) -> NDArray[np.int64]:
    """One number per row, increasing in the order in which `every_partition` lists them."""
    out = np.zeros(len(labels), dtype=np.int64)
    for i in range(labels.shape[1]):
        out = out * base + labels[:, i]
    return out


def every_partition(n: int, blocs: int, *, neutrals: bool = False) -> Labels:
    """All partitions of `n` actors into at most `blocs` blocs, shape ``(count, n)``, in lexicographic order.

    With `neutrals`, any number of actors may stand alone beside at most `blocs` blocs of two or more.
    """
    rows = np.zeros((1, 1), dtype=np.int16)
    for _ in range(n - 1):
        highest = rows.max(axis=1)
        choices = highest.astype(np.int64) + 2
        if not neutrals:
            choices = np.minimum(choices, blocs)
        starts = np.cumsum(choices) - choices
        label = (np.arange(choices.sum()) - np.repeat(starts, choices)).astype(np.int16)
        rows = np.concatenate([np.repeat(rows, choices, axis=0), label[:, None]], axis=1)
        if neutrals:
            rows = rows[true_blocs(rows) <= blocs]
    return rows


def true_blocs(labels: Labels) -> NDArray[np.int64]:
    """How many labels of each row are borne by two actors or more."""
    return np.asarray((members(labels, int(labels.max(initial=0)) + 1) >= 2).sum(axis=1))


def members(labels: Labels, kinds: int) -> NDArray[np.int64]:
    """How many actors bear each label, shape ``(rows, kinds)``."""
    return np.stack([(labels == k).sum(axis=1) for k in range(kinds)], axis=1)


def count(n: int, blocs: int, *, neutrals: bool = False) -> int:
    """How many rows `every_partition` has."""
    if not neutrals:
        return sum(_groupings(n, k, least=1) for k in range(1, blocs + 1))
    return sum(
        math.comb(n, alone) * _groupings(n - alone, k, least=2) for alone in range(n + 1) for k in range(blocs + 1)
    )


def _groupings(n: int, blocs: int, *, least: int) -> int:
    """Ways to divide `n` actors into just `blocs` blocs of at least `least` (1 or 2) members."""
    ways = [[0] * (blocs + 1) for _ in range(n + 1)]
    ways[0][0] = 1
    for m in range(1, n + 1):
        for k in range(1, blocs + 1):
            # The last actor joins one of k blocs, or founds one: alone, or with one of the others.
            found = ways[m - 1][k - 1] if least == 1 else (m - 1) * ways[m - 2][k - 1] if m >= 2 else 0
            ways[m][k] = k * ways[m - 1][k] + found
    return ways[n][blocs]


def random_partitions(rng: np.random.Generator, rows: int, n: int, blocs: int, *, neutrals: bool = False) -> Labels:
    """Partitions drawn by giving each actor one of `blocs` labels, or with `neutrals` one more for standing alone."""
    drawn = rng.integers(0, blocs + neutrals, size=(rows, n))
    if neutrals:
        alone = drawn == blocs
        drawn = np.where(alone, blocs + np.arange(n), drawn)
    return standard(drawn)
