"""The answer to a question about an effect: its record, its series, its sentence."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

from worldstage.core.periods import Unit
from worldstage.effects.calibration import TOO_FEW, Calibration, Span
from worldstage.effects.checks import MOVED, Check, Question
from worldstage.effects.counts import CountEffect, Horizon, prediction, total_bound
from worldstage.relations.counting import Duplicates, Volume
from worldstage.study.effect_clock import Clock
from worldstage.study.settings import Shock

if TYPE_CHECKING:
    from worldstage.study.case import Case


# A horizon has to be so many times the shorter one to be tested beside it.
_LEAST_LONGER = 1.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """Events and periods on one side of the shock; `last` is included."""

    events: int
    periods: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the bounds of its 95 % interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class Effect:
    """What a shock did to one outcome of one relation.

    Attributes
    ----------
    after, expected, ratio
        Over the horizon that tells the verdict: the longest one that does, and the longest of all where none does.
    expected
        Events after, had nothing changed; `ordinary` bounds the totals that would have been no surprise.
    ratio
        Events after over expected; None for outcomes that are no counts, which have a `difference`.
    difference
        Events more (or points of score more) than expected, over the whole stretch after.
    p
        Of all horizons together, calibrated on placebos and never below one in their number.
    horizons
        What happened over each stretch that was tested, the longest first.
    series
        One row per period: start, observed, expected, low, high.
    events
        Ids of the events of the outcome after the shock; of those before, where none came after.
    """

    focus: str
    partner: str | None
    outcome: str
    shock: dt.date
    unit: Unit
    before: Stretch
    after: Stretch
    expected: float | None
    ratio: Interval | None
    p: float | None
    checks: tuple[Check, ...]
    verdict: str
    text: str
    events: tuple[str, ...]
    difference: Interval | None = None
    ordinary: tuple[float, float] | None = None
    course: str = "unclear"
    warnings: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    series: tuple[Mapping[str, Any], ...] = ()
    horizons: tuple[Horizon, ...] = ()


def stretches(clock: Clock, periods: tuple[int, int], events: tuple[int, int]) -> tuple[Stretch, Stretch]:
    """Both sides of the shock, from how many periods and events each has."""
    (before, after), day = periods, dt.timedelta(days=1)
    return (
        Stretch(events[0], before, clock.start(-before) if before else None, clock.shock - day if before else None),
        Stretch(events[1], after, clock.shock if after else None, clock.start(after) - day if after else None),
    )


class Wanted(TypedDict, total=False):
    """What can be asked about an effect; what is left out comes from the case.

    Attributes
    ----------
    focus, partner
        Names or codes; the case's focus, if not given; everybody, without a partner.
    shock
        The first shock of the case, if not given.
    outcome
        A quad class (``verbal-cooperation``), ``cooperation``, ``conflict``, ``all``, a PLOVER type, ``share`` (of
        all reporting), ``cooperation-share`` (of the relation's events), or ``score`` (their mean).
    before, after
        Periods at most. By default 52 weeks before (104 for a series that neither drifts nor bursts) and 12 after, up
        to the next shock where that leaves four weeks; the first 6 are tested along, and p is that of both together.
        With `after` given, only that many are tested.
    directed
        Only what the focus does to the partner.
    normalise
        Take the volume of reporting out; on by default.
    volume
        Which: ``total``, if not given; that of the same ``source``; or ``none``.
    duplicates
        What counts as one event; ``merged``, if not given; see `worldstage.relations.counting.counted`.
    also
        Further shocks to tell apart, next to those of the case.
    """

    focus: str | None
    partner: str | None
    shock: dt.date | None
    outcome: str
    unit: Unit | None
    before: int | None
    after: int | None
    directed: bool
    normalise: bool
    volume: Volume | None
    duplicates: Duplicates
    also: Sequence[dt.date]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, with all that is not given filled in from the case."""

    focus: str
    partner: str | None
    outcome: str
    shock: Shock
    others: tuple[Shock, ...]
    unit: Unit
    before: int
    after: int
    directed: bool
    volume: Volume = "total"
    duplicates: Duplicates = "merged"
    shorter: int = 0
    extend: bool = False

    def span(self, clock: Clock) -> Span:
        """Where before and after lie in the periods that the data cover."""
        after = min(self.after, clock.after)
        shorter = self.shorter if after >= _LEAST_LONGER * self.shorter else 0
        return Span(clock.before, min(self.before, clock.before), after, shorter)


def parameters_of(asked: Asked) -> dict[str, Any]:
    """The settings of an effect, for its record."""
    return {
        "before": asked.before, "after": asked.after, "unit": asked.unit, "directed": asked.directed,
        "normalised": asked.volume != "none", "shock_name": asked.shock.name, "level": 0.95,
        "other_shocks": [str(s.date) for s in asked.others],
        "shorter": asked.shorter,
        "method": "negative binomial with drifting level, empirical-Bayes prior, scores scaled on placebos",
    }  # fmt: skip


def plural(n: int, word: str) -> str:
    """``1 week``, ``6 weeks``."""
    return f"{n} {word}{'' if n == 1 else 's'}"


def number(value: float) -> float:
    """Four figures of a number."""
    return float(f"{value:.4g}") if math.isfinite(value) else value


def series_rows(q: Question, clock: Clock, c: Calibration) -> list[dict[str, Any]]:
    """Observed counts, and after the shock what was expected with a 95 % band for each period."""
    span, total = q.span, q.panel.counts.shape[1]
    # One row per period after: the stretch between the shock and it carries no volume, thus no information.
    seen, kept = np.zeros((span.after, total)), np.zeros((span.after, total))
    for s in range(span.after):
        seen[s], kept[s] = q.exposure, q.counts
        seen[s, span.split : span.split + s] = 0.0
        kept[s, span.split : span.split + s] = 0.0
        # Shift, so that the period in question comes right after the past.
        seen[s] = np.roll(seen[s], -s)
        kept[s] = np.roll(kept[s], -s)
    past = Span(span.split, span.before, 1)
    rows: list[dict[str, Any]] = [
        {
            "period": clock.start(t - clock.before),
            "observed": int(q.counts[t]),
            "expected": None,
            "low": None,
            "high": None,
        }
        for t in range(span.first, span.end)
    ]
    if span.after:
        ahead = prediction(kept, seen, past, q.grid, c)
        low, high = (total_bound(ahead, side * 1.959964 * c.scales[0]) for side in (-1, 1))
        for s, row in enumerate(rows[span.before :]):
            row |= {"expected": number(float(ahead.expected[s])), "low": float(low[s]), "high": float(high[s])}
    return rows


_WHAT = {
    "all": "events",
    "cooperation": "cooperative events",
    "conflict": "conflictual events",
    "share": "events, as a share of all reporting,",
    "cooperation-share": "cooperative events among all theirs",
}


def relation_name(case: Case, asked: Asked) -> str:
    """How the relation is called in a sentence."""
    name = case.directory.name_of
    if not asked.partner:
        return f"{name(asked.focus)} with everybody"
    return f"{name(asked.focus)} {'→' if asked.directed else '–'} {name(asked.partner)}"


def _times(value: float) -> str:
    """A ratio in words: two figures, and no more than can be known."""
    if value > 1000:
        return "over 1,000"
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def sentence(case: Case, a: Asked, f: CountEffect, span: Span, word: str, failed: Sequence[str]) -> str:
    """One sentence that can be quoted, with what was not passed."""
    what = _WHAT.get(a.outcome, f"events of {a.outcome.replace('-', ' ')}")
    who, shock = (
        relation_name(case, a),
        a.shock.name if a.shock.name == str(a.shock.date) else f"{a.shock.name} ({a.shock.date})",
    )
    lengths = f"{f.before} in {span.before} {a.unit}s before, {f.after} in {plural(f.periods, a.unit)} after"
    if f.verdict == "too few to tell":
        return f"{who}: {what} around {shock}: {lengths}: too few to tell."
    move = {"rose": "more", "fell": "fewer", "no clear change": "no clear change in"}[f.verdict]
    expected = f"{f.expected:.1f} (ordinary: {f.expected_low:.0f} to {f.expected_high:.0f}) expected"
    size = f"{_times(f.ratio)} times as many (95 % interval {_times(f.low)} to {_times(f.high)}; p = {f.p:.2g})"
    if f.before == 0:
        size = f"none before; at least {_times(f.low)} times as many (p = {f.p:.2g})"
    lasting = {"lasting": "; the change lasts through the window", "passing": "; the change passes within the window",
               "late": "; the change sets in late"}.get(word, "")  # fmt: skip
    if f.periods < span.after and f.verdict in MOVED:
        whole = f.horizons[0]
        lasting = f" (over {span.after} {a.unit}s {whole.after}, {whole.expected:.1f} expected){lasting}"
    doubt = f" Not passed: {', '.join(failed)}." if failed else ""
    return f"{who}: {move} {what} after {shock}: {lengths}, {expected}: {size}{lasting}.{doubt}"


def warnings(case: Case, a: Asked, made: Sequence[Check], f: CountEffect, span: Span) -> tuple[str, ...]:
    """What a reader has to know before quoting it."""
    out = [c.text for c in made if c.passed is False]
    if span.after < a.after:
        out.append(f"The data end {span.after} {a.unit}s after the shock; {a.after} were asked for.")
    if span.before < a.before:
        out.append(f"The data begin {span.before} {a.unit}s before the shock; {a.before} were asked for.")
    if f.before < TOO_FEW and f.verdict in MOVED:
        out.append("So few events before: an onset is certain, its size is not.")
    return tuple(out)
