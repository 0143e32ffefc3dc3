"""Two horizons tested as one question: the whole stretch after the shock, and its beginning.

Some shocks change a relation for good, others for some weeks; a total over the whole stretch drowns the latter, one
over its beginning is a poor test of the former. Both are asked, the surer one answers, and its probability is that of
the surer of two: without a change it is as far out, in one direction or the other, no more often than it says.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from worldstage.effects.filter import Array

_NODES = 64
_STEPS, _FURTHEST = 50, 12.0


def surer_of_two(t: ArrayLike, correlation: float) -> Array:
    """Probability that the further of two standard normal variables lies beyond ±`t`.

    Parameters
    ----------
    t
        Not negative, any shape.
    correlation
        Of the two, below 1.

    Notes
    -----
    Gauss–Legendre quadrature of the part of the second that the first does not hold; no difference of numbers near
    1, so that small probabilities are exact.
    """
    from scipy.special import ndtr

    edge = np.asarray(t, dtype=float)[..., None]
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    at = edge * nodes
    density = np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi)
    beyond = ndtr((correlation * at - edge) / np.sqrt(1 - correlation**2))
    rest = 2 * (weights * density * beyond).sum(-1) * edge[..., 0]
    return np.asarray(np.minimum(2 * ndtr(-edge[..., 0]) + rest, 1.0))


def combined(scores: Array, correlation: float) -> Array:
    """One score for two, of the sign of the surer one.

    Parameters
    ----------
    scores
        In standard deviations, shape ``(series, 2)``.

    Returns
    -------
    ndarray
        Shape ``(series,)``: as far out as a standard normal variable of the same probability.
    """
    from scipy.special import ndtri

    surer = np.abs(scores).argmax(1)
    found = scores[np.arange(len(scores)), surer]
    p = np.maximum(surer_of_two(np.abs(found), correlation), 1e-300)
    return np.asarray(np.sign(found) * np.maximum(-ndtri(p / 2), 0.0))


@cache
def reach_of(score: float, correlation: float) -> float:
    """How far out the surer of two has to lie for a combined score, by bisection; the inverse of `combined`."""
    from scipy.special import ndtr

    wanted, low, high = 2 * float(ndtr(-score)), 0.0, _FURTHEST
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if float(surer_of_two(middle, correlation)) > wanted else (low, middle)
    return (low + high) / 2
