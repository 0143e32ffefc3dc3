"""Scenarios: who sits at the table on each issue, with which position, salience and capability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from worldstage.core.errors import InputError, unknown_name
from worldstage.strategy.issues import BUILT_IN, NOW, Change, Scenario, Span
from worldstage.strategy.pacts import capability_with, pact
from worldstage.strategy.positions import Standing
from worldstage.strategy.tables import ActorTable, Floats, Quantity

# Salience of an actor whom a scenario brings in, where nobody else's is known.
_MIDDLING = Span(0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class Seat:
    """One actor's part in one issue.

    Attributes
    ----------
    drawn
        Draws of its position, where it comes from documents.
    """

    actor: str
    position: Span
    salience: Span
    capability: Span
    drawn: Floats | None = field(default=None, compare=False, repr=False)


Seats = dict[str, Seat]


def lineage(name: str, scenarios: Iterable[Scenario]) -> tuple[str, tuple[Scenario, ...]]:
    """The built-in scenario that one rests on, and the scenarios that change it, in the order of change.

    Raises
    ------
    UnknownNameError
        If there is no scenario of that name.
    """
    known = {s.name: s for s in scenarios}
    steps: list[Scenario] = []
    while name not in BUILT_IN:
        if name not in known:
            raise unknown_name("scenario", name, [*BUILT_IN, *known])
        steps.append(known[name])
        name = known[name].base
    return name, tuple(reversed(steps))


def seats(found: Iterable[Standing], issue: str, name: str, scenarios: Sequence[Scenario] = ()) -> Seats:
    """Who sits at the table of an issue in a scenario; actors without a position have no seat.

    Parameters
    ----------
    found
        Standings on any issues.
    scenarios
        Those of the case, with codes for names.
    """
    stretch, steps = lineage(name, scenarios)
    out: Seats = {}
    for s in found:
        position = s.held(stretch).position
        if s.issue == issue and position is not None:
            out[s.actor] = Seat(s.actor, position, s.salience[stretch], s.capability[stretch], s.held(stretch).drawn)
    for step in steps:
        for change in step.changes:
            if change.issue in (None, issue):
                _apply(out, change)
        for joined in step.pacts:
            _join(out, joined.kind, joined.members)
    return out


def _apply(table: Seats, change: Change) -> None:
    if change.remove:
        table.pop(change.actor, None)
        return
    seat = table.get(change.actor)
    if seat is None:
        if change.position is None:
            return
        seat = Seat(change.actor, change.position, _usual(table), Span.at(1.0))
    table[change.actor] = replace(
        seat,
        position=change.position or seat.position,
        salience=change.salience or seat.salience,
        capability=change.capability or seat.capability,
        drawn=None if change.position else seat.drawn,
    )


def _usual(table: Seats) -> Span:
    """The median of the saliences at the table."""
    if not table:
        return _MIDDLING
    values = np.array([(s.salience.low, s.salience.mode, s.salience.high) for s in table.values()])
    return Span(*(float(v) for v in np.median(values, axis=0)))


def _join(table: Seats, kind: str, members: Sequence[str]) -> None:
    """A pact lends its members each other's capability, as far as they sit at this table."""
    inside = [m for m in members if m in table]
    if len(inside) < 2:
        return
    ranges = np.array([(table[m].capability.low, table[m].capability.mode, table[m].capability.high) for m in inside])
    lent = np.array([capability_with(pact(kind), column, range(len(inside))) for column in ranges.T]).T
    for m, row in zip(inside, lent, strict=True):
        table[m] = replace(table[m], capability=Span(*(float(v) for v in np.sort(row))))


def table_of(found: Seats, issue: str, *, actors: Sequence[str] | None = None, source: str = NOW) -> ActorTable:
    """The table that bargaining models read.

    Parameters
    ----------
    actors
        Who stands in it, in this order; who has no seat is there without weight. All who have seats, if not given.

    Raises
    ------
    InputError
        If fewer than two actors have seats, or all stand at one position.
    """
    actors = list(actors) if actors is not None else sorted(found)
    if len(found) < 2:
        raise InputError(
            f"On {issue} {'only one actor has' if found else 'no actor has'} a position in the scenario {source!r}.",
            expected="two or more",
            hint=f"`worldstage positions --issue {issue}` shows what is known; [[positions]] in case.toml adds to it",
        )
    values = {
        name: np.array([_triple(found.get(a), name) for a in actors]) for name in ("capability", "position", "salience")
    }

    def column(name: str, k: int) -> Floats:
        part: Floats = values[name][:, k]
        return part if name == "capability" else part[:, None]

    quantities: tuple[Quantity, ...] = ("capability", "position", "salience")
    return ActorTable(
        actors=tuple(actors),
        issues=(issue,),
        capability=column("capability", 1),
        position=column("position", 1),
        salience=column("salience", 1),
        ranges={name: (column(name, 0), column(name, 2)) for name in quantities},
        source=f"the scenario {source!r}",
    )


def _triple(seat: Seat | None, name: str) -> tuple[float, float, float]:
    if seat is None:
        return (np.nan, np.nan, np.nan) if name == "position" else (0.0, 0.0, 0.0)
    span: Span = getattr(seat, name)
    return span.low, span.mode, span.high
