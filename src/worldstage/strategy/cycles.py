"""Cycles that cannot be without frustration, and which of them a fractional answer breaks most.

With two blocs these are the cycles with an odd number of negative ties, with any number those with just one. Both are
found as shortest paths: the first between the two copies of a vertex in a graph doubled by sign, the second between
the ends of a negative tie over positive ones.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.signed_graph import Part

Cycle = tuple[int, ...]
# Added to each length, so that of equally broken cycles the shorter is found.
_STEP = 1e-7
_BROKEN = 1e-4


class Separator:
    """Finds the cycles of a part that a vector of frustration, one number per tie, breaks."""

    def __init__(self, part: Part, *, two: bool) -> None:
        self.part = part
        self.two = two
        n = len(part.vertices)
        a, b = part.ends.T
        negative = part.weights < 0
        self._edge: dict[tuple[int, int], int] = {}
        for e, (x, y) in enumerate(part.ends.tolist()):
            self._edge[x, y] = self._edge[y, x] = e
        if two:
            # Vertex v at side s is v + s·n; a negative tie leads to the other side.
            other = np.where(negative, n, 0)
            self._from = np.concatenate([a, a + n])
            self._to = np.concatenate([b + other, b + n - other])
            self._tie = np.concatenate([np.arange(len(a))] * 2)
            self._size = 2 * n
        else:
            self._from, self._to = a[~negative], b[~negative]
            self._tie = np.flatnonzero(~negative)
            self._size = n
        self._start = a if two else a[negative]
        self._goal = np.where(negative, b, b + n) if two else b[negative]
        self._closing = np.arange(len(a)) if two else np.flatnonzero(negative)

    def broken(self, values: NDArray[np.float64], most: int) -> list[Cycle]:
        """Cycles whose values add up to less than 1, the most broken first; each as its sorted ties."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        lengths = np.clip(values, 0, None) + _STEP
        graph = csr_array((lengths[self._tie], (self._from, self._to)), shape=(self._size, self._size))
        starts, place = np.unique(self._start, return_inverse=True)
        distance, before = dijkstra(graph, directed=False, indices=starts, return_predecessors=True, limit=1.0)
        total = distance[place, self._goal] + lengths[self._closing]
        order = np.argsort(total, kind="stable")
        found: dict[Cycle, None] = {}
        for i in order:
            if total[i] >= 1 - _BROKEN or len(found) >= most:
                break
            walk = self._walk(before[place[i]], int(self._start[i]), int(self._goal[i]))
            found.setdefault(self._cycle(walk))
        return list(found)

    def _walk(self, before: NDArray[np.int32], start: int, goal: int) -> list[int]:
        """The vertices of a shortest path, ends included; the closing tie leads back."""
        n = len(self.part.vertices)
        walk = [goal]
        while walk[-1] != start:
            walk.append(int(before[walk[-1]]))
        return [v % n for v in reversed(walk)]

    def _cycle(self, walk: list[int]) -> Cycle:
        """The ties of a closed walk; where it crosses itself, of a loop of it that is broken too."""
        if self.two:
            seen: dict[int, int] = {}
            path: list[int] = []
            for v in walk:
                if v not in seen:
                    seen[v] = len(path)
                    path.append(v)
                    continue
                loop = path[seen[v] :]
                if self._odd(loop):
                    return self._ties(loop)
                for x in loop[1:]:
                    del seen[x]
                path = path[: seen[v] + 1]
            walk = path
        return self._ties(walk)

    def _odd(self, loop: list[int]) -> bool:
        ties = [self._edge[x, y] for x, y in zip(loop, loop[1:] + loop[:1], strict=True)]
        return bool((self.part.weights[ties] < 0).sum() % 2)

    def _ties(self, loop: list[int]) -> Cycle:
        return tuple(sorted(self._edge[x, y] for x, y in zip(loop, loop[1:] + loop[:1], strict=True)))


def triangles(part: Part, *, two: bool, most: int) -> list[Cycle]:
    """Up to `most` triangles that cannot be without frustration."""
    ties: dict[int, dict[int, int]] = {}
    for e, (a, b) in enumerate(part.ends.tolist()):
        ties.setdefault(a, {})[b] = e
        ties.setdefault(b, {})[a] = e
    found: list[Cycle] = []
    for a, b, e, c in _corners(part, ties):
        three = (e, ties[a][c], ties[b][c])
        negative = int((part.weights[list(three)] < 0).sum())
        if negative == 1 or (two and negative == 3):
            found.append(tuple(sorted(three)))
            if len(found) >= most:
                break
    return found


def _corners(part: Part, ties: dict[int, dict[int, int]]) -> Iterable[tuple[int, int, int, int]]:
    for e, (a, b) in enumerate(part.ends.tolist()):
        for c in sorted(ties[a].keys() & ties[b].keys()):
            if c > max(a, b):
                yield a, b, e, c
