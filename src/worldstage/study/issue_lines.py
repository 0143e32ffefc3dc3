"""What the dossier shows of issues and stakes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from worldstage.core.errors import WorldstageError
from worldstage.dossier.content import ActorLine, BargainLine, Bounds, IssueLine, Sentence, StakesTable
from worldstage.strategy.issues import BEFORE, NOW, Span

if TYPE_CHECKING:
    from worldstage.core.results import Result
    from worldstage.strategy.positions import Standing
    from worldstage.strategy.sensitivity import Sensitivity
    from worldstage.strategy.stakes import Outcome
    from worldstage.study.case import Case
    from worldstage.study.positions import Positions
    from worldstage.study.stakes import CaseStakes


# Fixed, so that a dossier is the same wherever it is made; they cost about a second.
DRAWS, POINTS = 1000, 1024
_SHARES = 8


def issue_lines(case: Case) -> tuple[list[IssueLine], list[StakesTable], list[BargainLine], list[str]]:
    """The issues with positions, the stakes across the shock and in each scenario, where the issues would end; and
    what could not be had.
    """
    from worldstage.study.positions import positions
    from worldstage.study.stakes import stakes

    if not case.settings.agenda.issues:
        return [], [], [], []
    try:
        found = positions(case)
    except WorldstageError as error:
        return [], [], [], [f"Positions: {error.message}"]
    lines = [_issue(p) for p in found]
    pairs = [(NOW, BEFORE), *((s.name, NOW) for s in case.settings.agenda.scenarios)]
    tables, warnings = [], []
    for scenario, against in pairs:
        try:
            tables.append(_stakes(stakes(case, scenario=scenario, against=against, found=found)))
        except WorldstageError as error:
            warnings.append(f"Stakes from {against} to {scenario}: {error.message}")
    return lines, tables, _bargains(case, found, warnings), warnings


def _bargains(case: Case, found: Sequence[Positions], warnings: list[str]) -> list[BargainLine]:
    """All models on the present positions of each issue, with the sensitivity of the weighted mean."""
    from worldstage.strategy.compare import compare
    from worldstage.strategy.sensitivity import sensitivity
    from worldstage.study.bargaining import table_of_positions

    out = []
    for p in found:
        try:
            table = table_of_positions(case, p)
        except WorldstageError as error:
            warnings.append(f"Where {p.issue.key} would end: {error.message}")
            continue
        driven = sensitivity(table, "mean", base=POINTS)[0]
        out.append(_bargain(p, compare(table, draws=DRAWS), driven))
    return out


def _bargain(p: Positions, compared: Result, driven: Sensitivity) -> BargainLine:
    from worldstage.strategy.accuracy import caution

    models = [
        (
            r["model"], r["outcome"], (r["low"], r["mid"], r["high"]) if "mid" in r else None, r["error"],
        )
        for r in compared.table.rows
        if r["outcome"] is not None
    ]  # fmt: skip
    shares = [
        (f"{s.actor}, {s.quantity}", (s.first_range[0], s.first, s.first_range[1]), s.total)
        for s in driven.parts[:_SHARES]
    ]
    return BargainLine(
        p.issue.key, p.issue.question, models, DRAWS, driven.runs, driven.text, shares, caution("mean"),
        [w for w in compared.warnings if w not in p.warnings and not w.startswith("Without exchange")],
    )  # fmt: skip


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
