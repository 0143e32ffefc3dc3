"""Stability of a division: who would leave, how far each actor is from doing so, and which pairs would go together.

Each actor judges by its own propensities: the pull of a bloc is the sum of size × propensity over its other members.
In a minimum of the landscape nobody leaves as long as propensities are symmetric; where they are not, one side of a
pair may wish to leave what the energy, which counts both directions, holds together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError
from worldstage.strategy.coalition_tables import CoalitionTable
from worldstage.strategy.descent import PRECISION

ALONE = "alone"


@dataclass(frozen=True)
class Standing:
    """How firmly one actor stands where it is.

    Attributes
    ----------
    bloc
        Index of its bloc in the division.
    pull, rival_pull
        Of its own bloc, and of the best other place for it: a bloc, or standing alone where that is allowed (pull 0).
    rival
        That place: index of the bloc, ``len(blocs)`` for a new one, or ``"alone"``.
    margin
        `pull` less `rival_pull`; below 0 it would leave.
    share
        `margin` over the most that propensities of these strengths could make it: from -1 to 1, 0 on the brink.
    leaves
        Whether it would gain by leaving.
    """

    actor: str
    size: float
    bloc: int
    pull: float
    rival: int | str
    rival_pull: float
    margin: float
    share: float
    leaves: bool


@dataclass(frozen=True)
class Stability:
    """The standing of every actor, the shakiest first.

    Attributes
    ----------
    pairs
        Two of one bloc who would both gain by going to another one together, though neither would alone.
    """

    blocs: tuple[tuple[str, ...], ...]
    standings: tuple[Standing, ...]
    pairs: tuple[tuple[str, str, int], ...]

    @property
    def leavers(self) -> tuple[str, ...]:
        """Who would leave."""
        return tuple(s.actor for s in self.standings if s.leaves)


def stability(
    table: CoalitionTable,
    division: Sequence[Sequence[str]],
    *,
    blocs: int = 2,
    neutrals: bool = False,
    commitment: float = 0.0,
) -> Stability:
    """Judge a division.

    Parameters
    ----------
    division
        Blocs by name; actors named in none (those of no weight) are left out. With `neutrals`, blocs of one actor
        count as standing alone.
    blocs
        At most so many, or as many as the division has. If it has fewer, founding another one is among the choices;
        with `neutrals` that takes somebody who stands alone and is joined.
    neutrals
        Whether an actor may choose to stand alone.
    commitment
        As in `landscape`: what standing in a bloc costs, as a propensity towards all.

    Raises
    ------
    InputError
        If an actor is unknown or stands twice.
    """
    index = {name: i for i, name in enumerate(table.names)}
    place = {name: k for k, bloc in enumerate(division) for name in bloc}
    if len(place) != sum(map(len, division)) or not place.keys() <= index.keys():
        raise InputError("The division names an actor twice, or one that is not in the table.")
    kinds = max(blocs, len(division)) + neutrals
    label = np.array([place.get(name, -1) for name in table.names])
    strength = table.propensities * table.sizes[None, :]
    np.fill_diagonal(strength, 0.0)
    pulls = np.stack([strength[:, label == k].sum(axis=1) for k in range(kinds)], axis=1)
    number = np.array([(label == k).sum() for k in range(kinds)])
    most = max(blocs, int((number >= 2).sum())) if neutrals else kinds
    pulls -= commitment * table.sizes.sum()
    standings = [
        _standing(
            table, i, label, _allowed(pulls[i], number, label[i], most), strength[i], number == 1,
            neutrals=neutrals, new=len(division),
        )
        for i in range(len(table.names))
        if label[i] >= 0
    ]  # fmt: skip
    leavers = {s.actor for s in standings if s.leaves}
    return Stability(
        tuple(tuple(bloc) for bloc in division),
        tuple(sorted(standings, key=lambda s: (s.share, -s.size, s.actor))),
        _pairs(table.names, label, pulls, strength, leavers, number[: len(division)], most),
    )


def _allowed(
    pulls: NDArray[np.float64], number: NDArray[np.int64], home: int, most: int, movers: int = 1
) -> NDArray[np.float64]:
    """The pulls of the places that one may go to: infinitely weak where that would make more than `most` true blocs."""
    dissolves = number[home] >= 2 > number[home] - movers
    after = (number >= 2).sum() - dissolves + ((number == 1) & (np.arange(len(number)) != home))
    return np.where((after > most) & (np.arange(len(number)) != home), -np.inf, pulls)


def _standing(
    table: CoalitionTable,
    i: int,
    label: NDArray[np.int64],
    pulls: NDArray[np.float64],
    strength: NDArray[np.float64],
    single: NDArray[np.bool_],
    *,
    neutrals: bool,
    new: int,
) -> Standing:
    pulls = pulls.copy()
    if neutrals:
        # The last place is standing alone; so is a bloc of one's own.
        pulls[-1] = 0.0
        if single[label[i]]:
            pulls[label[i]] = 0.0
        pulls[new:-1] = -np.inf
    others = pulls.copy()
    others[label[i]] = -np.inf
    rival = int(others.argmax())
    margin = float(pulls[label[i]] - pulls[rival])
    most = float(np.abs(strength).sum())
    slack = PRECISION * max(most, 1e-300)
    where: int | str = ALONE if neutrals and rival == len(pulls) - 1 else min(rival, new)
    return Standing(
        table.names[i],
        float(table.sizes[i]),
        int(label[i]),
        float(pulls[label[i]]),
        where,
        float(pulls[rival]),
        margin if abs(margin) > slack else 0.0,
        max(-1.0, min(1.0, margin / most)) if most and abs(margin) > slack else 0.0,
        margin < -slack,
    )


def _pairs(
    names: Sequence[str],
    label: NDArray[np.int64],
    pulls: NDArray[np.float64],
    strength: NDArray[np.float64],
    leavers: set[str],
    number: NDArray[np.int64],
    most: int,
) -> tuple[tuple[str, str, int], ...]:
    found = []
    for i in range(len(names)):
        for j in range(i):
            if label[i] != label[j] or label[i] < 0 or {names[i], names[j]} & leavers:
                continue
            reach = _allowed(np.zeros(len(number)), number, label[i], most, movers=2)
            for k in range(len(number)):
                gain_i = reach[k] + pulls[i, k] + strength[i, j] - pulls[i, label[i]]
                gain_j = pulls[j, k] + strength[j, i] - pulls[j, label[j]]
                if k != label[i] and min(gain_i, gain_j) > PRECISION * np.abs(strength).sum():
                    found.append((names[j], names[i], k))
    return tuple(found)
