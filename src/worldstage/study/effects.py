"""The effect of a shock on a relation of a case: from its store to one answer with its checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

import numpy as np

from worldstage.core.periods import Unit, ordinal
from worldstage.effects import checks as checking
from worldstage.effects.calibration import Calibration, calibrate
from worldstage.effects.checks import Check, Question
from worldstage.effects.counts import LEAST_BEFORE, CountEffect, count_effect, settle
from worldstage.effects.course import LEAST_BETWEEN, course, stages, steps
from worldstage.effects.filter import Grid
from worldstage.study.effect_ask import Data, ask, laid_out
from worldstage.study.effect_clock import DAYS, Clock
from worldstage.study.effect_data import OwnEvent, own_events, quads_of, times_in_data
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
from worldstage.study.effect_series import Series, series_of

if TYPE_CHECKING:
    from worldstage.study.case import Case

# The past of a steady series, in times that of others.
_LONGER = 2
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
    data = laid_out(case, asked)
    if asked.outcome == "score":
        from worldstage.study.effect_score import score_effect

        found = score_effect(case, asked, data.clock)
    else:
        own = events_of(case, asked, asked.outcome, data.window.first, data.window.last)
        found = _CountStudy(case, asked, data, seen, own).answer(confusion=confusion, full=full)
    return _with_counting(found, data)


def effects(
    case: Case, partners: Sequence[str | None], outcomes: Sequence[str], *, drawn: str = "all", **wanted: Unpack[Wanted]
) -> list[Effect]:
    """Counted outcomes of several relations of one actor, in that order, with the checks that cost little.

    What the questions share is read once: a question on its own costs several times as much.

    Parameters
    ----------
    partners
        Codes; None for everybody.
    drawn
        The outcome that gets a series for its chart.

    Raises
    ------
    ConfigError, UnknownNameError, WindowError
        As `effect`.
    """
    laid: dict[str, Data] = {}
    seen: dict[str, int] = {}
    own: dict[str | None, list[OwnEvent]] = {}
    found: list[Effect] = []
    for partner in partners:
        for outcome in outcomes:
            question: Wanted = {**wanted, "partner": partner, "outcome": outcome}
            asked = ask(case, **question)
            if outcome not in laid:
                laid[outcome] = laid_out(case, asked, next((d.counting for d in laid.values()), None))
            data = laid[outcome]
            for name in (asked.focus, asked.partner):
                if name and name not in seen:
                    seen[name] = times_in_data(case, name)
            present = {n: seen[n] for n in (asked.focus, asked.partner) if n}
            if missing := [n for n, k in present.items() if not k]:
                found.append(_absent(case, asked, missing))
                continue
            if partner not in own:
                own[partner] = events_of(case, asked, "all", data.window.first, data.window.last)
            quads, types = quads_of(outcome)
            mine = [e for e in own[partner] if (not quads or e.quad in quads) and (not types or e.type in types)]
            study = _CountStudy(case, asked, data, present, mine)
            found.append(_with_counting(study.answer(full=False, drawn=outcome == drawn), data))
    return found


def _with_counting(found: Effect, data: Data) -> Effect:
    counting = {**data.counting.parameters, "counted": data.counting.text}
    return replace(found, parameters={**found.parameters, **counting})


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


def events_of(case: Case, a: Asked, outcome: str, first: dt.date, last: dt.date) -> list[OwnEvent]:
    """The events of the relation that a question is about."""
    return own_events(
        case, a.focus, a.partner, outcome, directed=a.directed, first=first, last=last, duplicates=a.duplicates
    )


class _CountStudy:
    """One question about a count, with what it takes to answer it."""

    def __init__(
        self, case: Case, asked: Asked, data: Data, seen: Mapping[str, int], own: Sequence[OwnEvent]
    ) -> None:  # fmt: skip
        self.case, self.asked, self.clock, self.data, self.seen = case, asked, data.clock, data, seen
        self.own = own if data.groups is None else [e for e in own if e.source in data.groups]
        self.series = self._series(data.clock)
        self.span = asked.span(data.clock)
        self.grid = Grid.of(DAYS[asked.unit])

    def _series(self, clock: Clock) -> Series:
        a = self.asked
        return series_of(
            self.data.days, clock, a.focus, a.partner, self.own,
            directed=a.directed, volume=a.volume, outcome=a.outcome, groups=self.data.groups,
        )  # fmt: skip

    def question(self) -> Question:
        s = self.series
        return Question(s.panel, s.row, self.span, self.grid, s.related)

    def answer(
        self, *, confusion: tuple[Sequence[str], np.ndarray] | None = None, full: bool, drawn: bool = True
    ) -> Effect:
        q = self.question()
        longer = min(_LONGER * self.asked.before, self.clock.before) if self.asked.extend else 0
        self.span, calibration = settle(q.panel, q.row, q.span, q.grid, longer=longer)
        q = self.question()
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
        told = self._told(q, found, calibration, tuple(made), word)
        return replace(told, series=tuple(series_rows(q, self.clock, calibration))) if drawn else told

    def _presence(self) -> Check:
        rare = [n for n, k in self.seen.items() if k < _RARE]
        text = "; ".join(f"{self.case.directory.name_of(n)} takes part in {k} events" for n, k in self.seen.items())
        return Check("presence", not rare, f"{text} of these data.", self.seen)

    def _calibrated(self, c: Calibration) -> Check:
        n = len(c.placebos.dyads)
        scales = [round(s, 3) for s in (*c.scales, c.joint)]
        figures = {"placebos": n, "series": c.series, "scale": scales[0], "scales": scales, "least_p": c.least_p}
        if not n:
            text = (
                "No other dates to calibrate on: the model's own tails are used, and p is put no lower than "
                f"{c.least_p:.2g}."
            )
            return Check("calibration", None, text, figures)
        text = (
            f"Scores divided by {c.scales[0]:.2f}, from {n} pairs of series and date without the shock; p can be no "
            f"less than {c.least_p:.2g}."
        )
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
        clock = Clock.of(self.asked.shock.date, unit, self.data.window)
        days_after = self.span.after * DAYS[self.asked.unit]
        after = max(1, round(days_after / DAYS[unit]))
        before = max(1, round(self.span.before * DAYS[self.asked.unit] / DAYS[unit]))
        shorter = round(self.span.shorter * DAYS[self.asked.unit] / DAYS[unit])
        span = replace(self.asked, before=before, after=after, shorter=shorter).span(clock)
        if span.before < LEAST_BEFORE or span.after < 1:
            return Check("sensitivity to unit", None, f"Too few whole {unit}s.")
        s = self._series(clock)
        q = Question(s.panel, s.row, span, Grid.of(DAYS[unit]), s.related)
        own = calibrate(q.panel, span, q.activity, q.grid, leave=q.row, most=200)
        return checking.units(found, {unit: (q, own)})

    def _through(self, found: CountEffect, confusion: tuple[Sequence[str], np.ndarray]) -> tuple[CountEffect, Check]:
        classes, matrix = confusion
        quads, types = quads_of(self.asked.outcome)
        first, end = self.clock.start(-self.span.before), self.clock.start(found.periods)
        everything = events_of(self.case, self.asked, "all", first, end - dt.timedelta(days=1))
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
        before, after = stretches(clock, (span.before, f.periods), (f.before, f.after))
        first, end = clock.start(-span.before), clock.start(f.periods)
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
            parameters={**parameters_of(a), "before": span.before, "after": span.after,
                        "shorter": span.shorter, "scale": round(f.scale, 3)},
            horizons=f.horizons,
        )  # fmt: skip


def _quad(name: str) -> str:
    from worldstage.reference.plover import TYPES

    kind = TYPES.get(name.upper())
    return kind.quad if kind else ""
