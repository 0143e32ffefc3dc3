"""Simulated weekly counts of many dyads, of several kinds, some of them with a planted effect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BEFORE, AFTER, SHORTER, PAST = 52, 12, 6, 104
KINDS = (
    "steady", "overdispersed", "drift", "season", "bursts", "zero inflation", "spill-over", "volume shock",
)  # fmt: skip


@dataclass(frozen=True)
class Simulated:
    """Counts of shape ``(dyads, periods)``, all that was reported, and the planted ratio of each dyad."""

    counts: np.ndarray
    total: np.ndarray
    rate: np.ndarray
    ratio: np.ndarray


def simulate(kind: str, rng: np.random.Generator, *, dyads: int = 60, ratio: float = 2.0) -> Simulated:
    """One data set; a quarter of its dyads changes by `ratio`.

    The rates run from one event in ten weeks to ten a week. The volume of reporting (ten times the dyads' own) varies
    from week to week and slowly, and all counts go with it.
    """
    n = PAST + AFTER
    rate = np.exp(rng.uniform(np.log(0.1), np.log(10), dyads))
    log_level = np.zeros((dyads, n))
    if kind == "drift":
        log_level = np.cumsum(rng.normal(0, 0.1, (dyads, n)), axis=1)
        log_level -= log_level[:, PAST - BEFORE : PAST].mean(1, keepdims=True)
    elif kind == "season":
        log_level = 0.4 * np.sin(2 * np.pi * (np.arange(n) / 52 + rng.uniform(0, 1, (dyads, 1))))
    elif kind == "bursts":
        state = rng.normal(0, 0.6, dyads)
        for t in range(n):
            log_level[:, t] = state - 0.18
            state = 0.7 * state + rng.normal(0, 0.6 * np.sqrt(1 - 0.49), dyads)
    slow = np.exp(np.cumsum(rng.normal(0, 0.02, n)))
    if kind == "volume shock":
        slow[PAST:] *= 1.6
    planted = np.ones(dyads)
    planted[: dyads // 4] = ratio
    if kind == "spill-over":
        # Dyads that share an actor with a treated one move a little too; the planted ratio of those is not 1.
        planted[dyads // 4 : dyads // 2] = 1 + (ratio - 1) / 4
    mean = rate[:, None] * np.exp(log_level) * slow
    mean[:, PAST:] *= planted[:, None]
    dispersion = 0.0 if kind == "steady" else 0.5
    mixed = mean * (rng.gamma(1 / dispersion, dispersion, mean.shape) if dispersion else 1.0)
    counts = rng.poisson(mixed).astype(float)
    if kind == "zero inflation":
        counts *= rng.random(counts.shape) > 0.3
    total = counts.sum(0) + rng.poisson(40.0 * dyads * slow)
    return Simulated(counts, total, rate, planted)


def negative_binomial(rng: np.random.Generator, mean: float, dispersion: float, shape: tuple[int, int]) -> np.ndarray:
    """Counts of a given mean with variance ``mean + dispersion × mean²``."""
    return rng.poisson(mean * (rng.gamma(1 / dispersion, dispersion, shape) if dispersion else np.ones(shape))).astype(
        float
    )
