"""The change of a rate of events across a date, with an interval from a count model.

The counts before and after, given their sum, are binomial; an interval for the share of those after is one for
the ratio of the rates. Bursts make real counts vary more than a Poisson process would: the effective counts are
divided by the dispersion found before the shock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Verdict = Literal["rose", "fell", "no clear change", "too few to tell"]
# Below so many independent events on both sides together nothing is said.
TOO_FEW = 8
LEAST_PERIODS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """How a rate moved.

    Attributes
    ----------
    before, after
        Events.
    periods_before, periods_after
        Lengths of the two stretches, in periods.
    expected
        Events after, had the rate (per report, if normalised) stayed as it was.
    ratio, low, high
        Rate after over rate before, with the bounds of its interval; ``high`` is infinite where nothing was
        reported before.
    dispersion
        Variance of the counts before over their mean, at least 1.
    """

    before: int
    after: int
    periods_before: int
    periods_after: int
    expected: float
    ratio: float
    low: float
    high: float
    dispersion: float
    verdict: Verdict


def rate_change(counts: ArrayLike, volume: ArrayLike, split: int, *, level: float = 0.95) -> Change:
    """Compare the rate of events before and after a period.

    Parameters
    ----------
    counts
        Events per period, shape ``(periods,)``.
    volume
        Exposure per period: all events reported, or ones for none; same shape.
    split
        Index of the first period after the shock.
    level
        Of the interval.

    Raises
    ------
    ValueError
        If the shapes differ or `split` lies outside.

    References
    ----------
    The conditional (binomial) interval for a ratio of Poisson rates is textbook material; no single source was
    consulted. Checked by simulation in the tests.
    """
    n, v = np.asarray(counts, dtype=float), np.asarray(volume, dtype=float)
    if n.shape != v.shape or not 0 <= split <= len(n):
        raise ValueError(f"counts {n.shape}, volume {v.shape}, split {split}")
    before, after = float(n[:split].sum()), float(n[split:].sum())
    exposed_before, exposed_after = float(v[:split].sum()), float(v[split:].sum())
    lengths = split, len(n) - split
    spread = dispersion(n[:split], v[:split])
    if min(lengths) < LEAST_PERIODS or (before + after) / spread < TOO_FEW or exposed_before <= 0 or exposed_after <= 0:
        expected = before / exposed_before * exposed_after if exposed_before > 0 else float("nan")
        return Change(
            int(before), int(after), *lengths, expected, float("nan"), 0.0, float("inf"), spread, "too few to tell"
        )
    low, high = _interval(before / spread, after / spread, exposed_after / exposed_before, level)
    expected = before * exposed_after / exposed_before
    ratio = after / expected if expected > 0 else float("inf")
    verdict: Verdict = "rose" if low > 1 else "fell" if high < 1 else "no clear change"
    return Change(int(before), int(after), *lengths, expected, ratio, low, high, spread, verdict)


def dispersion(counts: NDArray[np.float64], volume: NDArray[np.float64]) -> float:
    """Pearson's dispersion of counts around a constant rate per exposure, at least 1.

    Periods without exposure carry no information and are left out.
    """
    used = volume > 0
    n, v = counts[used], volume[used]
    if len(n) < 2 or n.sum() == 0:
        return 1.0
    expected = n.sum() * v / v.sum()
    return max(1.0, float(((n - expected) ** 2 / expected).sum() / (len(n) - 1)))


def _interval(before: float, after: float, exposure: float, level: float) -> tuple[float, float]:
    """Bounds of the ratio of rates from the Clopper–Pearson interval of the share after."""
    from scipy.stats import beta

    tail = (1 - level) / 2
    low = 0.0 if after == 0 else float(beta.ppf(tail, after, before + 1))
    high = 1.0 if before == 0 else float(beta.ppf(1 - tail, after + 1, before))
    return low / (1 - low) / exposure, (float("inf") if high >= 1 else high / (1 - high) / exposure)
