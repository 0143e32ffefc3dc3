"""Signed graphs with whole-number weights: parts that can be solved apart, and contractions that lose no optimum.

Frustration counts ties that a division into blocs goes against: positive ones between blocs, negative ones within.
Two things keep it exact on a smaller graph. Cycles lie within blocks (parts without a cut vertex), so blocks are
solved apart. And where one tie of an actor weighs as much as all its others together, some best division respects
that tie; the two ends of a positive one are then contracted, and for two blocs those of a negative one too, with
the other ties of one end turned round (Lange, Andres and Swoboda 2019 state such criteria in general).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = dict[int, dict[int, int]]


@dataclass(frozen=True)
class Part:
    """A part of a graph, its vertices numbered from 0.

    Attributes
    ----------
    vertices
        What the numbers stand for.
    ends
        Shape ``(m, 2)``, no pair twice.
    weights
        Shape ``(m,)``: whole numbers other than 0; the sign is the tie's.
    """

    vertices: tuple[int, ...]
    ends: NDArray[np.int64]
    weights: NDArray[np.int64]

    def matrix(self) -> NDArray[np.int64]:
        """The weights as a symmetric matrix."""
        out = np.zeros((len(self.vertices), len(self.vertices)), dtype=np.int64)
        a, b = self.ends.T
        out[a, b] = out[b, a] = self.weights
        return out


def neighbours(ends: NDArray[np.int64], weights: NDArray[np.int64]) -> Weights:
    """Vertex → neighbour → weight, for ties of which no pair has two."""
    out: Weights = {}
    for (a, b), w in zip(ends.tolist(), weights.tolist(), strict=True):
        out.setdefault(a, {})[b] = w
        out.setdefault(b, {})[a] = w
    return out


def contract(graph: Weights, *, two: bool) -> tuple[list[tuple[int, int, int]], int]:
    """Contract dominant ties, and change `graph` accordingly.

    Returns
    -------
    list of (gone, kept, sign)
        In the order of contraction: `gone` stands in the bloc of `kept` if the sign is 1, else in the other one.
    int
        Frustration that no division avoids: of ties that came to join one pair with both signs, the lesser weight.
    """
    steps: list[tuple[int, int, int]] = []
    unavoidable = 0
    waiting = sorted(graph)
    while waiting:
        v = waiting.pop()
        ties = graph.get(v)
        if not ties:
            continue
        u = max(ties, key=lambda x: (abs(ties[x]) if two else ties[x], x))
        sign = 1 if ties[u] > 0 else -1
        if 2 * abs(ties[u]) < sum(map(abs, ties.values())) or (sign < 0 and not two):
            continue
        steps.append((v, u, sign))
        del graph[v]
        for x, weight in ties.items():
            del graph[x][v]
            if x == u:
                continue
            old, new = graph[u].pop(x, 0), weight * sign
            graph[x].pop(u, None)
            if old * new < 0:
                unavoidable += min(abs(old), abs(new))
            if old + new:
                graph[u][x] = graph[x][u] = old + new
            waiting.append(x)
        waiting.append(u)
    return steps, unavoidable


def undo(steps: Iterable[tuple[int, int, int]], labels: dict[int, int]) -> None:
    """Give the contracted vertices the label of those that they were contracted into, or the other one."""
    for gone, kept, sign in reversed(list(steps)):
        labels[gone] = labels[kept] if sign > 0 else 1 - labels[kept]


def blocks(graph: Weights, *, two: bool) -> list[Part]:
    """The blocks that may hold frustration: those with a negative tie on a cycle.

    For any number of blocs a negative tie counts only where positive ties connect its ends some other way.
    """
    import networkx as nx

    whole = nx.Graph()
    whole.add_edges_from((a, b) for a, ties in graph.items() for b in ties if a < b)
    if not two:
        friends = nx.Graph()
        friends.add_nodes_from(whole)
        friends.add_edges_from((a, b) for a, b in whole.edges if graph[a][b] > 0)
        home = {v: i for i, part in enumerate(nx.connected_components(friends)) for v in part}
        whole.remove_edges_from([(a, b) for a, b in whole.edges if home[a] != home[b]])
    return [
        numbered(graph, edges)
        for edges in map(list, nx.biconnected_component_edges(whole))
        if any(graph[a][b] < 0 for a, b in edges) and len(edges) > 2
    ]


def numbered(graph: Weights, edges: Iterable[tuple[int, int]]) -> Part:
    """The part of a graph with these edges."""
    pairs = sorted((min(a, b), max(a, b)) for a, b in edges)
    vertices = sorted({v for pair in pairs for v in pair})
    index = {v: i for i, v in enumerate(vertices)}
    ends = np.array([(index[a], index[b]) for a, b in pairs], dtype=np.int64)
    return Part(tuple(vertices), ends, np.array([graph[a][b] for a, b in pairs], dtype=np.int64))


def frustrated(part: Part, labels: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which ties a division goes against."""
    same = labels[part.ends[:, 0]] == labels[part.ends[:, 1]]
    return np.asarray(same == (part.weights < 0))


def sides(graph: Weights, broken: Collection[tuple[int, int]], *, two: bool) -> dict[int, int]:
    """Blocs of all vertices by following the ties that are not `broken` (pairs, the lower vertex first).

    With any number of blocs only positive ties are followed, and what they do not connect is apart.
    """
    labels: dict[int, int] = {}
    fresh = 0
    for root in sorted(graph):
        if root in labels:
            continue
        labels[root], open_ = (0 if two else fresh), [root]
        fresh += 1
        while open_:
            v = open_.pop()
            for x, weight in graph[v].items():
                if x not in labels and (min(v, x), max(v, x)) not in broken and (two or weight > 0):
                    labels[x] = labels[v] if weight > 0 else 1 - labels[v]
                    open_.append(x)
    return labels
