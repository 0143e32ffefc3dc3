"""An issue under decision: positions held, their weights, the reference point; checked and cleaned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from worldstage.core.errors import InputError
from worldstage.strategy.decisions.distribution import HIGH, LOW

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Issue:
    """What a decision is forecast from.

    Attributes
    ----------
    positions
        Of the actors that count, 0–100, shape ``(actors,)``.
    weights
        Salience times capability, positive, summing to 1; same shape.
    reference
        Where the matter stays without a decision, if known.
    proposer, chamber
        Positions of the body that proposes and of the second one that has a say (in the Union: Commission and
        Parliament), if they take part.
    """

    positions: Floats
    weights: Floats
    reference: float | None = None
    proposer: float | None = None
    chamber: float | None = None

    @property
    def mean(self) -> float:
        """The mean of the positions by weight."""
        return float(np.clip(self.weights @ self.positions, LOW, HIGH))


def make_issue(
    positions: ArrayLike,
    saliences: ArrayLike | None = None,
    capabilities: ArrayLike | None = None,
    reference: float | None = None,
    *,
    proposer: float | None = None,
    chamber: float | None = None,
) -> Issue:
    """Check and clean what is known of an issue.

    Actors without a position are left out, as are those with a salience or capability of 0. A missing salience or
    capability (not a number) is taken as the mean of the others' that are above 0; if nobody has any, all count alike.

    Parameters
    ----------
    positions
        0–100, shape ``(actors,)``; not a number where unknown.
    saliences, capabilities
        In any unit, for only their ratios matter; same shape.

    Raises
    ------
    InputError
        If no position is known, one lies outside 0–100, a weight is negative, or the shapes differ.
    """
    x = np.asarray(positions, dtype=float).ravel()
    salience, capability = _weights(saliences, len(x), "salience"), _weights(capabilities, len(x), "capability")
    for value, name in (
        (reference, "reference point"),
        (proposer, "proposer's position"),
        (chamber, "chamber's position"),
    ):
        _on_line(np.array([np.nan if value is None else value]), name)
    _on_line(x, "position")
    known = ~np.isnan(x)
    salience, capability = _filled(salience, known), _filled(capability, known)
    used = known & (salience > 0) & (capability > 0)
    if not used.any():
        raise InputError("No actor has a position.", expected="at least one position from 0 to 100 with some weight")
    # The order of the actors must not change the last digits of a sum.
    order = np.flatnonzero(used)[np.lexsort((capability[used], salience[used], x[used]))]
    weight = salience[order] * capability[order]
    return Issue(
        x[order],
        weight / weight.sum(),
        _known(reference),
        _known(proposer),
        _known(chamber),
    )


def _weights(given: ArrayLike | None, length: int, name: str) -> Floats:
    if given is None:
        return np.ones(length)
    values = np.asarray(given, dtype=float).ravel()
    if len(values) != length:
        raise InputError(f"{length} positions, but {len(values)} values of {name}.", expected="one for each actor")
    if bool(np.any(values < 0)) or bool(np.any(np.isinf(values))):
        raise InputError(f"A {name} is negative or infinite.", expected=f"a {name} of 0 or more")
    return values


def _filled(values: Floats, known: NDArray[np.bool_]) -> Floats:
    """Gaps take the mean of what is above 0 among the actors whose position is known."""
    told = values[known & (values > 0)]
    if told.size == 0:
        return np.ones_like(values)
    # Sorted, so that the order of the actors does not change the last digit.
    return np.where(np.isnan(values), np.sort(told).mean(), values)


def _on_line(values: Floats, name: str) -> None:
    with np.errstate(invalid="ignore"):
        off = values[(values < LOW) | (values > HIGH)]
    if off.size:
        raise InputError(
            f"A {name} of {off[0]:g} lies off the line.", expected="0 to 100", hint="rescale the line first"
        )


def _known(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else float(value)
