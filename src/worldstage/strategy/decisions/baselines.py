"""Single-number models of a decision, each to be given the distribution of its own errors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from worldstage.strategy.averages import weighted_median
from worldstage.strategy.decisions.distribution import HIGH, LOW, Floats
from worldstage.strategy.decisions.issue import Issue
from worldstage.strategy.nash import solution

# Levels at which the absolute error is kept: every 5 %.
STEPS = 21


def median(issue: Issue) -> float:
    """The median of the positions by weight."""
    return float(weighted_median(issue.positions[:, None], issue.weights[:, None])[0])


def nash(issue: Issue) -> float:
    """The Nash solution where a breakdown is as bad for all as an outcome a whole range of positions away.

    On one issue an actor's salience scales all its gains alike and would drop out; so it stands in the exponent,
    times capability, as in the salience-weighted Nash solution of the studies of EU decisions.
    """
    position = issue.positions[None, :, None]
    outcome = solution(issue.weights[None], position, np.ones_like(position))[0, 0]
    return float(np.clip(outcome, LOW, HIGH))


POINTS: dict[str, Callable[[Issue], float | None]] = {
    "mean": lambda issue: issue.mean,
    "plain-mean": lambda issue: float(issue.positions.mean()),
    "median": median,
    "nash": nash,
    "status-quo": lambda issue: issue.reference,
    "fifty": lambda _issue: (LOW + HIGH) / 2,
}


def spread(points: ArrayLike, outcomes: ArrayLike) -> Floats:
    """Quantiles of the absolute error at `STEPS` even levels; pairs without a point or an outcome are left out."""
    error = np.abs(np.asarray(points, dtype=float) - np.asarray(outcomes, dtype=float))
    quantiles: Floats = np.quantile(error[~np.isnan(error)], np.linspace(0.0, 1.0, STEPS))
    return quantiles
