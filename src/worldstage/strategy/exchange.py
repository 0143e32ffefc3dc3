"""Exchange of support: two actors that want opposite things on two issues each give way on the one they care less for.

The decision on an issue is expected to fall at the weighted mean of the positions voted for. Who moves its vote on an
issue moves that mean by its share of the weight. In a trade i gives on issue p and j on issue q, at the rate at which
both gain the same; it goes on until one of them votes for what the other wants, or the other has got all it wants.
The trade with the greatest gain is struck first, then all are reckoned anew. What third parties gain or lose by it
does not enter.

Source: the rule of equal gain was read in the description and code of the ``decide`` exchange model (Stokman and Van
Oosten's model; GPL, nothing was taken over). Striking one trade at a time is this package's own rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError
from worldstage.strategy.draws import Sample, once
from worldstage.strategy.result import Bargain, Turn, show
from worldstage.strategy.slabs import in_slabs
from worldstage.strategy.tables import ActorTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
METHOD = (
    "Pairs of actors trade support over two issues at equal gain, the most profitable trade first; the decision is the "
    "mean of the votes weighted by capability times salience."
)
TURNS = 200
# In utility, where the range of positions on an issue counts as 1: what gains less is no trade.
LEAST_GAIN = 1e-6
DIGITS = 12


@dataclass(frozen=True)
class _Market:
    """What stays the same while trades go on; positions are in ranges of their issue.

    Attributes
    ----------
    wanted
        Shape ``(draws, actors, issues)``.
    share
        Of the weight on the issue, same shape.
    salience
        Same shape.
    """

    wanted: Floats
    share: Floats
    salience: Floats


@dataclass(frozen=True)
class _Trade:
    """The best trade of each draw: `giver` moves `given` on `issue`, `taker` moves `returned` on `other`."""

    gain: Floats
    giver: Ints
    taker: Ints
    issue: Ints
    other: Ints
    given: Floats
    returned: Floats


def run(table: ActorTable, *, turns: int = TURNS) -> Bargain:
    """Strike trades one by one until none is left, at most so many.

    Raises
    ------
    InputError
        If the table has one issue only.
    """
    if turns < 1:
        raise InputError(f"{turns} turns.", expected="1 or more")
    order = np.array(sorted(range(len(table.actors)), key=lambda i: table.actors[i]))
    market, low, span = _market(once(table), order)
    votes = market.wanted.copy()
    told = [Turn(table.position)]
    finished = False
    for _ in range(turns):
        trade = _best_trade(market, votes)
        finished = bool(trade.gain[0] < LEAST_GAIN)
        if finished:
            break
        votes = _struck(votes, trade)
        position = table.position.copy()
        position[order] = np.where(np.isnan(position[order]), np.nan, low[0] + votes[0] * span[0])
        told.append(Turn(position, (_sentence(table, order, trade, told[-1].positions, position),)))
    done = len(told) - 1
    return Bargain(
        model="exchange",
        method=METHOD,
        parameters={"turns": turns, "least_gain": LEAST_GAIN},
        table=table,
        turns=tuple(told),
        converged=finished,
        ending=f"No trade is left after {done}." if finished else f"Trades are left after {done}.",
        warnings=table.warnings,
    )


def settle(sample: Sample, *, turns: int = TURNS) -> tuple[Floats, NDArray[np.bool_]]:
    """Final votes of every draw, shape ``(draws, actors, issues)``, and whether no trade was left."""
    n = sample.position.shape[1]
    market, low, span = _market(sample, np.arange(n))
    votes = market.wanted.copy()
    active = np.arange(len(votes))
    for _ in range(turns):
        rows = active

        def turn(part: slice, rows: NDArray[np.intp] = rows) -> Floats:
            some = _Market(*(a[rows[part]] for a in (market.wanted, market.share, market.salience)))
            trade = _best_trade(some, votes[rows[part]])
            after = _struck(votes[rows[part]], trade)
            after[trade.gain < LEAST_GAIN] = np.nan
            return after

        after = in_slabs(turn, len(rows), n * n)
        open_ = ~np.isnan(after).all(axis=(1, 2))
        votes[rows[open_]] = after[open_]
        active = rows[open_]
        if not len(active):
            break
    closed = np.ones(len(votes), dtype=bool)
    closed[active] = False
    return np.where(np.isnan(sample.position), np.nan, low + votes * span), closed


def _market(sample: Sample, order: NDArray[np.intp]) -> tuple[_Market, Floats, Floats]:
    """Positions in ranges of their issue, with the low end and the range to go back by."""
    if sample.position.shape[2] < 2:
        raise InputError(
            "Support is exchanged over two issues; the table has one.", expected="a table with two issues or more"
        )
    weight = sample.weight[:, order]
    has_say = weight > 0
    position = sample.position[:, order]
    low = np.where(has_say, position, np.inf).min(axis=1, keepdims=True)
    high = np.where(has_say, position, -np.inf).max(axis=1, keepdims=True)
    low = np.where(np.isfinite(low), low, 0.0)
    span = np.where(high > low, high - low, 1.0)
    wanted = (np.where(np.isnan(position), low, position) - low) / span
    total = weight.sum(axis=1, keepdims=True)
    share = weight / np.where(total > 0, total, 1.0)
    return _Market(wanted, share, np.where(has_say, sample.salience[:, order], 0.0)), low, span


def _best_trade(market: _Market, votes: Floats) -> _Trade:
    """The trade with the greatest gain; of equal ones the first by names, as the actors are ordered."""
    wanted, share, s = market.wanted, market.share, market.salience
    draws, n, issues = wanted.shape
    decision = (votes * share).sum(axis=1)
    side = wanted - decision[:, None, :]
    side = np.where(np.abs(side) > LEAST_GAIN, np.sign(side), 0.0) * (share > 0)
    room = [_room(wanted[..., k], votes[..., k], share[..., k], side[..., k], decision[:, k]) for k in range(issues)]
    nobody, nothing = np.zeros(draws, dtype=np.int64), np.zeros(draws)
    best = _Trade(nothing, nobody, nobody, nobody, nobody, nothing, nothing)
    index = np.arange(draws)
    for p, q in permutations(range(issues), 2):
        both_q, both_p = (s[:, :, None, k] + s[:, None, :, k] for k in (q, p))
        worth = s[:, :, None, q] * s[:, None, :, p] - s[:, :, None, p] * s[:, None, :, q]
        returned = room[q].transpose(0, 2, 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            size = np.minimum(room[p] / both_q, returned / both_p)
        gain = np.where((worth > 0) & (size > 0), size * worth, 0.0).reshape(draws, n * n)
        gain = np.round(gain, DIGITS)
        top = gain.argmax(axis=1)
        i, j = np.divmod(top, n)
        better = gain[index, top] > best.gain
        amount = np.nan_to_num(size.reshape(draws, n * n)[index, top])
        best = _Trade(
            gain=np.where(better, gain[index, top], best.gain),
            giver=np.where(better, i, best.giver),
            taker=np.where(better, j, best.taker),
            issue=np.where(better, p, best.issue),
            other=np.where(better, q, best.other),
            given=np.where(better, amount * both_q[index, i, j], best.given),
            returned=np.where(better, amount * both_p[index, i, j], best.returned),
        )
    return _signed(best, market, side)


def _room(wanted: Floats, votes: Floats, share: Floats, side: Floats, decision: Floats) -> Floats:
    """How far i can shift the decision to j's liking by voting j's way; 0 unless they are on opposite sides."""
    toward = side[:, None, :]
    move = (wanted[:, None, :] - votes[:, :, None]) * toward * share[:, :, None]
    lacking = np.abs(wanted - decision[:, None])[:, None, :]
    opposed = side[:, :, None] * toward < 0
    result: Floats = np.where(opposed, np.maximum(np.minimum(move, lacking), 0.0), 0.0)
    return result


def _signed(trade: _Trade, market: _Market, side: Floats) -> _Trade:
    """The trade with shifts of the decision turned into shifts of votes, in their direction."""
    index = np.arange(len(trade.gain))
    shares = (market.share[index, trade.giver, trade.issue], market.share[index, trade.taker, trade.other])
    sides = (side[index, trade.taker, trade.issue], side[index, trade.giver, trade.other])
    given, returned = (
        np.where(share > 0, shift * way / np.where(share > 0, share, 1.0), 0.0)
        for shift, way, share in zip((trade.given, trade.returned), sides, shares, strict=True)
    )
    return _Trade(trade.gain, trade.giver, trade.taker, trade.issue, trade.other, given, returned)


def _struck(votes: Floats, trade: _Trade) -> Floats:
    """The votes after the trade of each draw."""
    after = votes.copy()
    index = np.arange(len(votes))
    after[index, trade.giver, trade.issue] += trade.given
    after[index, trade.taker, trade.other] += trade.returned
    return after


def _sentence(table: ActorTable, order: NDArray[np.intp], trade: _Trade, before: Floats, after: Floats) -> str:
    giver, taker = int(order[trade.giver[0]]), int(order[trade.taker[0]])
    p, q = int(trade.issue[0]), int(trade.other[0])
    return (
        f"{table.actors[giver]} moves from {show(before[giver, p])} to {show(after[giver, p])} on {table.issues[p]} "
        f"for {table.actors[taker]}, which moves from {show(before[taker, q])} to {show(after[taker, q])} on "
        f"{table.issues[q]}; each gains {trade.gain[0]:.4f}."
    )
