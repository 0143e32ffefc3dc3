import numpy as np
import pytest
from tests.strategy.decisions import planted

from worldstage.strategy.decisions.baselines import POINTS
from worldstage.strategy.decisions.evaluation import Decided, compare, plain_errors
from worldstage.strategy.decisions.fitting import baseline_errors, design, fit, folds, levels
from worldstage.strategy.decisions.issue import make_issue
from worldstage.strategy.decisions.mixture import FEATURES, mix
from worldstage.strategy.decisions.parameters import from_json, shipped
from worldstage.strategy.decisions.scoring import CELLS, crps, crps_of_levels, pit

NAMES = list(FEATURES)


@pytest.fixture(scope="module")
def many():
    made = planted.issues(1500, 1)
    return made, planted.outcomes(made, 2)


def test_a_planted_mixture_is_recovered(many):
    made, outcomes = many
    found = fit(design(made), outcomes, penalty=1e-5, strict=1.0)
    for name, true in (("held", 0.8), ("distance", -4.0), ("reference", 1.0)):
        assert found[NAMES.index(name)] == pytest.approx(true, abs=0.7), name


def test_the_fitted_mixture_forecasts_as_well_as_the_true_one(many):
    made, outcomes = many
    found = fit(design(made[:1000]), outcomes[:1000], penalty=1e-3)
    new, seen = made[1000:], outcomes[1000:]
    fitted = [mix(issue, found, "fitted") for issue in new]
    true = [mix(issue, planted.SCORES, "true") for issue in new]
    assert crps(fitted, seen).mean() < 1.02 * crps(true, seen).mean()
    place = pit(fitted, seen)
    assert np.abs(np.histogram(place, 5, (0, 1))[0] / len(place) - 0.2).max() < 0.05
    assert (np.abs(place - 0.5) <= 0.4).mean() == pytest.approx(0.8, abs=0.04)


def test_a_strong_penalty_leaves_the_lesser_features_out(many):
    made, outcomes = many
    found = fit(design(made[:300]), outcomes[:300], strict=1e6)
    lesser = [i for i, name in enumerate(NAMES) if name not in ("held", "middle", "distance")]
    assert np.abs(found[lesser]).max() < 1e-2
    assert found[NAMES.index("distance")] < -1


def test_the_fit_does_not_know_left_from_right(many):
    made, outcomes = many[0][:200], many[1][:200]
    turned = [
        make_issue(100 - i.positions, i.weights, reference=None if i.reference is None else 100 - i.reference)
        for i in made
    ]
    np.testing.assert_allclose(fit(design(made), outcomes), fit(design(turned), 100 - outcomes), atol=2e-3)


def test_levels_agree_with_the_forecast_itself(many):
    made = many[0][:50]
    given = levels(design(made), planted.SCORES)
    np.testing.assert_allclose(given, [mix(i, planted.SCORES, "x").cdf(CELLS) for i in made], atol=1e-9)
    assert crps_of_levels(given, many[1][:50]) == pytest.approx(
        crps([mix(i, planted.SCORES, "x") for i in made], many[1][:50])
    )


def test_folds_never_split_a_proposal():
    groups = [f"d{i // 3}" for i in range(60)]
    tried = []
    for train, test in folds(groups, 5, seed=3):
        assert not {groups[i] for i in train} & {groups[i] for i in test}
        tried += test.tolist()
    assert sorted(tried) == list(range(60))
    with pytest.raises(ValueError, match="folds"):
        list(folds(groups, 21, seed=0))


def test_the_errors_of_baselines(many):
    errors = baseline_errors(many[0][:100], many[1][:100])
    assert set(errors) == set(POINTS)
    assert all((np.diff(e) >= 0).all() and len(e) == 21 for e in errors.values())
    assert errors["mean"][-1] == np.abs(np.array([i.mean for i in many[0][:100]]) - many[1][:100]).max()


@pytest.fixture(scope="module")
def trials():
    made = planted.issues(120, 5)
    data = Decided(tuple(made), planted.outcomes(made, 6), tuple(f"d{i // 3}" for i in range(120)))
    return compare(data, k=5, repeats=1), plain_errors(data, k=5, repeats=1)


def test_cross_validation_finds_the_ensemble_ahead_on_a_mixture(trials):
    by_model, rival = trials
    assert by_model["ensemble"].crps.mean() < 0.95 * by_model["mean"].crps.mean()
    assert by_model["mean"].crps.mean() == pytest.approx(rival, rel=0.05)
    for trial in by_model.values():
        assert trial.pit.sum() == pytest.approx(1)
        assert trial.reached80 >= trial.covered80 - 0.05


def test_issues_without_a_status_quo_are_not_scored(trials):
    by_model, _ = trials
    assert 10 < np.isnan(by_model["status-quo"].crps).sum() < 60
    assert not np.isnan(by_model["fifty"].crps).any()


def test_shipped_parameters_survive_a_round_trip_and_say_where_they_come_from():
    made = shipped()
    again = from_json(made.as_json())
    np.testing.assert_array_equal(made.scores, again.scores)
    assert set(made.errors) == set(POINTS) == set(again.errors)
    assert made.about["issues"] > 100
    assert "10.34810/data53" in made.about["source"]


def test_the_shipped_ensemble_was_ahead_when_cross_validated():
    about = shipped().about
    assert about["mean absolute error"]["ensemble"] <= about["mean absolute error"]["mean"]
    assert about["crps"]["ensemble"] <= 0.95 * about["crps of the mean with its signed errors"]
