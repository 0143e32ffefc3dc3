"""The ensemble against the weighted mean, on proposals that neither was fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from worldstage.core.errors import InputError
from worldstage.strategy.decisions.baselines import POINTS
from worldstage.strategy.decisions.distribution import Floats, Forecast, around
from worldstage.strategy.decisions.eu_table import read_issues
from worldstage.strategy.decisions.fitting import STRICT, baseline_errors, design, fit, folds, levels
from worldstage.strategy.decisions.issue import Issue
from worldstage.strategy.decisions.mixture import mix
from worldstage.strategy.decisions.scoring import CELLS, coverage, crps, crps_of_levels, interval_score, pit


@dataclass(frozen=True, eq=False)
class Decided:
    """Issues with known outcomes, and the proposal each belongs to."""

    issues: tuple[Issue, ...]
    outcomes: Floats
    proposals: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Trial:
    """How one model did, cross-validated.

    Attributes
    ----------
    crps
        Per issue, the mean over repetitions; shape ``(issues,)``.
    absolute
        Absolute error of the point, likewise; not a number where the model has no point.
    interval
        Mean interval score of the central 80 %.
    covered80, covered90
        Shares of outcomes within the central 80 % and 90 %, by the randomised PIT: an outcome on an interval's end
        counts for the part of that end's mass which belongs to the interval.
    reached80
        Share of outcomes within the central 80 %, its ends included in full.
    pit
        Share of issues in each tenth of the randomised PIT; shape ``(10,)``.
    """

    model: str
    crps: Floats
    absolute: Floats
    interval: float
    covered80: float
    covered90: float
    reached80: float
    pit: Floats


def decided(path: str | Path) -> Decided:
    """The issues of a table that can be learned from: outcome known, three actors or more, not all of one mind.

    Raises
    ------
    InputError
        If the file cannot be read, or too little is left.
    """
    rows = [r for r in read_issues(path) if r.issue is not None and r.outcome is not None]
    used = [(r, r.issue) for r in rows if r.issue and len(r.issue.positions) >= 3 and np.ptp(r.issue.positions) > 0]
    if len({r.prnr for r, _ in used}) < 20:
        raise InputError(f"{path} has too few decided proposals to fit on.", expected="20 proposals with outcomes")
    outcomes = np.array([r.outcome for r, _ in used], dtype=float)
    return Decided(tuple(issue for _, issue in used), outcomes, tuple(r.prnr for r, _ in used))


def compare(
    data: Decided, *, k: int = 10, repeats: int = 5, seed: int = 0, strict: float | None = STRICT
) -> dict[str, Trial]:
    """Cross-validate the ensemble and every baseline on the same folds of whole proposals.

    Parameters
    ----------
    strict
        Penalty on the lesser features; ``None`` chooses it within each training part, by cross-validation there.
    """
    every: dict[str, list[list[Forecast | None]]] = {name: [] for name in ("ensemble", *POINTS)}
    full = design(data.issues)
    for repeat in range(repeats):
        for found in every.values():
            found.append([None] * len(data.issues))
        for train, test in folds(data.proposals, k, seed=seed + repeat):
            groups = [data.proposals[i] for i in train]
            weight = strict if strict is not None else choose(data, train.tolist(), groups, seed=seed + repeat)
            scores = fit(full.take(train), data.outcomes[train], strict=weight)
            errors = baseline_errors([data.issues[i] for i in train], data.outcomes[train])
            for i in test.tolist():
                issue = data.issues[i]
                every["ensemble"][-1][i] = mix(issue, scores, "ensemble")
                for name, point in POINTS.items():
                    at = point(issue)
                    every[name][-1][i] = None if at is None or name not in errors else around(at, errors[name], name)
    return {name: _trial(name, found, data.outcomes, seed) for name, found in every.items()}


def choose(data: Decided, rows: list[int], groups: Sequence[str], *, seed: int) -> float:
    """The penalty on the lesser features that does best within some of the issues."""
    inner = design([data.issues[i] for i in rows])
    outcomes = data.outcomes[rows]
    total = {}
    for strict in (3.0, 10.0, 30.0, 100.0, 300.0, 1000.0):
        total[strict] = 0.0
        for train, test in folds(groups, 5, seed=seed):
            scores = fit(inner.take(train), outcomes[train], strict=strict)
            total[strict] += float(crps_of_levels(levels(inner.take(test), scores), outcomes[test]).sum())
    return min(total, key=lambda s: total[s])


def plain_errors(data: Decided, *, k: int = 10, repeats: int = 5, seed: int = 0) -> float:
    """Mean CRPS of the weighted mean with the other proposals' signed errors as they are, cut at the line's ends.

    The usual rival: unlike `Trial` of ``mean`` it lets the errors lean to one side.
    """
    means = np.array([issue.mean for issue in data.issues])
    total = []
    for repeat in range(repeats):
        for train, test in folds(data.proposals, k, seed=seed + repeat):
            errors = data.outcomes[train] - means[train]
            drawn = np.clip(means[test][:, None] + errors[None, :], 0.0, 100.0)
            level = (drawn[:, :, None] <= CELLS).mean(axis=1)
            total.append(crps_of_levels(level, data.outcomes[test]))
    return float(np.concatenate(total).mean())


def _trial(model: str, repeats: list[list[Forecast | None]], outcomes: Floats, seed: int) -> Trial:
    scores, points, spans, reached, transform = [], [], [], [], []
    for number, found in enumerate(repeats):
        told = np.array([f is not None for f in found])
        made = [f for f in found if f is not None]
        y = outcomes[told]
        row = np.full((2, len(outcomes)), np.nan)
        row[0, told], row[1, told] = crps(made, y), np.abs(np.array([f.point for f in made]) - y)
        scores.append(row[0])
        points.append(row[1])
        low, high = [f.quantile(0.1) for f in made], [f.quantile(0.9) for f in made]
        spans.append(interval_score(low, high, y).mean())
        reached.append(coverage(made, y))
        transform.append(pit(made, y, seed=seed + number))
    place = np.concatenate(transform)
    return Trial(
        model,
        np.mean(scores, axis=0),
        np.mean(points, axis=0),
        float(np.mean(spans)),
        float((np.abs(place - 0.5) <= 0.4).mean()),
        float((np.abs(place - 0.5) <= 0.45).mean()),
        float(np.mean(reached)),
        np.histogram(place, 10, (0.0, 1.0))[0] / len(place),
    )
