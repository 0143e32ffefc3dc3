"""Propensities from dealings and wishes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldstage.strategy.affinity import affinity
from worldstage.strategy.landscape import landscape


def made(scores, events, positions, **more):
    n = len(positions)
    names = "ABCDEF"[:n]
    return affinity(names, np.array(scores, float), np.array(events), np.array(positions, float), **more)


NONE = np.zeros((3, 3))


def test_dealings_are_means_drawn_towards_nothing():
    scores, events = NONE.copy(), NONE.astype(int)
    scores[0, 1], events[0, 1] = 30, 4
    scores[1, 0], events[1, 0] = 12, 2
    found = made(scores, events, np.full((3, 1), np.nan))
    assert found.dealings[0, 1] == pytest.approx(42 / 9 / 10)
    assert found.propensities[0, 1] == found.propensities[1, 0] == found.dealings[0, 1]
    assert np.isnan(found.propensities[0, 2])
    table = found.table([1, 1, 1])
    assert "2 pairs" in table.warnings[0]
    assert table.propensities[0, 2] == 0


def test_wishes_count_by_how_certain_they_are():
    found = made(NONE, NONE.astype(int), [[0, 10], [0, 10], [100, 90]])
    assert found.wishes[0, 1] == pytest.approx(2 / 2.25)
    assert found.wishes[0, 2] == pytest.approx((-1 - 0.6) / 2.25)
    vague = made(NONE, NONE.astype(int), [[0], [0], [100]], certain=np.array([[1.0], [0.0], [0.5]]))
    assert vague.wishes[0, 1] == 0
    assert vague.wishes[0, 2] == pytest.approx(-0.5 / 0.75)


def test_friends_and_foes():
    found = made(NONE, NONE.astype(int), [[0], [5], [100]])
    edges = found.edges()
    assert dict(zip(map(tuple, edges.ends.tolist()), edges.signs.tolist(), strict=True)) == {
        (0, 1): 1, (0, 2): -1, (1, 2): -1,
    }  # fmt: skip
    assert made(NONE, NONE.astype(int), np.full((3, 1), np.nan)).edges() is None


def test_planted_blocs_come_out():
    random = np.random.default_rng(0)
    side = np.array([1, 1, 1, -1, -1, -1])
    events = random.integers(1, 9, (6, 6))
    scores = events * 6 * np.outer(side, side) + random.normal(size=(6, 6))
    positions = 50 + 35 * side[:, None] + random.normal(0, 5, (6, 2))
    lowest = landscape(made(scores, events, positions).table([1] * 6)).minima[0]
    assert {frozenset(b) for b in lowest.blocs} == {frozenset("ABC"), frozenset("DEF")}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 1))
def test_bounds_symmetry_and_order(seed, weight):
    random = np.random.default_rng(seed)
    events = random.integers(0, 4, (5, 5))
    scores = events * random.uniform(-10, 10, (5, 5))
    positions = np.where(random.random((5, 2)) < 0.3, np.nan, random.uniform(0, 100, (5, 2)))
    found = made(scores, events, positions, weight=weight)
    known = np.nan_to_num(found.propensities)
    assert (np.abs(known) <= 1).all()
    assert np.allclose(known, known.T)
    order = random.permutation(5)
    turned = made(scores[np.ix_(order, order)], events[np.ix_(order, order)], 100 - positions[order], weight=weight)
    assert np.allclose(np.nan_to_num(turned.propensities), known[np.ix_(order, order)])
