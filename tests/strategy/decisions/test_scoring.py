import numpy as np
import pytest

from worldstage.strategy.decisions.distribution import around, mixed
from worldstage.strategy.decisions.scoring import coverage, crps, interval_score, pit

RULER = np.linspace(0, 100, 101)


def sure(x):
    return mixed(x, np.array([x]), np.array([1.0]), RULER, np.zeros(101), "sure")


def test_without_spread_the_score_is_the_absolute_error():
    assert crps([sure(30.0), sure(70.0), sure(0.0)], [50.0, 70.0, 100.0]) == pytest.approx([20, 0, 100])


def test_a_coin_between_the_ends():
    coin = mixed(50.0, np.array([0.0, 100.0]), np.array([0.5, 0.5]), RULER, np.zeros(101), "coin")
    assert crps([coin, coin], [0.0, 50.0]) == pytest.approx([25, 25])


def test_an_even_spread():
    even = around(50.0, np.linspace(0, 50, 21), "even")
    # E|X-y| - E|X-X'|/2 = 25 - 100/6 at the middle, 50 - 100/6 at an end.
    assert crps([even, even], [50.0, 100.0]) == pytest.approx([25 - 100 / 6, 50 - 100 / 6], abs=0.01)


def test_the_score_is_right_between_whole_numbers():
    assert crps([sure(30.0)], [33.4]) == pytest.approx([3.4])


def test_interval_score():
    assert interval_score([10, 10], [30, 30], [20, 35], level=0.8) == pytest.approx([20, 20 + 10 * 5])


def test_coverage_counts_the_ends():
    even = around(50.0, np.linspace(0, 50, 21), "even")
    assert coverage([even] * 4, [10.0, 90.0, 5.0, 50.0]) == 0.75


def test_the_transform_is_even_where_the_chances_are_right():
    f = mixed(50.0, np.array([0.0, 100.0]), np.array([0.3, 0.2]), RULER, 0.5 * RULER / 100, "x")
    rng = np.random.default_rng(4)
    drawn = rng.choice([0.0, 100.0, -1.0], 2000, p=[0.3, 0.2, 0.5])
    drawn = np.where(drawn < 0, rng.random(2000) * 100, drawn)
    share = np.histogram(pit([f] * 2000, drawn, seed=1), 10, (0, 1))[0] / 2000
    assert np.abs(share - 0.1).max() < 0.03
    assert (pit([f], [0.0], seed=1) == pit([f], [0.0], seed=1)).all()
