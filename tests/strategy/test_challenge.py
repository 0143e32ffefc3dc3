"""The challenge model: the published rounds, its variants, and which symmetries each has."""

import numpy as np
import pytest
from tests.strategy.by_hand import EMISSION_MEANS, EMISSION_MEDIANS
from tests.strategy.tables import changed, emission, mirrored, random_table, reordered, table, with_dummy

from worldstage.core.errors import InputError, UnknownNameError
from worldstage.strategy import challenge
from worldstage.strategy.draws import draw
from worldstage.strategy.result import cycle


def test_published_rounds_of_the_emission_case():
    bargain = challenge.run(emission())
    assert len(bargain.turns) == 11
    assert [round(float(bargain.mean(t)[0]), 3) for t in range(11)] == list(EMISSION_MEANS)
    assert [round(float(bargain.median(t)[0]), 3) for t in range(11)] == list(EMISSION_MEDIANS)


def test_published_belief_of_belgium():
    # Read off the figure in Bueno de Mesquita 1994: what Belgium expects from challenging France, and France it.
    bargain = challenge.run(emission(), turns=1)
    (told,) = [m for m in bargain.turns[1].moves if m.startswith("Belgium")]
    assert "compromises with France" in told
    assert "promises it -0.11, France +0.24" in told


def test_an_unreachable_branch_makes_no_difference_in_the_emission_case():
    one, other = challenge.run(emission()), challenge.run(emission(), variant="capitulation")
    for a, b in zip(one.turns, other.turns, strict=True):
        assert np.array_equal(a.positions, b.positions)


def test_the_printed_chance_leads_to_consensus_in_the_emission_case():
    bargain = challenge.run(emission(), variant="repaired")
    assert np.allclose(bargain.turns[3].positions, 7)
    assert bargain.converged
    assert bargain.ending == "At rest from round 3 on."


def test_cycles_are_reported():
    bargain = challenge.run(emission(), variant="capitulation")
    assert not bargain.converged
    assert bargain.ending.endswith("the positions repeat every 18 rounds.")


def test_reachable_capitulation_moves_what_the_published_rules_freeze():
    rows = [("a", 2, 60, 0.9), ("b", 2, 50, 1.0), ("c", 4, 100, 0.7), ("d", 3, 100, 0.8)]
    frozen = challenge.run(table(rows))
    assert frozen.ending == "Nobody ever moves."
    assert frozen.converged
    freed = challenge.run(table(rows), variant="capitulation")
    assert freed.turns[1].moves[0].startswith("c moves from 100 to 50 and capitulates to b:")


@pytest.mark.parametrize("variant", ["least-move", "repaired"])
@pytest.mark.parametrize("seed", range(5))
def test_mirror_symmetry_of_the_repaired_rules(variant, seed):
    base = emission() if seed == 0 else random_table(seed, 9)
    pairs = zip(
        challenge.run(base, variant=variant).turns, challenge.run(mirrored(base), variant=variant).turns, strict=True
    )
    for one, other in pairs:
        assert np.allclose(one.positions, 100 - other.positions, atol=1e-6)


@pytest.mark.parametrize("variant", ["published", "capitulation"])
def test_no_mirror_symmetry_of_the_published_rules(variant):
    # The published choice between compromises prefers low numbers. The case differs from round 4 on.
    one, other = (challenge.run(t, variant=variant).turns for t in (emission(), mirrored(emission())))
    apart = [float(np.abs(a.positions - (100 - b.positions)).max()) for a, b in zip(one, other, strict=True)]
    assert max(apart[:4]) < 1e-9
    assert max(apart[4:]) > 5


@pytest.mark.parametrize("variant", list(challenge.VARIANTS))
@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_actors_does_not_matter_even_with_ties(variant, seed):
    random = np.random.default_rng(seed)
    rows = [(f"a{i}", random.integers(1, 3), random.integers(0, 4) * 25, random.integers(1, 4) / 4) for i in range(9)]
    base, order = table(rows), random.permutation(9)
    one, other = challenge.run(base, variant=variant), challenge.run(reordered(base, order), variant=variant)
    for a, b in zip(one.turns, other.turns, strict=True):
        assert np.array_equal(a.positions[order], b.positions)


@pytest.mark.parametrize("variant", list(challenge.VARIANTS))
def test_units_do_not_matter(variant):
    base = emission()
    other = changed(base, position=base.position * 16 - 1000, capability=base.capability * 32, line=(-1000.0, 0.0))
    one, two = challenge.run(base, variant=variant), challenge.run(other, variant=variant)
    for a, b in zip(one.turns, two.turns, strict=True):
        assert np.allclose(a.positions, (b.positions + 1000) / 16, atol=1e-7)


@pytest.mark.parametrize("variant", list(challenge.VARIANTS))
def test_a_dummy_changes_nothing(variant):
    one, two = (challenge.run(t, variant=variant) for t in (emission(), with_dummy(emission())))
    assert np.array_equal(one.turns[-1].positions, two.turns[-1].positions[:-1])
    assert two.turns[-1].positions[-1] == 55.5


def test_equal_pulls_from_both_sides_cancel_under_the_repaired_rules():
    rows = [("low", 1, 0, 0.5), ("middle", 1, 50, 0.5), ("high", 1, 100, 0.5)]
    turns = challenge.run(table(rows), variant="repaired").turns
    assert all(t.positions[1, 0] == pytest.approx(50) for t in turns)


def test_two_actors_who_are_equally_safe_are_neutral():
    bargain = challenge.run(table([("a", 1, 0, 0.5), ("b", 1, 100, 0.5)]))
    assert np.isfinite(bargain.turns[-1].positions).all()


def test_issues_are_played_one_by_one():
    base = emission()
    two = changed(
        base,
        issues=("p", "q"),
        position=np.hstack([base.position, np.full((10, 1), 5.0)]),
        salience=np.hstack([base.salience, base.salience]),
    )
    bargain = challenge.run(two)
    assert np.array_equal(bargain.turns[-1].positions[:, 0], challenge.run(base).turns[-1].positions[:, 0])
    assert (bargain.turns[-1].positions[:, 1] == 5).all()


def test_wrong_requests():
    with pytest.raises(UnknownNameError, match="variant 'publish'"):
        challenge.run(emission(), variant="publish")
    with pytest.raises(InputError, match="0 turns"):
        challenge.run(emission(), turns=0)


def test_draws_end_where_single_runs_end():
    sample = draw(emission(), 5, seed=1)
    final, resting = challenge.settle(sample)
    for k in range(5):
        one = changed(
            emission(), capability=sample.capability[k], position=sample.position[k], salience=sample.salience[k]
        )
        bargain = challenge.run(one)
        assert np.allclose(bargain.turns[-1].positions, final[k], atol=1e-9)
    assert resting.shape == (5,)


def test_noise_shows_that_the_case_does_not_settle():
    # The reference study: with 5 % noise on capability and salience alone 99.3 % of runs still move in round 10.
    _, resting = challenge.settle(draw(emission(), 400, seed=0))
    assert resting.mean() < 0.05


def test_cycle_finds_where_a_repetition_starts():
    values = [9, 8, 1, 2, 3, 1, 2, 3]
    assert cycle([np.array([float(v)]) for v in values], 10) == (2, 3)
    assert cycle([np.array([float(v)]) for v in (4, 3, 3)], 10) == (1, 1)
    assert cycle([np.array([float(v)]) for v in (4, 3, 2)], 10) is None
