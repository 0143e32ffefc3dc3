"""The spatial model of politics, with the default settings of KTAB's ``smp``.

In each turn every actor looks for the one whose challenge promises it most, taking third parties into account, and
offers it a bargain; every actor then takes the most probable of the bargains that concern it, or stays. All issues are
bargained over together. The run stops when a turn moves less than a fiftieth of what the first one did.

Positions must lie on a line with known ends, because utilities are measured against its length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError
from worldstage.strategy import smp_kernel as kernel
from worldstage.strategy.averages import weighted_mean
from worldstage.strategy.draws import Sample, once
from worldstage.strategy.result import Bargain, Turn, show
from worldstage.strategy.slabs import in_slabs
from worldstage.strategy.smp_kernel import Field, Step
from worldstage.strategy.tables import ActorTable

Floats = NDArray[np.float64]
METHOD = (
    "In each turn every actor challenges the one from whom it expects most and offers it a bargain; every actor takes "
    "the most probable bargain that concerns it (the spatial model of politics with KTAB's defaults)."
)
TURNS = 100
QUIET = 0.02
FIRST_MOVE_AT_LEAST = 1e-4
# A spread below this share of the line suggests that the line was meant to be shorter.
NARROW = 0.2
# Positions nearer than this are one position when chances are reported.
SAME = 1e-3
PARAMETERS = {
    "victory": "linear",
    "voting": "proportional",
    "chances": "conditional",
    "transitions": "deterministic",
    "risk": "mid range, adjusted by one third",
    "commitment": "semi",
    "bargains": "by salience and probability squared, opener's view",
}


@dataclass(frozen=True)
class _Setup:
    """The actors that have a say, on 0–1.

    Attributes
    ----------
    rows
        Their indices.
    x
        Shape ``(draws, rows, issues)``.
    """

    rows: NDArray[np.intp]
    x: Floats
    field: Field
    warnings: tuple[str, ...]


def run(table: ActorTable, *, turns: int = TURNS) -> Bargain:
    """Play until the positions are quiet, at most so many turns.

    Raises
    ------
    InputError
        If `turns` is below 1, or positions lie beyond the ends of the table's line.
    """
    if turns < 1:
        raise InputError(f"{turns} turns.", expected="1 or more")
    setup = _prepare(table, once(table))
    x, first, quiet = setup.x, 0.0, False
    told = [Turn(table.position, (), chances(table, table.position))]
    for t in range(1, turns + 1):
        done = kernel.step(x, setup.field)
        moved = float(_moved(x, done.positions)[0])
        first = moved if t == 1 else first
        after = _on_line(table, setup.rows, done.positions[0])
        moves = _sentences(table, setup, told[-1].positions, after, done)
        told.append(Turn(after, moves, chances(table, after)))
        x = done.positions
        quiet = t >= 2 and moved / (first + FIRST_MOVE_AT_LEAST) < QUIET
        if quiet:
            break
    last = len(told) - 1
    return Bargain(
        model="smp",
        method=METHOD,
        parameters={"turns": turns, "line": list(table.line), **PARAMETERS},
        table=table,
        turns=tuple(told),
        converged=quiet,
        ending=f"Quiet after {last} turns." if quiet else f"Still moving after {last} turns.",
        warnings=(*table.warnings, *setup.warnings),
    )


def settle(sample: Sample, *, turns: int = TURNS) -> tuple[Floats, NDArray[np.bool_]]:
    """Final positions of every draw, shape ``(draws, actors, issues)``, and whether it came to rest."""
    setup = _prepare(None, sample)
    x = setup.x.copy()
    width = len(setup.rows) ** 2
    active = np.arange(len(x))
    quiet = np.zeros(len(x), dtype=bool)
    first = np.zeros(len(x))
    for t in range(1, turns + 1):
        before, field = x[active], setup.field.take(active)

        def turn(part: slice, before: Floats = before, field: Field = field) -> Floats:
            return kernel.step(before[part], field.take(part), exact=False).positions

        after = in_slabs(turn, len(active), width)
        moved = _moved(before, after)
        x[active] = after
        if t == 1:
            first = moved
            continue
        resting = moved / (first[active] + FIRST_MOVE_AT_LEAST) < QUIET
        quiet[active[resting]] = True
        active = active[~resting]
        if not len(active):
            break
    low, high = sample.line
    final = sample.position.copy()
    final[:, setup.rows] = np.where(np.isnan(final[:, setup.rows]), np.nan, low + x * (high - low))
    return final, quiet


def chances(table: ActorTable, positions: Floats) -> Floats:
    """Chance of each actor's position to prevail, from the positions of some turn; 0 for actors without a say.

    Actors at one position share its chance.

    Parameters
    ----------
    positions
        Shape ``(actors, issues)``, on the table's scale.
    """
    low, high = table.line
    setup = _prepare(table, once(table))
    own = np.where(np.isnan(positions[setup.rows]), setup.x[0], (positions[setup.rows] - low) / (high - low))
    d = kernel.distances(own[None], own[None], setup.field.salience)
    risk = kernel.risks(d, setup.field.capability)
    near = np.sqrt(((own[:, None] - own[None]) ** 2).sum(axis=2)) < SAME
    distinct: list[int] = []
    for i in range(len(own)):
        if not near[i, distinct].any():
            distinct.append(i)
    # Nearness is not transitive: of several distinct positions nearby the last counts, as in the reference program.
    place = [int(np.flatnonzero(row)[-1]) for row in near[:, distinct]]
    u = kernel.utility(d[:, :, distinct], risk[..., None])
    found = kernel.conditional(kernel.contests(u, setup.field.capability))[0]
    shared = np.zeros(len(table.actors))
    shared[setup.rows] = found[place]
    return shared


def _prepare(table: ActorTable | None, sample: Sample) -> _Setup:
    """Check and rescale; actors without any weight are left out: they could only disturb the chances of others."""
    weight = sample.weight
    rows = np.flatnonzero((weight > 0).any(axis=(0, 2)))
    low, high = sample.line
    held = sample.position[:, rows]
    if np.nanmin(held) < low or np.nanmax(held) > high:
        raise InputError(
            f"Positions run from {np.nanmin(held):g} to {np.nanmax(held):g}, the line from {low:g} to {high:g}.",
            expected="positions on the line",
            hint="--line LOW HIGH with the line's two ends",
        )
    warnings = []
    spread = float(np.nanmax(held) - np.nanmin(held))
    if spread < NARROW * (high - low):
        warnings.append(
            f"Positions take up {spread:g} of a line of {high - low:g}, and the length of the line matters (--line)."
        )
    x = (held - low) / (high - low)
    absent = np.isnan(x)
    if absent.any():
        middle = weighted_mean(x, weight[:, rows])
        x = np.where(absent, np.nan_to_num(middle, nan=0.5)[:, None, :], x)
        warnings.append("Actors without a position on an issue are counted at its weighted mean, with salience 0.")
    salience = sample.salience[:, rows]
    largest = salience.sum(axis=2).max(axis=1)
    over = largest > 1.0 + 1e-9
    if over.any():
        # Only the shares of attention between issues, and between actors, can be meant.
        salience = np.where(over[:, None, None], salience / largest[:, None, None], salience)
        warnings.append("Some saliences add up to more than 1 over the issues; all are divided by the largest sum.")
    if table is not None and len(rows) < len(table.actors):
        idle = [a for i, a in enumerate(table.actors) if i not in set(rows.tolist())]
        warnings.append(f"Without capability or salience, and left where they are: {', '.join(idle)}.")
    return _Setup(rows, x, Field.of(sample.capability[:, rows], salience), tuple(warnings))


def _moved(before: Floats, after: Floats) -> Floats:
    """How far all actors moved together, per draw."""
    result: Floats = np.sqrt(((after - before) ** 2).sum(axis=2)).sum(axis=1)
    return result


def _on_line(table: ActorTable, rows: NDArray[np.intp], x: Floats) -> Floats:
    low, high = table.line
    positions = table.position.copy()
    positions[rows] = np.where(np.isnan(positions[rows]), np.nan, low + x * (high - low))
    return positions


def _sentences(table: ActorTable, setup: _Setup, before: Floats, after: Floats, done: Step) -> tuple[str, ...]:
    texts = []
    names = [table.actors[i] for i in setup.rows]
    for k, i in enumerate(setup.rows):
        opener = int(done.choice[0, k])
        if opener < 0 or np.allclose(before[i], after[i], rtol=0, atol=1e-9, equal_nan=True):
            continue
        partner, chance = int(done.target[0, opener]), float(done.chance[0, opener])
        if opener == k:
            why = (
                f"by the bargain it offers {names[partner]}, whom it would beat with a chance of {chance:.0%} "
                f"(expected gain {done.gain[0, k]:.3f})"
            )
        else:
            why = f"by the bargain that {names[opener]} offers, which gives itself a chance of {chance:.0%} against it"
        texts.append(f"{names[k]} moves from {_place(before[i])} to {_place(after[i])} {why}.")
    return tuple(texts)


def _place(position: Floats) -> str:
    numbers = [show(float(p)) if np.isfinite(p) else "–" for p in position]
    return numbers[0] if len(numbers) == 1 else f"({', '.join(numbers)})"
