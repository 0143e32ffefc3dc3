"""Measures of a node's place in a weighted graph, for all nodes at once: dense NumPy arrays in and out.

Written for the few hundred graphs of some 250 nodes that one comparison needs; networkx, by which the tests check them,
takes about a second for each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Distances that differ by less than this share are the same: sums of reciprocals differ in the last digits.
_TIE = 1e-9


def betweenness(distance: Array) -> Array:
    """The share of shortest paths between two others that lead through each node.

    Parameters
    ----------
    distance
        Symmetric, shape ``(n, n)``: length of each edge, positive; ``inf`` or 0 where there is none.

    Returns
    -------
    Array
        Shape ``(n,)``, in [0, 1].

    References
    ----------
    Brandes, "A faster algorithm for betweenness centrality", 2001: the recursion of dependencies (from general
    knowledge). It is run here for all sources together, one hop of all shortest paths at a time.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    n = len(distance)
    linked = np.isfinite(distance) & (distance > 0)
    np.fill_diagonal(linked, val=False)
    if n < 3 or not linked.any():
        return np.zeros(n)
    graph = csr_array(np.where(linked, distance, 0.0))
    far = dijkstra(graph, directed=False)
    tail, head = np.nonzero(linked)
    reach = far[:, tail] + distance[tail, head]
    goal = far[:, head]
    # Edge e lies on a shortest path from s where going along it is as short as any way to its head.
    source, edge = np.nonzero((reach <= goal * (1 + _TIE)) & np.isfinite(reach))
    behind, ahead = source * n + tail[edge], source * n + head[edge]
    paths, ends = _paths(behind, ahead, n)
    share = paths[behind] / np.where(paths[ahead] > 0, paths[ahead], 1.0)
    dependency = _dependencies(behind, ahead, share, ends, n)
    dependency[np.arange(n), np.arange(n)] = 0.0
    return np.asarray(dependency.sum(0) / ((n - 1) * (n - 2)))


def _paths(behind: NDArray[np.int64], ahead: NDArray[np.int64], n: int) -> tuple[Array, int]:
    """How many shortest paths lead from each source to each node, shape ``(n * n,)``, and hops of the longest."""
    front = np.zeros(n * n)
    front[np.arange(n) * (n + 1)] = 1.0
    paths, hops = front.copy(), 0
    while True:
        front = np.bincount(ahead, weights=front[behind], minlength=n * n).astype(float)
        if not front.any():
            return paths, hops
        paths += front
        hops += 1


def _dependencies(
    behind: NDArray[np.int64], ahead: NDArray[np.int64], share: Array, hops: int, n: int
) -> NDArray[np.float64]:
    """Brandes' dependency of each source on each node, shape ``(n, n)``."""
    total, front = np.zeros(n * n), np.ones(n * n)
    for _ in range(hops):
        front = np.bincount(behind, weights=share * front[ahead], minlength=n * n).astype(float)
        total += front
    return total.reshape(n, n)


def eigenvector(weight: Array, *, rounds: int = 500, tolerance: float = 1e-9) -> Array:
    """Eigenvector centrality: well placed is who deals with the well placed; Euclidean length 1, zeros without edges.

    Parameters
    ----------
    weight
        Symmetric, not negative, shape ``(n, n)``.
    """
    n = len(weight)
    if not weight.any():
        return np.zeros(n)
    # Scaled, and with a loop at each node: without it a bipartite graph (a star) swings for ever.
    step = weight / weight.sum(1).max()
    x = (weight.sum(1) > 0).astype(float)
    x /= np.linalg.norm(x)
    for _ in range(rounds):
        new = step @ x + x
        new /= np.linalg.norm(new)
        if np.abs(new - x).max() < tolerance:
            return np.asarray(new)
        x = new
    return np.asarray(x)


def pagerank(weight: Array, *, damping: float = 0.85, rounds: int = 200, tolerance: float = 1e-10) -> Array:
    """PageRank on an undirected weighted graph: where a walk along the edges, begun anew now and then, is found.

    Returns
    -------
    Array
        Shape ``(n,)``, sums to 1.
    """
    n = len(weight)
    if n == 0:
        return np.zeros(0)
    strength = weight.sum(1)
    loose = strength == 0
    step = weight / np.where(loose, 1.0, strength)[:, None]
    x = np.full(n, 1.0 / n)
    for _ in range(rounds):
        new = damping * (x @ step + x[loose].sum() / n) + (1 - damping) / n
        if np.abs(new - x).sum() < tolerance:
            return np.asarray(new)
        x = new
    return np.asarray(x)


def constraint(weight: Array) -> Array:
    """Burt's constraint: how far a node's ties lead back to the same people; low for brokers, NaN without ties.

    References
    ----------
    Burt, *Structural Holes*, 1992 (from general knowledge): the sum over the neighbours j of
    ``(p_ij + sum_q p_iq p_qj)²``, with ``p`` the share of a node's ties that goes to another.
    """
    strength = weight.sum(1)
    part = weight / np.where(strength == 0, 1.0, strength)[:, None]
    found = np.asarray(((part + part @ part) ** 2 * (weight > 0)).sum(1))
    return np.where(strength > 0, found, np.nan)


def mediations(talks: Array, conflicts: Array) -> Array:
    """For each node, the pairs in conflict with both sides of which it talks.

    Parameters
    ----------
    talks, conflicts
        Symmetric, shape ``(n, n)``; above 0 where there were talks, a conflict.
    """
    spoke, fought = (talks > 0).astype(float), (conflicts > 0).astype(float)
    for table in (spoke, fought):
        np.fill_diagonal(table, 0.0)
    return np.asarray(((spoke @ fought) * spoke).sum(1) / 2)
