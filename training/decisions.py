"""Fit the forecast of decisions: `python -m training.decisions FILE`, a table in the EU decision data's columns.

The table is not part of this project and none of its rows is kept: the result, `parameters.json`, holds nine scores,
and 21 quantiles of the absolute error of each baseline.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.decisions.distribution import Floats
from worldstage.strategy.decisions.evaluation import Decided, Trial, compare, decided, plain_errors
from worldstage.strategy.decisions.fitting import PENALTY, STRICT, baseline_errors, design, fit
from worldstage.strategy.decisions.parameters import FILE, Parameters

TARGET = Path(__file__).parents[1] / "src" / "worldstage" / "strategy" / "decisions" / FILE
SOURCE = "Arregui, J. and Perarnaud, C. (2021), Decision-making in the European Union, DEU III, doi 10.34810/data53"


def main(path: str) -> None:
    """Fit on a file, cross-validate, write the parameters."""
    data = decided(path)
    scores: Floats = fit(design(data.issues), data.outcomes)
    trials = compare(data)
    rival = plain_errors(data)
    about = about_fit(data, trials, rival)
    made = Parameters(scores, baseline_errors(data.issues, data.outcomes), about)
    TARGET.write_text(made.as_json(), encoding="utf-8")
    print(made.as_json())


def about_fit(data: Decided, trials: dict[str, Trial], rival: float) -> dict[str, object]:
    """What the parameters rest on, and how far they were right."""
    return {
        "source": SOURCE,
        "issues": len(data.issues),
        "proposals": len(set(data.proposals)),
        "penalty": PENALTY,
        "strict": STRICT,
        "cross-validation": "ten folds of whole proposals, five repetitions",
        "crps": {name: round(float(t.crps[~_missing(t)].mean()), 2) for name, t in trials.items()},
        "crps of the mean with its signed errors": round(rival, 2),
        "mean absolute error": {name: round(float(t.absolute[~_missing(t)].mean()), 2) for name, t in trials.items()},
    }


def _missing(trial: Trial) -> NDArray[np.bool_]:
    return np.isnan(trial.crps)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m training.decisions FILE")
    main(sys.argv[1])
