"""What the reporting of an actor is about, as shares of a whole, before and after: how the mix moved.

Shares sum to one, so that one cannot rise alone. The change of each is therefore told as one of log-ratios: of a share
to the geometric mean of all (centred log-ratio).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from worldstage.roles.compare import LEAST_DAYS, LEAST_REFERENCE, LEVEL, Span

Array = NDArray[np.float64]

OTHER = "all others"
LEAST_EVENTS = 10
LEAST_IN_PART = 5
_WEEK = 7
MOST_PARTS = 12
# Added to every count: no share is nought, and a part met once is no wonder (the prior of Jeffreys).
PRIOR = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the mix.

    Attributes
    ----------
    before, after
        Events; an event that belongs to several parts counts for a fraction of each.
    share_before, share_after
        Of all events, 0 to 1.
    change, low, high
        Change of the centred log-ratio, with its 95 % bootstrap interval.
    verdict
        ``rose``, ``fell``, ``no clear change`` (the interval holds nought, or the mix as a whole did not move) or ``too
        few to tell``.
    """

    name: str
    before: float
    after: float
    share_before: float
    share_after: float
    change: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Mix:
    """How a mix moved.

    Attributes
    ----------
    distance
        Total variation: the share of the events that would have to change part for the mixes to be the same, 0 to 1.
    p
        How often a pair of earlier windows (without enough of them, the same weeks in random order) is as far apart.
    reference, references
        ``earlier windows`` or ``shuffled weeks``, and how many.
    verdict
        ``moved``, ``no clear change`` or ``too few to tell``.
    """

    parts: Sequence[Part]
    before: float
    after: float
    distance: float | None
    p: float | None
    reference: str
    references: int
    verdict: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reports:
    """The events of one actor, each with a part that it belongs to.

    Attributes
    ----------
    day
        Days since 1970, shape ``(entries,)``; an event that belongs to several parts has several entries.
    part
        Index into `names`.
    weight
        What the entry counts; the entries of an event sum to 1.
    """

    day: NDArray[np.int64]
    part: NDArray[np.int64]
    weight: Array
    names: Sequence[str]

    def daily(self, first: int, days: int) -> Array:
        """Weight per day and part, shape ``(days, parts)``."""
        at = (self.day >= first) & (self.day < first + days)
        place = (self.day[at] - first) * len(self.names) + self.part[at]
        flat = np.bincount(place, weights=self.weight[at], minlength=days * len(self.names))
        return flat.astype(float).reshape(days, len(self.names))


def mix(reports: Reports, span: Span, *, draws: int = 500, seed: int = 0, most: int = MOST_PARTS) -> Mix:
    """How the mix of an actor's reporting moved across a day.

    Parameters
    ----------
    most
        So many parts are told apart, those with most events; the rest is one.
    """
    first = span.shock - span.days
    both = reports.daily(first, 2 * span.days)
    both, names = _main(both, reports.names, most)
    before, after = both[: span.days], both[span.days :]
    sums = before.sum(0), after.sum(0)
    reason = ""
    if span.days < LEAST_DAYS:
        reason = f"windows of {span.days} days; at least {LEAST_DAYS} are needed"
    elif min(sums[0].sum(), sums[1].sum()) < LEAST_EVENTS or len(names) < 2:
        reason = f"{sums[0].sum():.0f} events before, {sums[1].sum():.0f} after"
    rng = np.random.default_rng(seed)
    parts = _parts(names, before, after, rng, draws, told=not reason)
    if reason:
        return Mix(parts, sums[0].sum(), sums[1].sum(), None, None, "none", 0, "too few to tell", reason)
    far = distance(*sums)
    placebos, reference = _placebos(reports, span), "earlier windows"
    if len(placebos) < LEAST_REFERENCE:
        placebos, reference = _shuffled(both, rng, draws), "shuffled weeks"
    p = (1 + int((placebos >= far - 1e-12).sum())) / (len(placebos) + 1)
    verdict = "moved" if p <= LEVEL else "no clear change"
    if verdict != "moved":
        # Of a dozen parts one would often seem to move: without a move of the whole none is told.
        parts = [replace(p, verdict="no clear change") if p.verdict in ("rose", "fell") else p for p in parts]
    return Mix(parts, sums[0].sum(), sums[1].sum(), far, p, reference, len(placebos), verdict)


def clr(counts: Array) -> Array:
    """Centred log-ratios of counts along the last axis; sums to nought."""
    logs = np.log(counts + PRIOR)
    return np.asarray(logs - logs.mean(-1, keepdims=True))


def distance(before: Array, after: Array) -> float:
    """Total variation distance of two mixes, 0 to 1."""
    return float(np.abs(before / before.sum() - after / after.sum()).sum() / 2)


def _main(daily: Array, names: Sequence[str], most: int) -> tuple[Array, list[str]]:
    """The parts with most events, and the sum of the others."""
    total = daily.sum(0)
    order = [i for i in np.lexsort((np.array(names), -total)).tolist() if total[i] > 0] if len(names) else []
    if len(order) <= most:
        return daily[:, order], [names[i] for i in order]
    rest = daily[:, order[most:]].sum(1, keepdims=True)
    return np.hstack([daily[:, order[:most]], rest]), [*(names[i] for i in order[:most]), OTHER]


def _parts(
    names: Sequence[str], before: Array, after: Array, rng: np.random.Generator, draws: int, *, told: bool
) -> list[Part]:
    sums = before.sum(0), after.sum(0)
    shares = [s / s.sum() if s.sum() else np.zeros(len(names)) for s in sums]
    change = clr(sums[1]) - clr(sums[0]) if len(names) else np.zeros(0)
    low, high = np.full((2, len(names)), np.nan)
    if told:
        samples = clr(_resampled(after, rng, draws)) - clr(_resampled(before, rng, draws))
        # The spread of the samples, laid around the change that was seen.
        spread = np.quantile(samples - samples.mean(0), [LEVEL / 2, 1 - LEVEL / 2], axis=0)
        low, high = change + spread[0], change + spread[1]
    return [
        Part(
            name, float(sums[0][i]), float(sums[1][i]), float(shares[0][i]), float(shares[1][i]), float(change[i]),
            float(low[i]), float(high[i]), _verdict(float(sums[0][i] + sums[1][i]), float(low[i]), float(high[i])),
        )
        for i, name in enumerate(names)
    ]  # fmt: skip


def _verdict(events: float, low: float, high: float) -> str:
    if events < LEAST_IN_PART or not np.isfinite(low):
        return "too few to tell"
    return "rose" if low > 0 else "fell" if high < 0 else "no clear change"


def _resampled(daily: Array, rng: np.random.Generator, draws: int) -> Array:
    """Sums over days drawn with replacement, shape ``(draws, parts)``."""
    days = len(daily)
    return np.asarray(rng.multinomial(days, np.full(days, 1 / days), size=draws) @ daily)


def _placebos(reports: Reports, span: Span) -> Array:
    """The distances of pairs of earlier windows; those with too few events are left out."""
    out = []
    for t in span.placebos():
        both, _ = _main(reports.daily(t - span.days, 2 * span.days), reports.names, MOST_PARTS)
        sums = both[: span.days].sum(0), both[span.days :].sum(0)
        if min(sums[0].sum(), sums[1].sum()) >= LEAST_EVENTS:
            out.append(distance(*sums))
    return np.array(out)


def _shuffled(both: Array, rng: np.random.Generator, draws: int) -> Array:
    """The distances of the two halves of the same weeks in random order: weeks, because stories last for days."""
    half = len(both) // 2
    weeks = [np.arange(start, min(start + _WEEK, len(both))) for start in range(0, len(both), _WEEK)]
    out = []
    for _ in range(draws):
        order = np.concatenate([weeks[i] for i in rng.permutation(len(weeks))])
        sums = both[order[:half]].sum(0), both[order[half:]].sum(0)
        if sums[0].sum() and sums[1].sum():
            out.append(distance(*sums))
    return np.array(out)
