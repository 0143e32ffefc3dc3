"""Draws of a table: every cell a distribution, many tables at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError
from worldstage.strategy.tables import ActorTable, Quantity

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

    def all_at(self, outcome: Floats) -> Floats:
        """The positions with everybody who has a say at the outcome of shape ``(draws, issues)``."""
        return np.where(self.weight > 0, outcome[:, None, :], self.position)


def once(table: ActorTable) -> Sample:
    """The table itself as a sample of one."""
    return Sample(table.capability[None], table.position[None], table.salience[None], table.line)


def draw(table: ActorTable, n: int, *, seed: int = 0, noise: float = NOISE) -> Sample:
    """Draw tables.

    A table that gives ranges is drawn from triangular distributions between low and high with the value as mode, and
    cells without a range stay as they are. A table without any range gets noise on every cell: capability and salience
    are multiplied by a lognormal number, positions are shifted by a normal one. Nothing leaves its bounds: positions
    the line, saliences 1 (nor their sum 1, where it was within). What is 0 stays 0; who has no weight stays in place.

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
        values = {name: _triangular(table, name, n, random) for name in ("capability", "position", "salience")}
        capability, position, salience = values["capability"], values["position"], values["salience"]
    else:
        capability = table.capability * np.exp(noise * random.standard_normal((n, *table.capability.shape)))
        salience = table.salience * np.exp(noise * random.standard_normal((n, *table.salience.shape)))
        held = np.where(table.weight > 0, table.position, np.nan)
        spread = np.array([np.ptp(c[~np.isnan(c)]) if (~np.isnan(c)).any() else 0.0 for c in held.T])
        position = table.position + noise * spread * random.standard_normal((n, *table.position.shape))
    position = np.where(table.weight > 0, np.clip(position, *table.line), table.position)
    return Sample(capability, position, _bounded(salience, table.salience), table.line)


def _bounded(salience: Floats, before: Floats) -> Floats:
    """Saliences of at most 1, with sums of at most 1 for the actors whose sums were so before."""
    salience = np.minimum(salience, 1.0)
    total = salience.sum(axis=-1, keepdims=True)
    capped = (before.sum(axis=-1, keepdims=True) <= 1.0) & (total > 1.0)
    return np.where(capped, salience / np.where(capped, total, 1.0), salience)


def _triangular(table: ActorTable, name: Quantity, n: int, random: np.random.Generator) -> Floats:
    """Draws between low and high; by inversion, because a range of no width is none that NumPy accepts."""
    mode: Floats = getattr(table, name)
    u = random.random((n, *mode.shape))
    low, high = table.ranges.get(name, (mode, mode))
    width = high - low
    with np.errstate(invalid="ignore", divide="ignore"):
        split = np.where(width > 0, (mode - low) / width, 0.0)
        below = low + np.sqrt(u * split) * width
        above = high - np.sqrt((1 - u) * (1 - split)) * width
    return np.where(width > 0, np.where(u < split, below, above), mode)
