"""All models on one table, with the baselines they have to beat and how far each was right on EU decisions."""

from __future__ import annotations

from typing import Any

from worldstage.core.errors import WorldstageError
from worldstage.core.results import Result, Table
from worldstage.strategy.accuracy import ERRORS
from worldstage.strategy.distribution import LEVELS, default_draws, distribution
from worldstage.strategy.draws import NOISE
from worldstage.strategy.models import MODELS, run
from worldstage.strategy.pilot import SECONDS
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
# What draws add: the median and the middle 90 % of the outcomes, and from how many draws.
SPREAD = {"low": "5 %", "mid": "50 %", "high": "95 %", "draws": "Draws"}
CAPTION = "Outcomes by model"
MIDDLE = "middle of the line"


def compare(
    table: ActorTable, *, draws: int | None = 0, seed: int = 0, noise: float = NOISE, seconds: float | None = None
) -> Result:
    """Run every model with its defaults.

    A model that the table does not suit is left out, with the reason among the warnings.

    Parameters
    ----------
    draws
        Of tables, for a range of each outcome; None for as many as take some ten seconds for all models together.
    seconds
        That time, if it is to be another.
    """
    rows: list[dict[str, Any]] = []
    warnings = list(table.warnings)
    outcomes: dict[str, list[float | None]] = {}
    middle = sum(table.line) / 2
    each = (SECONDS if seconds is None else seconds) / len(MODELS)
    for name in MODELS:
        try:
            bargain = run(table, name)
        except WorldstageError as error:
            warnings.append(f"Without {name}: {error.message}")
            continue
        outcomes[name] = plain(bargain.outcome)
        warnings += [w for w in bargain.warnings if w not in warnings]
        spread = _spread(table, name, draws, seed, noise, each)
        for k, issue in enumerate(table.issues):
            row = _row(name, issue, outcomes[name][k], outcomes["mean"][k], len(bargain.turns) - 1, bargain.converged)
            rows.append({**row, **spread[k]})
    for k, issue in enumerate(table.issues):
        rows.append(_row(MIDDLE, issue, middle, outcomes["mean"][k], None, None))
    for row in rows:
        row["error"] = ERRORS.get(row["model"])
    return Result(
        text=_text(table, outcomes),
        table=Table(COLUMNS if draws == 0 else _with_spread(), rows, CAPTION),
        parameters={"source": table.source, "line": list(table.line), "draws": draws, "seed": seed},
        warnings=tuple(warnings),
    )


def _spread(
    table: ActorTable, model: str, draws: int | None, seed: int, noise: float, seconds: float
) -> list[dict[str, Any]]:
    """Per issue the 5 %, 50 % and 95 % quantiles of the outcome."""
    if draws == 0:
        return [{}] * len(table.issues)
    n = default_draws(table, model, noise=noise, seconds=seconds) if draws is None else draws
    found = distribution(table, model, n, seed=seed, noise=noise)
    low, mid, high = (plain(found.outcome[LEVELS.index(level)]) for level in (0.05, 0.5, 0.95))
    return [{"low": a, "mid": b, "high": c, "draws": n} for a, b, c in zip(low, mid, high, strict=True)]


def _with_spread() -> dict[str, str]:
    """The columns with those of the draws, which stand beside the outcome."""
    out: dict[str, str] = {}
    for key, heading in COLUMNS.items():
        out[key] = heading
        if key == "outcome":
            out |= SPREAD
    return out


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
