"""Draws of a table: every cell a distribution, many tables at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError
from worldstage.strategy.tables import QUANTITIES, ActorTable, Quantity

Floats = NDArray[np.float64]
NOISE = 0.05


@dataclass(frozen=True)
class Sample:
    """Many tables of the same actors and issues.

    Attributes
    ----------
    capability
        Shape ``(draws, actors)``.
    position, salience
        Shape ``(draws, actors, issues)``; a position is not a number where an actor takes no part.
    line
        The two ends of the line that positions lie on.
    """

    capability: Floats
    position: Floats
    salience: Floats
    line: tuple[float, float]

    @property
    def weight(self) -> Floats:
        """Capability times salience, shape ``(draws, actors, issues)``."""
        return self.capability[..., None] * self.salience

    def __len__(self) -> int:
        return len(self.capability)

    def part(self, rows: slice) -> Sample:
        """Some of the tables."""
        return Sample(self.capability[rows], self.position[rows], self.salience[rows], self.line)

    def all_at(self, outcome: Floats) -> Floats:
        """The positions with everybody who has a say at the outcome of shape ``(draws, issues)``."""
        return np.where(self.weight > 0, outcome[:, None, :], self.position)


def once(table: ActorTable) -> Sample:
    """The table itself as a sample of one."""
    return Sample(table.capability[None], table.position[None], table.salience[None], table.line)


def draw(table: ActorTable, n: int, *, seed: int = 0, noise: float = NOISE) -> Sample:
    """Draw tables.

    A table that gives ranges is drawn from triangular distributions between low and high with the value as mode, or
    from the draws of a position where it has some; cells without either stay as they are. A table without any range
    gets noise on every cell: capability and salience are multiplied by a lognormal number, positions are shifted by a
    normal one. Nothing leaves its bounds: positions the line, saliences 1 (nor their sum 1, where it was within). What
    is 0 stays 0; who has no weight stays in place.

    Parameters
    ----------
    noise
        Standard deviation: of the logarithm for capability and salience, as a share of the spread of positions on the
        issue for positions.

    Raises
    ------
    InputError
        If `n` or `noise` are out of range.
    """
    if n < 1:
        raise InputError(f"{n} draws.", expected="1 or more")
    if not 0 <= noise <= 1:
        raise InputError(f"Noise of {noise:g}.", expected="0 to 1, such as 0.05")
    random = np.random.default_rng(seed)
    if table.ranges:
        uniform: dict[Quantity, Floats] = {name: random.random((n, *getattr(table, name).shape)) for name in QUANTITIES}
        return _ranged(table, uniform)
    order: tuple[Quantity, ...] = ("capability", "salience", "position")
    return _noisy(table, {name: random.standard_normal((n, *getattr(table, name).shape)) for name in order}, noise)


def drawn_at(table: ActorTable, uniform: Mapping[Quantity, Floats], *, noise: float = NOISE) -> Sample:
    """The tables at given places of the cells' distributions, those that `draw` draws from.

    Parameters
    ----------
    uniform
        For every quantity, how much of each cell's distribution lies below: above 0, below 1, shape ``(draws, …)``.
    """
    if table.ranges:
        return _ranged(table, uniform)
    from scipy.special import ndtri

    return _noisy(table, {name: ndtri(uniform[name]) for name in QUANTITIES}, noise)


def uncertain(table: ActorTable, *, noise: float = NOISE) -> dict[Quantity, NDArray[np.bool_]]:
    """Which cells vary from draw to draw, in each quantity's shape."""
    in_play = table.weight > 0
    if table.ranges:
        wide = {name: np.zeros(getattr(table, name).shape, dtype=bool) for name in QUANTITIES}
        for name, (low, high) in table.ranges.items():
            wide[name] = np.nan_to_num(high - low) > 0
        for at, drawn in table.known.items():
            wide["position"][at] = np.ptp(drawn) > 0
        able, known = wide["capability"] | (table.capability > 0), ~np.isnan(table.position)
        return {
            "capability": wide["capability"], "position": wide["position"] & in_play,
            "salience": wide["salience"] & able[:, None] & known,
        }  # fmt: skip
    noisy = in_play & (noise > 0)
    strong: NDArray[np.bool_] = np.any(noisy, axis=1)
    return {"capability": strong, "position": noisy & (_spread(table) > 0), "salience": noisy}


def _ranged(table: ActorTable, uniform: Mapping[Quantity, Floats]) -> Sample:
    """By inversion: from the range of a cell, or from the draws of a position where there are some."""
    values = {name: _triangular(table, name, uniform[name]) for name in QUANTITIES}
    for (i, k), drawn in table.known.items():
        values["position"][:, i, k] = np.quantile(drawn, uniform["position"][:, i, k])
    return _sample(table, values)


def _noisy(table: ActorTable, normal: Mapping[Quantity, Floats], noise: float) -> Sample:
    return _sample(
        table,
        {
            "capability": table.capability * np.exp(noise * normal["capability"]),
            "salience": table.salience * np.exp(noise * normal["salience"]),
            "position": table.position + noise * _spread(table) * normal["position"],
        },
    )


def _spread(table: ActorTable) -> Floats:
    """How far apart those with a say stand, per issue."""
    held = np.where(table.weight > 0, table.position, np.nan)
    return np.array([np.ptp(c[~np.isnan(c)]) if (~np.isnan(c)).any() else 0.0 for c in held.T])


def _sample(table: ActorTable, values: Mapping[Quantity, Floats]) -> Sample:
    """Within the bounds; who has no weight stays in place."""
    position = np.where(table.weight > 0, np.clip(values["position"], *table.line), table.position)
    return Sample(values["capability"], position, _bounded(values["salience"], table.salience), table.line)


def _bounded(salience: Floats, before: Floats) -> Floats:
    """Saliences of at most 1, with sums of at most 1 for the actors whose sums were so before."""
    salience = np.minimum(salience, 1.0)
    total = salience.sum(axis=-1, keepdims=True)
    capped = (before.sum(axis=-1, keepdims=True) <= 1.0) & (total > 1.0)
    return np.where(capped, salience / np.where(capped, total, 1.0), salience)


def _triangular(table: ActorTable, name: Quantity, u: Floats) -> Floats:
    """Draws between low and high; by inversion, because a range of no width is none that NumPy accepts."""
    mode: Floats = getattr(table, name)
    low, high = table.ranges.get(name, (mode, mode))
    width = high - low
    with np.errstate(invalid="ignore", divide="ignore"):
        split = np.where(width > 0, (mode - low) / width, 0.0)
        below = low + np.sqrt(u * split) * width
        above = high - np.sqrt((1 - u) * (1 - split)) * width
    return np.where(width > 0, np.where(u < split, below, above), mode)
