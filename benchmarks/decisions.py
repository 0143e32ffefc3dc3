"""How right the forecast of decisions is: `python -m benchmarks.decisions FILE`, a table in the EU data's columns.

The table is not part of this project. Exit 1 where a floor is missed: the ensemble's absolute error above the
weighted mean's, or its CRPS less than 5 % better than that of the mean with its own errors.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from worldstage.strategy.decisions import forecast, forecast_file
from worldstage.strategy.decisions.evaluation import Decided, Trial, compare, decided, plain_errors

FLOOR = 0.05


def main(path: str) -> int:
    """Cross-validate, print, compare with the floors."""
    data = decided(path)
    print(f"{len(data.issues)} issues, {len(set(data.proposals))} proposals")
    trials = compare(data)
    for trial in trials.values():
        print(line(trial))
    print("PIT in tenths, ensemble:", " ".join(f"{v:.3f}" for v in trials["ensemble"].pit))
    rival = min(plain_errors(data), float(trials["mean"].crps.mean()))
    signed = 1 - trials["ensemble"].crps.mean() / plain_errors(data)
    gain = 1 - trials["ensemble"].crps.mean() / rival
    better = trials["mean"].absolute - trials["ensemble"].absolute
    print(f"CRPS better by {signed:.1%} than the mean with signed errors; by {gain:.1%} than the stronger of both")
    for name, values in (("CRPS", trials["mean"].crps - trials["ensemble"].crps), ("absolute error", better)):
        low, high = bootstrap(data, values)
        print(f"{name} below the mean's by {values.mean():.2f} [{low:.2f}, {high:.2f}] (proposals drawn again)")
    chosen = compare(data, repeats=2, strict=None)["ensemble"]
    print(f"penalty chosen within: CRPS {chosen.crps.mean():.2f}, absolute error {chosen.absolute.mean():.2f}")
    print(f"speed: {speed():,.0f} issues a second; the file in {file_seconds(path):.2f} s")
    return int(gain < FLOOR or better.mean() < 0)


def line(trial: Trial) -> str:
    """One model's figures."""
    told = ~np.isnan(trial.crps)
    return (
        f"{trial.model:10s} {told.sum():4d} issues  CRPS {trial.crps[told].mean():.2f}  "
        f"absolute error {trial.absolute[told].mean():.2f}  interval score {trial.interval:.1f}  "
        f"within 80 %: {trial.covered80:.3f} (ends counted in full {trial.reached80:.3f})  "
        f"within 90 %: {trial.covered90:.3f}"
    )


def bootstrap(data: Decided, values: np.ndarray, *, draws: int = 2000, seed: int = 0) -> tuple[float, float]:
    """The central 95 % of the mean, drawing whole proposals."""
    rng = np.random.default_rng(seed)
    names, index = np.unique(data.proposals, return_inverse=True)
    sums, counts = np.bincount(index, weights=values), np.bincount(index)
    picks = rng.integers(0, len(names), (draws, len(names)))
    means = sums[picks].sum(axis=1) / counts[picks].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def speed(issues: int = 3000, actors: int = 30) -> float:
    """Issues forecast per second, on made-up positions."""
    rng = np.random.default_rng(0)
    positions = rng.integers(0, 11, (issues, actors)) * 10.0
    saliences = rng.integers(0, 101, (issues, actors)).astype(float)
    began = time.perf_counter()
    for x, s in zip(positions, saliences, strict=True):
        forecast(x, s, reference=0.0)
    return issues / (time.perf_counter() - began)


def file_seconds(path: str) -> float:
    """Wall-clock time of forecasting the file."""
    began = time.perf_counter()
    list(forecast_file(path))
    return time.perf_counter() - began


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m benchmarks.decisions FILE")
    sys.exit(main(sys.argv[1]))
