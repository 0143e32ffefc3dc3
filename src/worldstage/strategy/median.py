"""The weighted median: the position that no majority of weight would leave."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.averages import weighted_median
from worldstage.strategy.draws import Sample
from worldstage.strategy.result import Bargain, settled
from worldstage.strategy.tables import ActorTable

Floats = NDArray[np.float64]
METHOD = "Everybody accepts the median of the positions, weighted by capability times salience."


def run(table: ActorTable) -> Bargain:
    """The median on every issue."""
    outcome = weighted_median(table.position, table.weight)
    return settled(table, "median", METHOD, outcome, "the weighted median")


def settle(sample: Sample) -> tuple[Floats, NDArray[np.bool_]]:
    """Final positions of every draw, shape ``(draws, actors, issues)``, and whether it came to rest."""
    outcome = weighted_median(sample.position, sample.weight)
    return sample.all_at(outcome), np.ones(len(outcome), dtype=bool)
