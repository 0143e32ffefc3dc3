"""Which input drives a result: against functions whose indices are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategy.tables import changed, emission, random_table, reordered, table, with_dummy

from worldstage.core.errors import InputError
from worldstage.strategy.draws import draw, drawn_at, uncertain
from worldstage.strategy.models import MODELS
from worldstage.strategy.pilot import affordable, settle_in_parts
from worldstage.strategy.sensitivity import Part, Sensitivity, design, indices, sensitivity


def ishigami(u):
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_the_ishigami_function():
    # Published: first-order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437 (a = 7, b = 0.1).
    found = indices(ishigami(design(3, 4096, seed=1)), 3, seed=1)
    assert found.first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert found.total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert (found.total_half < 0.05).all()


def test_a_linear_function():
    slopes = np.array([3.0, 1.0, 2.0, 0.0])
    found = indices(design(4, 1024) @ slopes, 4)
    assert found.first == pytest.approx(slopes**2 / (slopes**2).sum(), abs=0.01)
    assert found.total == pytest.approx(slopes**2 / (slopes**2).sum(), abs=0.01)


def test_the_design_is_that_of_the_reference_sampler():
    from SALib.sample import sobol

    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
    assert np.allclose(design(3, 8, seed=4), sobol.sample(problem, 8, calc_second_order=False, seed=4))


def ranged(widths):
    """Three actors of weights 3, 2, 1; positions with ranges of these widths round 50, nothing else uncertain."""
    base = table([("A", 3, 50, 1), ("B", 2, 50, 1), ("C", 1, 50, 1), ("D", 1, 10, 1)])
    half = np.array([*widths, 0.0])[:, None] / 2
    return changed(base, ranges={"position": (base.position - half, base.position + half)})


def test_the_weighted_mean_has_the_shares_that_follow_from_weights_and_ranges():
    found = sensitivity(ranged([20, 20, 40]), "mean", base=1024)[0]
    # Variance of a triangular distribution goes with its width squared: shares 9·400, 4·400 and 1·1600.
    assert {p.actor: p.first for p in found.parts} == pytest.approx(
        {"A": 3600 / 6800, "B": 1600 / 6800, "C": 1600 / 6800}, abs=0.01
    )
    assert found.text.startswith("What drives the result: A's position (53 % of the variance), ")
    assert found.runs == 1024 * 5
    assert found.noise is None


def test_noise_on_every_cell_where_no_range_is_given():
    found = sensitivity(emission(), "mean", base=512)[0]
    assert {p.quantity for p in found.parts} == {"capability", "position", "salience"}
    assert len(found.parts) == 30
    assert sum(p.first for p in found.parts) == pytest.approx(1, abs=0.03)
    # Linearised: a position moves the mean by its weight, capability and salience by weight times distance.
    base = emission()
    weight = base.weight[:, 0] / base.weight.sum()
    apart = base.position[:, 0] - (weight * base.position[:, 0]).sum()
    variance = {("position", a): (w * 0.05 * 6) ** 2 for a, w in zip(base.actors, weight, strict=True)}
    # The draws of a position are cut at the ends of the line, which no actor of the case is near to.
    for quantity in ("capability", "salience"):
        variance |= {(quantity, a): (w * d * 0.05) ** 2 for a, w, d in zip(base.actors, weight, apart, strict=True)}
    total = sum(variance.values())
    got = {(p.quantity, p.actor): p.first for p in found.parts}
    capped = {a for a, s in zip(base.actors, base.salience[:, 0], strict=True) if s > 0.9}
    for key, value in variance.items():
        if key[1] not in capped:
            assert got[key] == pytest.approx(value / total, abs=0.03)


@pytest.mark.parametrize("model", ["median", "challenge", "nash"])
def test_other_models_have_shares_within_reason(model):
    found = sensitivity(emission(), model, base=64)[0]
    assert found.parts == tuple(sorted(found.parts, key=lambda p: -p.total))
    assert all(p.total >= -1e-9 and p.first_range[0] <= p.first <= p.first_range[1] for p in found.parts)
    assert found == sensitivity(emission(), model, base=64)[0]
    assert found != sensitivity(emission(), model, base=64, seed=1)[0]


def test_two_issues_are_judged_apart_and_capability_counts_on_both():
    oil, gas = sensitivity(random_table(0, 4, 2), "mean", base=128)
    assert (oil.issue, gas.issue) == ("issue 0", "issue 1")
    by = {(p.actor, p.quantity, p.issue): p.total for p in oil.parts}
    assert len(by) == 4 + 8 + 8
    assert by["actor 0", "position", "issue 1"] == pytest.approx(0, abs=1e-9)


def test_nothing_uncertain():
    base = emission()
    still = changed(base, ranges={"position": (base.position, base.position)})
    found = sensitivity(still, "mean")[0]
    assert found.parts == ()
    assert found.text == "Nothing that is uncertain moves the result."


def test_only_what_is_outvoted_is_uncertain():
    base = table([("A", 9, 50, 1), ("B", 1, 10, 1)])
    low = np.array([[50.0], [5.0]])
    found = sensitivity(changed(base, ranges={"position": (low, base.position)}), "median", base=64)[0]
    assert found.parts == ()


@given(st.integers(0, 1000))
@settings(max_examples=15, deadline=None)
def test_order_and_a_dummy_do_not_matter(seed):
    base = random_table(seed, 5)
    order = np.random.default_rng(seed).permutation(5)
    assert not uncertain(with_dummy(base))["position"][-1].any()
    one = {(p.actor, p.quantity): p.total for p in sensitivity(base, "mean", base=256)[0].parts}
    two = {(p.actor, p.quantity): p.total for p in sensitivity(reordered(base, order), "mean", base=256)[0].parts}
    three = {(p.actor, p.quantity): p.total for p in sensitivity(with_dummy(base), "mean", base=256)[0].parts}
    assert one == pytest.approx(two, abs=0.08)
    assert one.keys() == three.keys()


def test_interplay_and_rough_figures_are_said():
    parts = (
        Part("Laos", "position", "x", 0.3, (0.1, 0.5), 0.9, (0.8, 1.0)),
        Part("B", "salience", "x", 0.1, (0.0, 0.2), 0.7, (0.6, 0.8)),
    )
    text = Sensitivity("x", "smp", parts, 64, 256, 0, 1.0, 0.05).text
    assert text == (
        "What drives the result: Laos' position (30 % of the variance), B's salience (10 %). All cells one by one make "
        "up 40 %; the rest comes of their interplay, and with it Laos' position has a part in 90 %. Rough figures, "
        "give or take 20 points, from 256 runs."
    )


def test_a_base_must_be_a_power_of_two():
    with pytest.raises(InputError, match="100 points per cell"):
        sensitivity(emission(), "mean", base=100)


def test_the_points_are_those_of_the_draws():
    base = ranged([20, 20, 40])
    u = np.random.default_rng(0).random((4000, 4, 1))
    half = {"capability": np.full((4000, 4), 0.5), "salience": np.full((4000, 4, 1), 0.5)}
    placed, drawn = drawn_at(base, {"position": u, **half}), draw(base, 4000)
    assert np.quantile(placed.position, [0.1, 0.5, 0.9], axis=0) == pytest.approx(
        np.quantile(drawn.position, [0.1, 0.5, 0.9], axis=0), abs=1.0
    )


def test_known_draws_of_a_position_take_the_place_of_its_range():
    known = np.array([0.0] * 500 + [90.0] * 500)
    base = changed(ranged([20, 20, 40]), known={(0, 0): known})
    drawn = draw(base, 4000).position[:, 0, 0]
    assert (drawn < 1).mean() == pytest.approx(0.5, abs=0.05)
    assert (drawn > 89).mean() == pytest.approx(0.5, abs=0.05)
    assert sensitivity(base, "mean", base=256)[0].parts[0].first > 0.9


@pytest.mark.parametrize("model", list(MODELS))
def test_parts_are_the_whole(model):
    sample = draw(random_table(3, 5, 2), 60)
    heard = []
    final, rest = settle_in_parts(sample, model, progress=lambda *step: heard.append(step))
    whole, at_rest = settle_in_parts(sample, model)
    assert np.allclose(final, whole)
    assert (rest == at_rest).all()
    assert heard[-1] == (60, 60)


def test_how_many_runs_a_time_allows(monkeypatch):
    clock = [0.0]

    def work(n):
        clock[0] += n * 0.004

    monkeypatch.setattr("worldstage.strategy.pilot.time.perf_counter", lambda: clock[0])
    assert affordable(work, seconds=10) == 2000
    assert affordable(work, seconds=0.01) == 200
    assert affordable(work, seconds=1000) == 10_000
    assert affordable(work, seconds=10, most=1500) == 1500
