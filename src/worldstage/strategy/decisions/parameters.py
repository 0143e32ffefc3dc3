"""Numbers fitted on decisions with known outcomes: the ensemble's scores and the baselines' errors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from worldstage.strategy.decisions.distribution import Floats
from worldstage.strategy.decisions.mixture import FEATURES

FILE = "parameters.json"


@dataclass(frozen=True, eq=False)
class Parameters:
    """What was fitted, and on what.

    Attributes
    ----------
    scores
        Of the ensemble, shape ``(features,)``, in the order of `mixture.FEATURES`.
    errors
        Per baseline the quantiles of its absolute error at even levels.
    about
        Where the numbers come from and how far the models were right, in words and figures.
    """

    scores: Floats
    errors: Mapping[str, Floats]
    about: Mapping[str, Any]

    def as_json(self) -> str:
        """For the shipped file."""
        table = {
            "about": dict(self.about),
            "scores": dict(zip(FEATURES, (round(v, 4) for v in self.scores.tolist()), strict=True)),
            "errors": {name: [round(v, 2) for v in e.tolist()] for name, e in self.errors.items()},
        }
        return json.dumps(table, indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> Parameters:
    """The inverse of `Parameters.as_json`."""
    table = json.loads(text)
    scores = np.array([table["scores"][name] for name in FEATURES], dtype=float)
    errors = {name: np.array(e, dtype=float) for name, e in table["errors"].items()}
    return Parameters(scores, errors, table["about"])


@cache
def shipped() -> Parameters:
    """The parameters that come with the package."""
    return from_json((files(__package__) / FILE).read_text(encoding="utf-8"))
