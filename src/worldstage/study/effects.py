"""The effect of a shock on a relation of a case: from its store to one answer with its checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Unpack

import numpy as np

from worldstage.core.errors import ConfigError, WindowError
from worldstage.core.periods import Unit, Window, ordinal
from worldstage.effects import checks as checking
from worldstage.effects.calibration import Calibration, Span, calibrate
from worldstage.effects.checks import Check, Question
from worldstage.effects.counts import LEAST_BEFORE, CountEffect, count_effect, steadiness
from worldstage.effects.course import LEAST_BETWEEN, course, stages, steps
from worldstage.effects.filter import Grid
from worldstage.study import effect_data as data_of
from worldstage.study.effect_data import DAYS, Clock, Days, Series, code_in, own_events, quads_of, times_in_data
from worldstage.study.effect_result import (
    Asked,
    Effect,
    Interval,
    Stretch,
    Wanted,
    number,
    parameters_of,
    sentence,
    series_rows,
    stretches,
    warnings,
)
from worldstage.study.relations import chosen_shock
from worldstage.study.settings import Shock

if TYPE_CHECKING:
    from worldstage.study.case import Case

# Periods before and after that are compared, if the data go so far; chosen on placebos (docs/explanation/effects.md).
BEFORE: Mapping[str, int] = {"day": 364, "week": 52, "month": 24}
AFTER: Mapping[str, int] = {"day": 84, "week": 12, "month": 3}
# Of a series that neither drifts nor bursts, a past twice as long tells more; else the older half misleads.
_STEADY, _LONGER = 0.7, 2
_CLOSE_DAYS = 28
_RARE = 30
_OTHER_UNITS: Mapping[str, Unit] = {"day": "week", "week": "month", "month": "week"}


def effect(
    case: Case,
    *,
    confusion: tuple[Sequence[str], np.ndarray] | None = None,
    full: bool = True,
    **wanted: Unpack[Wanted],
) -> Effect:
    """The effect of a shock on the relation of an actor with a partner, or with everybody.

    Parameters
    ----------
    confusion
        Classes (quad classes or types) and the coder's confusion matrix: rows true, columns coded.
    full
        Make all checks; without, only those that cost nothing.
    wanted
        What is asked; see `Wanted`.

    Raises
    ------
    ConfigError, UnknownNameError, WindowError
        Without a focus or shock; for an unknown name or outcome; where no dated event is there.
    """
    asked = ask(case, **wanted)
    seen = {n: times_in_data(case, n) for n in (asked.focus, asked.partner) if n}
    missing = [n for n, k in seen.items() if not k]
    if missing:
        return _absent(case, asked, missing)
    days, data, clock = laid_out(case, asked)
    if asked.outcome == "score":
        from worldstage.study.effect_score import score_effect

        return score_effect(case, asked, clock)
    return _CountStudy(case, asked, clock, days, data, seen).answer(confusion=confusion, full=full)


def ask(case: Case, *, anybody: bool = False, **wanted: Unpack[Wanted]) -> Asked:
    """What is asked, with the rest filled in from the case; see `effect`. With `anybody` no focus is needed."""
    name = wanted.get("focus") or case.settings.focus
    if not name and not anybody:
        raise ConfigError("No actor: the case has no focus.", hint="give --focus NAME, or set focus in case.toml")
    partner = wanted.get("partner")
    code, other = code_in(case, name) if name else "", code_in(case, partner) if partner else None
    if code == other:
        raise ConfigError(f"Focus and partner are the same: {code}.", hint="leave --partner out for everybody")
    outcome = wanted.get("outcome", "all")
    quads_of(outcome)
    hit = chosen_shock(case, wanted.get("shock"))
    unit = wanted.get("unit") or case.settings.unit
    also = (Shock(str(d), d) for d in wanted.get("also", ()))
    known = {s.date: s for s in (*case.settings.shocks, *also) if s.date != hit.date}
    others = tuple(known[d] for d in sorted(known))
    before, after = wanted.get("before"), wanted.get("after")
    if after is None:
        gaps = [(s.date - hit.date).days for s in others if s.date > hit.date]
        clear = [g // DAYS[unit] for g in gaps if g >= _CLOSE_DAYS]
        after = min([AFTER[unit], *clear])
    return Asked(
        code,
        other,
        outcome.strip().casefold().replace("_", "-").replace(" ", "-"),
        hit,
        others,
        unit,
        before or BEFORE[unit],
        after,
        wanted.get("directed", False),
        wanted.get("normalise", True),
        extend=before is None,
    )


def laid_out(case: Case, asked: Asked) -> tuple[Days, Window, Clock]:
    """The counts of all relations per day, from when to when the data go, and the periods about the shock.

    Raises
    ------
    WindowError
        If the case has no dated event.
    """
    days = data_of.day_counts(case, asked.outcome, directed=asked.directed)
    data = data_of.covered(days, case.settings.window)
    if data is None:
        raise WindowError("The case has no dated event.", hint="`worldstage code`, or `worldstage import`")
    return days, data, Clock.of(asked.shock.date, asked.unit, data)


def _absent(case: Case, asked: Asked, missing: Sequence[str]) -> Effect:
    names = " and ".join(case.directory.name_of(m) for m in missing)
    text = f"{names}: not in the data; nothing can be said about an effect."
    nothing = Stretch(0, 0, None, None)
    return Effect(
        asked.focus, asked.partner, asked.outcome, asked.shock.date, asked.unit, nothing, nothing, None, None, None,
        (Check("presence", False, f"No event of the case has {names} as actor or recipient."),),
        "actor not in the data", text, (),
        warnings=(f"{names} takes part in no event of these data: a lack of reporting, not of relations.",),
        parameters=parameters_of(asked),
    )  # fmt: skip


class _CountStudy:
    """One question about a count, with what it takes to answer it."""

    def __init__(
        self, case: Case, asked: Asked, clock: Clock, days: Days, data: Window, seen: Mapping[str, int]
    ) -> None:
        self.case, self.asked, self.clock, self.days, self.data, self.seen = case, asked, clock, days, data, seen
        self.own = own_events(
            case, asked.focus, asked.partner, asked.outcome, directed=asked.directed, first=data.first, last=data.last
        )
        self.series = self._series(clock)
        self.span = Span(clock.before, min(asked.before, clock.before), min(asked.after, clock.after))
        self.grid = Grid.of(DAYS[asked.unit])

    def _series(self, clock: Clock) -> Series:
        a = self.asked
        return data_of.series_of(
            self.days, clock, a.focus, a.partner, self.own,
            directed=a.directed, normalise=a.normalise, outcome=a.outcome,
        )  # fmt: skip

    def question(self) -> Question:
        s = self.series
        return Question(s.panel, s.row, self.span, self.grid, s.related)

    def answer(self, *, confusion: tuple[Sequence[str], np.ndarray] | None, full: bool) -> Effect:
        q = self.question()
        calibration = calibrate(q.panel, q.span, q.activity, q.grid, leave=q.row)
        longer = min(_LONGER * self.asked.before, self.clock.before)
        if self.asked.extend and longer > self.span.before and (
            steadiness(q.counts, q.exposure, q.span, q.grid, calibration) > _STEADY
        ):  # fmt: skip
            self.span = Span(self.span.split, longer, self.span.after)
            q = self.question()
            calibration = calibrate(q.panel, q.span, q.activity, q.grid, leave=q.row)
        found = count_effect(q.counts, q.exposure, q.span, q.grid, calibration)
        made = [self._presence(), self._calibrated(calibration)]
        if confusion is not None:
            found, check = self._through(found, confusion)
            made.append(check)
        if found.verdict != "too few to tell":
            made += self._checks(q, found, calibration, full=full)
        made.append(self._other_shocks(q, found))
        word = (
            course(stages(q.counts, q.exposure, q.span, q.grid, calibration))
            if found.verdict in checking.MOVED
            else "unclear"
        )
        return self._told(q, found, calibration, tuple(made), word)

    def _presence(self) -> Check:
        rare = [n for n, k in self.seen.items() if k < _RARE]
        text = "; ".join(f"{self.case.directory.name_of(n)} takes part in {k} events" for n, k in self.seen.items())
        return Check("presence", not rare, f"{text} of these data.", self.seen)

    def _calibrated(self, c: Calibration) -> Check:
        n = len(c.placebos.scores)
        figures = {"placebos": n, "series": c.series, "scale": round(c.scale, 3)}
        if not n:
            return Check(
                "calibration", None, "No other dates to calibrate on: the model's own tails are used.", figures
            )
        text = f"Scores divided by {c.scale:.2f}, from {n} pairs of series and date without the shock."
        return Check("calibration", True, text, figures)

    def _checks(self, q: Question, found: CountEffect, c: Calibration, *, full: bool) -> list[Check]:
        made = [
            checking.placebo_in_space(q, found, c),
            checking.placebo_in_time(q, found, c),
            *checking.pre_trend(q, c, unit=self.asked.unit),
            checking.controls(q, found, c),
        ]
        if full:
            made += [checking.sources(q, found, c, self._by_source()), checking.windows(q, found), self._units(found)]
        return made

    def _by_source(self) -> dict[str, np.ndarray]:
        length = len(self.series.panel.counts[0])
        out: dict[str, np.ndarray] = {}
        for e in self.own:
            at = int(self.clock.index(np.array([ordinal(e.date)]))[0]) + self.clock.before
            if 0 <= at < length:
                out.setdefault(e.source, np.zeros(length))[at] += 1
        return out

    def _units(self, found: CountEffect) -> Check:
        unit = _OTHER_UNITS[self.asked.unit]
        clock = Clock.of(self.asked.shock.date, unit, self.data)
        days_after = self.span.after * DAYS[self.asked.unit]
        after = max(1, round(days_after / DAYS[unit]))
        before = max(1, round(self.span.before * DAYS[self.asked.unit] / DAYS[unit]))
        span = Span(clock.before, min(before, clock.before), min(after, clock.after))
        if span.before < LEAST_BEFORE or span.after < 1:
            return Check("sensitivity to unit", None, f"Too few whole {unit}s.")
        s = self._series(clock)
        q = Question(s.panel, s.row, span, Grid.of(DAYS[unit]), s.related)
        own = calibrate(q.panel, span, q.activity, q.grid, leave=q.row, most=200)
        return checking.units(found, {unit: (q, own)})

    def _through(self, found: CountEffect, confusion: tuple[Sequence[str], np.ndarray]) -> tuple[CountEffect, Check]:
        classes, matrix = confusion
        quads, types = quads_of(self.asked.outcome)
        everything = own_events(
            self.case, self.asked.focus, self.asked.partner, "all",
            directed=self.asked.directed, first=self.clock.start(-self.span.before),
            last=self.clock.start(self.span.after) - dt.timedelta(days=1),
        )  # fmt: skip
        sides = np.zeros((2, len(classes)))
        index = {c.replace("-", " ").casefold(): i for i, c in enumerate(classes)}
        for e in everything:
            i = index.get(e.type.casefold(), index.get(e.quad))
            if i is not None:
                sides[int(e.date >= self.asked.shock.date), i] += 1
        wanted = {*quads, *(t.casefold() for t in types)} or set(index)
        belongs = np.array([c.replace("-", " ").casefold() in wanted or _quad(c) in wanted for c in classes])
        return checking.coding_error(found, sides[0], sides[1], matrix, belongs)

    def _other_shocks(self, q: Question, found: CountEffect) -> Check:
        s = self.asked.shock.date
        clock, span = self.clock, self.span
        near = [o for o in self.asked.others if clock.start(-span.before) < o.date < clock.start(span.after)]
        if not near:
            return Check("other shocks", None, "No other shock in the windows.")
        days = sorted([s, *(o.date for o in near)])
        ordinals = np.array([ordinal(d) for d in days])
        at = np.ceil((ordinals - ordinal(clock.start(-span.before))) / DAYS[self.asked.unit])
        part = slice(span.first, span.end)
        found_steps = steps(q.counts[part], q.exposure[part], sorted({int(a) for a in at}))
        closest = min(abs((o.date - s).days) for o in near)
        apart = all(f.separable for f in found_steps) and closest >= LEAST_BETWEEN * min(7, DAYS[self.asked.unit])
        names = ", ".join(
            f"{o.name} ({abs((o.date - s).days)} days {'later' if o.date > s else 'earlier'})" for o in near
        )
        figures = {"steps": [{"period": f.split, "ratio": round(f.ratio, 3), "low": round(f.low, 3),
                              "high": round(f.high, 3), "separable": f.separable} for f in found_steps]}  # fmt: skip
        told = "each has a step of its own" if apart else "their effects are not separable"
        return Check("other shocks", apart, f"Also in the windows: {names}; {told}.", figures)

    def _told(self, q: Question, f: CountEffect, c: Calibration, made: tuple[Check, ...], word: str) -> Effect:
        a, clock, span = self.asked, self.clock, self.span
        before, after = stretches(clock, (span.before, span.after), (f.before, f.after))
        first, end = clock.start(-span.before), clock.start(span.after)
        ids = [e.id for e in self.own if a.shock.date <= e.date < end] or [
            e.id for e in self.own if first <= e.date < a.shock.date
        ]
        failed = [k.name for k in made if k.passed is False]
        notes = warnings(self.case, a, made, f, span)
        return Effect(
            a.focus, a.partner, a.outcome, a.shock.date, a.unit, before, after, number(f.expected),
            Interval(number(f.ratio), number(f.low), number(f.high)) if span.after else None,
            float(f"{f.p:.4g}"), made, f.verdict, sentence(self.case, a, f, span, word, failed), tuple(ids),
            difference=Interval(number(f.after - f.expected), number(f.after - f.expected_high),
                                number(f.after - f.expected_low)),
            ordinary=(f.expected_low, f.expected_high), course=word, warnings=notes,
            parameters={**parameters_of(a), "before": span.before, "after": span.after, "scale": round(c.scale, 3)},
            series=tuple(series_rows(q, clock, c)),
        )  # fmt: skip


def _quad(name: str) -> str:
    from worldstage.reference.plover import TYPES

    kind = TYPES.get(name.upper())
    return kind.quad if kind else ""
