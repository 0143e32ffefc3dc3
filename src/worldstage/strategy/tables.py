"""Who holds which position on which issue, how much they care and how much they can do: the table that models read.

Four layouts are understood, told apart by their headers:

plain
    ``actor,capability,position,salience``; one issue; saliences are shares of 1.
long
    the same with a column ``issue``: one row per actor and issue; a pair without a row takes no part.
wide
    ``actor,influence,X position,X salience,Y position,Y salience``: KTAB's columns; saliences are percentages.
KTAB's own
    the same below a line ``name,description,number of actors,number of issues``.

In the first two, ``position_low``, ``position_high`` (and so for salience and capability) give the range of a cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError

Floats = NDArray[np.float64]
Quantity = Literal["capability", "position", "salience"]
QUANTITIES: tuple[Quantity, ...] = ("capability", "position", "salience")
# The line that positions lie on where the table does not say.
LINE = (0.0, 100.0)


@dataclass(frozen=True)
class ActorTable:
    """Actors, issues, and the three numbers that bargaining models need.

    Attributes
    ----------
    capability
        Shape ``(actors,)``, not negative.
    position
        Shape ``(actors, issues)``, on the input's scale; not a number where an actor takes no part in an issue.
    salience
        Shape ``(actors, issues)``, shares of 1; 0 where an actor takes no part.
    line
        The two ends of the line that positions lie on.
    ranges
        Lowest and highest value of a quantity, each in that quantity's shape; absent ones are not uncertain.
    known
        Actor and issue, as indices → draws of that position, where more is known of it than its range; only in a table
        with ranges.
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    capability: Floats
    position: Floats
    salience: Floats
    line: tuple[float, float] = LINE
    ranges: dict[Quantity, tuple[Floats, Floats]] = field(default_factory=dict)
    source: str = "the table"
    warnings: tuple[str, ...] = ()
    known: Mapping[tuple[int, int], Floats] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        _check(self)

    @property
    def weight(self) -> Floats:
        """Capability times salience, shape ``(actors, issues)``."""
        return self.capability[:, None] * self.salience

    @property
    def idle(self) -> NDArray[np.bool_]:
        """Actors without any weight: they change nothing, and the models leave them where they are."""
        idle: NDArray[np.bool_] = self.weight.max(axis=1) <= 0
        return idle


def read_table(path: str | Path, *, line: tuple[float, float] | None = None, percent: bool = False) -> ActorTable:
    """Read a table of actors from a CSV file.

    Parameters
    ----------
    line
        The two ends of the line of positions; 0 and 100, if not given, or the outermost positions where some lie
        beyond.
    percent
        Saliences of a plain or long table are percentages, not shares of 1.

    Raises
    ------
    InputError
        With the place, for anything that is missing, doubled, broken or out of its range.
    """
    from worldstage.strategy.grid import read_grid
    from worldstage.strategy.layouts import parse

    table = parse(read_grid(path), percent=percent)
    if line is not None:
        return replace(table, line=line)
    held = table.position[table.weight > 0]
    low, high = float(held.min()), float(held.max())
    if low < LINE[0] or high > LINE[1]:
        note = f"Positions lie outside of 0 to 100; the line is taken to run from {low:g} to {high:g}."
        return replace(table, line=(low, high), warnings=(*table.warnings, note))
    return table


def _check(table: ActorTable) -> None:
    """What every model needs; said in the table's words, not NumPy's."""
    low, high = table.line
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise InputError(f"The line from {low:g} to {high:g} is none.", expected="two different ends, the lower first")
    n = len(table.actors)
    shape = (n, len(table.issues))
    if table.capability.shape != (n,) or table.position.shape != shape or table.salience.shape != shape:
        raise ValueError(f"{table.capability.shape}, {table.position.shape}, {table.salience.shape} for {shape}")
    here = table.source
    if n < 2:
        raise InputError(f"{here}: one actor cannot bargain alone.", expected="two actors or more, one row each")
    if not (~table.idle).any():
        raise InputError(f"{here}: no actor has both capability and salience above 0.")
    _bounds(table)
    moving = [k for k in range(shape[1]) if _spread(table, k) > 0]
    if not moving:
        raise InputError(
            f"{here}: all actors stand at one position; there is nothing to bargain over.",
            expected="at least two different positions among actors with capability and salience",
        )


def _bounds(table: ActorTable) -> None:
    outside = [
        ("capability", table.capability[:, None] < 0, table.capability[:, None], "not below 0"),
        ("salience", (table.salience < 0) | (table.salience > 1), table.salience, "from 0 to 1"),
    ]
    for name, wrong, values, allowed in outside:
        if wrong.any():
            i, k = (int(v) for v in np.argwhere(wrong)[0])
            raise InputError(f"{table.source}: {name} {values[i, k]:g} of {table.actors[i]}.", expected=allowed)
    absent = np.isnan(table.position) & (table.salience > 0)
    if absent.any():
        i, k = (int(v) for v in np.argwhere(absent)[0])
        raise InputError(f"{table.source}: {table.actors[i]} has a salience but no position on {table.issues[k]}.")


def _spread(table: ActorTable, k: int) -> float:
    taking_part = table.weight[:, k] > 0
    held = table.position[taking_part, k]
    return float(np.ptp(held)) if len(held) else 0.0
