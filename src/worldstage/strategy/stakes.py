"""Who gains and who loses between two scenarios, over all issues, with the chances.

Utility is closeness: 100 points less the distance between where an actor wants an issue to end and where it is
forecast to end, weighted over issues by the actor's salience. What an actor wants is what it wanted in the scenario
that one starts from: who gives way does not gain by having given way.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from worldstage.strategy.averages import weighted_mean
from worldstage.strategy.draws import Sample, draw, once
from worldstage.strategy.models import settle
from worldstage.strategy.tables import ActorTable, Floats

Drawn = Mapping[str, Mapping[str, Floats]]
# Gains smaller than this are rounding.
_STILL = 1e-9
LEVELS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The forecast for one issue in one scenario (median of the draws), and how far the parties stand from it."""

    median: float
    low: float
    high: float
    discord: float


@dataclass(frozen=True, slots=True)
class Stake:
    """What one actor gains (or, below zero, loses) between two scenarios, in points of 100.

    Attributes
    ----------
    gain
        The median of the draws; `low` and `high` bound 90 % of them.
    up
        Share of draws in which it gains.
    top_winner, top_loser
        Share of draws in which nobody gains, or loses, more.
    by_issue
        Issue → its part of the gain, on average over the draws.
    """

    actor: str
    gain: float
    low: float
    high: float
    up: float
    top_winner: float
    top_loser: float
    by_issue: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Driver:
    """How far an issue's outcome shifts if this actor alone changes as it does between the scenarios."""

    issue: str
    actor: str
    shift: float


@dataclass(frozen=True)
class Stakes:
    """Two scenarios compared.

    Attributes
    ----------
    first, second
        Issue → outcome where one starts from, and where one goes to.
    stakes
        The greatest gain first.
    drivers
        The greatest shift first.
    """

    model: str
    draws: int
    seed: int
    first: Mapping[str, Outcome]
    second: Mapping[str, Outcome]
    stakes: tuple[Stake, ...]
    drivers: tuple[Driver, ...]


def compare(
    first: Mapping[str, ActorTable], second: Mapping[str, ActorTable], *, model: str = "mean", draws: int = 2000,
    seed: int = 0, drawn: tuple[Drawn, Drawn] = ({}, {}),
) -> Stakes:  # fmt: skip
    """Compare two scenarios.

    Parameters
    ----------
    first, second
        Issue → table of one issue; the same issues, and on each the same actors in the same order. The draws of both
        share their random numbers, so that what is alike in both cancels out.
    drawn
        For either scenario, draws of the positions that have them, by issue and actor; the ranges of the table hold
        for the others.

    Raises
    ------
    InputError, UnknownNameError
        As the model and the draws do.
    """
    actors = sorted({a for table in first.values() for a in table.actors})
    index = {a: i for i, a in enumerate(actors)}
    parts = np.zeros((draws, len(actors), len(first)))
    care = np.zeros_like(parts)
    outcomes: tuple[dict[str, Outcome], dict[str, Outcome]] = ({}, {})
    drivers: list[Driver] = []
    for k, issue in enumerate(first):
        one, two = (
            _sample(side[issue], known.get(issue, {}), draws, seed)
            for side, known in zip((first, second), drawn, strict=True)
        )
        ends = [_end(sample, model) for sample in (one, two)]
        for out, sample, end in zip(outcomes, (one, two), ends, strict=True):
            out[issue] = _outcome(sample, end)
        wanted = np.where(np.isnan(one.position), two.position, one.position)[..., 0]
        salience = np.where(one.salience > 0, one.salience, two.salience)[..., 0]
        gained = np.abs(wanted - ends[0][:, None]) - np.abs(wanted - ends[1][:, None])
        rows = [index[a] for a in first[issue].actors]
        parts[:, rows, k] = np.nan_to_num(gained) * salience
        care[:, rows, k] = np.where(np.isnan(wanted), 0.0, salience)
        drivers += _drivers(issue, first[issue], second[issue], model)
    total = care.sum(axis=2, keepdims=True)
    parts = np.divide(parts, total, out=np.zeros_like(parts), where=total > 0)
    return Stakes(
        model, draws, seed, *outcomes, _stakes(actors, tuple(first), parts),
        tuple(sorted(drivers, key=lambda d: (-abs(d.shift), d.issue, d.actor))),
    )  # fmt: skip


def _sample(table: ActorTable, drawn: Mapping[str, Floats], n: int, seed: int) -> Sample:
    """Draws of a table; the same actor gets the same numbers in every scenario, whoever else is at the table."""
    sample = draw(table, n, seed=seed)
    position = sample.position.copy()
    for i, actor in enumerate(table.actors):
        if actor in drawn:
            random = np.random.default_rng([seed, zlib.crc32(actor.encode())])
            position[:, i, 0] = random.choice(drawn[actor], size=n)
    return Sample(sample.capability, position, sample.salience, sample.line)


def _end(sample: Sample, model: str) -> Floats:
    """Where the issue ends in every draw, shape ``(draws,)``."""
    final, _ = settle(sample, model)
    end: Floats = weighted_mean(final, sample.weight)[:, 0]
    return end


def _outcome(sample: Sample, end: Floats) -> Outcome:
    low, middle, high = (float(q) for q in np.quantile(end, (LEVELS[0], 0.5, LEVELS[1])))
    weight = sample.weight[0, :, 0]
    apart = np.nan_to_num(np.abs(sample.position[0, :, 0] - middle))
    return Outcome(middle, low, high, float((apart * weight).sum() / weight.sum()))


def _stakes(actors: Sequence[str], issues: Sequence[str], parts: Floats) -> tuple[Stake, ...]:
    drawn = parts.sum(axis=2)
    shares = parts.mean(axis=0)
    low, middle, high = np.quantile(drawn, (LEVELS[0], 0.5, LEVELS[1]), axis=0)
    best, worst = drawn.max(axis=1, keepdims=True), drawn.min(axis=1, keepdims=True)
    winner = (drawn >= best - _STILL) & (best > _STILL)
    loser = (drawn <= worst + _STILL) & (worst < -_STILL)
    found = [
        Stake(
            actor, float(middle[i]), float(low[i]), float(high[i]), float((drawn[:, i] > _STILL).mean()),
            float(winner[:, i].mean()), float(loser[:, i].mean()),
            {issue: float(shares[i, k]) for k, issue in enumerate(issues)},
        )
        for i, actor in enumerate(actors)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda s: (-s.gain, s.actor)))


def _drivers(issue: str, first: ActorTable, second: ActorTable, model: str) -> list[Driver]:
    """The shift of the outcome when one actor's row alone is taken from the second table."""
    one, two = once(first), once(second)
    start = float(_end(one, model)[0])
    out = []
    for i, actor in enumerate(first.actors):
        changed = [np.array(getattr(one, name)) for name in ("capability", "position", "salience")]
        for array, name in zip(changed, ("capability", "position", "salience"), strict=True):
            array[:, i] = getattr(two, name)[:, i]
        if not (changed[0][:, :, None] * changed[2]).any():
            continue
        shift = float(_end(Sample(changed[0], changed[1], changed[2], first.line), model)[0]) - start
        if abs(shift) > _STILL:
            out.append(Driver(issue, actor, shift))
    return out
