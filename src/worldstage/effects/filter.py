"""The past of a count series: where its level stands at the shock, and how much it varies, bursts and drifts.

Counts are gamma-mixed Poisson (negative binomial) around ``volume × level``. The level is constant, or drifts (its
logarithm is a random walk), or bursts (it is thrown off its mean and comes back). For every such law on a grid a gamma
filter runs over the past; its one-step predictions weigh the laws. All series and all laws go through at once, so that
thousands of placebos cost seconds.

References
----------
Discounted gamma-Poisson filters: Harvey and Fernandes (1989). Here the discount follows from the law's variances, and
overdispersion lowers the weight of an observation. From general knowledge; checked by simulation
(``benchmarks/effects``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Variance of the counts beyond Poisson's, as a multiple of the squared mean.
DISPERSIONS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0)
# Variance of a week's step of the logarithm of the level, and how likely each is before any data: without signs of
# drift the test is to be nearly that of a constant level, or it loses power.
DRIFTS = (0.0, 0.001, 0.004, 0.016, 0.064, 0.2)
_DRIFT_PRIOR = (0.955, 0.015, 0.01, 0.005, 0.003, 0.002)
# Bursts: variance of the level around its mean, and what is left of a deviation after a week.
BURSTS = (0.1, 0.3, 1.0, 3.0)
_BURST_PRIOR = (0.0025, 0.0025, 0.0025, 0.0025)
_MEMORY = 0.8
_START = 0.5
_BURN_IN = 10


@dataclass(frozen=True, slots=True)
class Grid:
    """Laws of a count series, each field of shape ``(laws,)``, per period.

    Attributes
    ----------
    dispersion
        Of the counts around the level.
    step
        Variance of the level's relative step.
    memory
        What is left of a deviation from the mean after a period; 1 for a level without a mean to return to.
    prior
        Weights before any data, summing to 1.
    """

    dispersion: Array
    step: Array
    memory: Array
    prior: Array

    @staticmethod
    def of(days: float) -> Grid:
        """The grid for periods of so many days."""
        memory = _MEMORY ** (days / 7)
        laws = [(d * days / 7, 1.0, p) for d, p in zip(DRIFTS, _DRIFT_PRIOR, strict=True)]
        laws += [(b * (1 - memory**2), memory, p) for b, p in zip(BURSTS, _BURST_PRIOR, strict=True)]
        rows = np.array([(a, *law) for a in DISPERSIONS for law in laws])
        return Grid(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3] / rows[:, 3].sum())


@dataclass(frozen=True, slots=True)
class Past:
    """What the past says, each of shape ``(series, laws)``.

    Attributes
    ----------
    level
        Expected events per unit of volume at the end of the past.
    variance
        Of the level, relative to its square.
    mean, mean_variance
        What the level returns to, and how surely that is known, relative to its square.
    likelihood
        Logarithm, of the one-step predictions.
    """

    level: Array
    variance: Array
    mean: Array
    mean_variance: Array
    likelihood: Array


def filter_past(counts: Array, volume: Array, grid: Grid) -> Past:
    """Run the filter over the past of many series.

    Parameters
    ----------
    counts, volume
        Shape ``(series, periods)``; the volume is exposure, and 0 where nothing was observed.
    """
    n, v = np.asarray(counts, dtype=float), np.asarray(volume, dtype=float)
    seen = v > 0
    total = (v * seen).sum(1)
    typical = (((n * seen).sum(1) + 1) / np.where(total > 0, total, 1.0))[:, None]
    laws = np.ones((len(n), len(grid.step)))
    shape, rate = _START * laws, _START / typical * laws
    # The mean that a bursting level returns to is learned beside it, from what bursts leave of each observation.
    mean_shape, mean_rate = shape, rate
    burst = np.where(grid.memory < 1, grid.step / np.maximum((1 - grid.memory) ** 2, 1e-9), 0.0)
    likelihood = 0.0 * laws
    # How a law gets over the vague start says nothing for or against it, and over many series would add up.
    skipped = min(_BURN_IN, n.shape[1] // 4)
    for t in range(n.shape[1]):
        level, mean = shape / rate, mean_shape / mean_rate
        ahead = grid.memory * level + (1 - grid.memory) * mean
        # The variance of the level relative to its square, a step on.
        wide = (
            grid.step + ((grid.memory * level) ** 2 / shape + ((1 - grid.memory) * mean) ** 2 / mean_shape) / ahead**2
        )
        shape = 1.0 / wide
        rate = shape / ahead
        y, x = n[:, t : t + 1], np.where(seen[:, t], v[:, t], 0.0)[:, None]
        if t >= skipped:
            likelihood = likelihood + _predicted(n[:, t], x, ahead, wide, grid)
        weight = np.where(x > 0, 1.0 / (1.0 + grid.dispersion * x * typical), 0.0)
        mean_weight = np.where(x > 0, 1.0 / (1.0 + (grid.dispersion + burst) * x * typical), 0.0)
        shape, rate = shape + weight * y, rate + weight * x
        mean_shape, mean_rate = mean_shape + mean_weight * y, mean_rate + mean_weight * x
    return Past(shape / rate, 1.0 / shape, mean_shape / mean_rate, 1.0 / mean_shape, likelihood)


def _predicted(counts: Array, volume: Array, level: Array, wide: Array, grid: Grid) -> Array:
    """Logarithm of the probability of one period's counts, shape ``(series, laws)``; 0 where nothing was observed."""
    from scipy.special import gammaln

    mean = np.maximum(volume, 1e-300) * level
    size = 1.0 / np.maximum(wide + grid.dispersion * (1 + wide), 1e-9)
    gain = -size * np.log1p(mean / size)
    some = counts > 0
    if some.any():
        ys, ks, ms = counts[some][:, None], size[some], mean[some]
        gain[some] += gammaln(ys + ks) - gammaln(ks) - gammaln(ys + 1) + ys * np.log(ms / (ks + ms))
    return np.where(volume > 0, gain, 0.0)
