"""What a bargaining model returns: the positions turn by turn, why each actor moved, and how it ended."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.averages import weighted_mean, weighted_median
from worldstage.strategy.tables import ActorTable

Floats = NDArray[np.float64]
# Digits after the point in output: more than any input has, fewer than rounding noise.
DIGITS = 12
# Share of the spread of positions below which a difference is rounding.
STILL = 1e-9


@dataclass(frozen=True)
class Turn:
    """Positions after a turn, and a sentence for each move that led there.

    Attributes
    ----------
    positions
        Shape ``(actors, issues)``, on the input's scale.
    chances
        Of each actor's position to prevail, shape ``(actors,)``, where the model says so.
    """

    positions: Floats
    moves: tuple[str, ...] = ()
    chances: Floats | None = None


@dataclass(frozen=True)
class Bargain:
    """The run of one model on one table.

    Attributes
    ----------
    method
        What the model does, in a sentence.
    turns
        The first is the input.
    converged
        Whether the positions came to rest by the model's own rule.
    ending
        How the run ended, in a sentence: at rest, in a cycle, still moving.
    """

    model: str
    method: str
    parameters: Mapping[str, Any]
    table: ActorTable
    turns: tuple[Turn, ...]
    converged: bool
    ending: str
    warnings: tuple[str, ...] = field(default=())

    @property
    def outcome(self) -> Floats:
        """The weighted mean of the last positions, one number per issue."""
        return self.mean(-1)

    def mean(self, turn: int) -> Floats:
        """The weighted mean of the positions after a turn, per issue."""
        return weighted_mean(self.turns[turn].positions, self.table.weight)

    def median(self, turn: int) -> Floats:
        """The weighted median of the positions after a turn, per issue."""
        return weighted_median(self.turns[turn].positions, self.table.weight)

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and texts; not a number becomes null."""
        turns = []
        for k, turn in enumerate(self.turns):
            told: dict[str, Any] = {
                "positions": {a: plain(p) for a, p in zip(self.table.actors, turn.positions, strict=True)},
                "mean": plain(self.mean(k)),
                "median": plain(self.median(k)),
            }
            if turn.chances is not None:
                told["chances"] = dict(zip(self.table.actors, plain(turn.chances), strict=True))
            turns.append({**told, "moves": list(turn.moves)})
        parameters = {**self.parameters, "issues": list(self.table.issues), "ending": self.ending}
        return {"model": self.model, "parameters": parameters, "turns": turns, "converged": self.converged}


def plain(values: Floats) -> list[float | None]:
    """Numbers for output: rounding noise removed, null for what is not there."""
    return [round(v, DIGITS) + 0.0 if math.isfinite(v) else None for v in (float(v) for v in values)]


def show(value: float) -> str:
    """A position for a sentence: up to four digits, without rounding noise about zero."""
    value = round(value, DIGITS) + 0.0
    return f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"


def on_issue(table: ActorTable, k: int) -> str:
    """`` on X``, where there are several issues."""
    return f" on {table.issues[k]}" if len(table.issues) > 1 else ""


def cycle(history: list[Floats], spread: float) -> tuple[int, int] | None:
    """The turn from which positions repeat, and after how many turns; none if they do not within the history.

    A period of 1 means that the positions stay.
    """
    last = len(history) - 1
    for period in range(1, last + 1):
        if not _same(history[last], history[last - period], spread):
            continue
        start = last - period
        while start > 0 and _same(history[start - 1], history[start - 1 + period], spread):
            start -= 1
        return start, period
    return None


def _same(a: Floats, b: Floats, spread: float) -> bool:
    return bool(np.nanmax(np.abs(a - b)) <= STILL * spread)


def settled(table: ActorTable, model: str, method: str, outcome: Floats, why: str, **parameters: Any) -> Bargain:
    """The result of a model that states an outcome at once: everybody who has a say accepts it in one turn."""
    after = np.where(np.isnan(table.position), np.nan, outcome)
    after = np.where(table.weight > 0, after, table.position)
    moves = []
    for i, actor in enumerate(table.actors):
        for k in np.flatnonzero(table.weight[i] > 0):
            start, end = table.position[i, k], after[i, k]
            share = table.weight[i, k] / table.weight[:, k].sum()
            if abs(end - start) > STILL * np.ptp(table.line):
                moves.append(
                    f"{actor} moves from {show(start)} to {show(end)}{on_issue(table, int(k))}, {why}; "
                    f"it holds {share:.0%} of the weight."
                )
    return Bargain(
        model=model,
        method=method,
        parameters=parameters,
        table=table,
        turns=(Turn(table.position), Turn(after, tuple(moves))),
        converged=True,
        ending="Settled in one turn.",
        warnings=table.warnings,
    )
