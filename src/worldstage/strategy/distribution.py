"""What a model says of many draws of a table: quantiles for every actor and for the outcome, baselines beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.averages import weighted_mean, weighted_median
from worldstage.strategy.draws import NOISE, draw
from worldstage.strategy.models import settle
from worldstage.strategy.pilot import Progress, affordable, settle_in_parts
from worldstage.strategy.result import plain
from worldstage.strategy.tables import ActorTable

Floats = NDArray[np.float64]
LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
HEADINGS = tuple(f"q{round(100 * level):02d}" for level in LEVELS)


@dataclass(frozen=True)
class Distribution:
    """Quantiles over draws.

    Attributes
    ----------
    positions
        Of the last positions, shape ``(levels, actors, issues)``.
    outcome, mean, median
        Of the outcome (the weighted mean of the last positions), and of the weighted mean and median of the input;
        shape ``(levels, issues)``.
    average, deviation
        Mean and standard deviation of the outcome, per issue.
    converged
        Share of the draws that came to rest.
    noise
        Of the draws; none where the table gave ranges.
    """

    table: ActorTable
    model: str
    draws: int
    seed: int
    noise: float | None
    positions: Floats
    outcome: Floats
    mean: Floats
    median: Floats
    average: Floats
    deviation: Floats
    converged: float

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, quantiles in the order of ``levels``."""
        issues = self.table.issues
        by_actor = self.positions.transpose(1, 2, 0)
        return {
            "n": self.draws,
            "seed": self.seed,
            "noise": self.noise,
            "levels": list(LEVELS),
            "outcome": {
                issue: {
                    "mean": plain(self.average)[k],
                    "sd": plain(self.deviation)[k],
                    "quantiles": plain(self.outcome[:, k]),
                }
                for k, issue in enumerate(issues)
            },
            "positions": {a: [plain(q) for q in by_actor[i]] for i, a in enumerate(self.table.actors)},
            "baselines": {
                name: {issue: plain(values[:, k]) for k, issue in enumerate(issues)}
                for name, values in (("mean", self.mean), ("median", self.median))
            },
            "converged": self.converged,
        }

    def rows(self) -> list[dict[str, Any]]:
        """One row per issue for the outcome and each baseline, then one per actor."""
        named = [("outcome", self.outcome), ("weighted mean", self.mean), ("weighted median", self.median)]
        named += [(a, self.positions[:, i]) for i, a in enumerate(self.table.actors)]
        return [
            {"what": name, "issue": issue, **dict(zip(HEADINGS, plain(values[:, k]), strict=True))}
            for name, values in named
            for k, issue in enumerate(self.table.issues)
        ]


def default_draws(
    table: ActorTable, model: str, *, noise: float = NOISE, seconds: float | None = None, **options: Any
) -> int:
    """How many draws take some ten seconds on this machine, from 200 to 10,000.

    Raises
    ------
    InputError, UnknownNameError
        As the model and the draws do.
    """
    return affordable(lambda n: settle(draw(table, n, noise=noise), model, **options), seconds=seconds)


def distribution(
    table: ActorTable,
    model: str,
    draws: int,
    *,
    seed: int = 0,
    noise: float = NOISE,
    progress: Progress | None = None,
    **options: Any,
) -> Distribution:
    """Run a model on so many draws of a table; see `worldstage.strategy.draws.draw` for how they are drawn.

    Raises
    ------
    InputError, UnknownNameError
        As the model and the draws do.
    """
    sample = draw(table, draws, seed=seed, noise=noise)
    final, resting = settle_in_parts(sample, model, progress=progress, **options)
    outcome = weighted_mean(final, sample.weight)
    return Distribution(
        table=table,
        model=model,
        draws=draws,
        seed=seed,
        noise=None if table.ranges else noise,
        positions=np.quantile(final, LEVELS, axis=0),
        outcome=np.quantile(outcome, LEVELS, axis=0),
        mean=np.quantile(weighted_mean(sample.position, sample.weight), LEVELS, axis=0),
        median=np.quantile(weighted_median(sample.position, sample.weight), LEVELS, axis=0),
        average=outcome.mean(axis=0),
        deviation=outcome.std(axis=0),
        converged=float(resting.mean()),
    )
