"""The effect of a shock on a count: expected and observed, their ratio with its interval, and a probability."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from worldstage.effects.calibration import TOO_FEW, Calibration, Panel, Span, ahead_of, calibrate, raw_scores
from worldstage.effects.filter import Array, Grid, filter_past
from worldstage.effects.horizons import reach_of
from worldstage.effects.predictive import Predictive

Verdict = Literal["rose", "fell", "no clear change", "too few to tell", "actor not in the data"]
LEAST_BEFORE, LEAST_AFTER = 4, 1
# A longer past tells more of a series that more surely than this neither drifts nor bursts; of others it misleads.
STEADY = 0.7
_STEPS, _FEWER_STEPS = 28, 20
# Tails are not known beyond this, whatever the model says.
_LEAST_P = 1e-4
_FURTHEST = 14.0


@dataclass(frozen=True, slots=True)
class Horizon:
    """What happened over so many periods after a shock; the fields as of `CountEffect`.

    The intervals of two horizons hold together: both cover in 95 % of cases.
    """

    periods: int
    after: int
    expected: float
    expected_low: float
    expected_high: float
    ratio: float
    low: float
    high: float


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
        Probability of totals as far from the expected, on either side, without a change. Of two horizons it is the
        probability that the surer one is as far out. Never below what so many placebos can show.
    score
        In standard deviations, calibrated; positive: more than expected.
    scale
        What the model's own scores were divided by, learned from placebos.
    tail
        As `p`, not held up by the number of placebos: it ranks what all lies beyond them.
    horizons
        The longest first. `after`, `expected`, `ratio` and their bounds are those of the one that `periods` names: the
        longest that tells the verdict, and the longest of all where none does.
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
    tail: float
    periods: int
    horizons: tuple[Horizon, ...]


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

    before = counts[:, span.first : span.split].sum(1)
    ahead = _ahead(counts, exposure, span, grid, calibration)
    raw = raw_scores(ahead, counts[:, span.split : span.end], span)
    found = calibration.calibrated(raw, span)
    probability, tails = calibration.probability(found), np.clip(2 * ndtr(-np.abs(found)), _LEAST_P, 1.0)
    out = float(ndtri(0.5 + level / 2)) * (calibration.joint if span.shorter else 1.0)
    reach = reach_of(out, span.correlation) if span.shorter else out
    parts = _horizons(ahead, counts, span, calibration, reach)
    effects = []
    for i in range(len(counts)):
        p, ranges = float(probability[i]), [one[i] for one in parts]
        few = bool(before[i] + ranges[0].after < TOO_FEW or span.before < LEAST_BEFORE or span.after < LEAST_AFTER)
        verdict = verdict_of(p, float(found[i]), few=few, level=level)
        # The horizon that tells: its own score lies as far out as the surer of two has to.
        sign = np.sign(found[i])
        telling = [k for k in range(len(parts)) if sign * raw[i, k] > reach * calibration.scales[k]]
        k = telling[0] if telling and verdict in ("rose", "fell") else 0
        h = ranges[k]
        effects.append(
            CountEffect(
                int(before[i]), h.after, h.expected, h.expected_low, h.expected_high, h.ratio, h.low, h.high, p,
                float(found[i]), calibration.scales[k], verdict, float(tails[i]), h.periods, tuple(ranges),
            )
        )  # fmt: skip
    return effects


def _horizons(
    ahead: list[Predictive], counts: Array, span: Span, calibration: Calibration, reach: float
) -> list[list[Horizon]]:
    """Per horizon and series, with intervals that go `reach` calibrated standard deviations out."""
    parts = []
    for one, periods, scale in zip(ahead, span.horizons, calibration.scales, strict=False):
        after = counts[:, span.split : span.split + periods].sum(1)
        low, high = ratio_bounds(one, after, reach * scale)
        ordinary = total_bound(one, -reach * scale), total_bound(one, reach * scale)
        ratio = after / np.maximum(one.expected, 1e-12)
        parts.append([
            Horizon(periods, int(after[i]), float(one.expected[i]), float(ordinary[0][i]), float(ordinary[1][i]),
                    float(ratio[i]), float(min(low[i], ratio[i])), float(max(high[i], ratio[i])))
            for i in range(len(counts))
        ])  # fmt: skip
    return parts


def verdict_of(p: float, score: float, *, few: bool, level: float = 0.95) -> Verdict:
    """The word for a probability and a direction."""
    if few:
        return "too few to tell"
    if p >= 1 - level:
        return "no clear change"
    return "rose" if score > 0 else "fell"


def prediction(counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration) -> Predictive:
    """What would have been counted after, over the longest horizon, for series of shape ``(series, periods)``."""
    return _ahead(counts, exposure, span, grid, calibration)[0]


def steadiness(counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration) -> Array:
    """Probability that each series neither drifted nor burst before the shock, shape ``(series,)``."""
    past = filter_past(counts[:, span.first : span.split], exposure[:, span.first : span.split], grid)
    logs = past.likelihood + np.log(calibration.prior)
    weight = np.exp(logs - logs.max(1, keepdims=True))
    return np.asarray(weight[:, grid.step == 0].sum(1) / weight.sum(1))


def scores(counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration) -> Array:
    """Only the calibrated scores of several series, shape ``(series,)``: for placebos by the hundred."""
    return calibration.calibrated(model_scores(counts, exposure, span, grid, calibration), span)


def model_scores(counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration) -> Array:
    """The scores of each horizon before they are scaled, shape ``(series, horizons)``."""
    ahead = _ahead(counts, exposure, span, grid, calibration)
    return raw_scores(ahead, counts[:, span.split : span.end], span)


def _ahead(counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration) -> list[Predictive]:
    past = filter_past(counts[:, span.first : span.split], exposure[:, span.first : span.split], grid)
    return ahead_of(past, exposure[:, span.split : span.end], span, grid, calibration.prior)


def ratio_bounds(ahead: Predictive, after: Array, reach: float) -> tuple[Array, Array]:
    """The ratios at which the totals seen would lie just `reach` standard deviations out, by bisection."""
    low = _root(lambda log: np.asarray(ahead.score(after, np.exp(log)) > reach), len(after))
    high = _root(lambda log: np.asarray(ahead.score(after, np.exp(log)) > -reach), len(after))
    return np.where(after > 0, np.exp(low), 0.0), np.asarray(np.exp(high), dtype=float)


def total_bound(ahead: Predictive, reach: float) -> Array:
    """The totals that would lie `reach` standard deviations out, shape ``(series,)``."""
    found = _root(
        lambda log: np.asarray(ahead.score(np.expm1(log)) < reach),
        len(ahead.mean),
        low=0.0,
        high=20.0,
        steps=_FEWER_STEPS,
    )
    return np.asarray(np.round(np.expm1(found), 1), dtype=float)


def _root(
    holds: Callable[[Array], NDArray[np.bool_]],
    n: int,
    *,
    low: float = -_FURTHEST,
    high: float = _FURTHEST,
    steps: int = _STEPS,
) -> Array:
    """Where a condition, true below and false above, changes."""
    left, right = np.full(n, low), np.full(n, high)
    for _ in range(steps):
        middle = (left + right) / 2
        true = holds(middle)
        left, right = np.where(true, middle, left), np.where(true, right, middle)
    return np.asarray((left + right) / 2)


def settle(panel: Panel, row: int, span: Span, grid: Grid, *, longer: int = 0) -> tuple[Span, Calibration]:
    """How long a past to use for a row of a panel, and what the other rows teach.

    Parameters
    ----------
    longer
        Periods before, for a series that neither drifted nor burst; nothing after the shock enters the choice.
    """

    def taught(span: Span) -> Calibration:
        activity = float(panel.counts[row, span.first : span.split].sum())
        return calibrate(panel, span, activity, grid, leave=row)

    calibration, one = taught(span), slice(row, row + 1)
    if longer <= span.before or not span.before or not span.after:
        return span, calibration
    if steadiness(panel.counts[one], panel.exposure[one], span, grid, calibration)[0] <= STEADY:
        return span, calibration
    span = replace(span, before=longer)
    return span, taught(span)


def effect_on(
    panel: Panel, row: int, span: Span, grid: Grid, *, longer: int = 0, level: float = 0.95
) -> tuple[CountEffect, Calibration]:
    """The effect on one row of a panel, calibrated on the others; see `settle`."""
    span, calibration = settle(panel, row, span, grid, longer=longer)
    return count_effect(panel.counts[row], panel.exposure[row], span, grid, calibration, level=level), calibration
