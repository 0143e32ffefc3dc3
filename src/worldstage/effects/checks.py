"""Checks of an effect, each an object that says whether it passed and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from worldstage.effects.calibration import TOO_FEW, Calibration, Panel, Placebos, Span, calibrate, scales_of
from worldstage.effects.counts import LEAST_BEFORE, CountEffect, count_effect, model_scores, scores
from worldstage.effects.filter import Array, Grid

MOVED = ("rose", "fell")
# A placebo rank is as coarse as there are placebos; with fewer it is only reported.
_LEAST_PLACEBOS = 19
_FEWER = 200
_ALARM = 1.959964


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes
    ----------
    passed
        None where it could not be made, or where there is nothing to doubt.
    figures
        The numbers behind the text.
    """

    name: str
    passed: bool | None
    text: str
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A series under test, with those that it is compared with.

    Attributes
    ----------
    row
        Of the panel: the series under test.
    related
        Rows that share an actor with it: the shock may have moved them too.
    """

    panel: Panel
    row: int
    span: Span
    grid: Grid
    related: frozenset[int] = frozenset()

    @property
    def counts(self) -> Array:
        """Of the series under test."""
        return np.asarray(self.panel.counts[self.row])

    @property
    def exposure(self) -> Array:
        """Of the series under test."""
        return np.asarray(self.panel.exposure[self.row])

    @property
    def activity(self) -> float:
        """Events before the shock."""
        return float(self.counts[self.span.first : self.span.split].sum())


def placebo_in_space(q: Question, effect: CountEffect, calibration: Calibration) -> Check:
    """The same date for series of like activity that have nothing to do with the shock."""
    before = q.panel.counts[:, q.span.first : q.span.split].sum(1)
    like = np.abs(np.log((before + 0.5) / (q.activity + 0.5))) <= np.log(4)
    like[[q.row, *q.related]] = False
    # Fewer events would not be answered here either: such a series cannot raise an alarm.
    like &= before + q.panel.counts[:, q.span.split : q.span.end].sum(1) >= TOO_FEW
    rows = np.flatnonzero(like)[:_FEWER]
    if not len(rows):
        return Check("placebo in space", None, "No other series of like activity to compare with.")
    found = np.abs(scores(q.panel.counts[rows], q.panel.exposure[rows], q.span, q.grid, calibration))
    further, alarms = int((found >= abs(effect.score)).sum()), int((found > _ALARM).sum())
    return _ranked("placebo in space", "untouched series at this date", further, len(rows), effect, alarms)


def placebo_in_time(q: Question, effect: CountEffect, calibration: Calibration) -> Check:
    """The same series at all other dates that leave the shock out, if they hold enough events to be answered."""
    splits = q.span.clear(np.arange(q.span.before, len(q.counts) - q.span.after + 1))
    sums = np.r_[0.0, np.cumsum(q.counts)]
    splits = splits[sums[splits + q.span.after] - sums[splits - q.span.before] >= TOO_FEW]
    if not len(splits):
        return Check("placebo in time", None, "The data are too short for other dates of the same series.")
    at = splits[:, None] + np.arange(-q.span.before, q.span.after)[None, :]
    moved = replace(q.span, split=q.span.before)
    found = np.abs(scores(q.counts[at], q.exposure[at], moved, q.grid, calibration))
    further, alarms = int((found >= abs(effect.score)).sum()), int((found > _ALARM).sum())
    return _ranked("placebo in time", "other dates of the same series", further, len(splits), effect, alarms)


def _ranked(name: str, what: str, further: int, n: int, effect: CountEffect, alarms: int) -> Check:
    p = (1 + further) / (1 + n)
    text = f"{further} of {n} {what} moved at least as far (p = {p:.3f}); {alarms} would have raised an alarm."
    figures = {"further": further, "placebos": n, "p": round(p, 4), "alarms": alarms}
    if effect.verdict not in MOVED or n < _LEAST_PLACEBOS:
        return Check(name, None, text, figures)
    return Check(name, p <= 0.1, text, figures)


def pre_trend(q: Question, calibration: Calibration, *, unit: str) -> tuple[Check, Check]:
    """Whether the series moved before the shock: over its last quarter (trend), and its last twelfth (anticipation)."""
    out = []
    for name, part, word in (("pre-trend", 4, "drifted"), ("anticipation", 12, "moved ahead of the shock")):
        length = max(1, q.span.before // part)
        earlier = Span(q.span.split - length, q.span.before - length, length)
        if earlier.before < LEAST_BEFORE:
            out.append(Check(name, None, "The past is too short."))
            continue
        found = count_effect(q.counts, q.exposure, earlier, q.grid, calibration)
        figures = {"periods": length, "ratio": round(found.ratio, 3), "p": round(found.p, 4)}
        span = f"the last {length} {unit}{'s' if length > 1 else ''} before"
        if found.verdict == "too few to tell":
            out.append(Check(name, None, f"Too few events in {span}.", figures))
            continue
        moved = found.p < 0.05
        text = f"{span}: {found.ratio:.2f} times the expected (p = {found.p:.3f})."
        out.append(Check(name, not moved, f"{'The series ' + word + ': ' if moved else 'No sign: '}{text}", figures))
    return out[0], out[1]


def windows(q: Question, effect: CountEffect) -> Check:
    """Whether the verdict hangs on the lengths of the windows."""
    longest = q.span.split
    variants = {
        (max(LEAST_BEFORE, min(longest, round(q.span.before * b))), max(1, round(q.span.after * a)))
        for b, a in ((0.5, 1), (2, 1), (1, 0.5), (1, 1 / 3))
    } | {(q.span.before, q.span.after)}
    if not q.span.shorter:
        variants -= {(q.span.before, q.span.after)}
    rows = []
    for before, after in sorted(variants):
        span = Span(q.span.split, before, after)
        own = calibrate(q.panel, span, q.counts[span.first : span.split].sum(), q.grid, leave=q.row, most=_FEWER)
        found = count_effect(q.counts, q.exposure, span, q.grid, own)
        rows.append({"before": before, "after": after, "ratio": round(found.ratio, 3), "p": round(found.p, 4),
                     "verdict": found.verdict})  # fmt: skip
    return _stable("sensitivity to window", "windows", effect, rows)


def units(effect: CountEffect, others: Mapping[str, tuple[Question, Calibration]]) -> Check:
    """Whether the verdict hangs on the unit of time: the same question in other units."""
    rows = []
    for unit, (q, calibration) in others.items():
        found = count_effect(q.counts, q.exposure, q.span, q.grid, calibration)
        rows.append({"unit": unit, "ratio": round(found.ratio, 3), "p": round(found.p, 4), "verdict": found.verdict})
    return _stable("sensitivity to unit", "units", effect, rows)


def _stable(name: str, what: str, effect: CountEffect, rows: Sequence[Mapping[str, Any]]) -> Check:
    if not rows or effect.verdict not in (*MOVED, "no clear change"):
        return Check(name, None, f"No other {what} to try.", {"variants": list(rows)})
    same = sum(r["verdict"] == effect.verdict for r in rows)
    opposite = any({r["verdict"], effect.verdict} == set(MOVED) for r in rows)
    text = f"{same} of {len(rows)} other {what} give the same verdict."
    return Check(name, same * 2 >= len(rows) and not opposite, text, {"variants": list(rows)})


def sources(q: Question, effect: CountEffect, calibration: Calibration, by_source: Mapping[str, Array]) -> Check:
    """Leave one source (publisher or data set) out at a time.

    Parameters
    ----------
    by_source
        Source → its counts per period in the series under test; shape ``(periods,)``.
    """
    if len(by_source) < 2:
        only = next(iter(by_source), "one source")
        return Check("leave one source out", None, f"All events come from {only or 'one source'}.")
    rows = []
    busiest = sorted(by_source, key=lambda name: (-float(by_source[name].sum()), name))[:12]
    for name in busiest:
        found = count_effect(q.counts - by_source[name], q.exposure, q.span, q.grid, calibration)
        rows.append({"source": name, "ratio": round(found.ratio, 3), "p": round(found.p, 4), "verdict": found.verdict})
    if effect.verdict not in MOVED:
        return Check("leave one source out", None, f"{len(rows)} sources left out in turn.", {"variants": rows})
    kept = sum(r["verdict"] == effect.verdict for r in rows)
    doubt = [str(r["source"]) for r in rows if r["verdict"] != effect.verdict]
    text = f"The verdict holds without any one of {len(rows)} sources." if not doubt else (
        f"Without {doubt[0]} the verdict is {next(r['verdict'] for r in rows if r['source'] == doubt[0])!r}."
    )  # fmt: skip
    return Check("leave one source out", kept == len(rows), text, {"variants": rows})


def controls(q: Question, effect: CountEffect, calibration: Calibration) -> Check:
    """Leave one comparison series out at a time: does the calibration hang on it?"""
    teachers = np.unique(calibration.placebos.dyads)
    if len(teachers) < 2:
        return Check("leave one control out", None, "Fewer than two comparison series with other dates.")
    raw = model_scores(q.counts[None, :], q.exposure[None, :], q.span, q.grid, calibration)
    probabilities = []
    for one in teachers:
        keep = calibration.placebos.dyads != one
        rest = Placebos(*(getattr(calibration.placebos, n)[keep] for n in ("dyads", "splits", "scores")))
        scales, joint = scales_of(rest, q.span, q.activity)
        without = replace(calibration, scales=scales, joint=joint, placebos=rest)
        probabilities.append(float(without.probability(without.calibrated(raw, q.span))[0]))
    low, high = min(probabilities), max(probabilities)
    text = f"p lies between {low:.3g} and {high:.3g} with each of {len(teachers)} comparison series left out."
    figures = {"controls": len(teachers), "p_low": low, "p_high": high}
    if effect.verdict not in MOVED:
        return Check("leave one control out", None, text, figures)
    return Check("leave one control out", high < 0.05, text, figures)


def coding_error(
    effect: CountEffect,
    before: Array,
    after: Array,
    confusion: Array,
    outcome: Array,
    *,
    draws: int = 2000,
    seed: int = 0,
) -> tuple[CountEffect, Check]:
    """Pass the coder's confusion through the effect.

    Parameters
    ----------
    before, after
        Events coded in each class, shape ``(classes,)``: all classes, not only those of the outcome.
    confusion
        Rows: what an event truly is; columns: what it was coded as; counts from an evaluation, shape
        ``(classes, classes)``.
    outcome
        Which classes make up the outcome, booleans of shape ``(classes,)``.

    Returns
    -------
    The effect with an interval that holds the coding error too, and the check.

    Notes
    -----
    The rows of the matrix are drawn from their Dirichlet posteriors (a count of one half added to each cell); from
    each draw follows what share of the events of every coded class truly belong to the outcome, given the mixture
    of classes coded before. The spread of the logarithm of the ratio over the draws is added to the interval.
    """
    rng = np.random.default_rng(seed)
    truth = np.stack([rng.dirichlet(row + 0.5, size=draws) for row in np.asarray(confusion, dtype=float)], axis=1)
    mix = np.asarray(before, dtype=float) + np.asarray(after, dtype=float) + 0.5
    mix = mix / mix.sum()
    joint = truth * mix[None, :, None]
    belongs = (joint * np.asarray(outcome)[None, :, None]).sum(1) / joint.sum(1)
    seen = np.maximum(np.asarray(outcome) @ np.asarray(after), 0.5) / np.maximum(
        np.asarray(outcome) @ np.asarray(before), 0.5
    )
    true = (belongs @ (np.asarray(after) + 1e-9)) / (belongs @ (np.asarray(before) + 1e-9))
    shift = np.log(true / seen)
    spread = float(shift.std()) + abs(float(shift.mean()))
    low = _widened(effect.ratio, effect.low, spread, -1)
    high = _widened(effect.ratio, effect.high, spread, 1)
    holds = (low > 1) == (effect.low > 1) and (high < 1) == (effect.high < 1)
    text = (
        f"With the coder's confusion the interval is {low:.2f} to {high:.2f}; the verdict "
        f"{'holds' if holds else 'does not hold'}."
    )
    verdict = effect.verdict if holds or effect.verdict not in MOVED else "no clear change"
    figures = {"low": low, "high": high, "spread_of_log_ratio": spread}
    return replace(effect, low=low, high=high, verdict=verdict), Check("coding error", holds, text, figures)


def _widened(ratio: float, bound: float, spread: float, side: int) -> float:
    if ratio <= 0 or bound <= 0:
        return bound
    reach = np.hypot(np.log(bound / ratio), 1.96 * spread)
    return float(ratio * np.exp(side * reach))
