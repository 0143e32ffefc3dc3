import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldstage.relations.change import dispersion, rate_change


def test_a_tripled_rate_is_found():
    c = rate_change([4, 5, 3, 4, 4, 5, 12, 13, 11, 12], np.ones(10), 6)
    assert c.verdict == "rose"
    assert c.low > 1
    assert c.ratio == pytest.approx(48 / 4 / (25 / 6))
    assert c.expected == pytest.approx(25 * 4 / 6)


def test_the_volume_of_reporting_is_taken_out():
    counts, volume = [4, 4, 4, 4, 12, 12, 12, 12], [10, 10, 10, 10, 30, 30, 30, 30]
    assert rate_change(counts, volume, 4).verdict == "no clear change"
    assert rate_change(counts, volume, 4).ratio == pytest.approx(1)
    assert rate_change(counts, np.ones(8), 4).verdict == "rose"


@pytest.mark.parametrize(
    ("counts", "split"), [([1, 0, 1, 0, 1, 0], 3), ([0] * 6, 3), ([5, 5, 9, 9, 9], 2), ([9, 9, 9, 9], 4)]
)
def test_too_few_to_tell(counts, split):
    assert rate_change(counts, np.ones(len(counts)), split).verdict == "too few to tell"


def test_an_onset_from_zero_has_a_lower_bound_and_no_upper():
    c = rate_change([0, 0, 0, 0, 0, 4, 5, 6], np.ones(8), 5)
    assert c.verdict == "rose"
    assert c.ratio == c.high == float("inf")
    assert 1 < c.low < float("inf")


def test_bursts_before_widen_the_interval():
    calm = rate_change([5, 5, 5, 5, 5, 5, 8, 8, 8], np.ones(9), 6)
    burst = rate_change([0, 15, 0, 0, 15, 0, 8, 8, 8], np.ones(9), 6)
    assert burst.dispersion > 3
    assert burst.high - burst.low > calm.high - calm.low


def test_a_zero_dispersion_cannot_be():
    assert dispersion(np.array([3.0, 3.0, 3.0]), np.ones(3)) == 1.0


@settings(deadline=None)  # the first call imports SciPy
@given(st.lists(st.integers(0, 30), min_size=8, max_size=40), st.integers(3, 5))
def test_the_interval_holds_the_ratio(counts, split):
    c = rate_change(counts, np.ones(len(counts)), split)
    if c.verdict != "too few to tell":
        assert c.low <= c.ratio <= c.high


def test_intervals_cover_the_planted_ratio():
    rng = np.random.default_rng(7)
    hits = 0
    for _ in range(400):
        counts = np.concatenate([rng.poisson(4, 20), rng.poisson(8, 10)])
        c = rate_change(counts, np.ones(30), 20)
        hits += c.low <= 2 <= c.high
    assert hits / 400 >= 0.93


def test_false_alarms_are_rare_without_a_change():
    rng = np.random.default_rng(8)
    alarms = sum(rate_change(rng.poisson(3, 30), np.ones(30), 20).verdict in ("rose", "fell") for _ in range(400))
    assert alarms / 400 <= 0.06


def test_shapes_must_agree():
    with pytest.raises(ValueError, match="split"):
        rate_change([1, 2], [1, 1], 5)
