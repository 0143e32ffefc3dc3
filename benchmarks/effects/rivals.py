"""The usual tests on the same data: naive before and after, a Gaussian structural series, difference-in-differences."""

from __future__ import annotations

import numpy as np
from scipy import stats

from worldstage.effects.structural import series_effect


def before_after(before: np.ndarray, after: np.ndarray) -> tuple[float, float, float, float]:
    """Ratio, its 95 % bounds, p: Poisson counts, given their sum; reporting taken for constant."""
    a, b = float(before.sum()), float(after.sum())
    exposure = len(after) / len(before)
    low = 0.0 if b == 0 else float(stats.beta.ppf(0.025, b, a + 1))
    high = 1.0 if a == 0 else float(stats.beta.ppf(0.975, b + 1, a))
    p = stats.binomtest(int(b), int(a + b), exposure / (1 + exposure)).pvalue if a + b else 1.0
    ratio = b / max(a * exposure, 0.5 * exposure)
    return ratio, low / (1 - low) / exposure, (high / (1 - high) / exposure if high < 1 else np.inf), float(p)


def welch(before: np.ndarray, after: np.ndarray) -> float:
    """p of Welch's test on the periods' counts."""
    if before.std() + after.std() == 0:
        return 1.0
    return float(stats.ttest_ind(after, before, equal_var=False).pvalue)


def structural(counts: np.ndarray, split: int, volume: np.ndarray) -> tuple[float, float, float, float]:
    """Ratio, bounds, p of a structural series of ``log(1 + count)`` with the volume as its control."""
    found = series_effect(np.log1p(counts), split, np.log(volume)[:, None])
    base = max(float(np.expm1(found.expected.mean())), 0.05)
    scale = (base + 1) / base
    ratios = [max(0.0, 1 + scale * np.expm1(v)) for v in (found.average, found.low, found.high)]
    return ratios[0], ratios[1], ratios[2], found.p


def differences(counts: np.ndarray, row: int, split: int, first: int) -> tuple[float, float, float, float]:
    """Ratio, bounds, p: change of the logarithm against the mean change of the other dyads; their spread as error."""
    change = np.log((counts[:, split:].mean(1) + 0.1) / (counts[:, first:split].mean(1) + 0.1))
    others = np.delete(change, row)
    shift, error = float(change[row] - others.mean()), float(others.std(ddof=1))
    p = 2 * float(stats.norm.sf(abs(shift) / error))
    return float(np.exp(shift)), float(np.exp(shift - 1.96 * error)), float(np.exp(shift + 1.96 * error)), p
