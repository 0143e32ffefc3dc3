"""A Bayesian structural time series: a local level and a regression on controls that the shock did not touch.

The posterior is integrated, not sampled: for every ratio of the two variances on a grid and every choice of controls
one Kalman filter whitens the series, and the regression and the noise follow in closed form. The answer is the same
each time.

References
----------
Brodersen, Gallusser, Koehler, Remy and Scott (2015), *Inferring causal impact using Bayesian structural time-series
models*, Annals of Applied Statistics 9; priors as in the R packages CausalImpact and bsts (level's standard deviation
about 0.01 of the series', expected R² 0.8, expected model size 3). From general knowledge; five summaries published
with those packages are reproduced in ``benchmarks/effects``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from worldstage.effects.filter import Array

_LEVEL_GUESS, _LEVEL_WORTH = 0.01, 32.0
_R_SQUARED, _NOISE_WORTH = 0.8, 50.0
_MODEL_SIZE = 3.0
_INFORMATION, _SHRINKAGE = 0.01, 0.5
_MOST_CONTROLS = 10


@dataclass(frozen=True, slots=True)
class SeriesEffect:
    """The effect on a series after the shock.

    Attributes
    ----------
    average, average_error, low, high
        Effect per period, its posterior standard deviation, and the bounds of its 95 % interval.
    cumulative, cumulative_error
        Of the sum over the periods.
    relative
        Effect as a share of what was expected.
    expected, expected_low, expected_high
        Per period after the shock, shape ``(periods after,)``.
    p
        Posterior probability of an effect of the other sign, doubled.
    """

    average: float
    average_error: float
    low: float
    high: float
    cumulative: float
    cumulative_error: float
    relative: float
    expected: Array
    expected_low: Array
    expected_high: Array
    p: float


@dataclass(frozen=True, slots=True)
class _Fit:
    weight: float
    mean: Array
    covariance: Array
    freedom: float


def series_effect(
    series: ArrayLike, split: int, controls: ArrayLike | None = None, *, weights: ArrayLike | None = None
) -> SeriesEffect:
    """The effect on a series from period `split` on.

    Parameters
    ----------
    series
        Shape ``(periods,)``; NaN where nothing was observed.
    controls
        Shape ``(periods, controls)``, complete; at most ten.
    weights
        How many observations each value is the mean of; its noise variance falls with them. Default: ones.

    Raises
    ------
    ValueError
        With fewer than three observations before, none after, or too many controls.
    """
    y = np.asarray(series, dtype=float)
    x = np.zeros((len(y), 0)) if controls is None else np.asarray(controls, dtype=float).reshape(len(y), -1)
    w = np.ones(len(y)) if weights is None else np.asarray(weights, dtype=float)
    seen = ~np.isnan(y) & (w > 0)
    if seen[:split].sum() < 3 or not seen[split:].any() or x.shape[1] > _MOST_CONTROLS:
        raise ValueError(f"{seen[:split].sum()} observations before, {seen[split:].sum()} after, {x.shape[1]} controls")
    centre, spread = float(y[:split][seen[:split]].mean()), float(y[:split][seen[:split]].std(ddof=1)) or 1.0
    past = np.where(seen[:split], (y[:split] - centre) / spread, np.nan)
    if x.shape[1]:
        scale = x[:split].std(0, ddof=1)
        x = (x - x[:split].mean(0)) / np.where(scale > 0, scale, 1.0)
    relative_noise = np.where(seen, w[:split][seen[:split]].mean() / np.maximum(w, 1e-9), 1.0)
    fits = _fits(past, x, relative_noise)
    return _summary(fits, y[split:], seen[split:], centre, spread)


def _fits(past: Array, x: Array, noise: Array) -> list[_Fit]:
    split, columns = len(past), x.shape[1]
    inclusion = min(1.0, _MODEL_SIZE / (columns + 1))
    choices = [c for c in product((True, False), repeat=columns) if inclusion < 1 or all(c)]
    out = []
    for ratio in np.exp(np.linspace(np.log(1e-7), np.log(30.0), 48)):
        system = _whitened(past, x, noise, float(ratio))
        for choice in choices:
            log_prior = sum(np.log(inclusion) if c else np.log1p(-inclusion) for c in choice)
            out.append(
                _regressed(
                    system, x, np.flatnonzero(choice).astype(np.int64), float(ratio), noise, split, float(log_prior)
                )
            )
    top = max(f.weight for f in out)
    scaled = np.exp(np.array([f.weight for f in out]) - top)
    scaled /= scaled.sum()
    return [_Fit(float(s), f.mean, f.covariance, f.freedom) for s, f in zip(scaled, out, strict=True) if s > 1e-6]


@dataclass(frozen=True, slots=True)
class _Whitened:
    """Innovations of series and controls, their scaled variances, and the level at the end of the past."""

    y: Array
    x: Array
    log_variance: float
    end_y: float
    end_x: Array
    end_variance: float


def _whitened(past: Array, x: Array, noise: Array, ratio: float) -> _Whitened:
    """Filter a local level whose step has `ratio` times the noise's variance; linear, so for all columns at once."""
    first = past[~np.isnan(past)][0]
    both = np.column_stack([past, x[: len(past)]])
    # The level starts at the first observation, within the spread of the series.
    level = np.concatenate([[first], np.zeros(x.shape[1])])
    variance = 1.0 / (1 - _R_SQUARED)
    rows, logs = [], 0.0
    for t in range(len(past)):
        if t:
            variance += ratio
        if np.isnan(past[t]):
            continue
        wide = variance + noise[t]
        error = both[t] - level
        rows.append(error / np.sqrt(wide))
        logs += np.log(wide)
        gain = variance / wide
        level, variance = level + gain * error, variance * (1 - gain)
    out = np.array(rows)
    return _Whitened(out[:, 0], out[:, 1:], float(logs), float(level[0]), level[1:], float(variance))


def _regressed(
    s: _Whitened, x: Array, chosen: NDArray[np.int64], ratio: float, noise: Array, split: int, log_prior: float
) -> _Fit:
    """Coefficients and noise in closed form, and the series expected after the shock under one model."""
    n, k = len(s.y), len(chosen)
    design = s.x[:, chosen]
    raw = x[:split][:, chosen]
    gram = raw.T @ raw
    information = _INFORMATION / max(split, 1) * (
        (1 - _SHRINKAGE) * gram + _SHRINKAGE * np.diag(np.diag(gram))
    ) + 1e-9 * np.eye(k)  # fmt: skip
    precision = information + design.T @ design
    beta = np.linalg.solve(precision, design.T @ s.y) if k else np.zeros(0)
    guess = 1 - _R_SQUARED
    squares = _NOISE_WORTH * guess + float(s.y @ s.y - beta @ precision @ beta)
    freedom = _NOISE_WORTH + n
    variance = squares / freedom
    # The prior of the level's step, as a density over the logarithm of the ratio, at the noise found.
    precision_of_step = 1.0 / (ratio * variance)
    half = _LEVEL_WORTH / 2
    log_step = half * np.log(precision_of_step) - half * _LEVEL_GUESS**2 * precision_of_step
    log_fit = -0.5 * s.log_variance - 0.5 * freedom * np.log(squares)
    if k:
        log_fit += 0.5 * (np.linalg.slogdet(information)[1] - np.linalg.slogdet(precision)[1])
    after = x[split:][:, chosen]
    loading = after - s.end_x[chosen]
    mean = s.end_y + loading @ beta if k else np.full(len(x) - split, s.end_y)
    steps = np.arange(1, len(after) + 1)
    covariance = s.end_variance + ratio * np.minimum.outer(steps, steps) + np.diag(noise[split:])
    if k:
        covariance = covariance + loading @ np.linalg.solve(precision, loading.T)
    return _Fit(log_prior + float(log_step + log_fit), mean, covariance * variance, freedom)


def _summary(fits: list[_Fit], after: Array, seen: Array, centre: float, spread: float) -> SeriesEffect:
    observed = np.where(seen, after, 0.0)
    share = seen / seen.sum()
    weight = np.array([f.weight for f in fits])
    means = centre + spread * np.array([f.mean for f in fits])
    wide = np.array([f.freedom / (f.freedom - 2) for f in fits])
    single = spread**2 * np.array([np.diag(f.covariance) for f in fits]) * wide[:, None]
    total = spread**2 * np.array([share @ f.covariance @ share for f in fits]) * wide
    expected = weight @ means
    average_each = means @ share
    mean = float(weight @ average_each)
    error = float(np.sqrt(weight @ (total + (average_each - mean) ** 2)))
    effect = float(observed @ share) - mean
    low, high = (_quantile(weight, average_each, np.sqrt(total), q) for q in (0.975, 0.025))
    from scipy.special import ndtr

    below = float(weight @ ndtr((float(observed @ share) - average_each) / np.sqrt(total)))
    spread_each = np.sqrt(weight @ (single + (means - expected) ** 2))
    seen_n = int(seen.sum())
    return SeriesEffect(
        effect, error, float(observed @ share) - low, float(observed @ share) - high, effect * seen_n, error * seen_n,
        effect / mean if mean else float("nan"), expected, expected - 1.96 * spread_each, expected + 1.96 * spread_each,
        2 * min(below, 1 - below),
    )  # fmt: skip


def _quantile(weight: Array, mean: Array, error: Array, level: float) -> float:
    """Of a mixture of normal distributions, by bisection."""
    from scipy.special import ndtr

    low, high = float((mean - 12 * error).min()), float((mean + 12 * error).max())
    for _ in range(80):
        middle = (low + high) / 2
        if float(weight @ ndtr((middle - mean) / error)) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2
