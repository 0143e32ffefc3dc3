"""Calibrated confidence: of events told with confidence 0.9, nine in ten should be right.

The product of the models' probabilities ranks events well and means little as a number. Two numbers, fitted by logistic
regression on events of sentences that the models had not seen (Platt, "Probabilistic outputs for support vector
machines", 1999; from general knowledge), map it to the share that was right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Protocol

from worldstage.coding.rows import NONE, Sentence, Span
from worldstage.coding.view import View

# Neither certainty nor impossibility can be learnt from samples.
_EDGE = 1e-4


class _Told(Protocol):
    """What of a told event counts here."""

    type: str
    confidence: float

    @property
    def at(self) -> int: ...


class Calibration:
    """``p ↦ 1 / (1 + exp(-(shift + slope · logit p)))``, increasing; by default the identity."""

    def __init__(self, shift: float = 0.0, slope: float = 1.0) -> None:
        self.shift, self.slope = shift, slope

    def __call__(self, probability: float) -> float:
        """The share of such events that is right."""
        p = min(max(probability, _EDGE), 1 - _EDGE)
        return 1.0 / (1.0 + math.exp(-(self.shift + self.slope * math.log(p / (1 - p)))))

    def inverse(self, share: float) -> float:
        """The raw probability that maps to a share."""
        p = min(max(share, _EDGE), 1 - _EDGE)
        return 1.0 / (1.0 + math.exp(-(math.log(p / (1 - p)) - self.shift) / self.slope))


def fit_calibration(probabilities: Sequence[float], right: Sequence[bool]) -> Calibration:
    """The calibration that best explains which events were right; the identity where too few were judged."""
    from sklearn.linear_model import LogisticRegression

    if len(right) < 50 or len(set(right)) < 2:
        return Calibration()
    logits = [[math.log(q / (1 - q))] for p in probabilities for q in [min(max(p, _EDGE), 1 - _EDGE)]]
    model = LogisticRegression(C=1e6).fit(logits, list(right))
    slope = float(model.coef_[0][0])
    # A map that turned the ranking round could only be noise.
    return Calibration(round(float(model.intercept_[0]), 4), round(slope, 4)) if slope > 0 else Calibration()


def judged(sentence: Sentence, view: View, told: Sequence[_Told]) -> Iterator[tuple[float, bool]]:
    """Confidence of each event told of a labelled sentence, and whether the labels bear it out.

    Right is an event with the label's trigger and type whose parties all stand in the label's parts. Labels name
    parties that are no actors (*depots outside Raqqa*); that those are not found counts against nobody.
    """
    spans = [
        (pair.trigger, pair.type, pair.actors, pair.recipients)
        for pair in sentence.pairs
        if pair.type != NONE and pair.trigger is not None
    ]
    for one in told:
        here = view.start[one.at]
        actors, recipients = _heads(view, getattr(one, "actors", ())), _heads(view, getattr(one, "recipients", ()))
        same = [s for s in spans if s[0][0] <= here < s[0][1]]
        right = any(s[1] == one.type for s in same)
        who: list[Span] = [a for s in same for a in s[2]]
        whom: list[Span] = [r for s in same for r in s[3]]
        right = right and all(_within(h, who) for h in actors) and all(_within(h, whom or who) for h in recipients)
        yield one.confidence, right


def _heads(view: View, mentions: Sequence) -> list[int]:  # type: ignore[type-arg]
    return [view.start[m.head] for m in mentions]


def _within(at: int, spans: Sequence[Span]) -> bool:
    return any(first <= at < last for first, last in spans)
