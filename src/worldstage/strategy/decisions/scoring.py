"""How good forecasts with a distribution were: CRPS, interval score, coverage, randomised PIT."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from worldstage.strategy.decisions.distribution import Floats, Forecast

# Middles of 100 cells of the line: on whole-numbered masses and outcomes a sum over them is an integral.
CELLS: Floats = np.arange(0.5, 100.0)


def crps(forecasts: Sequence[Forecast], outcomes: ArrayLike) -> Floats:
    """Continuous ranked probability score of each forecast: lower is better, in points of the line.

    For a forecast without spread it is the absolute error. Source of the score: Gneiting and Raftery (2007),
    from general knowledge.
    """
    levels = np.array([f.cdf(CELLS) for f in forecasts])
    return crps_of_levels(levels, np.asarray(outcomes, dtype=float))


def crps_of_levels(levels: Floats, outcomes: Floats) -> Floats:
    """The same from distribution functions at `CELLS`, shape ``(issues, 100)``."""
    step = np.clip(CELLS[None, :] + 0.5 - outcomes[:, None], 0.0, 1.0)
    # Share `step` of a cell lies above the outcome, the rest below.
    total: Floats = ((levels - 1.0) ** 2 * step + levels**2 * (1.0 - step)).sum(axis=1)
    return total


def interval_score(low: ArrayLike, high: ArrayLike, outcomes: ArrayLike, *, level: float = 0.8) -> Floats:
    """Width of an interval, plus the shortfall times 2 / (1 - level) where it misses; lower is better."""
    lower, upper, y = (np.asarray(v, dtype=float) for v in (low, high, outcomes))
    miss = np.maximum(lower - y, 0.0) + np.maximum(y - upper, 0.0)
    total: Floats = upper - lower + 2.0 / (1.0 - level) * miss
    return total


def coverage(forecasts: Sequence[Forecast], outcomes: ArrayLike, *, level: float = 0.8) -> float:
    """Share of outcomes within the central interval, its ends included.

    With masses on single values the ends are often hit, so that a right forecast covers rather more than `level`.
    """
    y = np.asarray(outcomes, dtype=float)
    tail = (1.0 - level) / 2
    low = np.array([f.quantile(tail) for f in forecasts])
    high = np.array([f.quantile(1.0 - tail) for f in forecasts])
    return float(((low <= y) & (y <= high)).mean())


def pit(forecasts: Sequence[Forecast], outcomes: ArrayLike, *, seed: int = 0) -> Floats:
    """Randomised probability integral transform: evenly spread over 0–1 if the chances are right."""
    y = np.asarray(outcomes, dtype=float)
    below = np.array([float(f.below(v)) for f, v in zip(forecasts, y, strict=True)])
    upto = np.array([float(f.cdf(v)) for f, v in zip(forecasts, y, strict=True)])
    place: Floats = below + np.random.default_rng(seed).random(len(y)) * (upto - below)
    return place
