"""Which input drives a result: the share of the outcome's variance that each uncertain cell of a table accounts for.

The first-order index of a cell is the share of variance that would go if the cell were known; the total index the share
that would stay if everything else were known: what the cell does alone and together with others. Both are estimated
from Sobol' points in Saltelli's design (base × (cells + 2) runs), with SALib's estimators and its bootstrap ranges.

Source: the code and documentation of SALib (MIT licence), which follows Saltelli and others 2010.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError
from worldstage.strategy.averages import weighted_mean
from worldstage.strategy.draws import NOISE, Sample, drawn_at, uncertain
from worldstage.strategy.pilot import SECONDS, Progress, pace, settle_in_parts
from worldstage.strategy.tables import QUANTITIES, ActorTable, Quantity

Floats = NDArray[np.float64]
# Points per cell: a power of two, as Sobol' sequences want it.
LEAST, MOST = 64, 4096
LEVEL = 0.9
# Runs at once, so that memory stays within some hundred megabytes.
_AT_ONCE = 5_000
# Sobol' points may touch 0, where a normal number would be infinite.
_EDGE = 1e-9
# A variance below this share of the line's squared length is rounding.
_STILL = 1e-18
# Named in the sentence: at most so many cells, of at least this share; below this sum the interplay is spoken of.
_NAMED, _WORTH, _ALONE = 3, 0.05, 0.8
# Half a range of this width is said.
_ROUGH = 0.1


@dataclass(frozen=True, slots=True)
class Part:
    """What one uncertain cell accounts for, as shares of the variance, each with its 90 % range.

    Attributes
    ----------
    issue
        Of a position or salience; None for a capability, which counts on all issues.
    """

    actor: str
    quantity: Quantity
    issue: str | None
    first: float
    first_range: tuple[float, float]
    total: float
    total_range: tuple[float, float]

    @property
    def name(self) -> str:
        """``Russia's position``."""
        return f"{self.actor}'{'' if self.actor.endswith('s') else 's'} {self.quantity}"


@dataclass(frozen=True)
class Sensitivity:
    """What drives the outcome of one issue.

    Attributes
    ----------
    parts
        The greatest total share first.
    base, runs
        Points per cell, and runs of the model altogether.
    deviation
        Standard deviation of the outcome over the runs.
    noise
        Of the cells, where the table gives no ranges; else None.
    """

    issue: str
    model: str
    parts: tuple[Part, ...]
    base: int
    runs: int
    seed: int
    deviation: float
    noise: float | None

    @property
    def text(self) -> str:
        """``What drives the result: Russia's position (58 % of the variance), …``."""
        if not self.parts:
            return "Nothing that is uncertain moves the result."
        ranked = sorted(self.parts, key=lambda p: -p.first)
        named = [p for p in ranked[:_NAMED] if p.first >= _WORTH] or ranked[:1]
        shares = [f"{_percent(p.first)} of the variance" if p is named[0] else _percent(p.first) for p in named]
        listed = ", ".join(f"{p.name} ({share})" for p, share in zip(named, shares, strict=True))
        text = f"What drives the result: {listed}."
        alone = sum(max(p.first, 0.0) for p in self.parts)
        if alone < _ALONE:
            lead = self.parts[0]
            text += (
                f" All cells one by one make up {_percent(alone)}; the rest comes of their interplay, and with it "
                f"{lead.name} has a part in {_percent(lead.total)}."
            )
        error = max((p.first_range[1] - p.first_range[0]) / 2 for p in named)
        if error > _ROUGH:
            text += f" Rough figures, give or take {100 * error:.0f} points, from {self.runs:,} runs."
        return text

    def rows(self) -> list[dict[str, Any]]:
        """One row per cell, shares rounded to four digits."""
        return [
            {
                "issue": self.issue, "actor": p.actor, "quantity": p.quantity,
                "first": round(p.first, 4), "first_low": round(p.first_range[0], 4),
                "first_high": round(p.first_range[1], 4), "total": round(p.total, 4),
                "total_low": round(p.total_range[0], 4), "total_high": round(p.total_range[1], 4),
            }
            for p in self.parts
        ]  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and texts."""
        return {
            "issue": self.issue, "model": self.model, "text": self.text, "base": self.base, "runs": self.runs,
            "seed": self.seed, "noise": self.noise, "sd": round(self.deviation, 6), "level": LEVEL,
            "cells": self.rows(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Indices:
    """First-order and total indices, one per input, and half the widths of their ranges."""

    first: Floats
    first_half: Floats
    total: Floats
    total_half: Floats


def design(inputs: int, base: int, *, seed: int = 0) -> Floats:
    """Points at which to run a model, in the order that SALib's estimators expect.

    SALib's own sampler gives the same points, but fills its table number by number.

    Parameters
    ----------
    base
        A power of two.

    Returns
    -------
    ndarray
        Between 0 and 1, shape ``(base × (inputs + 2), inputs)``.
    """
    from scipy.stats import qmc

    points = qmc.Sobol(d=2 * inputs, scramble=True, seed=seed).random(base)
    a, b = points[:, :inputs], points[:, inputs:]
    out = np.repeat(a[:, None, :], inputs + 2, axis=1)
    each = np.arange(inputs)
    out[:, each + 1, each] = b
    out[:, -1] = b
    flat: Floats = np.clip(out.reshape(-1, inputs), _EDGE, 1 - _EDGE)
    return flat


def indices(outcome: Floats, inputs: int, *, seed: int = 0) -> Indices:
    """Indices from a model's outcomes at the points of `design`, in their order, with 90 % ranges."""
    from SALib.analyze import sobol  # type: ignore[import-untyped,unused-ignore]

    problem = {"num_vars": inputs, "names": [str(i) for i in range(inputs)], "bounds": [[0.0, 1.0]] * inputs}
    # SALib takes a seed of 0 for none.
    found = sobol.analyze(problem, outcome, calc_second_order=False, conf_level=LEVEL, seed=seed + 1)
    return Indices(found["S1"], found["S1_conf"], found["ST"], found["ST_conf"])


def sensitivity(
    table: ActorTable,
    model: str,
    *,
    base: int | None = None,
    seconds: float = SECONDS,
    seed: int = 0,
    noise: float = NOISE,
    progress: Progress | None = None,
    **options: Any,
) -> list[Sensitivity]:
    """What drives the outcome of every issue: the uncertain cells, as `worldstage.strategy.draws.draw` draws them.

    Parameters
    ----------
    base
        Points per cell, a power of two; if not given, as many as take about `seconds`, from 64 to 4,096.

    Raises
    ------
    InputError
        If `base` is no power of two; else as the model does.
    """
    cells = _cells(table, noise)
    if base is not None and (base < 2 or base & (base - 1)):
        raise InputError(f"{base} points per cell.", expected="a power of two, such as 256")
    if not cells:
        return [
            _sensitivity(table, k, model, [], None, (base or 0, 0), seed, noise, 0.0) for k in range(_issues(table))
        ]

    def run(points: Floats) -> Sample:
        return drawn_at(table, _uniform(table, cells, points), noise=noise)

    if base is None:
        base = _affordable_base(lambda points: settle_in_parts(run(points), model, **options), len(cells), seconds)
    points = design(len(cells), base, seed=seed)
    outcome = np.empty((len(points), _issues(table)))
    for start in range(0, len(points), _AT_ONCE):
        sample = run(points[start : start + _AT_ONCE])
        final, _ = settle_in_parts(sample, model, **options)
        outcome[start : start + len(sample)] = weighted_mean(final, sample.weight)
        if progress:
            progress(start + len(sample), len(points))
    out = []
    for k in range(_issues(table)):
        values = outcome[:, k]
        spread = float(np.std(values)) if np.isfinite(values).all() else 0.0
        length = table.line[1] - table.line[0]
        found = indices(values, len(cells), seed=seed) if spread**2 > _STILL * length**2 else None
        out.append(_sensitivity(table, k, model, cells, found, (base, len(points)), seed, noise, spread))
    return out


def _affordable_base(work: Callable[[Floats], Any], cells: int, seconds: float) -> int:
    random = np.random.default_rng(0)
    one = pace(lambda n: work(random.uniform(0.01, 0.99, (n, cells))), _AT_ONCE)
    runs = seconds / one
    base: int = 2 ** int(np.log2(max(runs / (cells + 2), 1)))
    return min(MOST, max(LEAST, base))


Cell = tuple[Quantity, int, int | None]


def _issues(table: ActorTable) -> int:
    return len(table.issues)


def _cells(table: ActorTable, noise: float) -> list[Cell]:
    """The uncertain cells: quantity, actor, and issue where it has one."""
    wide = uncertain(table, noise=noise)
    return [
        (name, int(at[0]), int(at[1]) if len(at) > 1 else None) for name in QUANTITIES for at in np.argwhere(wide[name])
    ]


def _uniform(table: ActorTable, cells: list[Cell], points: Floats) -> dict[Quantity, Floats]:
    """The points as cells of the table; a half where a cell is certain."""
    out: dict[Quantity, Floats] = {
        name: np.full((len(points), *getattr(table, name).shape), 0.5) for name in QUANTITIES
    }
    for column, (name, i, k) in enumerate(cells):
        out[name][(slice(None), i) if k is None else (slice(None), i, k)] = points[:, column]
    return out


def _sensitivity(
    table: ActorTable,
    k: int,
    model: str,
    cells: list[Cell],
    found: Indices | None,
    size: tuple[int, int],
    seed: int,
    noise: float,
    spread: float,
) -> Sensitivity:
    parts = []
    if found is not None:
        for n, (name, i, issue) in enumerate(cells):
            # An estimate below 0, or a total above 1, is sampling error; ranges keep it visible.
            parts.append(
                Part(
                    table.actors[i], name, None if issue is None else table.issues[issue],
                    float(found.first[n]), _range(found.first[n], found.first_half[n]),
                    float(found.total[n]), _range(found.total[n], found.total_half[n]),
                )
            )  # fmt: skip
    parts.sort(key=lambda p: (-p.total, p.actor, p.quantity))
    return Sensitivity(table.issues[k], model, tuple(parts), *size, seed, spread, None if table.ranges else noise)


def _range(value: float, half: float) -> tuple[float, float]:
    return float(value - half), float(value + half)


def _percent(share: float) -> str:
    return f"{100 * min(max(share, 0.0), 1.0):.0f} %"
