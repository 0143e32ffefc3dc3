"""What the dossier shows of the effects of a shock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from worldstage.core.errors import WorldstageError
from worldstage.dossier.content import EffectLine, EffectTable
from worldstage.relations.measures import Row, partners
from worldstage.study.effects import effects

if TYPE_CHECKING:
    from worldstage.study.case import Case
    from worldstage.study.effect_result import Effect

OUTCOMES = ("all", "verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
_PARTNERS = 4


def effect_table(case: Case, rows: Sequence[Row]) -> tuple[EffectTable | None, list[str]]:
    """The effects of the first shock on the focus actor's relations, and what could not be told.

    Parameters
    ----------
    rows
        The series of all dyads, which tell who the main partners are.
    """
    focus = case.settings.focus and case.focus
    if not focus or not case.settings.shocks:
        return None, []
    shock = case.settings.shocks[0]
    others = [code for code, _ in partners(rows, focus)[:_PARTNERS]]
    try:
        found = effects(case, [None, *others], OUTCOMES, shock=shock.date)
    except WorldstageError as error:
        return None, [f"{shock.name}, effects: {error.message}"]
    counted = next((str(f.parameters["counted"]) for f in found if "counted" in f.parameters), "")
    return EffectTable((shock.name, shock.date), case.settings.unit, counted, [_line(f) for f in found]), []


def _line(f: Effect) -> EffectLine:
    passed, failed = ([c.name for c in f.checks if c.passed is word] for word in (True, False))
    ratio = (f.ratio.low, f.ratio.estimate, f.ratio.high) if f.ratio else None
    return EffectLine(
        f.partner, f.outcome, f.text, f.verdict, (f.before.events, f.before.periods), (f.after.events, f.after.periods),
        f.expected, ratio, f.p, passed, failed, f.events, f.series,
    )  # fmt: skip
