"""How much was reported: the exposure that a dyad's counts are measured against.

Weekly totals wobble by chance. What shifts all dyads is their level, so the level is smoothed out of the totals by a
local-level model of their logarithm; how much of the wobble is level is estimated from the totals themselves.

References
----------
Local-level model with fixed-interval smoothing: Durbin and Koopman, *Time Series Analysis by State Space Methods*.
From general knowledge; tested on composed series.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from worldstage.effects.filter import Array

# Variance of a step of the level over that of the noise.
_RATIOS = np.array([0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0])
# With fewer reports per period the volume says nothing; time is the exposure then.
LEAST_VOLUME = 5.0
# A dyad with a larger share of the total gets a volume of its own, without itself.
LARGE_SHARE = 0.05


def smooth(volume: ArrayLike) -> Array:
    """The level of reporting per period.

    Parameters
    ----------
    volume
        Reports per period, shape ``(periods,)``.

    Returns
    -------
    ndarray
        Same shape, mean 1 over the periods with reports. Periods without any report in a volume that is otherwise
        large are gaps in the data and get 0. Ones throughout, where too little was reported.
    """
    v = np.asarray(volume, dtype=float)
    if len(v) == 0 or v.mean() < LEAST_VOLUME:
        return np.ones(len(v))
    seen = (v > 0) | (v.mean() < 4 * LEAST_VOLUME)
    y = np.log(v + 0.5)
    weights = _ratio(y, seen)
    level = np.exp(_smoothed(y, seen, weights))
    return np.where(seen, level / level[seen].mean(), 0.0)


def exposures(counts: Array, total: ArrayLike) -> Array:
    """The exposure of every series: the level of all reporting other than its own.

    Parameters
    ----------
    counts
        Shape ``(series, periods)``.
    total
        All reports per period, those of the series included; shape ``(periods,)``.
    """
    whole = np.maximum(np.asarray(total, dtype=float), 0.0)
    out = np.repeat(smooth(whole)[None, :], len(counts), axis=0)
    shares = counts.sum(1) / max(whole.sum(), 1.0)
    for i in np.flatnonzero(shares > LARGE_SHARE):
        out[i] = smooth(np.maximum(whole - counts[i], 0.0))
    return out


def _filtered(y: Array, seen: Array, ratios: Array) -> tuple[Array, Array, Array]:
    """Filtered means and variances (in units of the noise), shape ``(periods, ratios)``, and the likelihoods."""
    mean, spread = np.full(len(ratios), y[seen][0]), np.full(len(ratios), 1e4)
    means, spreads, squares, logs = [], [], np.zeros(len(ratios)), np.zeros(len(ratios))
    n = 0
    for t in range(len(y)):
        spread = spread + (ratios if t else 0.0)
        if seen[t]:
            wide, error = spread + 1, y[t] - mean
            if n:
                squares, logs = squares + error**2 / wide, logs + np.log(wide)
            n += 1
            gain = spread / wide
            mean, spread = mean + gain * error, spread * (1 - gain)
        means.append(mean)
        spreads.append(spread)
    noise = np.maximum(squares / max(n - 1, 1), 1e-12)
    return np.array(means), np.array(spreads), -0.5 * (max(n - 1, 1) * np.log(noise) + logs)


def _ratio(y: Array, seen: Array) -> Array:
    likelihood = _filtered(y, seen, _RATIOS)[2]
    return _RATIOS[[int(likelihood.argmax())]]


def _smoothed(y: Array, seen: Array, ratio: Array) -> Array:
    means, spreads, _ = _filtered(y, seen, ratio)
    out, q = means[:, 0].copy(), float(ratio[0])
    for t in range(len(y) - 2, -1, -1):
        back = spreads[t, 0] / (spreads[t, 0] + q) if spreads[t, 0] + q > 0 else 0.0
        out[t] = means[t, 0] + back * (out[t + 1] - means[t, 0])
    return out
