"""Many series at once: which of them moved, with the false discoveries held down."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from worldstage.effects.calibration import Panel, Span, calibrate
from worldstage.effects.counts import CountEffect, count_effects
from worldstage.effects.filter import Array, Grid

# Series are calibrated in classes of like activity, a class per factor of this.
_CLASS = 2.0


def benjamini_hochberg(p: ArrayLike) -> Array:
    """Adjusted probabilities: reporting those up to 0.1 lets on average one finding in ten be false.

    References
    ----------
    Benjamini and Hochberg (1995), step-up procedure. From general knowledge.
    """
    values = np.asarray(p, dtype=float)
    if not len(values):
        return values
    order = np.argsort(values)
    raised = values[order] * len(values) / np.arange(1, len(values) + 1)
    out = np.empty_like(values)
    out[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return out


def scan(panel: Panel, rows: ArrayLike, span: Span, grid: Grid) -> list[CountEffect]:
    """The effect on each of these rows of a panel, in their order; calibrated per class of activity."""
    wanted = np.asarray(rows, dtype=np.int64)
    before = panel.counts[wanted, span.first : span.split].sum(1)
    classes = np.where(before == 0, -1, np.floor(np.log(before + 0.5) / np.log(_CLASS))).astype(int)
    out: dict[int, CountEffect] = {}
    for one in np.unique(classes):
        members = np.flatnonzero(classes == one)
        calibration = calibrate(panel, span, float(np.median(before[members])), grid)
        at = wanted[members]
        found = count_effects(panel.counts[at], panel.exposure[at], span, grid, calibration)
        out.update(zip(members.tolist(), found, strict=True))
    return [out[i] for i in range(len(wanted))]
