"""Coalitions: time to the exact frustration index on graphs of alliances and rivalries, and to all stable divisions.

`python -m benchmarks.coalitions [states] [graphs]` prints one line per graph; nothing is read from outside.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from worldstage.strategy.balance import frustration
from worldstage.strategy.coalition_tables import CoalitionTable, SignedEdges, signed_edges
from worldstage.strategy.landscape import landscape

# How likely a state of a region joins its alliance, rivals a neighbour, or takes a great power's side, and how many
# ties are turned round at random.
KINDS = {
    "calm": {"join": 0.9, "rival": 0.15, "side": 0.5, "noise": 0.0, "across": 0.2},
    "usual": {"join": 0.8, "rival": 0.3, "side": 0.5, "noise": 0.02, "across": 0.5},
    "tense": {"join": 0.7, "rival": 0.6, "side": 0.7, "noise": 0.05, "across": 1.0},
    "tangled": {"join": 0.6, "rival": 0.8, "side": 0.9, "noise": 0.12, "across": 2.0},
}


def alliances_and_rivalries(
    states: int, *, seed: int, kind: str = "usual", regions: int = 10, powers: int = 6
) -> SignedEdges:
    """A signed graph like those of interstate politics.

    States lie on a plane in regions. In a region those who join its alliance are all tied positively. Neighbours may
    be rivals, allied or not. Great powers rival each other unless they share a camp; states are allied with the great
    power of their region's camp, and some rival that of the other. A few ties reach across regions.
    """
    rng = np.random.default_rng(seed)
    odds = KINDS[kind]
    camps = rng.integers(0, 2, regions)
    region = rng.integers(0, regions, states)
    place = rng.normal(size=(regions, 2))[region] * 3 + rng.normal(size=(states, 2))
    joined = rng.random(states) < odds["join"]
    great = rng.choice(states, powers, replace=False)
    ties: dict[tuple[int, int], int] = {}

    def tie(a: int, b: int, sign: int) -> None:
        if a != b:
            ties[min(a, b), max(a, b)] = -sign if rng.random() < odds["noise"] else sign

    for a in range(states):
        for b in range(a):
            if region[a] == region[b] and joined[a] and joined[b]:
                tie(a, b, 1)
    for a in range(states):
        near = np.argsort(((place - place[a]) ** 2).sum(axis=1))[1:6]
        for b in near[rng.random(len(near)) < odds["rival"] / 2]:
            tie(a, int(b), -1)
        for g in great[rng.random(powers) < odds["side"] / 2]:
            tie(a, int(g), 1 if camps[region[a]] == camps[region[g]] else -1)
    for a in great:
        for b in great:
            if a < b:
                tie(int(a), int(b), 1 if camps[region[a]] == camps[region[b]] else -1)
    for a, b in rng.integers(0, states, (int(odds["across"] * states), 2)):
        tie(int(a), int(b), 1 if (camps[region[a]] == camps[region[b]]) == (rng.random() < 0.8) else -1)
    return signed_edges([(f"S{a:03}", f"S{b:03}", sign) for (a, b), sign in ties.items()])


def random_signs(actors: int, *, density: float, negative: float, seed: int) -> SignedEdges:
    """A random graph with random signs: as hard as they come, and unlike politics."""
    rng = np.random.default_rng(seed)
    pairs = np.argwhere(np.triu(rng.random((actors, actors)) < density, 1))
    signs = np.where(rng.random(len(pairs)) < negative, -1, 1)
    return signed_edges([(str(a), str(b), int(s)) for (a, b), s in zip(pairs, signs, strict=True)])


def random_table(actors: int, *, seed: int) -> CoalitionTable:
    """Sizes like those of states, propensities without structure."""
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(actors, actors))
    names = tuple(f"A{i:03}" for i in range(actors))
    return CoalitionTable(names, rng.lognormal(sigma=1.5, size=actors), (matrix + matrix.T) / 2)


def _report(name: str, edges: SignedEdges, seconds: float) -> None:
    for two in (True, False):
        found = frustration(edges, two=two, seconds=seconds)
        proof = "optimal" if found.optimal else f"bound {found.bound}, gap {found.gap}"
        blocs = "2 blocs  " if two else "any blocs"
        counts = f"{len(edges.names)} actors {len(edges.signs)} ties ({(edges.signs < 0).mean():.0%} negative)"
        print(f"{name:22} {counts:40} {blocs} {found.frustration:4} {proof:22} {found.seconds:6.2f} s", flush=True)


def main() -> None:
    """Print the measurements."""
    states = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    graphs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    for kind in KINDS:
        for seed in range(graphs):
            _report(f"{kind} {seed}", alliances_and_rivalries(states, seed=seed, kind=kind), 60)
    for actors, density in ((30, 0.3), (40, 0.3), (60, 0.1), (150, 0.03), (150, 0.055)):
        _report(f"random {actors} at {density}", random_signs(actors, density=density, negative=0.5, seed=0), 60)
    for actors, blocs, neutrals in ((17, 2, False), (20, 2, False), (12, 3, False), (11, 2, True), (60, 2, False)):
        begun = time.monotonic()
        found = landscape(random_table(actors, seed=0), blocs=blocs, neutrals=neutrals)
        how = "all" if found.exhaustive else f"{found.starts} starts of"
        kind = f"{blocs} blocs{' and neutrals' if neutrals else ''}"
        print(
            f"landscape {actors} actors, {kind}: {how} {found.divisions:,} divisions, {len(found.minima)} minima, "
            f"{time.monotonic() - begun:.2f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
