"""Who sides with whom in a case: propensities from its relations and positions, sizes from its capabilities."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError
from worldstage.relations.measures import Row, first_after
from worldstage.strategy.affinity import DEALINGS, Affinity, affinity
from worldstage.strategy.coalition_tables import CoalitionTable, SignedEdges
from worldstage.strategy.issues import BEFORE, HIGH, LOW, NOW
from worldstage.study.positions import Positions, capabilities, code_of, name_of, positions
from worldstage.study.relations import chosen_shock, series, study_window
from worldstage.study.settings import Shock

if TYPE_CHECKING:
    from worldstage.study.case import Case

# Actors that are looked at: those with most events, besides the parties of the issues.
ACTORS = 10


@dataclass(frozen=True)
class CaseCoalition:
    """The tables of a case for landscape theory and structural balance.

    Attributes
    ----------
    stretch
        ``before`` or ``now``.
    edges
        None where no tie is clear enough.
    """

    shock: Shock
    stretch: str
    affinity: Affinity
    table: CoalitionTable
    edges: SignedEdges | None


def case_coalition(
    case: Case,
    *,
    stretch: str = NOW,
    actors: int = ACTORS,
    weight: float = DEALINGS,
    shock: dt.date | None = None,
    found: Sequence[Positions] | None = None,
) -> CaseCoalition:
    """The actors of a case, their sizes, and how inclined they are to work together.

    Parameters
    ----------
    stretch
        ``before`` the shock or ``now``: since it.
    actors
        So many of those with most events, besides the parties that the issues name.
    weight
        Of how actors deal with each other, beside what they want.
    found
        The positions, if they have been read already.

    Raises
    ------
    InputError
        If fewer than three actors have anything to do with each other.
    ConfigError
        If the case has no shock; else as `worldstage.study.positions.positions` does.
    """
    hit = chosen_shock(case, shock)
    rows = _rows(case, hit, stretch)
    if found is None:
        found = positions(case, shock=shock) if case.settings.agenda.issues else []
    codes = _chosen(case, rows, found, actors)
    if len(codes) < 3:
        raise InputError(
            f"{len(codes)} actors of the case have anything to do with each other.", expected="three or more"
        )
    scores, events = _sums(rows, codes)
    places, certain = _places(found, codes, stretch)
    joined = affinity([name_of(case, c) for c in codes], scores, events, places, certain=certain, weight=weight)
    sizes, warnings = _sizes(case, codes)
    if not found:
        warnings.append("The case names no issue: propensities rest on events alone.")
    return CaseCoalition(hit, stretch, joined, joined.table(sizes, warnings), joined.edges())


def _rows(case: Case, hit: Shock, stretch: str) -> list[Row]:
    rows = series(case)
    window = study_window(case, rows)
    after = first_after(hit.date, case.settings.unit)
    periods = set(window.periods(case.settings.unit))
    inside = [r for r in rows if r.period in periods and not r.echo and r.a != r.b]
    return [r for r in inside if (r.period >= after) == (stretch != BEFORE)]


def _chosen(case: Case, rows: Sequence[Row], found: Sequence[Positions], actors: int) -> list[str]:
    """Who takes part in the issues and has something to do or to say, and those with most events."""
    often: Counter[str] = Counter()
    for r in rows:
        often.update({r.a: r.count, r.b: r.count})
    placed = {s.actor for p in found for s in p.standings if s.before.position or s.now.position}
    parties = {code_of(case, name) for p in found for name in p.issue.parties}
    named = placed | {c for c in parties if c in often}
    frequent = [c for c, _ in sorted(often.items(), key=lambda item: (-item[1], item[0]))[:actors]]
    return sorted({*named, *frequent})


def _sums(rows: Sequence[Row], codes: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    index = {c: i for i, c in enumerate(codes)}
    scores, events = np.zeros((len(codes),) * 2), np.zeros((len(codes),) * 2, dtype=np.int64)
    for r in rows:
        if r.a in index and r.b in index:
            scores[index[r.a], index[r.b]] += r.score
            events[index[r.a], index[r.b]] += r.count
    return scores, events


def _places(
    found: Sequence[Positions], codes: Sequence[str], stretch: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Positions, and how certain each is: 1 for a point, 0 for a range over the whole line."""
    index = {c: i for i, c in enumerate(codes)}
    places = np.full((len(codes), max(len(found), 1)), np.nan)
    certain = np.zeros_like(places)
    for k, p in enumerate(found):
        for s in p.standings:
            span = s.held(stretch).position
            if s.actor in index and span is not None:
                places[index[s.actor], k] = span.mode
                certain[index[s.actor], k] = 1 - (span.high - span.low) / (HIGH - LOW)
    return places, certain


def _sizes(case: Case, codes: Sequence[str]) -> tuple[list[float], list[str]]:
    known = capabilities(case)
    if not known:
        return [1.0] * len(codes), ["No capabilities are given: all actors have the same size."]
    usual = float(np.median([span.mode for span in known.values()]))
    lost = [name_of(case, c) for c in codes if c not in known]
    said = [f"No capability is given for {', '.join(lost)}: the median of the others."] if lost else []
    return [known[c].mode if c in known else usual for c in codes], said
