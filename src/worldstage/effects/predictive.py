"""What would have been counted after the shock, had nothing changed: a mixture of negative binomials."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worldstage.effects.filter import Array, Grid, Past

# Beyond this the tails of a mixture are not worth telling apart.
_TINY = 1e-14
_NEGLIGIBLE = 1e-3
_NODES, _SMOOTHING = 9, 0.25


@dataclass(frozen=True, slots=True)
class Predictive:
    """Distributions of the total of many series after the shock.

    Attributes
    ----------
    mean, size
        Of each negative binomial, shape ``(series, parts)``.
    weight
        Of each part; sums to 1 over the parts.
    """

    mean: Array
    size: Array
    weight: Array

    @property
    def expected(self) -> Array:
        """The mean of the mixture, shape ``(series,)``."""
        return np.asarray((self.weight * self.mean).sum(1))

    def tails(self, total: Array, ratio: Array | float = 1.0) -> tuple[Array, Array]:
        """Probabilities of fewer and of more than `total`, each with half that of exactly `total`.

        Parameters
        ----------
        total
            Shape ``(series,)``.
        ratio
            What the means are multiplied by: the effect under test.
        """
        from scipy.special import betainc, gammaln

        s, r = np.asarray(total, dtype=float)[:, None], np.reshape(np.asarray(ratio, dtype=float), (-1, 1))
        mean = r * self.mean
        upto = betainc(self.size, s + 1, self.size / (self.size + mean))
        exactly = np.exp(
            gammaln(s + self.size) - gammaln(self.size) - gammaln(s + 1)
            - self.size * np.log1p(mean / self.size) + s * np.log(np.maximum(mean / (self.size + mean), 1e-300))
        )  # fmt: skip
        lower = (self.weight * (upto - exactly / 2)).sum(1)
        return lower, 1 - lower

    def score(self, total: Array, ratio: Array | float = 1.0) -> Array:
        """How unusual the totals are, in standard deviations of a normal distribution; positive: more."""
        from scipy.special import ndtri

        lower, _ = self.tails(total, ratio)
        return np.asarray(ndtri(np.clip(lower, _TINY, 1 - _TINY)))


def predict(past: Past, volume: Array, grid: Grid, prior: Array | None = None) -> Predictive:
    """The distribution of the total over the periods after the shock.

    Parameters
    ----------
    volume
        After the shock, shape ``(series, periods)``.
    prior
        Logarithm of the weight of each law before the data, shape ``(laws,)``.
    """
    v = np.asarray(volume, dtype=float)
    total = v.sum(1)
    share = v / np.where(total > 0, total, 1.0)[:, None]
    mean, known, moving = _level_ahead(past, share, grid)
    noise = (share**2).sum(1)[:, None] * grid.dispersion * (1 + known + moving)
    logs = past.likelihood + (0.0 if prior is None else prior)
    weight = np.exp(logs - logs.max(1, keepdims=True))
    weight /= weight.sum(1, keepdims=True)
    return _mixed(mean * total[:, None], known, moving, noise, weight)


def _level_ahead(past: Past, share: Array, grid: Grid) -> tuple[Array, Array, Array]:
    """The level averaged over the periods after: its mean, and its relative variance, known and moving.

    *Known* is how surely the past tells the level, *moving* what the level does by itself afterwards. Of a level that
    comes back to its mean only that mean is taken: what it did just before the shock may be the shock's own shadow,
    an escalation that the shock ends in, and would pass for ordinary otherwise.

    Parameters
    ----------
    share
        Of the volume after that falls into each period, shape ``(series, periods)``.
    """
    returns = grid.memory < 1
    periods = share.shape[1]
    drifting, lagging, carried = (np.zeros((len(share), len(grid.step))) for _ in range(3))
    for t in range(periods - 1, -1, -1):
        here = share[:, t : t + 1]
        # Shares from t on: a step of a drifting level in t moves them all; of a returning one they are correlated.
        lagging += here**2 + 2 * here * grid.memory * carried
        carried = here + grid.memory * carried
        drifting += carried**2
    stationary = grid.step / np.where(returns, 1 - grid.memory**2, 1.0)
    moving = np.where(returns, stationary * lagging, grid.step * drifting)
    return np.where(returns, past.mean, past.level), np.where(returns, past.mean_variance, past.variance), moving


def _mixed(mean: Array, known: Array, moving: Array, noise: Array, weight: Array) -> Predictive:
    """The mixture over laws and over where the level may have gone, a lognormal in a few nodes.

    Laws that hardly count for any of the series are left out: most of them, for long pasts.
    """
    order = np.argsort(-weight, axis=1)
    needed = int((np.cumsum(np.take_along_axis(weight, order, 1), axis=1) < 1 - _NEGLIGIBLE).sum(1).max()) + 1
    kept = order[:, :needed]
    mean, known, moving, noise, weight = (
        np.take_along_axis(x, kept, 1)[:, :, None] for x in (mean, known, moving, noise, weight)
    )
    nodes, share = np.polynomial.hermite_e.hermegauss(_NODES)
    # A part of the movement smooths each node, so that the mixture has no steps.
    smoothed = 1 / np.maximum(known + noise + _SMOOTHING * moving, 1e-9)
    spread = np.log1p((1 - _SMOOTHING) * moving)
    means = mean * np.exp(np.sqrt(spread) * nodes - spread / 2)
    weights = np.broadcast_to(weight * share / share.sum(), means.shape)
    flat = (len(mean), -1)
    total = weights.reshape(flat).sum(1, keepdims=True)
    return Predictive(
        means.reshape(flat), np.broadcast_to(smoothed, means.shape).reshape(flat), weights.reshape(flat) / total
    )
