"""Nash bargaining: the outcome that maximises the weighted product of gains over a breakdown.

An actor's utility falls with the square of its distance from the outcome, issue by issue, weighted by salience. All
fear a breakdown alike: it is as bad as an outcome a whole range of positions away on every issue is for the actor that
cares most, times `cost`. The actors' powers in the product are their capabilities. With a growing cost the solution
approaches the weighted mean.

Source: Nash's axioms and the asymmetric solution are textbook material; the weighting by salience follows what the
reference study reports of Schneider, Finke and Bailer (2010), read in an abstract only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError
from worldstage.strategy.averages import weighted_mean
from worldstage.strategy.draws import Sample
from worldstage.strategy.result import Bargain, settled
from worldstage.strategy.tables import ActorTable

Floats = NDArray[np.float64]
METHOD = (
    "Everybody accepts the outcome with the greatest product of gains over a breakdown of the talks, "
    "with capability as exponent and squared distance weighted by salience as loss."
)
ROUNDS = 200
CLOSE = 1e-13


def solution(capability: Floats, position: Floats, salience: Floats, *, cost: float = 1.0) -> Floats:
    """The outcome per issue, shape ``(draws, issues)``.

    The sum of logarithms of gains is concave and self-concordant, so that Newton steps, shortened while they are
    long, find its one maximum from the weighted mean on.

    Parameters
    ----------
    capability
        Shape ``(draws, actors)``.
    position, salience
        Shape ``(draws, actors, issues)``.
    cost
        How bad a breakdown is: 1 means as bad as the full range of positions on every issue for who cares most.
    """
    weight = capability[..., None] * salience
    has_say = weight > 0
    low = np.where(has_say, position, np.inf).min(axis=1, keepdims=True)
    high = np.where(has_say, position, -np.inf).max(axis=1, keepdims=True)
    span = np.where(high > low, high - low, 1.0)
    x = np.where(has_say, (position - low) / span, 0.0)
    care = np.where(has_say, salience, 0.0)
    active = has_say.any(axis=2)
    # In these units shortened steps never leave the region where all gain.
    power = np.where(active, capability, np.inf)
    power = np.where(active, capability / power.min(axis=1, keepdims=True), 0.0)
    stake = np.repeat(care.sum(axis=2).max(axis=1, keepdims=True) * cost, care.shape[1], axis=1)
    outcome = np.nan_to_num(weighted_mean(x, weight))
    for _ in range(ROUNDS):
        step, length = _newton(outcome, x, care, power, stake)
        outcome = outcome + step / np.where(length > 0.25, 1.0 + length, 1.0)[:, None]
        if np.abs(step).max() < CLOSE:
            break
    result: Floats = outcome * span[:, 0] + low[:, 0]
    return np.where(has_say.any(axis=1), result, np.nan)


def _newton(outcome: Floats, x: Floats, care: Floats, power: Floats, stake: Floats) -> tuple[Floats, Floats]:
    """The step towards the maximum, and its length in the metric of the curvature."""
    away = outcome[:, None, :] - x
    gain = np.maximum(stake - (care * away**2).sum(axis=2), CLOSE)
    fall = 2.0 * care * away / gain[..., None]
    slope = -(power[..., None] * fall).sum(axis=1)
    curve = np.einsum("bi,bik,bil->bkl", power, fall, fall)
    diagonal = (power[..., None] * 2.0 * care / gain[..., None]).sum(axis=1)
    index = np.arange(curve.shape[-1])
    # An issue on which nobody has a say has no curvature; it stays where it is.
    curve[:, index, index] += np.where(diagonal > 0, diagonal, 1.0)
    step = np.linalg.solve(curve, slope[..., None])[..., 0]
    return step, np.sqrt(np.maximum((step * slope).sum(axis=1), 0.0))


def run(table: ActorTable, *, cost: float = 1.0) -> Bargain:
    """The Nash solution over all issues at once.

    Raises
    ------
    InputError
        If `cost` is below 1: an actor could then prefer the breakdown to any outcome.
    """
    if not cost >= 1:
        raise InputError(f"A breakdown cannot cost {cost:g}.", expected="1 or more")
    outcome = solution(table.capability[None], table.position[None], table.salience[None], cost=cost)[0]
    return settled(table, "nash", METHOD, outcome, "the Nash solution", cost=cost)


def settle(sample: Sample, *, cost: float = 1.0) -> tuple[Floats, NDArray[np.bool_]]:
    """Final positions of every draw, shape ``(draws, actors, issues)``, and whether it came to rest."""
    outcome = solution(sample.capability, sample.position, sample.salience, cost=cost)
    return sample.all_at(outcome), np.ones(len(outcome), dtype=bool)
