"""Panel estimators and the structural series: planted truth and exact cases. Published cases: benchmarks/effects."""

import numpy as np
import pytest

from worldstage.effects.structural import series_effect
from worldstage.effects.synthetic import panel_effect, placebo_error


def panel(rng, effect=3.0):
    trend = np.cumsum(rng.normal(0, 1, 30))
    loads = rng.uniform(0.5, 1.5, (12, 1))
    y = 10 + loads * trend + rng.normal(0, 0.1, (12, 30))
    y[-1] = 0.5 * y[0] + 0.5 * y[1] + rng.normal(0, 0.1, 30)
    y[-1, 20:] += effect
    return y


@pytest.mark.parametrize("method", ["sdid", "sc"])
def test_a_planted_effect_is_found(method):
    found = panel_effect(panel(np.random.default_rng(1)), 1, 20, method=method)
    assert found.estimate == pytest.approx(3, abs=0.3)
    assert found.units.sum() == pytest.approx(1)
    assert (found.units >= 0).all()


def test_difference_in_differences_by_hand():
    y = np.array([[1.0, 1, 2, 2], [3, 3, 4, 4], [5, 5, 9, 9]])
    found = panel_effect(y, 1, 2, method="did")
    assert found.estimate == pytest.approx(4 - 1)
    assert found.counterfactual == pytest.approx([5, 5, 6, 6])


def test_several_treated_units_are_averaged():
    y = np.array([[1.0, 1, 2, 2], [5, 5, 9, 9], [7, 7, 9, 9]])
    assert panel_effect(y, 2, 2, method="did").estimate == pytest.approx(2)


def test_the_error_comes_from_placebos():
    assert 0 < placebo_error(panel(np.random.default_rng(2)), 1, 20, method="did") < 10
    assert np.isnan(placebo_error(np.ones((3, 5)), 1, 3))


@pytest.mark.parametrize(("treated", "split"), [(0, 2), (3, 2), (1, 1), (1, 4)])
def test_what_cannot_be_estimated_is_refused(treated, split):
    with pytest.raises(ValueError, match="controls"):
        panel_effect(np.ones((3, 4)), treated, split)


def structural(rng, effect=5.0, n=100):
    x = 100 + np.cumsum(rng.normal(0, 0.5, n))
    y = 1.2 * x + rng.normal(0, 1, n)
    y[70:] += effect
    return y, x


def test_a_planted_shift_with_a_control():
    y, x = structural(np.random.default_rng(3))
    found = series_effect(y, 70, x)
    assert found.low < 5 < found.high
    assert found.average == pytest.approx(5, abs=1)
    assert found.cumulative == pytest.approx(30 * found.average)
    assert found.p < 0.01


def test_no_shift_no_effect():
    y, x = structural(np.random.default_rng(4), effect=0.0)
    found = series_effect(y, 70, x)
    assert found.low < 0 < found.high
    assert found.p > 0.05


def test_gaps_and_weights_are_understood():
    rng = np.random.default_rng(5)
    y = rng.normal(2, 1, 60)
    y[45:] += 3
    y[[3, 10, 50]] = np.nan
    found = series_effect(y, 45, weights=np.where(np.isnan(y), 0, 2.0))
    assert found.average == pytest.approx(3, abs=0.8)
    heavy = series_effect(y, 45, weights=np.r_[np.full(45, 1.0), np.full(15, 50.0)])
    assert heavy.average_error < series_effect(y, 45).average_error


def test_with_many_controls_the_useless_ones_drop_out():
    y, x = structural(np.random.default_rng(6))
    others = np.random.default_rng(7).normal(0, 1, (100, 4))
    found = series_effect(y, 70, np.column_stack([x, others]))
    assert found.average == pytest.approx(5, abs=1)


def test_the_same_answer_each_time_and_in_any_unit():
    y, x = structural(np.random.default_rng(8))
    one, two = series_effect(y, 70, x), series_effect(10 * y, 70, x)
    assert two.average == pytest.approx(10 * one.average, rel=1e-6)
    assert series_effect(y, 70, x).average == one.average


def test_too_little_is_refused():
    with pytest.raises(ValueError, match="observations"):
        series_effect([1.0, 2.0, np.nan, np.nan, 3.0], 4)
