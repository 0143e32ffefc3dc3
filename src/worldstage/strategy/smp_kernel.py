"""The arithmetic of one turn of the spatial model of politics, for many tables at once.

Everything runs on arrays whose first axis is the table (a draw), so that ten thousand draws cost little more Python
than one. Sums over actors go one actor at a time, in the order of the table, with the reference program's grouping of
terms: two identical actors then tie, or differ in the last bit, exactly as they do there, and the same one is chosen.
Positions are on 0–1; saliences are shares of one.

Source: the rules and constants were read in the source of KTAB (MIT licence), files ``smp.cpp``, ``smpbcn.cpp`` and
``kmodel.cpp``; no code was taken over.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Constants of the reference program.
LEAST_COALITION = 1e-8
LEAST_SUPPORT = 1e-10
LEAST_GAIN = 1e-5
LEAST_WEIGHT = 1e-6
DECIMALS = 10000.0


@dataclass(frozen=True, slots=True)
class Field:
    """Many tables of the same actors and issues.

    Attributes
    ----------
    capability
        Shape ``(draws, actors)``, all above 0.
    salience
        Shape ``(draws, actors, issues)``; an actor's sum lies in (0, 1].
    total
        Salience over all issues, shape ``(draws, actors)``.
    weight
        Total salience times capability, same shape.
    """

    capability: Floats
    salience: Floats
    total: Floats
    weight: Floats

    @classmethod
    def of(cls, capability: Floats, salience: Floats) -> Field:
        """The field of capabilities and saliences."""
        total = np.zeros(capability.shape)
        for k in range(salience.shape[-1]):
            total += salience[..., k]
        return cls(capability, salience, total, total * capability)

    def take(self, rows: Ints | slice) -> Field:
        """Some of the tables."""
        return Field(self.capability[rows], self.salience[rows], self.total[rows], self.weight[rows])


@dataclass(frozen=True, slots=True)
class Step:
    """What happened in one turn, per table.

    Attributes
    ----------
    positions
        After the turn, shape ``(draws, actors, issues)``.
    risk
        Shape ``(draws, actors)``, from −½ (averse) to 1.
    target
        Whom each actor challenges, −1 for nobody.
    gain, chance
        The gain that it expects from it, and its chance to win.
    choice
        Whose bargain each actor takes: an initiator's index, or −1 for staying.
    """

    positions: Floats
    risk: Floats
    target: Ints
    gain: Floats
    chance: Floats
    choice: Ints


def step(x: Floats, field: Field, *, exact: bool = True) -> Step:
    """One turn: risk, challenges, bargains, choice.

    Parameters
    ----------
    x
        Positions on 0–1, shape ``(draws, actors, issues)``.
    exact
        Add up in the reference program's order, to the last bit; otherwise faster, equal but for rounding.
    """
    d = distances(x, x, field.salience)
    risk = risks(d, field.capability)
    target, gain, chance = challenges(d, risk, field, exact=exact)
    opener, partner = bargains(x, target, chance, field.salience)
    choice = choices(x, d, risk, target, opener, partner, field)
    draws, actors = np.indices(choice.shape)
    moved = np.where((choice == actors)[..., None], opener[draws, choice], partner[draws, choice])
    after = np.where((choice < 0)[..., None], x, moved)
    return Step(after, risk, target, gain, chance, choice)


def distances(x: Floats, places: Floats, salience: Floats) -> Floats:
    """How far each actor is from each place, by its own saliences; shape ``(draws, actors, places)``."""
    squares = np.zeros((x.shape[0], x.shape[1], places.shape[1]))
    norm = np.zeros(x.shape[:2])
    for k in range(x.shape[2]):
        s = salience[..., k]
        part = x[:, :, None, k] - places[:, None, :, k]
        part *= s[..., None]
        part *= part
        squares += part
        norm += s * s
    squares /= norm[..., None]
    return np.sqrt(squares, out=squares)


def utility(d: Floats, risk: Floats) -> Floats:
    """Utility of something at distance `d` to one of this risk attitude."""
    # Rounding can drive a distance a hair above 1.
    value = (1.0 - d) * (1.0 + np.minimum(d, 1.0) * risk)
    return np.asarray(value)


def contests(u: Floats, capability: Floats) -> Floats:
    """Chance that option m prevails over option n, from utilities ``(draws, actors, options)``; ½ on the diagonal."""
    draws, actors, options = u.shape
    strength = np.full((draws, options, options), LEAST_COALITION)
    part = np.empty_like(strength)
    each = _by_actor(u, 1)
    for k in range(actors):
        np.subtract(each[k, :, :, None], each[k, :, None, :], out=part)
        part *= capability[:, k, None, None]
        np.maximum(part, 0.0, out=part)
        strength += part
    np.add(strength, strength.transpose(0, 2, 1), out=part)
    strength /= part
    return strength


def conditional(p: Floats) -> Floats:
    """Chance of each option to beat all others, given that one does; shape ``(draws, options)``."""
    chance: Floats = np.multiply.reduce(p, axis=2)
    chance /= chance.sum(axis=1, keepdims=True)
    return chance


def risks(d: Floats, capability: Floats) -> Floats:
    """Risk attitude of each actor, from the chances of the positions as they stand."""
    chance = conditional(contests(utility(d, np.zeros(1)), capability))
    low, high = chance.min(axis=1, keepdims=True), chance.max(axis=1, keepdims=True)
    spread = 2.0 * (high - low)
    # All positions equally likely: nobody is more exposed than another. The reference program divides by zero here.
    return np.where(spread > 0, (3.0 * chance - (high + 2.0 * low)) / np.where(spread > 0, spread, 1.0), 0.0)


def challenges(d: Floats, risk: Floats, field: Field, *, exact: bool = True) -> tuple[Ints, Floats, Floats]:
    """Whom each actor challenges, what it expects to gain, and its chance to win, all in its own view."""
    w = field.weight
    # seen[b, i, n]: the risk attitude of n as i sees it; own[b, i, n]: utility of i's position to n, as i sees it.
    seen = (2.0 * risk[:, :, None] + risk[:, None, :]) / 3.0
    own = utility(d.transpose(0, 2, 1), seen)
    its = utility(d, np.einsum("bii->bi", seen)[..., None])
    ours = LEAST_SUPPORT + w[:, :, None] * np.maximum(1.0 - its, 0.0)
    theirs = LEAST_SUPPORT + w[:, None, :] * np.maximum(1.0 - own, 0.0)
    won, lost = (_support if exact else _support_quickly)(d, seen, own, ours, theirs, w)
    total = won + lost
    p = won / total
    s = field.total[:, None, :]
    contest = p * 2.0 + (lost / total) * (its + its)
    gain = ((1.0 - s) * 2.0 + s * contest) - (1.0 + its)
    diagonal = np.arange(d.shape[1])
    gain[:, diagonal, diagonal] = -1.0
    best = gain.argmax(axis=2)
    top = np.take_along_axis(gain, best[..., None], axis=2)[..., 0]
    chance = np.take_along_axis(p, best[..., None], axis=2)[..., 0]
    return np.where(top > LEAST_GAIN, best, -1), top, chance


def _support(d: Floats, seen: Floats, own: Floats, ours: Floats, theirs: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Strength behind challenger and target once every third party has weighed in.

    A third party n expects the fight to end with chance q for i; it joins the side that leaves it better off, knowing
    that with i it falls with i, and may keep its own position if i wins.
    """
    won, lost = ours.copy(), theirs.copy()
    near, far = _by_actor(1.0 - d, 1), _by_actor(d, 1)
    attitude, place_of_i = _by_actor(seen, 2), _by_actor(own, 2)
    shape = d.shape
    u, v, q, z, t = (np.empty(shape) for _ in range(5))
    for n in range(shape[1]):
        mine = place_of_i[n, :, :, None]
        # u: utility of j's position to n, as i sees it.
        np.multiply(far[n, :, None, :], attitude[n, :, :, None], out=u)
        u += 1.0
        u *= near[n, :, None, :]
        np.subtract(mine, u, out=v)
        weight = w[:, n, None, None]
        v *= weight
        # q: chance of i, with n on the side whose position it prefers.
        np.maximum(v, 0.0, out=q)
        q += ours
        np.minimum(v, 0.0, out=t)
        np.subtract(theirs, t, out=t)
        t += q
        q /= t
        np.subtract(1.0, q, out=t)
        # z: n's expectation beside i; v: beside j.
        np.add(u, u, out=v)
        u += v
        v += 1.0
        np.multiply(q, (mine + mine) + 1.0, out=z)
        u *= t
        z += u
        q *= (mine + mine) + mine
        v *= t
        v += q
        z -= v
        z *= weight
        z[:, n, :] = 0.0
        z[:, :, n] = 0.0
        np.maximum(z, 0.0, out=t)
        won += t
        np.minimum(z, 0.0, out=t)
        lost -= t
    return won, lost


def _support_quickly(
    d: Floats, seen: Floats, own: Floats, ours: Floats, theirs: Floats, w: Floats
) -> tuple[Floats, Floats]:
    """The same to rounding error with half the work, for draws, where identical actors do not occur.

    In terms of losses (1 − utility), times weight, what n gains by joining i is q (loss to i + loss to j) − loss to j.
    """
    near = _by_actor(d * (1.0 - d) * w[:, :, None], 1)
    far = _by_actor(d * w[:, :, None], 1)
    lost_to_i = _by_actor((1.0 - own) * w[:, None, :], 2)
    attitude = _by_actor(seen, 2)
    both = ours + theirs
    net, size = np.zeros(d.shape), np.zeros(d.shape)
    loss, q, t = (np.empty(d.shape) for _ in range(3))
    for n in range(d.shape[1]):
        mine = lost_to_i[n, :, :, None]
        np.multiply(near[n, :, None, :], attitude[n, :, :, None], out=loss)
        np.subtract(far[n, :, None, :], loss, out=loss)
        np.subtract(loss, mine, out=t)
        np.maximum(t, 0.0, out=q)
        q += ours
        np.abs(t, out=t)
        t += both
        q /= t
        np.add(loss, mine, out=t)
        q *= t
        q -= loss
        q[:, n, :] = 0.0
        q[:, :, n] = 0.0
        net += q
        size += np.abs(q, out=q)
    return ours + (size + net) / 2, theirs + (size - net) / 2


def _by_actor(values: Floats, axis: int) -> Floats:
    """The array with an axis of actors brought to the front and laid out anew: slices of it are then read in one go."""
    return np.ascontiguousarray(np.moveaxis(values, axis, 0))


def bargains(x: Floats, target: Ints, chance: Floats, salience: Floats) -> tuple[Floats, Floats]:
    """Where the bargain of each challenger would put itself and its target, rounded to four decimals."""
    draws = np.arange(len(x))[:, None]
    j = np.maximum(target, 0)
    there, care = x[draws, j], salience[draws, j]
    p = chance[..., None]
    a = (salience * salience) * (p * p)
    b = (care * care) * ((1.0 - p) * (1.0 - p))
    total = a + LEAST_WEIGHT + b
    opener = ((a + LEAST_WEIGHT) * x + b * there) / total
    partner = (a * x + (LEAST_WEIGHT + b) * there) / total
    return np.floor(0.5 + opener * DECIMALS) / DECIMALS, np.floor(0.5 + partner * DECIMALS) / DECIMALS


def choices(x: Floats, d: Floats, risk: Floats, target: Ints, opener: Floats, partner: Floats, field: Field) -> Ints:
    """Whose bargain each actor takes (−1: none), the most probable of those that concern it."""
    draws, actors = target.shape
    u = utility(d, ((2.0 * risk + risk) / 3.0)[..., None])
    attitude = risk[..., None]
    value = utility(distances(x, opener, field.salience), attitude)
    value += utility(distances(x, partner, field.salience), attitude)
    stay = np.zeros((draws, actors))
    part = np.empty_like(value)
    there = _by_actor(u, 2)
    for n in range(actors):
        bystander = ((target != n) & (np.arange(actors) != n)).astype(float)
        value += np.multiply(there[n, :, :, None], bystander[:, None, :], out=part)
        stay += there[n]
    options = np.concatenate([value, stay[..., None]], axis=2)
    options /= actors
    p = contests(options, field.capability)
    # A bargain concerns its opener and its target; who challenges nobody makes no bargain.
    made = target >= 0
    concerns = np.zeros((draws, actors, actors), dtype=bool)
    index = np.arange(actors)
    concerns[:, index, index] = made
    rows, columns = np.nonzero(made)
    concerns[rows, columns, target[rows, columns]] = True
    return _most_probable(p, concerns)


def _most_probable(p: Floats, concerns: Flags) -> Ints:
    """The best option of each actor; of equal ones the first in the queue.

    Bargains queue in the order of their openers; an actor's own status quo stands just before its own bargain.
    """
    draws, actors = concerns.shape[:2]
    chance = np.ones((draws, actors + 1, actors))
    against = _by_actor(p, 2)
    for n in range(actors):
        chance[:, :, n] *= against[actors]
        np.multiply(chance, against[n, :, :, None], out=chance, where=concerns[:, n, None, :])
    stay = chance[:, actors]
    rivals = np.where(concerns, chance[:, :actors], -1.0)
    first = rivals.argmax(axis=1)
    best = np.take_along_axis(rivals, first[:, None, :], axis=1)[:, 0]
    taken = (best > stay) | ((best == stay) & (first < np.arange(actors)))
    return np.where(taken, first, -1)
