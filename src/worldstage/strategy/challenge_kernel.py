"""The arithmetic of one round of the challenge model, for many tables of one issue at once.

Arrays have the draw as first axis; ``[b, i, j]`` reads: in draw b, i about j.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Kinds of offers, in the order in which an actor takes them.
NONE, CONFLICT, COMPROMISE, CAPITULATION = 0, 1, 2, 3
# Utilities run from −2 to 2 and positions are measured in their spread: below this a difference is rounding.
NOISE = 1e-12


@dataclass(frozen=True)
class Rules:
    """What the variants of the model differ in.

    Attributes
    ----------
    all_pairs
        The chance to win is measured against the votes over all pairs of positions, not over the pair at hand.
    capitulation
        An actor that could lose more by challenging than the other could gain gives in.
    least_move
        Of several compromises an actor takes the one nearest to it, not the one at the lowest position.
    """

    all_pairs: bool
    capitulation: bool
    least_move: bool


@dataclass(frozen=True, slots=True)
class Round:
    """What happened in one round, per draw and actor.

    Attributes
    ----------
    position
        After the round.
    exponent
        Attitude to risk: below 1 daring, above 1 averse.
    kind
        Of the offer taken.
    partner
        Whose offer it was; the actor itself where there was none.
    gain, threat
        What the actor expects from challenging the partner, and what it expects the partner to gain by challenging.
    """

    position: Floats
    exponent: Floats
    kind: Ints
    partner: Ints
    gain: Floats
    threat: Floats


def play(x: Floats, capability: Floats, salience: Floats, span: Floats, rules: Rules) -> Round:
    """One round.

    Parameters
    ----------
    x, capability, salience
        Shape ``(draws, actors)``.
    span
        Spread of the first positions, shape ``(draws,)``.
    """
    d = np.abs(x[:, :, None] - x[:, None, :]) / span[:, None, None]
    weight = capability * salience
    exponent = _exponents(d, weight, salience, rules)
    ours, theirs = _expected(d, weight, salience, exponent, rules)
    position, kind, partner = _best_offers(x, d, ours, theirs, weight, span, rules)
    pick = partner[..., None]
    gain, threat = (np.take_along_axis(e, pick, axis=2)[..., 0] for e in (ours, theirs))
    return Round(position, exponent, kind, partner, gain, threat)


def _chances(d: Floats, weight: Floats, exponent: Floats, rules: Rules) -> Floats:
    """Chance of i to win over j when all vote by distance, each with its own attitude to risk."""
    distance = d ** exponent[:, :, None]
    total = np.zeros_like(d)
    part = np.empty_like(d)
    for k in range(d.shape[1]):
        np.subtract(distance[:, k, None, :], distance[:, k, :, None], out=part)
        np.abs(part, out=part)
        part *= weight[:, k, None, None]
        total += part
    liked = np.einsum("bk,bki->bi", weight, distance)
    support = (total + (liked[:, None, :] - liked[:, :, None])) / 2
    if rules.all_pairs:
        total = np.broadcast_to(total.sum(axis=(1, 2), keepdims=True), d.shape)
    return np.where((d > NOISE) & (total > 0), support / np.where(total > 0, total, 1.0), 0.0)


def _expected(d: Floats, weight: Floats, salience: Floats, exponent: Floats, rules: Rules) -> tuple[Floats, Floats]:
    """What i expects from challenging j, and what i thinks that j expects from challenging i."""
    chance = _chances(d, weight, exponent, rules)
    r = exponent[:, :, None]
    success = 2 - 4 * (0.5 - 0.5 * d) ** r
    loss = success - (2 - 4 * (0.5 + 0.5 * d) ** r)
    gain = success - (2 - 4 * 0.5**r)
    # A target resists with a probability equal to its salience.
    ours = gain - salience[:, None, :] * (1 - chance) * loss
    theirs = gain - salience[:, :, None] * (1 - chance.transpose(0, 2, 1)) * loss
    return ours, theirs


def _exponents(d: Floats, weight: Floats, salience: Floats, rules: Rules) -> Floats:
    """Attitude to risk: who is safest where it stands dares most.

    Where all are equally safe the rule divides by zero; all are then neutral.
    """
    _, theirs = _expected(d, weight, salience, np.ones_like(weight), rules)
    diagonal = np.einsum("bii->bi", theirs)
    danger = theirs.sum(axis=2) - diagonal
    low, high = danger.min(axis=1, keepdims=True), danger.max(axis=1, keepdims=True)
    spread = high - low
    risk = np.where(spread > NOISE, (2 * danger - high - low) / np.where(spread > NOISE, spread, 1.0), 0.0)
    result: Floats = (1 - risk / 3) / (1 + risk / 3)
    return result


def _best_offers(
    x: Floats, d: Floats, ours: Floats, theirs: Floats, weight: Floats, span: Floats, rules: Rules
) -> tuple[Floats, Ints, Ints]:
    """Where each actor moves, why, and towards whom."""
    apart = d > NOISE
    cost, prize = np.abs(ours), np.abs(theirs)
    threatened = apart & (theirs > NOISE) & (ours < -NOISE)
    conflict = apart & (ours > NOISE) & (theirs > ours + NOISE)
    compromise = threatened & (theirs > cost + NOISE)
    capitulation = threatened & (theirs < cost - NOISE) & rules.capitulation
    here, there = x[:, :, None], x[:, None, :]
    share = cost / np.where(prize > 0, prize, 1.0)
    landing = np.where(compromise, here + (there - here) * share, there)
    kind = np.where(
        conflict.any(axis=2),
        CONFLICT,
        np.where(compromise.any(axis=2), COMPROMISE, np.where(capitulation.any(axis=2), CAPITULATION, NONE)),
    )
    offered = np.choose(kind[..., None], [np.zeros_like(apart), conflict, compromise, capitulation])
    key = np.abs(landing - here) / span[:, None, None]
    if not rules.least_move:
        low = (cost * here + prize * there) / np.where(cost + prize > 0, cost + prize, 1.0)
        key = np.where(compromise, low / span[:, None, None], key)
    position, partner = _choose(x, key, offered, landing, weight, rules)
    return position, kind, partner


def _choose(
    x: Floats, key: Floats, offered: NDArray[np.bool_], landing: Floats, weight: Floats, rules: Rules
) -> tuple[Floats, Ints]:
    """The offer with the least key; among equals that of the weightiest partner.

    If equally weighty partners still pull to different places, the actor goes to the lowest of them under the
    published choice of compromises, which prefers low positions anyway, and to the middle otherwise. Neither depends
    on the order of the actors.
    """
    key = np.where(offered, key, np.inf)
    best = key.min(axis=2, keepdims=True)
    with np.errstate(invalid="ignore"):
        tied = offered & (key <= best + NOISE * np.maximum(1.0, np.abs(best)))
    heft = np.where(tied, weight[:, None, :], -np.inf)
    tied &= heft >= heft.max(axis=2, keepdims=True) * (1 - NOISE)
    some = tied.any(axis=2)
    low = np.where(tied, landing, np.inf).min(axis=2)
    if rules.least_move:
        high = np.where(tied, landing, -np.inf).max(axis=2)
        with np.errstate(invalid="ignore"):
            low = np.where(low == high, low, (low + high) / 2)
    partner = np.where(some, tied.argmax(axis=2), np.arange(x.shape[1]))
    return np.where(some, low, x), partner
