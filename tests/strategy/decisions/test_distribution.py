import numpy as np
import pytest

from worldstage.strategy.decisions.distribution import LEVELS, around, mixed

RULER = np.linspace(0, 100, 101)


def test_a_mass_is_a_jump_of_the_distribution_function():
    f = mixed(50.0, np.array([20.0, 80.0]), np.array([0.25, 0.25]), RULER, 0.5 * RULER / 100, "x")
    assert float(f.below(20)) == pytest.approx(0.1)
    assert float(f.cdf(20)) == pytest.approx(0.35)
    assert float(f.cdf(50)) == pytest.approx(0.5)
    assert f.quantile(0.2) == 20
    assert f.quantile(0.35) == 20
    assert f.quantile(0.36) == pytest.approx(22)


def test_masses_at_the_ends_and_between_the_marks_of_the_ruler():
    f = mixed(50.0, np.array([0.0, 33.3, 100.0]), np.array([0.2, 0.1, 0.3]), RULER, 0.4 * RULER / 100, "x")
    assert float(f.below(0)) == 0
    assert float(f.cdf(0)) == pytest.approx(0.2)
    assert float(f.cdf(33.3) - f.below(33.3)) == pytest.approx(0.1)
    assert float(f.below(100)) == pytest.approx(0.7)
    assert float(f.cdf(100)) == 1
    assert f.quantile(0) == 0
    assert f.quantile(1) == 100


def test_the_same_value_twice_adds_up():
    f = mixed(50.0, np.array([50.0, 50.0]), np.array([0.3, 0.2]), RULER, 0.5 * RULER / 100, "x")
    assert float(f.cdf(50) - f.below(50)) == pytest.approx(0.5)


def test_errors_beyond_an_end_lie_on_it():
    f = around(90.0, np.linspace(0, 40, 21), "mean")
    assert f.quantile(0.95) == 100
    assert float(f.below(100)) == pytest.approx(0.625)
    assert float(f.cdf(100)) == 1
    assert f.quantile(0.5) == pytest.approx(90)
    assert f.quantile(0.25) == pytest.approx(70)


def test_nothing_lies_outside_of_the_line():
    f = around(0.0, np.linspace(0, 100, 21), "mean")
    assert float(f.cdf(-1)) == 0
    assert float(f.cdf(0)) == pytest.approx(0.5)
    assert float(f.cdf(101)) == 1
    assert float(f.below(101)) == 1


def test_the_distribution_function_takes_arrays():
    f = around(50.0, np.linspace(0, 50, 21), "mean")
    np.testing.assert_allclose(f.cdf(np.array([[0.0, 25.0], [50.0, 75.0]])), [[0, 0.25], [0.5, 0.75]], atol=1e-9)


def test_quantiles_come_by_level():
    f = around(50.0, np.linspace(0, 50, 21), "mean")
    assert tuple(f.quantiles) == LEVELS
    assert f.quantiles[0.5] == pytest.approx(50)


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(p):
    with pytest.raises(ValueError, match="probability"):
        around(50.0, np.linspace(0, 50, 21), "mean").quantile(p)
