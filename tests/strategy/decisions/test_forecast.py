import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldstage.core.errors import InputError, UnknownNameError
from worldstage.strategy.decisions import MODELS, forecast

ALWAYS = [m for m in MODELS if m != "status-quo"]
marks = st.integers(0, 20).map(lambda i: i * 5.0)
actors = st.lists(st.tuples(marks, st.integers(0, 100), st.integers(1, 30)), min_size=1, max_size=12).filter(
    lambda rows: any(s > 0 for _, s, _ in rows)
)
ends = st.one_of(st.none(), st.sampled_from([0.0, 50.0, 100.0]))
quick = settings(deadline=None, max_examples=60)


def split(rows):
    return (np.array(c, dtype=float) for c in zip(*rows, strict=True))


def flip(v):
    return None if v is None else 100 - v


def line(f):
    return np.array([f.point, *f.quantiles.values()])


@pytest.mark.parametrize("model", list(MODELS))
@quick
@given(rows=actors, reference=st.sampled_from([0.0, 30.0, 100.0]), proposer=ends, chamber=ends)
def test_the_mirrored_issue_has_the_mirrored_forecast(model, rows, reference, proposer, chamber):
    x, s, c = split(rows)
    f = forecast(x, s, c, reference, proposer=proposer, chamber=chamber, model=model)
    g = forecast(100 - x, s, c, 100 - reference, proposer=flip(proposer), chamber=flip(chamber), model=model)
    assert g.point == pytest.approx(100 - f.point, abs=1e-6)
    np.testing.assert_allclose(g.cdf(100 - np.arange(0, 101)), 1 - f.below(np.arange(0, 101)), atol=1e-6)


@pytest.mark.parametrize("model", ALWAYS)
@quick
@given(rows=actors, reference=ends, seed=st.integers(0, 99))
def test_the_order_of_actors_does_not_matter(model, rows, reference, seed):
    shuffled = [rows[i] for i in np.random.default_rng(seed).permutation(len(rows))]
    f, g = (forecast(*split(r), reference, model=model) for r in (rows, shuffled))
    np.testing.assert_array_equal(line(f), line(g))


@pytest.mark.parametrize("model", ALWAYS)
@quick
@given(rows=actors, reference=ends, where=marks, zero=st.sampled_from(["salience", "capability"]))
def test_an_actor_without_weight_changes_nothing(model, rows, reference, where, zero):
    dummy = (where, 0, 5) if zero == "salience" else (where, 50, 0)
    f, g = (forecast(*split(r), reference, model=model) for r in (rows, [*rows, dummy]))
    np.testing.assert_array_equal(line(f), line(g))


@pytest.mark.parametrize("model", ALWAYS)
@quick
@given(rows=actors, reference=ends)
def test_quantiles_rise_and_stay_on_the_line(model, rows, reference):
    f = forecast(*split(rows), reference, model=model)
    q = [f.quantile(p) for p in np.linspace(0, 1, 41)]
    assert (np.diff(q) >= 0).all()
    assert q[0] >= 0
    assert q[-1] <= 100
    assert 0 <= f.point <= 100
    assert (np.diff(f.cdf(np.linspace(-5, 105, 221))) >= 0).all()


@quick
@given(rows=actors, unit=st.sampled_from([0.001, 0.01, 7.0]))
def test_the_unit_of_weights_does_not_matter(rows, unit):
    x, s, c = split(rows)
    np.testing.assert_allclose(line(forecast(x, s * unit, c)), line(forecast(x, s, c * unit)), atol=1e-6)


@quick
@given(rows=actors)
def test_the_point_lies_between_median_and_mean(rows):
    f = forecast(*split(rows))
    mean = forecast(*split(rows), model="mean").point
    assert f.point == pytest.approx((mean + f.quantile(0.5)) / 2)


def test_masses_lie_on_the_positions():
    f = forecast([0, 0, 70, 100], [50, 60, 70, 80])
    for held in (0, 70, 100):
        assert float(f.cdf(held) - f.below(held)) > 0.03
    assert float(f.cdf(40) - f.below(40)) == 0


def test_a_reference_point_that_nobody_holds_gets_a_mass():
    f, g = forecast([40, 100, 60], [1, 1, 1], reference=10), forecast([40, 100, 60], [1, 1, 1])
    assert float(f.cdf(10) - f.below(10)) > 0.01
    assert float(g.cdf(10) - g.below(10)) == 0


def test_known_points():
    x, s = [0, 50, 100], [1, 1, 2]
    assert forecast(x, s, model="mean").point == 62.5
    assert forecast(x, s, model="plain-mean").point == 50
    assert forecast(x, s, model="median").point == 75
    assert forecast(x, [1, 1, 3], model="median").point == 100
    assert forecast(x, s, [3, 1, 1], model="mean").point == pytest.approx((50 + 200) / 6)
    assert forecast(x, s, model="fifty").point == 50
    assert forecast(x, s, reference=30, model="status-quo").point == 30
    # Two of equal weight at the ends of their range meet in the middle.
    assert forecast([20, 80], [1, 1], model="nash").point == pytest.approx(50)


def test_the_heavier_side_draws_the_nash_solution():
    assert 50 < forecast([20, 80], [1, 3], model="nash").point < 80


def test_gaps_are_filled_and_actors_without_position_left_out():
    nan = float("nan")
    np.testing.assert_array_equal(
        line(forecast([0, 100, nan, 50], [40, 60, 90, nan])), line(forecast([0, 100, 50], [40, 60, 50]))
    )
    np.testing.assert_array_equal(line(forecast([0, 100], [0, 0])), line(forecast([0, 100])))


def test_all_of_one_mind():
    f = forecast([30, 30, 30], [10, 20, 30])
    assert f.point == pytest.approx(30, abs=5)
    assert float(f.cdf(30) - f.below(30)) > 0.4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([],), "No actor"),
        (([float("nan")],), "No actor"),
        (([10, 120],), "off the line"),
        (([10, 20], [1]), "2 positions, but 1"),
        (([10, 20], [1, -1]), "negative"),
        (([10, 20], [1, 1], [1, float("inf")]), "infinite"),
        (([10, 20], None, None, -5), "reference point of -5"),
    ],
)
def test_bad_input_is_named(arguments, words):
    with pytest.raises(InputError, match=words):
        forecast(*arguments)


def test_an_unknown_model_names_the_nearest():
    with pytest.raises(UnknownNameError, match="median"):
        forecast([10, 20], model="meddian")


def test_no_status_quo_without_a_reference_point():
    with pytest.raises(ValueError, match="reference"):
        forecast([10, 20], model="status-quo")
