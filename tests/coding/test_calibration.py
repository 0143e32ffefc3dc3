"""Calibrated confidence: planted shares are found again, the order is kept, labels judge what was told."""

import math
import random
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.coding.calibration import Calibration, fit_calibration, judged
from worldstage.coding.rows import parse
from worldstage.coding.view import View


def test_without_numbers_it_changes_nothing():
    assert Calibration()(0.37) == pytest.approx(0.37)


@given(st.floats(-3, 3), st.floats(0.2, 3), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_the_order_is_kept_and_the_inverse_leads_back(shift, slope, one, other):
    made = Calibration(shift, slope)
    assert (made(one) <= made(other)) == (one <= other) or made(one) == pytest.approx(made(other))
    if 0.001 < made(one) < 0.999:
        assert made.inverse(made(one)) == pytest.approx(one, abs=1e-6)


def test_a_planted_overconfidence_is_found():
    luck = random.Random(3)
    told = [luck.uniform(0.05, 0.99) for _ in range(20_000)]
    truth = Calibration(-1.0, 0.8)
    right = [luck.random() < truth(p) for p in told]
    found = fit_calibration(told, right)
    assert found.shift == pytest.approx(-1.0, abs=0.08)
    assert found.slope == pytest.approx(0.8, abs=0.06)
    high = [r for p, r in zip(told, right, strict=True) if 0.85 < found(p) < 0.95]
    assert not high or math.isclose(sum(high) / len(high), 0.9, abs_tol=0.08)


def test_too_few_or_contrary_samples_change_nothing():
    assert fit_calibration([0.5] * 10, [True, False] * 5).slope == 1.0
    luck = random.Random(1)
    told = [luck.random() for _ in range(500)]
    assert fit_calibration(told, [p < 0.5 for p in told]).slope == 1.0


def test_the_labels_judge_what_was_told(nlp):
    (sentence,) = parse("Kenya warned Uganda on Monday.\n  Kenya > Uganda | THREATEN | occurred | warned\n")
    view = View(nlp(sentence.text))

    def told(kind, actors, recipients, at=1):
        mentions = [[SimpleNamespace(head=h) for h in side] for side in (actors, recipients)]
        return SimpleNamespace(type=kind, at=at, confidence=0.7, actors=mentions[0], recipients=mentions[1])

    cases = [
        (told("THREATEN", [0], [2]), True),
        (told("THREATEN", [0], []), True),
        (told("THREATEN", [2], [0]), False),
        (told("ACCUSE", [0], [2]), False),
        (told("THREATEN", [0], [2], at=4), False),
    ]
    for one, right in cases:
        assert list(judged(sentence, view, [one])) == [(0.7, right)]
