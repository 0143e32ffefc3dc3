"""Two horizons asked as one question: their probability, which of them tells, and what placebos can show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from worldstage.effects.calibration import Calibration, Panel, Placebos, Span, calibrate
from worldstage.effects.checks import Question, placebo_in_time
from worldstage.effects.counts import count_effect, count_effects
from worldstage.effects.filter import Grid
from worldstage.effects.horizons import combined, reach_of, surer_of_two

GRID = Grid.of(7)
BOTH = Span(52, 52, 12, 6)
ALONE = Calibration.alone(GRID.prior, BOTH)


def ask(after, span=BOTH, calibration=ALONE):
    counts = np.r_[np.tile([3.0, 5.0, 4.0, 4.0], 13), np.array(after, dtype=float)]
    return count_effect(counts, np.ones_like(counts), span, GRID, calibration)


def test_the_surer_of_two_as_drawn_by_lot():
    x = np.random.default_rng(0).normal(size=(400_000, 2))
    second = 0.7 * x[:, 0] + np.sqrt(1 - 0.7**2) * x[:, 1]
    for t in (0.5, 1.5, 2.2):
        drawn = (np.maximum(np.abs(x[:, 0]), np.abs(second)) > t).mean()
        assert surer_of_two(t, 0.7) == pytest.approx(drawn, abs=2e-3)


def test_without_correlation_it_is_one_less_the_product():
    inside = 2 * stats.norm.cdf(2.0) - 1
    assert surer_of_two(2.0, 0.0) == pytest.approx(1 - inside**2)
    assert surer_of_two(9.0, 0.0) == pytest.approx(4 * stats.norm.sf(9.0), rel=1e-3)


@given(st.floats(0, 6), st.floats(0.3, 0.95))
def test_the_reach_undoes_the_combination(t, correlation):
    score = combined(np.array([[t, 0.0]]), correlation)[0]
    assert 0 <= score <= t + 1e-9
    assert reach_of(score, correlation) == pytest.approx(t, abs=2e-3)


@given(st.floats(-6, 6), st.floats(-6, 6))
def test_the_sign_is_that_of_the_surer_one(one, two):
    surer = one if abs(one) >= abs(two) else two
    assert combined(np.array([[one, two]]), 0.7)[0] * surer >= 0


@pytest.mark.parametrize(
    ("after", "periods"), [([9] * 6 + [1] * 6, 6), ([12] * 12, 12), ([4] * 12, 12), ([0] * 12, 12)]
)
def test_the_longest_horizon_that_tells_is_reported(after, periods):
    found = ask(after)
    assert found.periods == periods
    assert [h.periods for h in found.horizons] == [12, 6]
    assert found.after == sum(after[:periods])
    assert found.verdict == ("no clear change" if after == [4] * 12 else "fell" if not sum(after) else "rose")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 25), min_size=12, max_size=12))
def test_verdict_and_interval_agree(after):
    found = ask(after)
    if found.verdict == "rose":
        assert found.low >= 1 - 1e-6
    if found.verdict == "fell":
        assert found.high <= 1 + 1e-6
    if found.verdict == "no clear change":
        assert all(h.low <= 1 + 1e-3 and h.high >= 1 - 1e-3 for h in found.horizons)


def test_asking_twice_raises_no_more_alarms_than_asking_once():
    counts = np.random.default_rng(1).poisson(4, (600, 64)).astype(float)
    found = count_effects(counts, np.ones_like(counts), BOTH, GRID, ALONE)
    assert 0.02 < np.mean([f.verdict in ("rose", "fell") for f in found]) < 0.08


def test_a_probability_is_never_below_what_the_placebos_can_show():
    surge = [40] * 12
    for n, least in ((0, 1 / 21), (99, 1 / 100), (599, 1 / 600)):
        at = np.arange(n, dtype=np.int64)
        drawn = np.random.default_rng(2).normal(size=(n, 2))
        found = ask(surge, calibration=Calibration(GRID.prior, (1.0, 1.0), 1.0, Placebos(at, at, drawn), n))
        assert found.p == pytest.approx(least)
        assert found.tail <= 1e-4
        assert found.verdict == "rose"


def test_placebos_keep_clear_of_the_weeks_around_the_shock():
    counts = np.random.default_rng(5).poisson(3, (20, 260)).astype(float)
    span = Span(110, 52, 12, 6)
    made = calibrate(Panel(counts, np.ones_like(counts)), span, 156, GRID)
    assert made.placebos.scores.shape == (len(made.placebos.dyads), 2)
    assert len(made.scales) == 2
    splits = made.placebos.splits
    assert ((splits + 12 <= 110 - 4) | (splits - 52 >= 110 + 12)).all()
    assert (splits > 110).any()
    assert (splits < 110).any()


def test_dates_with_too_few_events_are_no_placebos():
    counts = np.zeros((1, 260))
    counts[0, 150:] = 3
    q = Question(Panel(counts, np.ones_like(counts)), 0, Span(248, 52, 12, 6), GRID)
    check = placebo_in_time(q, ask([4] * 12), ALONE)
    assert 0 < check.figures["placebos"] < 120


def test_no_period_on_either_side_is_no_error():
    counts = np.ones((3, 20))
    for span in (Span(0, 0, 12, 6), Span(20, 20, 0)):
        assert calibrate(Panel(counts, counts), span, 5, GRID).series == 0
