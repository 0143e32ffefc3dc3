"""The effect of a shock on a count: expected and observed, their ratio with its interval, and a probability."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from worldstage.effects.calibration import TOO_FEW, Calibration, Panel, Span, calibrate
from worldstage.effects.filter import Array, Grid, filter_past
from worldstage.effects.predictive import Predictive, predict

Verdict = Literal["rose", "fell", "no clear change", "too few to tell", "actor not in the data"]
LEAST_BEFORE, LEAST_AFTER = 4, 1
_STEPS = 34
# Tails are not known beyond this, whatever the model says.
_LEAST_P = 1e-4
_FURTHEST = 14.0


@dataclass(frozen=True, slots=True)
class CountEffect:
    """What happened to one count across a shock.

    Attributes
    ----------
    before, after
        Events.
    expected
        Events after, had nothing changed; `expected_low` and `expected_high` bound what would have been ordinary.
    ratio, low, high
        Events after over expected, with the bounds of its interval. Where nothing was seen before, `expected` rests
        on the prior, and the lower bound is what can be relied on.
    p
        Probability of a total as far from the expected, on either side, without a change.
    score
        In standard deviations, calibrated; positive: more than expected.
    scale
        What the model's own scores were divided by, learned from placebos.
    """

    before: int
    after: int
    expected: float
    expected_low: float
    expected_high: float
    ratio: float
    low: float
    high: float
    p: float
    score: float
    scale: float
    verdict: Verdict


def count_effect(
    counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration, *, level: float = 0.95
) -> CountEffect:
    """The effect on one series.

    Parameters
    ----------
    counts, exposure
        Per period, shape ``(periods,)``.
    level
        Of the interval; the verdict goes with the same error.
    """
    return count_effects(counts[None, :], exposure[None, :], span, grid, calibration, level=level)[0]


def count_effects(
    counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration, *, level: float = 0.95
) -> list[CountEffect]:
    """The effects on several series of like activity, shape ``(series, periods)``, under one calibration."""
    from scipy.special import ndtr, ndtri

    ahead = prediction(counts, exposure, span, grid, calibration)
    before = counts[:, span.first : span.split].sum(1)
    after = counts[:, span.split : span.end].sum(1)
    found = ahead.score(after) / calibration.scale
    p = np.clip(2 * ndtr(-np.abs(found)), _LEAST_P, 1.0)
    reach = float(ndtri(0.5 + level / 2)) * calibration.scale
    low, high = ratio_bounds(ahead, after, reach)
    ordinary = total_bound(ahead, -reach), total_bound(ahead, reach)
    expected = ahead.expected
    ratio = after / np.maximum(expected, 1e-12)
    out = []
    for i in range(len(counts)):
        few = before[i] + after[i] < TOO_FEW or span.before < LEAST_BEFORE or span.after < LEAST_AFTER
        out.append(
            CountEffect(
                int(before[i]), int(after[i]), float(expected[i]), float(ordinary[0][i]), float(ordinary[1][i]),
                float(ratio[i]), float(min(low[i], ratio[i])), float(max(high[i], ratio[i])), float(p[i]),
                float(found[i]), calibration.scale,
                verdict_of(float(p[i]), float(found[i]), few=bool(few), level=level),
            )
        )  # fmt: skip
    return out


def verdict_of(p: float, score: float, *, few: bool, level: float = 0.95) -> Verdict:
    """The word for a probability and a direction."""
    if few:
        return "too few to tell"
    if p >= 1 - level:
        return "no clear change"
    return "rose" if score > 0 else "fell"


def prediction(counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration) -> Predictive:
    """What would have been counted after, for series of shape ``(series, periods)``."""
    past = filter_past(counts[:, span.first : span.split], exposure[:, span.first : span.split], grid)
    return predict(past, exposure[:, span.split : span.end], grid, np.log(calibration.prior))


def steadiness(counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration) -> float:
    """Probability that the series, of shape ``(periods,)``, neither drifted nor burst before the shock."""
    past = filter_past(counts[None, span.first : span.split], exposure[None, span.first : span.split], grid)
    logs = past.likelihood[0] + np.log(calibration.prior)
    weight = np.exp(logs - logs.max())
    return float(weight[grid.step == 0].sum() / weight.sum())


def scores(counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration) -> Array:
    """Only the calibrated scores of several series, shape ``(series,)``: for placebos by the hundred."""
    ahead = prediction(counts, exposure, span, grid, calibration)
    return np.asarray(ahead.score(counts[:, span.split : span.end].sum(1)) / calibration.scale)


def ratio_bounds(ahead: Predictive, after: Array, reach: float) -> tuple[Array, Array]:
    """The ratios at which the totals seen would lie just `reach` standard deviations out, by bisection."""
    low = _root(lambda log: np.asarray(ahead.score(after, np.exp(log)) > reach), len(after))
    high = _root(lambda log: np.asarray(ahead.score(after, np.exp(log)) > -reach), len(after))
    return np.where(after > 0, np.exp(low), 0.0), np.asarray(np.exp(high), dtype=float)


def total_bound(ahead: Predictive, reach: float) -> Array:
    """The totals that would lie `reach` standard deviations out, shape ``(series,)``."""
    found = _root(lambda log: np.asarray(ahead.score(np.expm1(log)) < reach), len(ahead.mean), low=0.0, high=20.0)
    return np.asarray(np.round(np.expm1(found), 1), dtype=float)


def _root(
    holds: Callable[[Array], NDArray[np.bool_]], n: int, *, low: float = -_FURTHEST, high: float = _FURTHEST
) -> Array:
    """Where a condition, true below and false above, changes."""
    left, right = np.full(n, low), np.full(n, high)
    for _ in range(_STEPS):
        middle = (left + right) / 2
        true = holds(middle)
        left, right = np.where(true, middle, left), np.where(true, right, middle)
    return np.asarray((left + right) / 2)


def effect_on(
    panel: Panel, row: int, span: Span, grid: Grid, *, level: float = 0.95
) -> tuple[CountEffect, Calibration]:
    """The effect on one row of a panel, calibrated on the others."""
    activity = float(panel.counts[row, span.first : span.split].sum())
    calibration = calibrate(panel, span, activity, grid, leave=row)
    return count_effect(panel.counts[row], panel.exposure[row], span, grid, calibration, level=level), calibration
