"""Volume of reporting, many series at once, and the course of an effect."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.effects.calibration import Calibration, Panel, Placebos, Span
from worldstage.effects.course import course, stages, steps
from worldstage.effects.filter import Grid
from worldstage.effects.scan import benjamini_hochberg, scan
from worldstage.effects.volume import exposures, smooth

GRID = Grid.of(7)
NONE = np.zeros(0, dtype=np.int64)
ALONE = Calibration(GRID.prior, (1.0, 1.0), 1.0, Placebos(NONE, NONE, np.zeros((0, 2))), 0)


def test_chance_is_smoothed_out_of_the_volume_and_a_jump_is_kept():
    rng = np.random.default_rng(1)
    steady = smooth(rng.poisson(100, 80))
    assert steady.std() < 0.03
    jump = smooth(np.r_[rng.poisson(1000, 40), rng.poisson(2000, 40)])
    assert jump[60] / jump[20] == pytest.approx(2, rel=0.1)


def test_little_volume_means_time_and_a_hole_means_no_data():
    assert smooth([1, 0, 2, 1]).tolist() == [1, 1, 1, 1]
    holed = smooth([100, 100, 0, 100, 100])
    assert holed[2] == 0
    assert (holed[[0, 1, 3, 4]] > 0.9).all()


def test_a_busy_dyad_is_not_measured_against_itself():
    total = np.full(60, 200.0)
    own = np.r_[np.full(40, 20.0), np.full(20, 100.0)]
    given_own = exposures(np.stack([own, np.ones(60)]), total + np.r_[np.zeros(40), np.full(20, 80.0)])
    assert given_own[0][50] / given_own[0][10] == pytest.approx(1, abs=0.05)
    assert given_own[1][50] / given_own[1][10] > 1.2


def test_benjamini_and_hochberg_as_by_hand():
    assert benjamini_hochberg([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert len(benjamini_hochberg([])) == 0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_probabilities_keep_the_order_and_never_fall(p):
    q = benjamini_hochberg(p)
    assert (q >= np.array(p) - 1e-12).all()
    assert (q <= 1).all()
    order = np.argsort(p)
    assert (np.diff(q[order]) >= -1e-12).all()


def test_a_scan_puts_the_planted_series_first():
    rng = np.random.default_rng(2)
    counts = rng.poisson(4, (40, 130)).astype(float)
    counts[5, 118:] = rng.poisson(14, 12)
    found = scan(Panel(counts, np.ones_like(counts)), np.arange(40), Span(118, 52, 12), GRID)
    q = benjamini_hochberg([f.p for f in found])
    assert int(q.argmin()) == 5
    assert (q < 0.1).sum() <= 3


@pytest.mark.parametrize(
    ("after", "word"), [([15] * 12, "lasting"), ([20] * 4 + [4] * 8, "passing"), ([4] * 8 + [20] * 4, "late"),
                        ([4] * 12, "unclear")],
)  # fmt: skip
def test_the_course_of_an_effect(after, word):
    counts = np.r_[np.tile([3.0, 5.0], 26), np.array(after, dtype=float)]
    found = stages(counts, np.ones(64), Span(52, 52, 12), GRID, ALONE)
    assert [(s.first, s.last) for s in found] == [(1, 4), (5, 8), (9, 12)]
    assert course(found) == word


def test_two_shocks_far_apart_are_told_apart_and_close_ones_not():
    rng = np.random.default_rng(3)
    counts = np.r_[rng.poisson(5, 40), rng.poisson(10, 12), rng.poisson(30, 12)].astype(float)
    apart = steps(counts, np.ones(64), [40, 52])
    assert all(s.separable for s in apart)
    assert apart[0].low < 2 < apart[0].high
    assert apart[1].low < 3 < apart[1].high
    assert not any(s.separable for s in steps(counts, np.ones(64), [51, 52])[:1])


def test_steps_of_empty_stretches_stay_finite():
    found = steps(np.r_[np.zeros(30), np.full(10, 5.0)], np.ones(40), [30])
    assert np.isfinite([found[0].ratio, found[0].low, found[0].high]).all()
    assert found[0].low > 1
