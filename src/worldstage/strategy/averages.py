"""Weighted mean and weighted median of positions, for one table or for many draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# A half of the weight reached to this share of it counts as reached.
HALF = 1e-12


def weighted_mean(position: Floats, weight: Floats) -> Floats:
    """Mean over actors (the last axis but one), per issue; what has no weight does not count.

    Returns
    -------
    ndarray
        One number per issue; not a number where nobody has weight.
    """
    counts = weight > 0
    total = weight.sum(axis=-2)
    with np.errstate(invalid="ignore"):
        mean = (np.where(counts, position, 0.0) * weight).sum(axis=-2) / total
    # Rounding must not push the mean of equal positions beyond them.
    low = np.where(counts, position, np.inf).min(axis=-2)
    high = np.where(counts, position, -np.inf).max(axis=-2)
    within: Floats = np.where(total > 0, np.minimum(np.maximum(mean, low), high), np.nan)
    return within


def weighted_median(position: Floats, weight: Floats) -> Floats:
    """Median over actors (the last axis but one), per issue.

    Where exactly half of the weight lies on either side, the middle between the two positions: so the result does
    not depend on the order of the actors or on which end of the line is called high.

    Returns
    -------
    ndarray
        One number per issue; not a number where nobody has weight.
    """
    held = np.where(weight > 0, position, np.inf)
    order = np.argsort(held, axis=-2, kind="stable")
    ranked = np.take_along_axis(held, order, axis=-2)
    reached = np.cumsum(np.take_along_axis(weight, order, axis=-2), axis=-2)
    half = reached[..., -1:, :] / 2
    first = np.argmax(reached >= half * (1 - HALF), axis=-2, keepdims=True)
    beyond = np.argmax(reached > half * (1 + HALF), axis=-2, keepdims=True)
    low = np.take_along_axis(ranked, first, axis=-2)
    high = np.take_along_axis(ranked, beyond, axis=-2)
    with np.errstate(invalid="ignore"):
        middle = np.where(low == high, low, (low + high) / 2)[..., 0, :]
    return np.where(half[..., 0, :] > 0, middle, np.nan)
