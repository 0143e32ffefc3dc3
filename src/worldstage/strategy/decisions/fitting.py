"""Fitting the ensemble on decisions with known outcomes, and trying it on proposals that it has not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.decisions.baselines import POINTS, spread
from worldstage.strategy.decisions.distribution import Floats
from worldstage.strategy.decisions.issue import Issue
from worldstage.strategy.decisions.mixture import CORE, FEATURES, RULER, Parts, parts
from worldstage.strategy.decisions.scoring import CELLS

# Penalty on a squared score, in points of CRPS; the features outside of CORE bear STRICT times as much.
PENALTY = 0.02
STRICT = 100.0


@dataclass(frozen=True, eq=False)
class Design:
    """Many issues as arrays, padded to the largest number of parts; the band comes first.

    Attributes
    ----------
    features
        Shape ``(issues, parts, features)``.
    there
        Which parts an issue has; shape ``(issues, parts)``.
    levels
        Distribution function of each part at the middles of the cells of the line, ``(issues, parts, cells)``.
    """

    features: Floats
    there: NDArray[np.bool_]
    levels: Floats

    def take(self, rows: NDArray[np.int64]) -> Design:
        """The design of some of the issues."""
        return Design(self.features[rows], self.there[rows], self.levels[rows])


def design(issues: Sequence[Issue]) -> Design:
    """Features and shapes of all parts of all issues."""
    every: list[Parts] = [parts(issue) for issue in issues]
    width = 1 + max(len(p.values) for p in every)
    features = np.zeros((len(every), width, len(FEATURES)))
    there = np.zeros((len(every), width), dtype=bool)
    levels = np.zeros((len(every), width, len(CELLS)))
    for i, p in enumerate(every):
        n = len(p.values)
        there[i, : n + 1] = True
        features[i, 1 : n + 1] = p.features
        levels[i, 0] = np.interp(CELLS, RULER, p.band)
        levels[i, 1 : n + 1] = np.clip(CELLS[None, :] + 0.5 - p.values[:, None], 0.0, 1.0)
    return Design(features, there, levels)


def fit(given: Design, outcomes: Floats, *, penalty: float = PENALTY, strict: float = STRICT) -> Floats:
    """The scores with the least mean CRPS, penalised; shape ``(features,)``.

    The search starts at zero scores and is deterministic.
    """
    from scipy.optimize import minimize

    ridge = penalty * np.array([1.0 if name in CORE else strict for name in FEATURES])
    step = np.clip(CELLS[None, :] + 0.5 - outcomes[:, None], 0.0, 1.0)

    def loss(scores: Floats) -> tuple[float, Floats]:
        chance = _chances(given, scores)
        level = np.einsum("ik,ikc->ic", chance, given.levels)
        value = ((level - 1.0) ** 2 * step + level**2 * (1.0 - step)).sum() / len(outcomes)
        pull = np.einsum("ikc,ic->ik", given.levels, 2.0 * (level - step)) / len(outcomes)
        slope = chance * (pull - (chance * pull).sum(axis=1, keepdims=True))
        gradient = np.einsum("ik,ikf->f", slope, given.features) + 2.0 * ridge * scores
        return float(value + ridge @ scores**2), gradient

    found: Floats = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return found


def levels(given: Design, scores: Floats) -> Floats:
    """Forecast distribution functions at the middles of the cells, shape ``(issues, cells)``."""
    total: Floats = np.einsum("ik,ikc->ic", _chances(given, scores), given.levels)
    return total


def folds(groups: Sequence[str], k: int, *, seed: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Rows to fit on and rows to try on, `k` times; a group is never split.

    Raises
    ------
    ValueError
        If there are fewer groups than folds.
    """
    names = sorted(set(groups))
    if len(names) < k:
        raise ValueError(f"{len(names)} groups cannot be put into {k} folds")
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of = {name: int(place) % k for name, place in zip(names, order, strict=True)}
    fold = np.array([fold_of[g] for g in groups])
    for j in range(k):
        yield np.flatnonzero(fold != j), np.flatnonzero(fold == j)


def baseline_errors(issues: Sequence[Issue], outcomes: Floats) -> dict[str, Floats]:
    """Quantiles of the absolute error of each baseline."""
    errors = {}
    for name, point in POINTS.items():
        told = [point(issue) for issue in issues]
        values = np.array([np.nan if p is None else p for p in told], dtype=float)
        if not np.isnan(values).all():
            errors[name] = spread(values, outcomes)
    return errors


def _chances(given: Design, scores: Floats) -> Floats:
    score = np.where(given.there, given.features @ scores, -np.inf)
    weight = np.exp(score - score.max(axis=1, keepdims=True))
    result: Floats = weight / weight.sum(axis=1, keepdims=True)
    return result
