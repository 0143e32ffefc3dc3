"""The effect of a shock on the mean score of a relation: a structural time series, not a count."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np

from worldstage.core.periods import ordinal
from worldstage.effects.calibration import TOO_FEW
from worldstage.effects.checks import Check
from worldstage.effects.counts import LEAST_BEFORE, verdict_of
from worldstage.study.effect_clock import Clock
from worldstage.study.effect_data import OwnEvent, own_events
from worldstage.study.effect_result import Asked, Effect, Interval, parameters_of, relation_name, stretches

if TYPE_CHECKING:
    from worldstage.effects.filter import Array
    from worldstage.effects.structural import SeriesEffect
    from worldstage.study.case import Case

_MOST_PLACEBOS = 24


def score_effect(case: Case, asked: Asked, clock: Clock) -> Effect:
    """How the mean score of the relation's events changed against a local level, weighted by the events."""
    from worldstage.effects.structural import series_effect

    before, after = min(asked.before, clock.before), min(asked.after, clock.after)
    own = own_events(
        case, asked.focus, asked.partner, "all", directed=asked.directed,
        first=clock.start(-clock.before), last=clock.start(after) - dt.timedelta(days=1),
        duplicates=asked.duplicates,
    )  # fmt: skip
    means, weights = _series(own, clock, clock.before + after)
    inside = slice(clock.before - before, None)
    n_before, n_after = (int(weights[inside][s].sum()) for s in (slice(None, before), slice(before, None)))
    seen = int((weights[inside][:before] > 0).sum())
    sides = stretches(clock, (before, after), (n_before, n_after))
    who = relation_name(case, asked)
    ids = tuple(e.id for e in own if e.date >= asked.shock.date)
    options: dict[str, Any] = {"parameters": {**parameters_of(asked), "method": "Bayesian structural time series"}}
    if n_before + n_after < TOO_FEW or seen < LEAST_BEFORE or not n_after:
        text = (
            f"{who}: mean score around {asked.shock.name}: {n_before} events before, {n_after} after: too few to tell."
        )
        return Effect(asked.focus, asked.partner, asked.outcome, asked.shock.date, asked.unit, *sides, None, None,
                      None, (), "too few to tell", text, ids, **options)  # fmt: skip
    found = series_effect(means[inside], before, weights=weights[inside])
    verdict = verdict_of(found.p, found.average, few=False)
    expected = float((found.expected * weights[inside][before:]).sum() / max(n_after, 1))
    move = {"rose": "higher", "fell": "lower"}.get(verdict, "no clear change in the")
    text = (
        f"{who}: {move} mean score after {asked.shock.name}: {found.average:+.2f} points (95 % interval "
        f"{found.low:+.2f} to {found.high:+.2f}; p = {found.p:.2g}) against {expected:+.2f} expected."
    )
    checks = (_placebos(means[: clock.before], weights[: clock.before], before, after, found),)
    return Effect(
        asked.focus, asked.partner, asked.outcome, asked.shock.date, asked.unit, *sides, round(expected, 4), None,
        max(found.p, 1e-4), checks, verdict, text, ids,
        difference=Interval(*(round(v, 4) for v in (found.average, found.low, found.high))),
        warnings=tuple(c.text for c in checks if c.passed is False),
        series=tuple(_rows(means[inside], found, before, clock)), **options,
    )  # fmt: skip


def _series(own: list[OwnEvent], clock: Clock, length: int) -> tuple[Array, Array]:
    """Mean score and number of events per period; NaN and 0 where there is none."""
    at = clock.index(np.array([ordinal(e.date) for e in own], dtype=np.int64)) + clock.before
    inside = (at >= 0) & (at < length)
    scores = np.array([e.score for e in own], dtype=float)
    weights = np.bincount(at[inside], minlength=length).astype(float)
    sums = np.bincount(at[inside], weights=scores[inside], minlength=length)
    return np.where(weights > 0, sums / np.maximum(weights, 1), np.nan), weights


def _placebos(means: Array, weights: Array, before: int, after: int, effect: SeriesEffect) -> Check:
    """The same at dates before the shock."""
    from worldstage.effects.structural import series_effect

    step = max(1, after // 2)
    splits = list(range(len(means) - after, max(LEAST_BEFORE, before // 2), -step))[:_MOST_PLACEBOS]
    found = []
    for s in splits:
        part = slice(max(0, s - before), s + after)
        try:
            one = series_effect(means[part], s - part.start, weights=weights[part])
        except ValueError:
            continue
        found.append(abs(one.average / one.average_error))
    if not found:
        return Check("placebo in time", None, "The past is too short for other dates.")
    further = sum(f >= abs(effect.average / effect.average_error) for f in found)
    text = f"{further} of {len(found)} earlier dates moved at least as far for their error."
    figures = {"further": further, "placebos": len(found), "p": round((1 + further) / (1 + len(found)), 4)}
    surely = effect.p < 0.05 and len(found) >= 9
    return Check("placebo in time", further <= 0.1 * len(found) if surely else None, text, figures)


def _rows(means: Array, found: SeriesEffect, before: int, clock: Clock) -> list[dict[str, Any]]:
    rows = []
    for t, value in enumerate(means):
        later = t >= before
        rows.append({
            "period": clock.start(t - before), "observed": None if np.isnan(value) else float(value),
            "expected": float(found.expected[t - before]) if later else None,
            "low": float(found.expected_low[t - before]) if later else None,
            "high": float(found.expected_high[t - before]) if later else None,
        })  # fmt: skip
    return rows
