"""The parts that the ensemble mixes, and what their chances are told from.

Outcomes fall on positions that somebody holds, on the reference point, halfway between the extremes, or freely
about the weighted mean. Each such part has a score, linear in a few features; chances are the softmax of the scores.
No feature knows which end of the line is called high.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.decisions.distribution import HIGH, LOW, Floats, Forecast, mixed
from worldstage.strategy.decisions.issue import Issue

# What a single value's score is told from; the band's score is 0.
FEATURES = {
    "held": "the value is a position that an actor holds, or the reference point",
    "middle": "the value is halfway between the extremes",
    "distance": "distance from the weighted mean, in lengths of the line",
    "share": "share of weight that holds the value",
    "reference": "the value is the reference point",
    "free end": "the value is an end of the line, and no reference point is known",
    "two": "only two positions are held",
    "proposer": "the proposing body holds the value",
    "chamber": "the second body holds the value",
}
# Features that the data decide; the others have to earn their place against a strong penalty.
CORE = ("held", "middle", "distance")
SPREAD = 30.0
RULER: Floats = np.linspace(LOW, HIGH, 101)


@dataclass(frozen=True, eq=False)
class Parts:
    """The single values of an issue, with their features.

    Attributes
    ----------
    values
        Shape ``(values,)``.
    features
        Shape ``(values, features)``, in the order of `FEATURES`.
    band
        The band's distribution function along `RULER`.
    """

    values: Floats
    features: Floats
    band: Floats


def parts(issue: Issue) -> Parts:
    """What an issue's forecast is mixed from."""
    held, index = np.unique(issue.positions, return_inverse=True)
    shares = np.bincount(index, weights=issue.weights, minlength=len(held))
    two = float(len(held) == 2)
    if issue.reference is not None and issue.reference not in held:
        held, shares = np.append(held, issue.reference), np.append(shares, 0.0)
    middle = (held.min() + held.max()) / 2
    end = (held == LOW) | (held == HIGH)
    columns = [
        np.ones(len(held)),
        np.zeros(len(held)),
        np.abs(held - issue.mean) / (HIGH - LOW),
        shares,
        _is(held, issue.reference),
        end * float(issue.reference is None),
        np.full(len(held), two),
        _is(held, issue.proposer),
        _is(held, issue.chamber),
    ]
    halfway = np.zeros(len(FEATURES))
    halfway[1], halfway[2] = 1.0, abs(middle - issue.mean) / (HIGH - LOW)
    features = np.vstack([np.stack(columns, axis=1), halfway])
    return Parts(np.append(held, middle), features, band(issue.mean, SPREAD))


def chances(given: Parts, scores: Floats) -> tuple[Floats, float]:
    """The chance of each single value, shape ``(values,)``, and that of the band."""
    score = np.append(given.features @ scores, 0.0)
    weight = np.exp(score - score.max())
    weight /= weight.sum()
    return weight[:-1], float(weight[-1])


def mix(issue: Issue, scores: Floats, model: str) -> Forecast:
    """The ensemble's forecast of an issue.

    The point is halfway between the distribution's median and the weighted mean: the median errs less on the data
    that the scores were fitted on, the mean cannot be overfitted.

    Parameters
    ----------
    scores
        Shape ``(features,)``, in the order of `FEATURES`.
    """
    given = parts(issue)
    masses, free = chances(given, scores)
    whole = mixed(issue.mean, given.values, masses, RULER, free * given.band, model)
    point = (whole.quantile(0.5) + issue.mean) / 2
    return Forecast(point, whole.values, whole.levels, model, {"mean": issue.mean, "chance of the band": free})


def band(centre: float, spread: float) -> Floats:
    """Distribution function along `RULER` of a normal one about `centre`, cut at the ends of the line."""
    raw = np.array([erf((x - centre) / (spread * sqrt(2.0))) for x in RULER.tolist()])
    level: Floats = (raw - raw[0]) / (raw[-1] - raw[0])
    return level


def _is(values: Floats, other: float | None) -> NDArray[np.float64]:
    return np.zeros(len(values)) if other is None else (values == other).astype(float)
