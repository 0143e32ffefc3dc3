"""Propensities of actors to work together, from how they deal with each other and what they want.

Two parts, each from -1 to 1. Dealings: the mean intensity of the events between two actors over 10, drawn towards 0 as
if a few neutral events more were known. Wishes: 1 where two stand at the same place on all issues on which both have a
position, -1 at opposite ends. Where both parts are known their weighted mean counts, else the one that is.

The weights are judgements of this project, not estimates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.coalition_tables import CoalitionTable, SignedEdges, signed_edges
from worldstage.strategy.issues import HIGH, LOW

Floats = NDArray[np.float64]
# PLOVER's scale ends at 10.
_STRONGEST = 10.0
# Neutral events that every pair is credited with, and how much dealings count beside wishes.
PRIOR, DEALINGS = 3.0, 0.5
# Issues without agreement or dispute that every pair is credited with: a quarter of one on which all is certain.
PRIOR_ISSUES = 0.25
# A tie is a friend's or foe's from this propensity on, for the network of friends and foes.
TELLING = 0.1


@dataclass(frozen=True)
class Affinity:
    """Propensities between actors, and what they are made of.

    Attributes
    ----------
    propensities
        Shape ``(n, n)``, symmetric, from -1 to 1; not a number where neither part is known.
    dealings, wishes
        The two parts, in the same shape.
    events
        Between every two, shape ``(n, n)``.
    weight
        Of dealings beside wishes.
    """

    names: tuple[str, ...]
    propensities: Floats
    dealings: Floats
    wishes: Floats
    events: NDArray[np.int64]
    weight: float

    def table(self, sizes: Sequence[float], warnings: Sequence[str] = ()) -> CoalitionTable:
        """For landscape theory; pairs of whom nothing is known are indifferent, with a warning."""
        blank = [f"{self.names[i]}–{self.names[j]}" for i, j in np.argwhere(np.triu(np.isnan(self.propensities), 1))]
        said = list(warnings)
        if blank:
            said.append(
                f"Nothing is known between {len(blank)} pairs ({', '.join(blank[:3])} …): taken as indifferent."
            )
        return CoalitionTable(self.names, np.asarray(sizes, dtype=float), np.nan_to_num(self.propensities), tuple(said))

    def edges(self) -> SignedEdges | None:
        """Ties of friends and foes, those that are clear enough; None without any."""
        found = [
            (self.names[i], self.names[j], 1 if self.propensities[i, j] > 0 else -1)
            for i, j in np.argwhere(np.triu(np.abs(np.nan_to_num(self.propensities)) >= TELLING, 1))
        ]
        return signed_edges(found, where="the case") if found else None


def affinity(
    names: Sequence[str],
    scores: Floats,
    events: NDArray[np.int64],
    positions: Floats,
    *,
    certain: Floats | None = None,
    weight: float = DEALINGS,
) -> Affinity:
    """Join dealings and wishes.

    Parameters
    ----------
    scores, events
        Sum of the scores of the events from one actor (row) to another (column), and their number, shape ``(n, n)``.
    positions
        From 0 to 100, shape ``(n, issues)``; not a number where an actor has none.
    certain
        How certain each position is, 0 to 1, in the same shape; all are, if not given.
    weight
        Of dealings, 0 to 1; wishes have the rest.
    """
    both, count = scores + scores.T, events + events.T
    with np.errstate(invalid="ignore"):
        dealings = np.where(count > 0, both / (count + PRIOR) / _STRONGEST, np.nan)
    known = ~np.isnan(positions)
    trust = np.where(known, 1.0 if certain is None else certain, 0.0)
    shared = known[:, None, :] & known[None, :, :]
    counts = np.where(shared, trust[:, None, :] * trust[None, :, :], 0.0)
    alike = 1 - 2 * np.nan_to_num(np.abs(positions[:, None, :] - positions[None, :, :])) / (HIGH - LOW)
    wishes = (counts * alike).sum(axis=2) / (counts.sum(axis=2) + PRIOR_ISSUES)
    wishes = np.where(shared.any(axis=2), wishes, np.nan)
    joined = weight * dealings + (1 - weight) * wishes
    whole = np.where(np.isnan(dealings), wishes, np.where(np.isnan(wishes), dealings, joined))
    for matrix in (whole, dealings, wishes):
        np.fill_diagonal(matrix, 0.0)
    return Affinity(tuple(names), np.clip(whole, -1.0, 1.0), dealings, wishes, count, weight)
