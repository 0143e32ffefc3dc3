"""Landscape theory: which divisions into blocs are stable, how low they lie and how many starts lead to each.

Axelrod and Bennett (1993): every actor prefers blocs with those it is inclined to work with, weighted by their size;
the energy of a division sums size × size × propensity over ordered pairs kept apart; a division is stable where no
single actor's change of side lowers it; its basin is the number of divisions from which steepest descent arrives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError
from worldstage.strategy.coalition_tables import CoalitionTable
from worldstage.strategy.descent import Terrain, energies, moves, settle, steepest
from worldstage.strategy.partitions import Labels, codes, count, every_partition, random_partitions

Blocs = tuple[tuple[str, ...], ...]
# Up to so many divisions all are looked at: 21 actors in two blocs, 13 in three.
MOST_ENUMERATED = 1 << 20
STARTS = 10_000
# A stable division whose energy is above the lowest by no more than this share of it is a near-tie.
NEAR = 0.05
_NOTHING = 1e-8


@dataclass(frozen=True)
class Minimum:
    """A stable division.

    Attributes
    ----------
    energy
        Over ordered pairs; the lower the better for all.
    basin
        Divisions from which steepest descent arrives here; among the starts tried, where not all were.
    share
        `basin` as a share of all divisions, or of all starts.
    blocs
        The largest first.
    neutrals
        Actors who stand alone; empty unless neutrals were allowed.
    tied
        Actors whose change of side would leave the energy as it is: they could as well stand elsewhere.
    near
        Whether it nearly ties, or ties, with the lowest; the lowest itself only where another has the same energy.
    """

    energy: float
    basin: int
    share: float
    blocs: Blocs
    neutrals: tuple[str, ...]
    tied: tuple[str, ...]
    near: bool


@dataclass(frozen=True)
class Landscape:
    """All stable divisions that were found, the lowest first.

    Attributes
    ----------
    divisions
        How many there are, labels apart.
    exhaustive
        Whether all were looked at. If not, `starts` random ones were, and `unseen` estimates the share of all starts
        that lead to minima not found (Good and Turing: those found just once, over the starts).
    free
        Actors of no weight (size 0, or indifferent to all and all to them): any bloc is as good, so they are in none.
    """

    minima: tuple[Minimum, ...]
    divisions: int
    exhaustive: bool
    starts: int | None
    unseen: float
    blocs: int
    neutrals: bool
    commitment: float
    seed: int | None
    free: tuple[str, ...]
    warnings: tuple[str, ...]
    method: str = "landscape theory (Axelrod and Bennett 1993)"


@dataclass(frozen=True)
class Stage:
    """The actors that matter, in the order that decides ties: larger first, then by name."""

    names: tuple[str, ...]
    sizes: NDArray[np.float64]
    propensities: NDArray[np.float64]
    terrain: Terrain
    free: tuple[str, ...]
    commitment: float


def set_stage(table: CoalitionTable, *, blocs: int = 2, neutrals: bool = False, commitment: float = 0.0) -> Stage:
    """Order the actors, set those of no weight apart, and work out the terrain.

    Parameters
    ----------
    commitment
        What standing in a bloc costs an actor, as a propensity: the cost in energy is size × commitment × the sum of
        all sizes. Only with `neutrals`.

    Raises
    ------
    InputError
        If fewer than two actors have any weight, or a parameter is out of range.
    """
    if blocs < 2:
        raise InputError(f"{blocs} bloc{'s' if blocs > 1 else ''} cannot be chosen between.", expected="2 or more")
    if commitment < 0 or (commitment and not neutrals):
        raise InputError(
            f"A cost of commitment of {commitment:g} has no meaning here.", expected="0 or more, with neutrals allowed"
        )
    weights = table.weights()
    heavy = np.abs(weights).sum(axis=1) > 0
    order = sorted(np.flatnonzero(heavy), key=lambda i: (-table.sizes[i], table.names[i]))
    if len(order) < 2:
        raise InputError(
            "No two actors are inclined for or against each other.", expected="a propensity and sizes other than 0"
        )
    sizes = table.sizes[order]
    weights = weights[np.ix_(order, order)]
    costs = 2 * commitment * sizes * sizes.sum()
    if neutrals and not commitment:
        # A bloc that brings its members nothing is left: else every empty pairing would be another minimum.
        costs = np.full(len(order), _NOTHING * np.abs(weights).sum() / len(order))
    return Stage(
        tuple(table.names[i] for i in order),
        sizes,
        table.propensities[np.ix_(order, order)],
        Terrain(weights, blocs, neutrals, costs),
        tuple(name for name, used in zip(table.names, heavy, strict=True) if not used),
        commitment,
    )


def landscape(
    table: CoalitionTable,
    *,
    blocs: int = 2,
    neutrals: bool = False,
    commitment: float = 0.0,
    starts: int | None = None,
    seed: int = 0,
) -> Landscape:
    """Find the stable divisions: all of them where the divisions can be listed, else by descent from random starts.

    Parameters
    ----------
    blocs
        At most so many.
    neutrals
        Whether actors may stand alone, apart from everyone, beside the blocs.
    starts
        How many random starts; if not given, all divisions are listed up to `MOST_ENUMERATED` of them.
    seed
        Of the random starts.

    Raises
    ------
    InputError
        As `set_stage` does.
    """
    stage = set_stage(table, blocs=blocs, neutrals=neutrals, commitment=commitment)
    terrain, n = stage.terrain, len(stage.names)
    divisions = count(n, terrain.most, neutrals=neutrals)
    exhaustive = starts is None and divisions <= MOST_ENUMERATED
    if exhaustive:
        found, basins = _all_minima(terrain)
    else:
        starts = starts or _affordable(terrain)
        rng = np.random.default_rng(seed)
        ends = settle(terrain, random_partitions(rng, starts, n, terrain.most, neutrals=neutrals))
        found, basins = np.unique(ends, axis=0, return_counts=True)
    total = int(basins.sum())
    warnings = list(table.warnings)
    if stage.free:
        warnings.append(f"Of no weight to anyone, so in no bloc: {', '.join(stage.free)}.")
    unseen = 0.0 if exhaustive else float((basins == 1).sum()) / total
    if not exhaustive:
        warnings.append(
            f"{divisions:,} divisions are too many to list: {total:,} random starts were followed downhill. Further "
            f"minima may exist; about {unseen:.1%} of starts would lead to ones not found."
        )
    return Landscape(
        _described(stage, found, basins, table.names),
        divisions,
        exhaustive,
        None if exhaustive else starts,
        unseen,
        blocs,
        neutrals,
        commitment,
        None if exhaustive else seed,
        stage.free,
        tuple(warnings),
    )


def _affordable(terrain: Terrain) -> int:
    """Random starts that take some seconds at most."""
    n = len(terrain.weights)
    return int(min(STARTS, max(200, 3e9 / (n**3 * (n if terrain.neutrals else terrain.labels)))))


def _all_minima(terrain: Terrain) -> tuple[Labels, NDArray[np.int64]]:
    """Minima and their basins: each division points to the next one downhill; pointers are followed by doubling."""
    every = every_partition(len(terrain.weights), terrain.most, neutrals=terrain.neutrals)
    base = terrain.labels
    after, moved = steepest(terrain, every)
    target = np.searchsorted(codes(every, base), codes(after, base))
    while True:
        further = target[target]
        if (further == target).all():
            break
        target = further
    minima = np.flatnonzero(~moved)
    return every[minima], np.bincount(target, minlength=len(every))[minima]


def _described(stage: Stage, labels: Labels, basins: NDArray[np.int64], order: Sequence[str]) -> tuple[Minimum, ...]:
    terrain = stage.terrain
    priced = terrain if stage.commitment else replace(terrain, costs=np.zeros(len(stage.names)))
    energy = energies(priced, labels)
    tied = moves(terrain, labels).min(axis=2) <= terrain.slack
    span = max(abs(float(energy.min())), terrain.slack)
    minima = []
    for row, e, basin, ties in zip(labels, energy, basins, tied, strict=True):
        blocs, alone = blocs_of(stage, row, order)
        minima.append(
            Minimum(
                tidy(e),
                int(basin),
                int(basin) / int(basins.sum()),
                blocs,
                alone,
                tuple(name for name in order if name in stage.names and ties[stage.names.index(name)]),
                0 < e - energy.min() <= NEAR * span or bool((energy <= energy.min() + terrain.slack).sum() > 1),
            )
        )
    return tuple(sorted(minima, key=lambda m: (m.energy, -m.basin, m.blocs)))


def blocs_of(stage: Stage, row: NDArray[np.integer], order: Sequence[str]) -> tuple[Blocs, tuple[str, ...]]:
    """The blocs of a row of labels by name, the largest by size first, and who stands alone; members in `order`."""
    groups: dict[int, list[int]] = {}
    for i, label in enumerate(row):
        groups.setdefault(int(label), []).append(i)
    rank = {name: i for i, name in enumerate(order)}
    single = [g for g in groups.values() if stage.terrain.neutrals and len(g) == 1]
    rest = sorted((g for g in groups.values() if g not in single), key=lambda g: (-stage.sizes[g].sum(), g))

    def names(group: Sequence[int]) -> tuple[str, ...]:
        return tuple(sorted((stage.names[i] for i in group), key=rank.__getitem__))

    return tuple(names(g) for g in rest), names([i for g in single for i in g])


def tidy(number: float) -> float:
    """Without the noise of the last digits of a long sum."""
    return float(f"{number:.12g}") + 0.0
