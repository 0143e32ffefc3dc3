"""The weighted mean: the compromise model."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.averages import weighted_mean
from worldstage.strategy.draws import Sample
from worldstage.strategy.result import Bargain, settled
from worldstage.strategy.tables import ActorTable

Floats = NDArray[np.float64]
METHOD = "Everybody accepts the mean of the positions, weighted by capability times salience."


def run(table: ActorTable) -> Bargain:
    """The compromise on every issue."""
    outcome = weighted_mean(table.position, table.weight)
    return settled(table, "mean", METHOD, outcome, "the weighted mean")


def settle(sample: Sample) -> tuple[Floats, NDArray[np.bool_]]:
    """Final positions of every draw, shape ``(draws, actors, issues)``, and whether it came to rest."""
    outcome = weighted_mean(sample.position, sample.weight)
    return sample.all_at(outcome), np.ones(len(outcome), dtype=bool)
