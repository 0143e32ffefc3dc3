"""What is measured of a dyad: counts by quad class, mean score, share of all events, change across the shock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from worldstage.core.periods import Unit, Window
from worldstage.relations.change import Change, rate_change
from worldstage.relations.counting import source_exposure

COOPERATION = ("verbal cooperation", "material cooperation")
CONFLICT = ("verbal conflict", "material conflict")
OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "all": COOPERATION + CONFLICT,
    "cooperation": COOPERATION,
    "conflict": CONFLICT,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a dyad series: events of one quad class in one period from `a` to `b`.

    Joint events stand in both directions, marked `joint`; where direction does not matter, one of the two counts.
    `source` is empty, unless sources are told apart.
    """

    period: dt.date
    a: str
    b: str
    quad: str
    joint: bool
    count: int
    score: float
    source: str = ""

    @property
    def echo(self) -> bool:
        """Whether the row repeats, the other way round, a joint event counted already."""
        return self.joint and self.a > self.b


@dataclass(frozen=True, slots=True)
class Moved:
    """A dyad before and after a shock.

    Attributes
    ----------
    outcomes
        Outcome (``all``, ``cooperation``, ``conflict``) → its change.
    score_before, score_after
        Mean score on [-10, 10]; None without events.
    share_before, share_after
        Share of all dyadic events, 0 to 1.
    """

    a: str
    b: str
    outcomes: Mapping[str, Change]
    score_before: float | None
    score_after: float | None
    share_before: float
    share_after: float


def volume(rows: Sequence[Row], periods: Sequence[dt.date]) -> np.ndarray:
    """All dyadic events per period, shape ``(periods,)``: the measure of how much was reported."""
    index = {p: i for i, p in enumerate(periods)}
    out = np.zeros(len(periods))
    for row in rows:
        if row.period in index and not row.echo:
            out[index[row.period]] += row.count
    return out


def counts(rows: Sequence[Row], periods: Sequence[dt.date], quads: Sequence[str]) -> np.ndarray:
    """Events of these quad classes per period, shape ``(periods,)``."""
    return volume([r for r in rows if r.quad in quads], periods)


def moved(
    rows: Sequence[Row],
    a: str,
    b: str | None,
    *,
    shock: dt.date,
    window: Window,
    unit: Unit,
    directed: bool = False,
    normalise: bool = True,
    by_source: bool = False,
) -> Moved:
    """How the relation of `a` with `b` (with everybody, if None) moved across the shock.

    Parameters
    ----------
    rows
        The series of all dyads: their sum is the volume of reporting.
    normalise
        Take the volume of reporting as the exposure, not time.
    by_source
        Take as the volume what the sources of this relation report, each weighed by its share of the events before.
    """
    periods = list(window.periods(unit))
    split = sum(p < first_after(shock, unit) for p in periods)
    total = volume(rows, periods)
    own = [r for r in rows if _is_dyad(r, a, b, directed=directed)]
    exposure = total if normalise else np.ones(len(periods))
    if normalise and by_source:
        exposure = _source_volume(rows, own, periods, split)
    early = [r for r in own if r.period < first_after(shock, unit)]
    late = [r for r in own if r.period >= first_after(shock, unit)]
    all_early, all_late = float(total[:split].sum()), float(total[split:].sum())
    return Moved(
        a, b or "*",
        {name: rate_change(counts(own, periods, quads), exposure, split) for name, quads in OUTCOMES.items()},
        _mean(early), _mean(late),
        sum(r.count for r in early) / all_early if all_early else 0.0,
        sum(r.count for r in late) / all_late if all_late else 0.0,
    )  # fmt: skip


def _source_volume(rows: Sequence[Row], own: Sequence[Row], periods: Sequence[dt.date], split: int) -> np.ndarray:
    """What the sources of a relation reported, shape ``(periods,)``."""
    names = sorted({r.source for r in rows})
    index = {name: i for i, name in enumerate(names)}
    place = {p: i for i, p in enumerate(periods)}
    reported, told = np.zeros((len(names), len(periods))), np.zeros((1, len(names)))
    for r in rows:
        if r.period in place and not r.echo:
            reported[index[r.source], place[r.period]] += r.count
    for r in own:
        if place.get(r.period, split) < split:
            told[0, index[r.source]] += r.count
    return np.asarray(source_exposure(told, reported, split)[0])


def first_after(shock: dt.date, unit: Unit) -> dt.date:
    """Start of the first period that counts as after.

    A shock's own period is *after* where the shock falls in its first half, *before* where it falls later: most of
    what that period reports then lies on that side.
    """
    from worldstage.core.periods import next_period, period_start

    start = period_start(shock, unit)
    following = next_period(start, unit)
    return start if (shock - start) * 2 < (following - start) else following


def _is_dyad(row: Row, a: str, b: str | None, *, directed: bool) -> bool:
    if not directed and row.echo:
        return False
    if b is None:
        return row.a == a or (row.b == a and not directed)
    return (row.a, row.b) == (a, b) or (not directed and (row.a, row.b) == (b, a))


def _mean(rows: Sequence[Row]) -> float | None:
    n = sum(r.count for r in rows)
    return sum(r.score for r in rows) / n if n else None


def partners(rows: Sequence[Row], focus: str) -> list[tuple[str, int]]:
    """Who the focus actor deals with, and in how many dyadic events, the most frequent first."""
    found: dict[str, int] = {}
    for r in rows:
        if focus in (r.a, r.b) and not r.echo:
            other = r.b if r.a == focus else r.a
            found[other] = found.get(other, 0) + r.count
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))
