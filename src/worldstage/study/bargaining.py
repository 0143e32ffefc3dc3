"""Tables for the models of bargaining, from the positions of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from worldstage.core.errors import InputError
from worldstage.strategy.issues import NOW, Scenario
from worldstage.strategy.positions import Standing
from worldstage.strategy.scenarios import Seats, lineage, seats, table_of
from worldstage.strategy.tables import ActorTable, Floats
from worldstage.study.positions import Positions, code_of, name_of, positions

if TYPE_CHECKING:
    from worldstage.study.case import Case


def case_scenarios(case: Case) -> tuple[Scenario, ...]:
    """The scenarios of ``case.toml``, with codes for names.

    Raises
    ------
    ConfigError
        If one names an actor that nothing answers to.
    """
    return tuple(
        replace(
            s,
            changes=tuple(replace(c, actor=code_of(case, c.actor)) for c in s.changes),
            pacts=tuple(replace(p, members=tuple(code_of(case, m) for m in p.members)) for p in s.pacts),
        )
        for s in case.settings.agenda.scenarios
    )


def case_table(
    case: Case, issue: str, scenario: str = NOW, *, shock: dt.date | None = None, seed: int = 0
) -> ActorTable:
    """Who stands where on an issue in a scenario, by name, with the range of every cell.

    Raises
    ------
    ConfigError, UnknownNameError
        For an issue, scenario or actor that is not known.
    InputError
        If fewer than two actors have a position.
    """
    scenarios = case_scenarios(case)
    lineage(scenario, scenarios)
    found = positions(case, issue=issue, shock=shock, seed=seed)[0]
    return _named(case, seats(found.standings, issue, scenario, scenarios), found, scenario)


def table_of_positions(case: Case, found: Positions, scenario: str = NOW) -> ActorTable:
    """As `case_table`, from positions that have been read already."""
    return _named(case, seats(found.standings, found.issue.key, scenario, case_scenarios(case)), found, scenario)


def _named(case: Case, seated: Seats, found: Positions, scenario: str) -> ActorTable:
    """A table with names for codes; positions from documents keep their draws."""
    table = table_of(seated, found.issue.key, source=scenario)
    known = {(i, 0): d for i, a in enumerate(table.actors) if (d := seated[a].drawn) is not None}
    names = tuple(name_of(case, a) for a in table.actors)
    return replace(table, actors=names, warnings=found.warnings, known=known)


@dataclass(frozen=True)
class Pair:
    """Two scenarios side by side, on each issue with the same actors.

    Attributes
    ----------
    tables
        Issue → table, for the first scenario and the second.
    drawn
        Issue → actor → draws of its position, where it comes from documents.
    left_out
        Issues that cannot be compared, with the reason.
    """

    tables: tuple[dict[str, ActorTable], dict[str, ActorTable]]
    drawn: tuple[dict[str, dict[str, Floats]], dict[str, dict[str, Floats]]]
    left_out: tuple[str, ...]


def pair_of_tables(found: Sequence[Positions], first: str, second: str, scenarios: Sequence[Scenario]) -> Pair:
    """The tables of all issues in two scenarios."""
    tables: tuple[dict[str, ActorTable], dict[str, ActorTable]] = ({}, {})
    drawn: tuple[dict[str, dict[str, Floats]], dict[str, dict[str, Floats]]] = ({}, {})
    left_out = []
    for p in found:
        key, standings = p.issue.key, list[Standing](p.standings)
        both = [seats(standings, key, name, scenarios) for name in (first, second)]
        actors = sorted(set(both[0]) | set(both[1]))
        try:
            made = [table_of(s, key, actors=actors, source=name) for s, name in zip(both, (first, second), strict=True)]
        except InputError as error:
            left_out.append(f"Without {key}: {error.message}")
            continue
        for out, draws, table, seated in zip(tables, drawn, made, both, strict=True):
            out[key] = table
            draws[key] = {a: s.drawn for a, s in seated.items() if s.drawn is not None}
    return Pair(tables, drawn, tuple(left_out))
