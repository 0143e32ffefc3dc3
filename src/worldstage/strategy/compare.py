"""All models on one table, with the baselines they have to beat and how far each was right on EU decisions."""

from __future__ import annotations

from typing import Any

from worldstage.core.errors import WorldstageError
from worldstage.core.results import Result, Table
from worldstage.strategy.accuracy import ERRORS
from worldstage.strategy.models import MODELS, run
from worldstage.strategy.result import DIGITS, plain
from worldstage.strategy.tables import ActorTable

COLUMNS = {
    "model": "Model",
    "issue": "Issue",
    "outcome": "Outcome",
    "from_mean": "From the mean",
    "turns": "Turns",
    "at_rest": "At rest",
    "error": "Error on EU decisions",
}
CAPTION = "Outcomes by model"
MIDDLE = "middle of the line"


def compare(table: ActorTable) -> Result:
    """Run every model with its defaults.

    A model that the table does not suit is left out, with the reason among the warnings.
    """
    rows: list[dict[str, Any]] = []
    warnings = list(table.warnings)
    outcomes: dict[str, list[float | None]] = {}
    middle = sum(table.line) / 2
    for name in MODELS:
        try:
            bargain = run(table, name)
        except WorldstageError as error:
            warnings.append(f"Without {name}: {error.message}")
            continue
        outcomes[name] = plain(bargain.outcome)
        warnings += [w for w in bargain.warnings if w not in warnings]
        for k, issue in enumerate(table.issues):
            rows.append(
                _row(name, issue, outcomes[name][k], outcomes["mean"][k], len(bargain.turns) - 1, bargain.converged)
            )
    for k, issue in enumerate(table.issues):
        rows.append(_row(MIDDLE, issue, middle, outcomes["mean"][k], None, None))
    for row in rows:
        row["error"] = ERRORS.get(row["model"])
    return Result(
        text=_text(table, outcomes),
        table=Table(COLUMNS, rows, CAPTION),
        parameters={"source": table.source, "line": list(table.line)},
        warnings=tuple(warnings),
    )


def _row(
    model: str, issue: str, outcome: float | None, mean: float | None, turns: int | None, at_rest: bool | None
) -> dict[str, Any]:
    distance = None if outcome is None or mean is None else round(outcome - mean, DIGITS)
    rest = None if at_rest is None else "yes" if at_rest else "no"
    return {"model": model, "issue": issue, "outcome": outcome, "from_mean": distance, "turns": turns, "at_rest": rest}


def _text(table: ActorTable, outcomes: dict[str, list[float | None]]) -> str:
    parts = []
    for k, issue in enumerate(table.issues):
        known = {m: o[k] for m, o in outcomes.items()}
        values = [v for v in known.values() if v is not None]
        if values:
            parts.append(f"{issue}: the models range from {min(values):.4g} to {max(values):.4g}.")
    return " ".join(parts)
