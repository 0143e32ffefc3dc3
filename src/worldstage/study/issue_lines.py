"""What the dossier shows of issues and stakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldstage.core.errors import WorldstageError
from worldstage.dossier.content import ActorLine, Bounds, IssueLine, Sentence, StakesTable
from worldstage.strategy.issues import BEFORE, NOW, Span

if TYPE_CHECKING:
    from worldstage.strategy.positions import Standing
    from worldstage.strategy.stakes import Outcome
    from worldstage.study.case import Case
    from worldstage.study.positions import Positions
    from worldstage.study.stakes import CaseStakes


def issue_lines(case: Case) -> tuple[list[IssueLine], list[StakesTable], list[str]]:
    """The issues with positions, the stakes across the shock and in each scenario; and what could not be had."""
    from worldstage.study.positions import positions
    from worldstage.study.stakes import stakes

    if not case.settings.agenda.issues:
        return [], [], []
    try:
        found = positions(case)
    except WorldstageError as error:
        return [], [], [f"Positions: {error.message}"]
    lines = [_issue(p) for p in found]
    pairs = [(NOW, BEFORE), *((s.name, NOW) for s in case.settings.agenda.scenarios)]
    tables, warnings = [], []
    for scenario, against in pairs:
        try:
            tables.append(_stakes(stakes(case, scenario=scenario, against=against, found=found)))
        except WorldstageError as error:
            warnings.append(f"Stakes from {against} to {scenario}: {error.message}")
    return lines, tables, warnings


def _issue(p: Positions) -> IssueLine:
    return IssueLine(
        p.issue.key, p.issue.question, p.issue.low, p.issue.high, p.issue.marks, (p.shock.name, p.shock.date),
        [_actor(p.names[s.actor], s) for s in p.standings], p.warnings,
    )  # fmt: skip


def _actor(name: str, s: Standing) -> ActorLine:
    return ActorLine(
        name,
        _bounds(s.before.position) if s.before.position else None,
        _bounds(s.now.position) if s.now.position else None,
        (s.before.source, s.now.source),
        (s.before.n, s.now.n),
        s.moved,
        _bounds(s.salience[NOW]),
        _bounds(s.capability[NOW]),
        s.given,
        [Sentence(b.date, b.position, b.why, b.firmness, b.text, b.document, b.kind, b.record) for b in s.evidence],
    )


def _bounds(span: Span) -> Bounds:
    return span.low, span.mode, span.high


def _stakes(done: CaseStakes) -> StakesTable:
    def ends(outcome: Outcome) -> Bounds:
        return outcome.low, outcome.median, outcome.high

    found = done.found
    return StakesTable(
        done.first, done.second, done.result,
        {issue: (ends(found.first[issue]), ends(found.second[issue])) for issue in found.first},
        [(d.issue, done.names[d.actor], d.shift) for d in found.drivers],
    )  # fmt: skip
