"""An actor's role before and after a day: equal windows, bootstrap intervals, placebo windows, verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from worldstage.roles.events import Array, Daily
from worldstage.roles.measures import Measure, Values, Windows

Verdict = Literal["rose", "fell", "no clear change", "too few to tell"]
LEVEL = 0.05
# With fewer other windows (or actors) no p-value can be as low as the level.
LEAST_REFERENCE = round(1 / LEVEL) - 1
LEAST_DAYS = 14
MOST_PLACEBOS = 200
DRAWS = 150
_FEW = 8
_FEW_BEFORE = 3
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Span:
    """Two windows of equal length that meet at the day of the shock, within what the data cover.

    Attributes
    ----------
    shock
        Days since 1970; the first day of the window after.
    days
        Length of each window.
    first, last
        First and last day that the data cover.
    """

    shock: int
    days: int
    first: int
    last: int

    @staticmethod
    def fitting(shock: int, first: int, last: int, *, most: int) -> Span:
        """The longest windows, of at most so many days, that the data hold on both sides."""
        return Span(shock, max(0, min(most, shock - first, last - shock + 1)), first, last)

    def placebos(self) -> list[int]:
        """Days before the shock at which two windows of this length meet that both lie before it."""
        start, end = self.first + self.days, self.shock - self.days
        if self.days < 1 or end < start:
            return []
        step = max(1, self.days // 3, -(-(end - start + 1) // MOST_PLACEBOS))
        return list(range(end, start - 1, -step))


@dataclass(frozen=True, slots=True)
class Moved:
    """One measure of one actor, before and after.

    Attributes
    ----------
    change, low, high
        After over before for a count (half an event added to both), else after less before; with the bounds of the
        95 % bootstrap interval. None where nothing is measured.
    rank_before, rank_after
        Among states, 1 for the greatest (for constraint the least); None for those that are not ranked.
    p
        Share of the references whose change is at least as great; None without enough of them.
    reference
        ``earlier windows``, ``other actors`` or ``none``: what `p` compares with, and with how many.
    floor
        The least value that `p` can have.
    support
        What the measure rests on, before and after.
    reason
        Why it is too few to tell; else empty.
    """

    measure: Measure
    before: float | None
    after: float | None
    change: float | None
    low: float | None
    high: float | None
    rank_before: int | None
    rank_after: int | None
    p: float | None
    reference: str
    references: int
    floor: float | None
    support: tuple[int, int]
    verdict: Verdict
    reason: str = ""


def compare(
    windows: Windows, actor: int, span: Span, states: NDArray[np.bool_], *, draws: int = DRAWS, seed: int = 0
) -> list[Moved]:
    """All measures of an actor before and after.

    Parameters
    ----------
    actor
        Index into the names of the events.
    states
        Which actors are ranked, shape ``(actors,)``.
    draws
        Bootstrap samples of the days of each window.
    """
    return Comparison(windows, span, draws=draws, seed=seed).of(actor, states)


class Comparison:
    """The two windows of a span with their bootstrap samples; made once, asked for any actor.

    The days of a window are drawn again with replacement, all events of a day together: what is reported on one day
    often belongs to one story. Resampled networks have fewer ties than the real one, so that intervals are centred:
    the spread of the samples is laid around the change observed.
    """

    def __init__(self, windows: Windows, span: Span, *, draws: int = DRAWS, seed: int = 0) -> None:
        self.windows, self.span, self.measures = windows, span, windows.measures
        self._counts = np.array([m.count for m in self.measures])
        self.before = windows.at(span.shock - span.days, span.days)
        self.after = windows.at(span.shock, span.days)
        self.change = self._change(self.before.value, self.after.value)
        rng = np.random.default_rng(seed)
        sides = [self._samples(first, draws, rng) for first in (span.shock - span.days, span.shock)]
        samples = np.stack([self._change(b, a) for b, a in zip(*sides, strict=True)])
        known = np.isfinite(samples).sum(0)
        total = np.where(np.isfinite(samples), samples, 0.0).sum(0)
        self._spread = samples - np.divide(total, known, out=np.full_like(total, np.nan), where=known > 0)
        self._known = known

    def _samples(self, first: int, draws: int, rng: np.random.Generator) -> list[Array]:
        daily = Daily.of(self.windows.events, first, self.span.days)
        weights = rng.multinomial(self.span.days, np.full(self.span.days, 1 / self.span.days), size=draws)
        return [self.windows.of(daily, w.astype(float)).value for w in weights]

    def _change(self, before: Array, after: Array) -> Array:
        """After less before; for counts, of their logarithms."""
        counts = self._counts if before.ndim == 1 else self._counts[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(after + 0.5) - np.log(before + 0.5)
        return np.asarray(np.where(counts, logs, after - before))

    def enough(self, actors: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which measures of these actors rest on enough, shape ``(measures, actors)``."""
        before, after = self.before.support[:, actors], self.after.support[:, actors]
        least = np.array([m.least for m in self.measures])[:, None]
        ratio = (before >= least) & (after >= least)
        count = (before >= _FEW_BEFORE) & (before + after >= _FEW)
        pooled = np.array([m.pooled for m in self.measures])[:, None] & (before + after >= least)
        defined = np.isfinite(self.change[:, actors])
        return np.asarray((np.where(self._counts[:, None], count, ratio) | pooled) & defined)

    def of(self, actor: int, states: NDArray[np.bool_]) -> list[Moved]:
        """The measures of an actor."""
        one = np.array([actor])
        enough = self.enough(one)[:, 0] & (self.span.days >= LEAST_DAYS)
        low, high = self._bounds(actor)
        earlier, others = self._earlier(actor), self._others(actor)
        ranks = [_rank(v.value, self.measures, actor, states) for v in (self.before, self.after)]
        return [
            self._moved(
                i, actor, bool(enough[i]), (low[i], high[i]), (earlier[i], others[i]), (ranks[0][i], ranks[1][i])
            )
            for i in range(len(self.measures))
        ]

    def _bounds(self, actor: int) -> tuple[Array, Array]:
        spread = self._spread[:, :, actor]
        usable = self._known[:, actor] >= max(10, len(spread) // 2)
        spread = np.where(np.isfinite(spread) & usable, spread, 0.0)
        tail = LEVEL / 2
        bounds = np.quantile(spread, [tail, 1 - tail], axis=0)
        change = np.where(usable, self.change[:, actor], np.nan)
        return change + bounds[0], change + bounds[1]

    def _earlier(self, actor: int) -> list[tuple[float | None, int]]:
        """Of each measure: p against pairs of earlier windows, and how many there are."""
        days = self.span.days
        pairs = [(self.windows.at(t - days, days), self.windows.at(t, days)) for t in self.span.placebos()]
        found = np.array([self._change(b.value[:, actor], a.value[:, actor]) for b, a in pairs])
        found = found.reshape(len(pairs), len(self.measures))
        return [_p(self.change[i, actor], found[:, i]) for i in range(len(self.measures))]

    def _others(self, actor: int) -> list[tuple[float | None, int]]:
        """Of each measure: p against the other actors across the same day, each change over its bootstrap spread."""
        everyone = np.arange(self.change.shape[1])
        fit = self.enough(everyone)
        known = np.maximum(self._known, 1)
        error = np.sqrt((np.where(np.isfinite(self._spread), self._spread, 0.0) ** 2).sum(0) / known)
        score = np.divide(self.change, error, out=np.full_like(self.change, np.nan), where=error > 0)
        fit[:, actor] = False
        return [_p(score[i, actor], score[i, fit[i]]) for i in range(len(self.measures))]

    def _moved(
        self,
        i: int,
        actor: int,
        enough: bool,
        bounds: tuple[float, float],
        tests: tuple[tuple[float | None, int], tuple[float | None, int]],
        ranks: tuple[int | None, int | None],
    ) -> Moved:
        m = self.measures[i]
        support = int(self.before.support[i, actor]), int(self.after.support[i, actor])
        p, references, reference = None, 0, "none"
        for (value, n), name in zip(tests, ("earlier windows", "other actors"), strict=True):
            if n >= LEAST_REFERENCE:
                p, references, reference = value, n, name
                break
        change, (low, high) = float(self.change[i, actor]), bounds
        reason = _reason(m, support, enough=enough, days=self.span.days, known=p is not None)
        verdict: Verdict = "no clear change"
        if reason:
            verdict = "too few to tell"
        elif p is not None and p <= LEVEL and (low > 0 or high < 0) and abs(change) >= m.step:
            verdict = "rose" if change > 0 else "fell"
        told = [float(np.exp(x)) if m.count else float(x) for x in (change, low, high)]
        spread = [_finite(x) if enough else None for x in told]
        return Moved(
            m, _known(self.before, i, actor), _known(self.after, i, actor), spread[0], spread[1], spread[2],
            ranks[0], ranks[1], p if enough else None, reference if enough else "none", references if enough else 0,
            1 / (references + 1) if enough and references else None, support, verdict, reason,
        )  # fmt: skip


def _p(change: float, placebos: Array) -> tuple[float | None, int]:
    known = placebos[np.isfinite(placebos)]
    if not np.isfinite(change) or not len(known):
        return None, 0
    as_great = np.abs(known) >= abs(change) - _ROUNDING
    return (1 + int(as_great.sum())) / (len(known) + 1), len(known)


def _reason(m: Measure, support: Sequence[int], *, enough: bool, days: int, known: bool) -> str:
    if days < LEAST_DAYS:
        return f"windows of {days} days; at least {LEAST_DAYS} are needed"
    if not enough:
        return f"{support[0]} {m.support} before, {support[1]} after"
    if not known:
        return "no earlier windows and too few other actors to compare with"
    return ""


def _known(values: Values, i: int, actor: int) -> float | None:
    return _finite(float(values.value[i, actor]))


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _rank(value: Array, measures: Sequence[Measure], actor: int, states: NDArray[np.bool_]) -> list[int | None]:
    """The rank of an actor on each measure among the states that take part in any event."""
    if not states[actor]:
        return [None] * len(measures)
    active = states & (value[0] > 0)
    out: list[int | None] = []
    for row, m in zip(value, measures, strict=True):
        own, others = row[actor], row[active & np.isfinite(row)]
        better = others < own - _ROUNDING if m.low else others > own + _ROUNDING
        out.append(int(better.sum()) + 1 if np.isfinite(own) and active[actor] else None)
    return out
