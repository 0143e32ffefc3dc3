"""The course of an effect: at once or late, growing or wearing off, lasting or passing; and shocks close together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from worldstage.effects.calibration import Calibration, Span
from worldstage.effects.counts import CountEffect, count_effect
from worldstage.effects.filter import Array, Grid

Course = Literal["lasting", "passing", "late", "unclear"]
# Fewer periods between two shocks leave their effects to be guessed.
LEAST_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class Stage:
    """The effect in one stretch after the shock; `first` and `last` are periods counted from it, from 1."""

    first: int
    last: int
    effect: CountEffect


def stages(
    counts: Array, exposure: Array, span: Span, grid: Grid, calibration: Calibration, *, n: int = 3
) -> list[Stage]:
    """The effect in each of `n` stretches after the shock, each against the same past."""
    edges = np.unique(np.linspace(0, span.after, min(n, span.after) + 1).round().astype(int))
    out = []
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        # The stretch between the shock and this stage is not part of the past: no volume, no information.
        seen, kept = exposure.copy(), counts.copy()
        seen[span.split : span.split + first] = 0.0
        kept[span.split : span.split + first] = 0.0
        part = Span(span.split + first, span.before + first, last - first)
        out.append(Stage(first + 1, last, count_effect(kept, seen, part, grid, calibration)))
    return out


def course(found: Sequence[Stage]) -> Course:
    """One word for the stages: of those that moved, which and when."""
    moved = [s.effect.verdict in ("rose", "fell") for s in found]
    if len(found) < 2 or not any(moved):
        return "unclear"
    if moved[-1]:
        return "lasting" if moved[0] else "late"
    return "passing" if moved[0] else "unclear"


@dataclass(frozen=True, slots=True)
class Step:
    """One of several shocks: the ratio of the level after it to that before it, with its interval."""

    split: int
    ratio: float
    low: float
    high: float
    separable: bool


def steps(counts: Array, exposure: Array, splits: Sequence[int], *, level: float = 0.95) -> list[Step]:
    """Tell several shocks apart by a step at each, in one negative-binomial regression.

    A shock is separable where at least four periods lie on either side of it before the next one, and where its
    step is known to within a factor of ten.

    Parameters
    ----------
    counts, exposure
        Shape ``(periods,)``.
    splits
        First period after each shock, ascending.

    Notes
    -----
    Iteratively weighted least squares; the dispersion comes from Pearson's statistic of the fit. Textbook material.
    """
    from scipy.special import ndtri

    n = len(counts)
    design = np.column_stack([np.ones(n), *[(np.arange(n) >= s).astype(float) for s in splits]])
    beta, covariance = _fit(counts, np.where(exposure > 0, exposure, np.nan), design)
    reach = float(ndtri(0.5 + level / 2))
    edges = [0, *splits, n]
    out = []
    for i, split in enumerate(splits, 1):
        error = float(np.sqrt(max(covariance[i, i], 0.0)))
        apart = min(edges[i] - edges[i - 1], edges[i + 1] - edges[i]) >= LEAST_BETWEEN
        low, high = np.exp(beta[i] - reach * error), np.exp(beta[i] + reach * error)
        known = bool(apart and reach * error < np.log(10))
        out.append(Step(int(split), float(np.exp(beta[i])), float(low), float(high), known))
    return out


def _fit(counts: Array, exposure: Array, design: Array) -> tuple[Array, Array]:
    """Coefficients and covariance; a prior of half an event per stretch keeps empty stretches finite."""
    used = ~np.isnan(exposure)
    y, x, offset = counts[used], design[used], np.log(exposure[used])
    ridge = np.diag([1e-6] + [0.1] * (design.shape[1] - 1))
    beta = np.zeros(design.shape[1])
    beta[0] = np.log((y.sum() + 0.5) / np.exp(offset).sum())
    dispersion = 0.0
    precision = ridge
    for _ in range(50):
        mean = np.exp(np.clip(offset + x @ beta, -30, 30))
        weight = mean / (1 + dispersion * mean)
        precision = x.T @ (weight[:, None] * x) + ridge
        step = np.linalg.solve(
            precision, x.T @ (weight * (y - mean) / mean) - ridge @ (beta * (np.arange(len(beta)) > 0))
        )
        beta = beta + np.clip(step, -2, 2)
        spare = max(len(y) - len(beta), 1)
        excess = ((y - mean) ** 2 - mean).sum() / max((mean**2).sum(), 1e-9)
        dispersion = max(0.0, float(excess) * len(y) / spare)
        if np.abs(step).max() < 1e-8:
            break
    return beta, np.linalg.inv(precision)
