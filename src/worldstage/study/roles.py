"""The role of an actor in a case, before and after a shock: from its store to one answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldstage.core.results import Direction, Finding, Result, Table
from worldstage.roles.behind import Partner, behind, partners_moved
from worldstage.roles.blocs import blocs
from worldstage.roles.compare import DRAWS, Comparison, Moved
from worldstage.roles.events import LAYERS, Daily, DyadEvents
from worldstage.roles.measures import Windows
from worldstage.study import role_words as words
from worldstage.study.roles_data import GREAT_POWERS, Asked, are_states, ask, read_events

if TYPE_CHECKING:
    from worldstage.study.case import Case

ABSENT = "actor not in the data"
# Blocs of an actor with fewer partners mean nothing: a colleague of two is no bloc.
LEAST_IN_BLOCS = 10
_SHOWN_PARTNERS = 8
COLUMNS: Mapping[str, str] = {
    "label": "measure",
    "before": "before",
    "after": "after",
    "change": "change",
    "low": "95 % low",
    "high": "95 % high",
    "rank_before": "rank before",
    "rank_after": "rank after",
    "p": "p",
    "verdict": "verdict",
}


@dataclass(frozen=True, slots=True)
class Roles:
    """How the role of an actor stood and moved.

    Attributes
    ----------
    verdict
        ``shifted`` (some measure rose or fell), ``no clear shift``, ``too few to tell`` or ``actor not in the data``.
    text
        The sentence that can be quoted.
    measures
        One row per measure, as in the table of `result`.
    partners
        The partners with whom the number of events moved most.
    blocs
        With whom the actor stands together, before and after; None where its partners are too few.
    moved
        Key of the measure → ids of the events behind its change.
    """

    actor: str
    shock: dt.date
    verdict: str
    text: str
    days: int
    measures: Sequence[Mapping[str, Any]]
    partners: Sequence[Partner]
    blocs: Mapping[str, Sequence[str] | None]
    moved: Mapping[str, Sequence[str]]
    findings: Sequence[Finding]
    warnings: Sequence[str]
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def result(self) -> Result:
        """As a result with a table."""
        p = self.parameters
        caption = (
            f"{self.days} days before (from {p['before_from']}) and {self.days} days after (to {p['after_to']}); "
            "change of counts as a ratio, else as a difference"
            if self.days
            else ""
        )
        events = tuple(dict.fromkeys(e for ids in self.moved.values() for e in ids))
        return Result(
            self.text, Table(COLUMNS, self.measures, caption), p, tuple(self.warnings), tuple(self.findings), events
        )


def roles(
    case: Case,
    *,
    actor: str | None = None,
    shock: dt.date | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    window: int | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    events: DyadEvents | None = None,
) -> Roles:
    """The role of an actor before and after a shock, in windows of equal length.

    Parameters
    ----------
    actor
        Name or code; the case's focus, if not given.
    shock
        The first shock of the case, if not given.
    first, last
        The days that are looked at; earlier windows among them are the reference.
    window
        Days on either side; by default as many as the data hold after the shock, at most 84.
    draws, seed
        Bootstrap samples, and what fixes them.
    events
        The events, if they were read already.

    Raises
    ------
    ConfigError, UnknownNameError, WindowError
        Without an actor or shock; for an unknown name; where the shock lies outside the data.
    """
    events = events or read_events(case)
    asked = ask(case, events.day, actor=actor, shock=shock, first=first, last=last, window=window)
    name = case.directory.name_of(asked.actor)
    if asked.actor not in events.names:
        return _absent(asked, name, seed)
    own = list(events.names).index(asked.actor)
    windows = Windows(events, tuple(p for p in GREAT_POWERS if p != asked.actor))
    states = are_states(list(events.names))
    rows = Comparison(windows, asked.span, draws=draws, seed=seed).of(own, states)
    sentence = words.sentence(name, rows, asked, case.directory.name_of)
    behind_it = {
        m.measure.key: behind(events, own, m.measure.key, m.verdict == "rose", asked.span)
        for m in rows
        if m.verdict in words.MOVED
    }
    label = words.Labels(case.directory.name_of)
    return Roles(
        asked.actor, asked.shock.date, words.overall(rows), sentence, asked.span.days,
        [words.row(m, label) for m in rows],
        partners_moved(events, own, asked.span)[:_SHOWN_PARTNERS],
        _blocs(events, own, asked),
        behind_it,
        [_finding(m, name, label, behind_it) for m in rows],
        words.warnings(case, asked, rows, asked.actor),
        {**parameters_of(asked, seed), "draws": draws, "states": _states(windows, asked, states)},
    )  # fmt: skip


def parameters_of(asked: Asked, seed: int) -> dict[str, Any]:
    """What was asked, as parameters of a result."""
    days = asked.span.days
    return {
        "actor": asked.actor,
        "shock": str(asked.shock.date),
        "shock_name": asked.shock.name,
        "days": days,
        "before_from": str(asked.before.first) if days else None,
        "after_to": str(asked.after.last) if days else None,
        "from": str(asked.data.first),
        "to": str(asked.data.last),
        "placebos": len(asked.span.placebos()),
        "seed": seed,
    }


def _states(windows: Windows, asked: Asked, states: NDArray[np.bool_]) -> list[int]:
    """How many states are ranked, before and after."""
    days, shock = asked.span.days, asked.span.shock
    return [int((states & (windows.at(first, days).value[0] > 0)).sum()) for first in (shock - days, shock)]


def _absent(asked: Asked, name: str, seed: int) -> Roles:
    text = f"{name}: not in the data; nothing can be said about its role."
    note = f"{name} takes part in no dated event of these data: a lack of reporting, not of relations."
    return Roles(
        asked.actor, asked.shock.date, ABSENT, text, asked.span.days, (), (), {"before": None, "after": None}, {},
        (Finding(name, text, "unknown"),), (note,), parameters_of(asked, seed),
    )  # fmt: skip


def _finding(m: Moved, name: str, label: words.Labels, behind_it: Mapping[str, Sequence[str]]) -> Finding:
    direction: dict[str, Direction] = {"rose": "up", "fell": "down", "no clear change": "flat"}
    return Finding(
        m.measure.label, words.told(m, name, label), direction.get(m.verdict, "unknown"),
        tuple(behind_it.get(m.measure.key, ())), 100.0 if m.verdict in words.MOVED else float(sum(m.support) > 0),
    )  # fmt: skip


def _blocs(events: DyadEvents, own: int, asked: Asked) -> dict[str, Sequence[str] | None]:
    """Those of the actor's bloc whom it has more cooperation than conflict with, in each window.

    None where it has too few partners for that to mean anything.
    """
    out: dict[str, Sequence[str] | None] = {}
    span = asked.span
    for key, first in (("before", span.shock - span.days), ("after", span.shock)):
        daily = Daily.of(events, first, span.days)
        tables = daily.tables()
        net = tables[LAYERS.index("cooperation")] - tables[LAYERS.index("conflict")]
        at = np.flatnonzero(daily.actors == own)
        if not len(at) or (net[at[0]] != 0).sum() < LEAST_IN_BLOCS:
            out[key] = None
            continue
        label = blocs(net)
        ties = net[at[0]]
        order = np.argsort(-ties, kind="stable")
        fellows = [i for i in order if label[i] == label[at[0]] and ties[i] > 0]
        out[key] = [events.names[daily.actors[i]] for i in fellows]
    return out
