"""A forecast of a decision: a point, and a distribution over the 0–100 line with masses on single values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
LOW, HIGH = 0.0, 100.0
LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)


@dataclass(frozen=True, eq=False)
class Forecast:
    """Where a decision is expected to fall, and how sure that is.

    Attributes
    ----------
    point
        The forecast as one number, 0–100.
    values, levels
        The distribution function as a broken line: ``levels[k]`` is reached at ``values[k]``. Both never fall;
        a value that stands twice carries a mass, the rise of the levels between. Same shape.
    model
        The model's name.
    parameters
        What the model rested on, for the record.
    """

    point: float
    values: Floats
    levels: Floats
    model: str
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def quantile(self, p: float) -> float:
        """The value below which the outcome falls with chance `p`, between 0 and 1.

        Raises
        ------
        ValueError
            If `p` is no probability.
        """
        if not 0 <= p <= 1:
            raise ValueError(f"probability {p}")
        return float(np.interp(p, self.levels, self.values))

    def cdf(self, x: ArrayLike) -> Floats:
        """The chance of an outcome at `x` or below; in the shape of `x`."""
        return self._level(x, side="right")

    def below(self, x: ArrayLike) -> Floats:
        """The chance of an outcome below `x` and not at it; in the shape of `x`."""
        return self._level(x, side="left")

    @property
    def quantiles(self) -> dict[float, float]:
        """Values at the usual levels, from 5 % to 95 %."""
        return dict(zip(LEVELS, np.interp(LEVELS, self.levels, self.values).tolist(), strict=True))

    def _level(self, x: ArrayLike, *, side: str) -> Floats:
        at = np.asarray(x, dtype=float)
        # The first knot above x (right) or the last one below it (left) bounds the stretch that x lies in.
        after = np.searchsorted(self.values, at, side="right" if side == "right" else "left")
        before = np.clip(after - 1, 0, len(self.values) - 1)
        inside = np.clip(after, 0, len(self.values) - 1)
        width = self.values[inside] - self.values[before]
        share = np.where(width > 0, (at - self.values[before]) / np.where(width > 0, width, 1.0), 1.0)
        level = self.levels[before] + np.clip(share, 0.0, 1.0) * (self.levels[inside] - self.levels[before])
        level = np.where(after == 0, 0.0, np.where(after == len(self.values), 1.0, level))
        return np.asarray(level, dtype=float)


def around(point: float, spread: Floats, model: str, **parameters: Any) -> Forecast:
    """A point with a distribution of errors, the same to both sides, cut at the ends of the line.

    Parameters
    ----------
    spread
        Quantiles of the absolute error at evenly spaced levels from 0 to 1, not falling; what would lie beyond an
        end of the line lies on it.
    """
    rise = np.linspace(0.5, 1.0, len(spread))
    values = np.clip(np.concatenate([point - spread[::-1], point + spread]), LOW, HIGH)
    levels = np.concatenate([1.0 - rise[::-1], rise])
    return Forecast(point, values, levels, model, MappingProxyType(parameters))


def mixed(point: float, held: Floats, masses: Floats, ruler: Floats, band: Floats, model: str, **more: Any) -> Forecast:
    """A mixture of masses on single values and a band.

    Parameters
    ----------
    held, masses
        Values and the chance of each, shape ``(values,)``.
    ruler, band
        Values from 0 to 100 and the band's contribution to the distribution function there; same shape.
    """
    order = np.argsort(held, kind="stable")
    held, masses = held[order], masses[order]
    knots = np.unique(np.concatenate([ruler, held]))
    smooth = np.interp(knots, ruler, band)
    total = np.concatenate([[0.0], np.cumsum(masses)])
    left = smooth + total[np.searchsorted(held, knots, side="left")]
    right = smooth + total[np.searchsorted(held, knots, side="right")]
    levels = np.stack([left, right], axis=1).ravel()
    levels = np.clip(levels / levels[-1], 0.0, 1.0)
    return Forecast(point, np.repeat(knots, 2), levels, model, MappingProxyType(more))
