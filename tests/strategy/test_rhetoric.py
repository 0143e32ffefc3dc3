"""Tone of actors: planted differences are found, chance is not."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldstage.strategy.rhetoric import TOO_FEW, Act, voices

DAY = dt.date(2015, 11, 13)


def acts(speaker, values, *, late=False, target="X", start=0):
    day = DAY + dt.timedelta(days=5 if late else -5)
    return [Act(speaker, target, day, float(v), f"{speaker}{target}{late}{start + i}") for i, v in enumerate(values)]


def test_a_planted_change_of_tone_and_who_is_blunter():
    random = np.random.default_rng(0)
    told = [
        *acts("A", random.normal(-4, 1, 12)), *acts("A", random.normal(1, 1, 12), late=True),
        *acts("B", random.normal(4, 1, 12)), *acts("B", random.normal(4, 1, 12), late=True),
    ]  # fmt: skip
    found = voices(told, DAY)
    by = {v.speaker: v for v in found.speakers}
    assert [v.speaker for v in found.speakers] == ["A", "B"]
    assert by["A"].moved == "up"
    assert by["B"].moved == "no clear change"
    assert found.lower == (("A", "B"),)
    assert by["A"].before.mean == pytest.approx(-4, abs=0.8)
    assert by["A"].before.low < -4 < by["A"].before.high
    assert by["A"].whole.n == 24


def test_an_act_towards_two_counts_once_for_its_speaker_and_nobody_speaks_to_itself():
    one = Act("A", "X", DAY, -5.0, "e1")
    found = voices([one, Act("A", "Y", DAY, -5.0, "e1"), Act("A", "A", DAY, 9.0, "e2")], DAY)
    assert found.speakers[0].whole.n == 1
    assert found.speakers[0].whole.mean == -5
    assert {(v.speaker, v.target) for v in found.pairs} == {("A", "X"), ("A", "Y")}
    assert found.speakers[0].moved == TOO_FEW
    assert found.speakers[0].before is None


def test_few_acts_of_one_kind_are_no_certainty():
    random = np.random.default_rng(1)
    many = acts("B", random.normal(0, 3, 40))
    found = voices([*many, *acts("A", [-4, -4])], DAY)
    level = next(v.whole for v in found.speakers if v.speaker == "A")
    assert level.high - level.low > 3
    assert found.lower == ()


def test_alike_without_any_spread():
    found = voices([*acts("A", [1, 1, 1]), *acts("A", [1, 1, 1], late=True), *acts("B", [1] * 6)], DAY)
    assert all(v.moved in ("no clear change", TOO_FEW) for v in found.speakers)
    assert found.lower == ()


def test_nothing():
    assert voices([], DAY).speakers == ()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_order_does_not_matter_and_a_reversed_scale_reverses_all(seed):
    random = np.random.default_rng(seed)
    told = [
        *acts("A", random.normal(0, 2, 8)), *acts("A", random.normal(2, 2, 8), late=True),
        *acts("B", random.normal(-1, 2, 8), target="Y"),
    ]  # fmt: skip
    found = voices(told, DAY)
    again = voices([told[i] for i in random.permutation(len(told))], DAY)
    assert [v.speaker for v in found.speakers] == [v.speaker for v in again.speakers]
    for v, w in zip(found.speakers, again.speakers, strict=True):
        assert v.moved == w.moved
        assert v.whole.mean == pytest.approx(w.whole.mean)
    turned = voices([Act(a.speaker, a.target, a.date, -a.value, a.record) for a in told], DAY)
    assert {(b, a) for a, b in found.lower} == set(turned.lower)
    swap = {"up": "down", "down": "up"}
    moved = {v.speaker: v.moved for v in turned.speakers}
    assert all(moved[v.speaker] == swap.get(v.moved, v.moved) for v in found.speakers)


def test_chance_alone_seldom_moves_a_tone():
    random = np.random.default_rng(5)
    hits = 0
    for _ in range(200):
        told = [*acts("A", random.normal(0, 2, 8)), *acts("A", random.normal(0, 2, 8), late=True)]
        hits += voices(told, DAY).speakers[0].moved in ("up", "down")
    # Two sides of 5 % each.
    assert hits / 200 == pytest.approx(0.1, abs=0.06)
