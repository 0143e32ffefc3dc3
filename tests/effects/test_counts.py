"""The count model: planted truth, exact limits, pasts of zeros, calibration on placebos."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from worldstage.effects.calibration import TOO_FEW, Calibration, Panel, Placebos, Span, calibrate, empirical_prior
from worldstage.effects.counts import count_effect, count_effects, effect_on, scores, verdict_of
from worldstage.effects.filter import Grid, filter_past
from worldstage.effects.predictive import Predictive, predict

GRID = Grid.of(7)
NONE = np.zeros(0, dtype=np.int64)
ALONE = Calibration(GRID.prior, (1.0, 1.0), 1.0, Placebos(NONE, NONE, np.zeros((0, 2))), 0)
SPAN = Span(52, 52, 12)


def series(rng, rate, ratio, *, dispersion=0.0, n=1):
    mean = np.r_[np.full(52, rate), np.full(12, rate * ratio)] * np.ones((n, 1))
    mixed = mean * rng.gamma(1 / dispersion, dispersion, mean.shape) if dispersion else mean
    return rng.poisson(mixed).astype(float)


def ask(counts, span=SPAN, calibration=ALONE):
    counts = np.asarray(counts, dtype=float)
    return count_effect(counts, np.ones_like(counts), span, GRID, calibration)


def test_the_prior_is_a_distribution():
    assert GRID.prior.sum() == pytest.approx(1)
    assert GRID.prior[GRID.step == 0].sum() > 0.9


@pytest.mark.parametrize(("ratio", "verdict"), [(3.0, "rose"), (0.2, "fell"), (1.0, "no clear change")])
def test_a_planted_change_is_found(ratio, verdict):
    found = ask(series(np.random.default_rng(3), 5.0, ratio)[0])
    assert found.verdict == verdict
    assert found.low <= ratio <= found.high
    assert found.expected == pytest.approx(60, rel=0.25)


def test_a_constant_poisson_past_gives_the_textbook_predictive_distribution():
    law = Grid(np.array([0.0]), np.array([0.0]), np.array([1.0]), np.array([1.0]))
    past = filter_past(np.full((1, 52), 4.0), np.ones((1, 52)), law)
    ahead = predict(past, np.ones((1, 12)), law)
    # Gamma posterior of the rate with shape 208.5 and rate 52.12: a negative binomial total.
    shape, rate = 0.5 + 208, 52 + 0.5 / (209 / 52)
    book = stats.nbinom(shape, rate / (rate + 12))
    for total in (30, 48, 70):
        lower, upper = ahead.tails(np.array([float(total)]))
        assert lower[0] == pytest.approx(book.cdf(total) - book.pmf(total) / 2, abs=2e-3)
        assert lower[0] + upper[0] == pytest.approx(1)


def test_a_past_of_zeros_works_and_an_onset_is_found():
    found = ask([0] * 52 + [4, 5, 3, 6, 4, 5, 4, 3, 5, 6, 4, 5])
    assert found.verdict == "rose"
    assert found.before == 0
    assert np.isfinite([found.ratio, found.low, found.high, found.p, found.expected]).all()
    assert found.low > 1


@pytest.mark.parametrize("counts", [[0] * 64, [0] * 52 + [1] + [0] * 11, [1, 1] + [0] * 61 + [1]])
def test_nothing_much_is_too_few_to_tell(counts):
    found = ask(counts)
    assert found.verdict == "too few to tell"
    assert found.before + found.after < TOO_FEW


def test_no_period_after_or_hardly_any_before_is_too_few():
    assert ask([5.0] * 52, Span(52, 52, 0)).verdict == "too few to tell"
    assert ask([9.0] * 20, Span(3, 3, 12)).verdict == "too few to tell"


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 40), min_size=64, max_size=64))
def test_interval_probability_and_verdict_agree(counts):
    found = ask(counts)
    assert 0 <= found.low <= found.ratio <= found.high
    assert 0 < found.p <= 1
    assert found.expected_low <= found.expected_high
    if found.verdict == "rose":
        assert found.low >= 1 - 1e-6
    if found.verdict == "fell":
        assert found.high <= 1 + 1e-6
    if found.verdict == "no clear change":
        assert found.low <= 1 + 1e-6
        assert found.high >= 1 - 1e-6


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 60), st.integers(1, 40))
def test_more_events_after_never_lower_the_score(after, more):
    counts = np.array([[3.0, 1, 4, 1, 5, 2] * 8 + [2.0] * 4 + [after] + [0] * 11])
    raised = counts.copy()
    raised[0, 52] += more
    one, two = (scores(c, np.ones_like(c), SPAN, GRID, ALONE)[0] for c in (counts, raised))
    assert two >= one


def test_exposure_takes_the_volume_of_reporting_out():
    counts = np.r_[np.full(52, 4.0), np.full(12, 12.0)]
    volume = np.r_[np.ones(52), np.full(12, 3.0)]
    assert count_effect(counts, volume, SPAN, GRID, ALONE).verdict == "no clear change"
    assert ask(counts).verdict == "rose"


def test_periods_without_volume_carry_no_information():
    counts = np.r_[np.zeros(10), np.full(42, 5.0), np.full(12, 5.0)]
    gap = np.r_[np.zeros(10), np.ones(54)]
    assert count_effect(counts, gap, SPAN, GRID, ALONE).ratio == pytest.approx(1, abs=0.1)


def test_intervals_cover_and_alarms_are_rare():
    rng = np.random.default_rng(11)
    for dispersion in (0.0, 1.0):
        planted = count_effects(series(rng, 4, 2, dispersion=dispersion, n=200), np.ones((200, 64)), SPAN, GRID, ALONE)
        assert np.mean([f.low <= 2 <= f.high for f in planted]) > 0.9
        same = count_effects(series(rng, 4, 1, dispersion=dispersion, n=200), np.ones((200, 64)), SPAN, GRID, ALONE)
        assert np.mean([f.verdict in ("rose", "fell") for f in same]) < 0.1


def bursting(rng, dyads, periods):
    """Series whose level leaves its mean for some weeks at a time."""
    log, out = np.zeros(dyads), []
    for _ in range(periods):
        log = 0.8 * log + rng.normal(0, 0.6, dyads)
        out.append(log)
    return rng.poisson(3 * np.exp(np.array(out).T - 0.5)).astype(float)


def test_dyads_that_burst_teach_a_wider_band():
    rng = np.random.default_rng(4)
    calm, wild = rng.poisson(3, (30, 240)).astype(float), bursting(rng, 30, 240)
    span = Span(180, 52, 12)
    one, two = (calibrate(Panel(c, np.ones_like(c)), span, 150, GRID) for c in (calm, wild))
    assert two.prior[GRID.step == 0].sum() < 0.3 < 0.8 < one.prior[GRID.step == 0].sum()
    widths = []
    for c in (one, two):
        found = [count_effect(y, np.ones(240), Span(228, 52, 12), GRID, c) for y in calm[:10]]
        widths.append(np.median([np.log(f.high / max(f.low, 1e-3)) for f in found]))
    assert widths[1] > 1.3 * widths[0]


def test_placebos_leave_the_shock_and_the_series_under_test_out():
    counts = np.random.default_rng(5).poisson(3, (20, 200)).astype(float)
    span = Span(110, 52, 12)
    found = calibrate(Panel(counts, np.ones_like(counts)), span, 156, GRID, leave=7).placebos
    assert len(found.splits)
    assert 7 not in found.dyads
    assert all(s + 12 <= 110 or s - 52 >= 110 for s in found.splits.tolist())


def test_without_placebo_dates_the_model_stands_alone():
    counts = np.random.default_rng(5).poisson(3, (20, 64)).astype(float)
    found = calibrate(Panel(counts, np.ones_like(counts)), SPAN, 156, GRID, leave=0)
    assert not len(found.placebos.scores)
    assert found.series > 10
    assert 0.9 < found.scales[0] <= 1


def test_each_series_teaches_once():
    likelihood = np.log(np.array([[0.9, 0.1]] * 30 + [[0.1, 0.9]]))
    weight = empirical_prior(likelihood, np.array([0] * 30 + [1]), np.array([0.5, 0.5]))
    assert weight == pytest.approx([0.5, 0.5])


def test_an_empty_panel_of_others_is_no_obstacle():
    counts = np.r_[np.full(52, 4.0), np.full(12, 12.0)][None, :]
    found, calibration = effect_on(Panel(counts, np.ones_like(counts)), 0, SPAN, GRID)
    assert found.verdict == "rose"
    assert calibration.series == 0


def test_verdicts():
    assert verdict_of(0.01, 3, few=False) == "rose"
    assert verdict_of(0.01, -3, few=False) == "fell"
    assert verdict_of(0.06, 3, few=False) == "no clear change"
    assert verdict_of(0.01, 3, few=True) == "too few to tell"


def test_a_mixture_of_one_part_is_that_part():
    one = Predictive(np.array([[10.0]]), np.array([[5.0]]), np.array([[1.0]]))
    book = stats.nbinom(5, 5 / 15)
    assert one.expected == pytest.approx([10])
    assert one.tails(np.array([7.0]))[0] == pytest.approx([book.cdf(7) - book.pmf(7) / 2])
