"""Dyadic events as arrays, and their sums over a window of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.reference.plover import QUADS

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

# What is summed per ordered pair. The first five count an event once, whoever began it; the last four by who acted.
LAYERS = ("events", "cooperation", "conflict", "talks", "score", "acts", "given", "force", "tone")
_ONCE = 5


@dataclass(frozen=True, slots=True)
class DyadEvents:
    """One entry per event and ordered pair of actors.

    Attributes
    ----------
    day
        Days since 1970-01-01.
    a, b
        Who acts and who receives: index into `names`.
    quad
        Index into `worldstage.reference.plover.QUADS`.
    score
        Intensity on [-10, 10].
    talk
        Whether the event is talks (CONSULT).
    joint
        Whether nobody of the two is the recipient; such an event stands in both directions.
    event
        Index into `ids`.
    """

    day: Whole
    a: Whole
    b: Whole
    quad: Whole
    score: Array
    talk: Flags
    joint: Flags
    event: Whole
    names: Sequence[str]
    ids: Sequence[str]

    def __post_init__(self) -> None:
        shapes = {len(x) for x in (self.day, self.a, self.b, self.quad, self.score, self.talk, self.joint, self.event)}
        if len(shapes) != 1:
            raise ValueError(f"columns of different lengths: {sorted(shapes)}")

    def within(self, first: int, days: int) -> NDArray[np.int64]:
        """The entries of a window of days."""
        return np.flatnonzero((self.day >= first) & (self.day < first + days))

    @property
    def echo(self) -> Flags:
        """Entries that repeat, the other way round, a joint event counted already."""
        return np.asarray(self.joint & (self.a > self.b))


@dataclass(frozen=True, slots=True)
class Daily:
    """The sums of `LAYERS` per day of a window and ordered pair.

    Attributes
    ----------
    actors
        The actors of the window, as indices into the names of all; `tail` and `head` are indices into these.
    sums
        Shape ``(days, layers, pairs)``.
    """

    actors: Whole
    tail: Whole
    head: Whole
    sums: Array

    @staticmethod
    def of(events: DyadEvents, first: int, days: int) -> Daily:
        """The sums over the window that begins at `first`."""
        at = events.within(first, days)
        a, b, quad, score = events.a[at], events.b[at], events.quad[at], events.score[at]
        actors = np.unique(np.concatenate([a, b]))
        n = len(actors)
        pairs, pair = np.unique(
            np.searchsorted(actors, a) * max(n, 1) + np.searchsorted(actors, b), return_inverse=True
        )
        once = (~events.echo[at]).astype(float)
        friendly = np.isin(quad, [i for i, q in enumerate(QUADS) if q.endswith("cooperation")]).astype(float)
        force = (quad == QUADS.index("material conflict")).astype(float)
        ones = np.ones(len(at))
        columns = (
            once, once * friendly, once * (1 - friendly), once * events.talk[at], once * score,
            ones, friendly, force, score,
        )  # fmt: skip
        place = (events.day[at] - first) * len(pairs) + pair
        size = days * len(pairs)
        flat = [np.bincount(place, weights=c, minlength=size).astype(float) for c in columns]
        sums = np.stack([f.reshape(days, len(pairs)) for f in flat], 1)
        return Daily(actors, pairs // max(n, 1), pairs % max(n, 1), sums)

    def tables(self, weights: Array | None = None) -> Array:
        """The sums over all days as square tables, shape ``(layers, actors, actors)``, from row to column.

        Parameters
        ----------
        weights
            How often each day counts, shape ``(days,)``; once, if not given.
        """
        flat = self.sums.sum(0) if weights is None else np.tensordot(weights, self.sums, 1)
        n = len(self.actors)
        out = np.zeros((len(LAYERS), n, n))
        out[:, self.tail, self.head] = flat
        # What is counted once has no direction.
        out[:_ONCE] += out[:_ONCE].transpose(0, 2, 1)
        return out
