"""Forecasts of decisions: of one issue from arrays, of a whole table from a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from numpy.typing import ArrayLike

from worldstage.core.errors import unknown_name
from worldstage.strategy.decisions.baselines import POINTS
from worldstage.strategy.decisions.distribution import LEVELS, Forecast, around
from worldstage.strategy.decisions.eu_table import Row, read_issues
from worldstage.strategy.decisions.issue import Issue, make_issue
from worldstage.strategy.decisions.mixture import mix
from worldstage.strategy.decisions.parameters import Parameters, shipped

ENSEMBLE = "ensemble"
MODELS = {
    ENSEMBLE: "mixture of positions held, the reference point, the halfway point, and a band about the weighted mean",
    "mean": "mean of the positions by salience (times capability where it is given)",
    "plain-mean": "mean of the positions, all actors alike",
    "median": "median of the positions by salience (times capability where it is given)",
    "nash": "Nash solution, exponents salience (times capability where it is given)",
    "status-quo": "the reference point",
    "fifty": "the middle of the line",
}
DIGITS = 4


def forecast(
    positions: ArrayLike,
    saliences: ArrayLike | None = None,
    capabilities: ArrayLike | None = None,
    reference: float | None = None,
    *,
    proposer: float | None = None,
    chamber: float | None = None,
    model: str = ENSEMBLE,
) -> Forecast:
    """Forecast the decision on one issue.

    Parameters
    ----------
    positions
        0–100, shape ``(actors,)``; not a number where unknown: such actors are left out.
    saliences, capabilities
        In any unit, same shape; without them all count alike. A missing one is taken as the mean of the others.
    reference
        Where the matter stays without a decision, 0–100.
    proposer, chamber
        Positions of the body that proposes and of a second one with a say, as Commission and Parliament are.
    model
        One of `MODELS`.

    Raises
    ------
    InputError
        If no position is known, one lies off the line, or a weight is negative.
    UnknownNameError
        For a model that does not exist.
    ValueError
        If the status quo is asked for and there is no reference point.
    """
    _check(model)
    issue = make_issue(positions, saliences, capabilities, reference, proposer=proposer, chamber=chamber)
    found = forecast_issue(issue, model)
    if found is None:
        raise ValueError("no reference point, so no status quo")
    return found


def forecast_issue(issue: Issue, model: str = ENSEMBLE, parameters: Parameters | None = None) -> Forecast | None:
    """The same for an issue that is checked already; ``None`` where a model has nothing to go by."""
    known = parameters or shipped()
    if model == ENSEMBLE:
        return mix(issue, known.scores, model)
    point = POINTS[model](issue)
    if point is None:
        return None
    return around(point, known.errors[model], model)


def forecast_file(
    path: str | Path, model: str = ENSEMBLE, capabilities: Mapping[str, float] | None = None
) -> Iterator[dict[str, Any]]:
    """Forecast every issue of a table in the columns of the EU decision data.

    Where nobody's position is known, or the status quo is asked for and no reference point is known, the numbers
    are ``None``.

    Parameters
    ----------
    capabilities
        Weight of an actor by its code in the header (``com``, ``fr`` …).

    Returns
    -------
    iterator of dict
        ``prnr, isnr, forecast, low80, high80, q05, q10, q25, q50, q75, q90, q95``, in the order of the file.

    Raises
    ------
    InputError
        If the file cannot be read as such a table.
    UnknownNameError
        For a model that does not exist.
    """
    _check(model)
    # The whole file is read first, so that an error in its last line comes before any output.
    return (_told(row, model) for row in list(read_issues(path, capabilities)))


def _told(row: Row, model: str) -> dict[str, Any]:
    found = None if row.issue is None else forecast_issue(row.issue, model)
    return {"prnr": row.prnr, "isnr": row.isnr, **_numbers(found)}


def _numbers(found: Forecast | None) -> dict[str, float | None]:
    keys = [f"q{round(100 * p):02d}" for p in LEVELS]
    if found is None:
        return dict.fromkeys(["forecast", "low80", "high80", *keys])
    told = {key: round(v, DIGITS) for key, v in zip(keys, found.quantiles.values(), strict=True)}
    return {"forecast": round(found.point, DIGITS), "low80": told["q10"], "high80": told["q90"], **told}


def _check(model: str) -> None:
    if model not in MODELS:
        raise unknown_name("model of decisions", model, MODELS)
