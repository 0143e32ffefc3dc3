"""Mean, median and Nash solution: textbook values and what has to hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategy.tables import changed, emission, mirrored, random_table, table, with_dummy

from worldstage.core.errors import InputError
from worldstage.strategy import mean, median, nash
from worldstage.strategy.averages import weighted_mean, weighted_median

positions = st.lists(st.integers(0, 100), min_size=2, max_size=9)


def test_the_emission_case():
    assert mean.run(emission()).outcome[0] == pytest.approx(7.389955686853767)
    assert median.run(emission()).outcome[0] == 7


def test_median_splits_the_weight():
    x = np.array([[0.0], [10.0], [40.0]])
    assert weighted_median(x, np.array([[1.0], [1.0], [1.0]]))[0] == 10
    assert weighted_median(x, np.array([[3.0], [1.0], [1.0]]))[0] == 0
    # Half of the weight on either side: the middle.
    assert weighted_median(x, np.array([[1.0], [1.0], [2.0]]))[0] == 25
    assert weighted_median(x, np.array([[2.0], [0.0], [2.0]]))[0] == 20


@settings(derandomize=True, deadline=None)
@given(x=positions, w=st.lists(st.integers(0, 9), min_size=9, max_size=9))
def test_no_majority_leaves_the_median(x, w):
    x, w = np.array(x, dtype=float), np.array(w[: len(x)], dtype=float)
    if not w.sum():
        return
    m = weighted_median(x[:, None], w[:, None])[0]
    assert w[x < m].sum() <= w.sum() / 2 + 1e-9
    assert w[x > m].sum() <= w.sum() / 2 + 1e-9


def test_nobody_with_weight_has_no_average():
    x, w = np.array([[1.0], [2.0]]), np.zeros((2, 1))
    assert np.isnan(weighted_mean(x, w)[0])
    assert np.isnan(weighted_median(x, w)[0])


def test_nash_of_two_equals_lies_in_the_middle():
    assert nash.run(table([("a", 3, 20, 0.5), ("b", 3, 60, 0.5)])).outcome[0] == pytest.approx(40)


@pytest.mark.parametrize("seed", range(12))
def test_nash_is_the_maximum_of_the_product(seed):
    base = random_table(seed, 6, 1 + seed % 3)
    outcome = nash.run(base).outcome
    low, high = base.position.min(axis=0), base.position.max(axis=0)
    x, best = (base.position - low) / (high - low), (outcome - low) / (high - low)

    def logarithm(y):
        gain = base.salience.sum(axis=1).max() - (base.salience * (x - y) ** 2).sum(axis=1)
        return float((base.capability * np.log(gain)).sum())

    for k in range(len(outcome)):
        for step in (-1e-3, 1e-3):
            aside = best.copy()
            aside[k] += step
            assert logarithm(aside) < logarithm(best)


def test_nash_comes_to_the_mean_as_a_breakdown_grows_dear():
    base = random_table(3, 7)
    apart = [abs(float(nash.run(base, cost=c).outcome[0] - mean.run(base).outcome[0])) for c in (1, 10, 1000)]
    assert apart[0] > apart[1] > apart[2]
    assert apart[2] < 0.05


@pytest.mark.parametrize("cost", [0.5, float("nan")])
def test_a_breakdown_cannot_be_cheap(cost):
    with pytest.raises(InputError, match="breakdown"):
        nash.run(emission(), cost=cost)


@pytest.mark.parametrize("model", [mean, median, nash])
@pytest.mark.parametrize("seed", range(4))
def test_symmetries(model, seed):
    base = random_table(seed, 8, 2)
    outcome = model.run(base).outcome
    assert np.allclose(model.run(mirrored(base)).outcome, 100 - outcome)
    scaled = changed(base, position=base.position * 3 - 50, capability=base.capability * 1e-3, line=(-50.0, 250.0))
    assert np.allclose(model.run(scaled).outcome, outcome * 3 - 50)
    assert np.allclose(model.run(with_dummy(base)).outcome, outcome)


@pytest.mark.parametrize("model", [mean, median, nash])
def test_all_accept_in_one_turn_and_say_why(model):
    bargain = model.run(emission())
    assert bargain.converged
    first, last = bargain.turns
    assert np.array_equal(first.positions, emission().position)
    assert np.ptp(last.positions) == 0
    assert len(last.moves) == (np.abs(last.positions - first.positions) > 1e-6).sum()
