"""The spatial model: against its rules in plain loops, and what has to hold."""

import numpy as np
import pytest
from tests.strategy.by_hand import smp_turn
from tests.strategy.tables import changed, emission, mirrored, random_table, reordered, table, with_dummy

from worldstage.core.errors import InputError
from worldstage.strategy import smp
from worldstage.strategy import smp_kernel as kernel
from worldstage.strategy.draws import draw


def kernel_turns(base, turns, *, exact=True):
    field = kernel.Field.of(base.capability[None], base.salience[None])
    x = base.position[None] / 100
    for _ in range(turns):
        x = kernel.step(x, field, exact=exact).positions
    return x[0]


@pytest.mark.parametrize(("seed", "actors", "issues"), [(1, 5, 1), (2, 8, 1), (3, 7, 2), (4, 6, 3), (5, 3, 1)])
def test_rules_in_plain_loops_give_the_same_numbers(seed, actors, issues):
    base = random_table(seed, actors, issues)
    x = (base.position / 100).tolist()
    for turn in range(1, 5):
        x = smp_turn(base.capability.tolist(), x, base.salience.tolist())
        assert np.array_equal(np.array(x), kernel_turns(base, turn))


@pytest.mark.parametrize("seed", range(4))
def test_identical_actors_are_told_apart_as_in_the_reference(seed):
    base = random_table(seed, 9)
    twin = {"capability": base.capability.copy(), "position": base.position.copy(), "salience": base.salience.copy()}
    for values in twin.values():
        values[6], values[8] = values[2], values[1]
    base = changed(base, **twin)
    x = (base.position / 100).tolist()
    for turn in range(1, 5):
        x = smp_turn(base.capability.tolist(), x, base.salience.tolist())
        assert np.array_equal(np.array(x), kernel_turns(base, turn))


def test_fast_sums_differ_by_rounding_only():
    base = random_table(7, 12, 2)
    field = kernel.Field.of(base.capability[None], base.salience[None])
    d = kernel.distances(base.position[None] / 100, base.position[None] / 100, base.salience[None])
    risk = kernel.risks(d, base.capability[None])
    exact, fast = (kernel.challenges(d, risk, field, exact=e) for e in (True, False))
    assert np.array_equal(exact[0], fast[0])
    assert np.allclose(exact[1], fast[1], rtol=0, atol=1e-13)
    assert np.allclose(exact[2], fast[2], rtol=0, atol=1e-13)


def test_turn_zero_is_the_input_and_the_end_is_quiet():
    base = random_table(11, 10, 2)
    bargain = smp.run(base)
    assert np.array_equal(bargain.turns[0].positions, base.position)
    assert bargain.converged
    assert bargain.ending == f"Quiet after {len(bargain.turns) - 1} turns."
    moved = [
        np.linalg.norm(b.positions - a.positions, axis=1).sum() / 100
        for a, b in zip(bargain.turns, bargain.turns[1:], strict=False)
    ]
    assert moved[-1] < 0.02 * (moved[0] + 1e-4)
    assert all(m >= 0.02 * (moved[0] + 1e-4) for m in moved[1:-1])


def test_too_few_turns_are_reported():
    bargain = smp.run(random_table(11, 10, 2), turns=3)
    assert len(bargain.turns) == 4
    assert not bargain.converged
    assert bargain.ending == "Still moving after 3 turns."


@pytest.mark.parametrize("seed", range(6))
def test_mirror_symmetry(seed):
    base = random_table(seed, 8, 1 + seed % 3)
    for a, b in zip(smp.run(base).turns, smp.run(mirrored(base)).turns, strict=True):
        assert np.allclose(a.positions, 100 - b.positions, atol=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_actors_does_not_matter(seed):
    base = random_table(seed, 8, 1 + seed % 2)
    order = np.random.default_rng(seed).permutation(8)
    one, other = smp.run(base), smp.run(reordered(base, order))
    assert np.allclose(one.turns[-1].positions[order], other.turns[-1].positions, atol=1e-9)


def test_of_identical_targets_the_first_in_the_table_is_challenged():
    # Documented: the one thing that the order decides.
    rows = [("far", 5, 90, 0.5), ("one", 1, 10, 0.5), ("two", 1, 10, 0.5)]
    first = smp.run(table(rows)).turns[1].positions[:, 0]
    swapped = smp.run(table([rows[0], rows[2], rows[1]])).turns[1].positions[:, 0]
    assert np.array_equal(first, swapped)
    assert first[1] != first[2]


@pytest.mark.parametrize("seed", range(4))
def test_the_unit_of_positions_does_not_matter(seed):
    base = random_table(seed, 8, 2)
    other = changed(base, position=base.position * 0.14 - 3, line=(-3.0, 11.0))
    one, two = smp.run(base).turns[-1].positions, smp.run(other).turns[-1].positions
    assert np.allclose(one * 0.14 - 3, two, atol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_the_unit_of_capability_hardly_matters(seed):
    # The rules add small constants to coalitions, so that this holds up to the rounding of bargains only.
    base = random_table(seed, 8)
    one, two = smp.run(base), smp.run(changed(base, capability=base.capability * 7))
    assert np.allclose(one.outcome, two.outcome, atol=0.05)


@pytest.mark.parametrize("seed", range(4))
def test_a_dummy_changes_nothing(seed):
    base = random_table(seed, 7, 2)
    one, two = smp.run(base), smp.run(with_dummy(base))
    assert np.array_equal(one.turns[-1].positions, two.turns[-1].positions[:-1])
    assert np.array_equal(two.turns[-1].positions[-1], [55.5, 55.5])
    assert "left where they are: dummy" in two.warnings[0]


def test_chances_add_up_and_are_shared():
    rows = [("a", 1, 10, 0.5), ("b", 2, 10, 0.4), ("c", 3, 60, 0.5), ("d", 0, 60, 0.5)]
    base = table(rows)
    found = smp.chances(base, base.position)
    assert found[0] == found[1]
    assert found[3] == 0
    assert found[1] + found[2] == pytest.approx(1)


def test_every_move_is_explained():
    bargain = smp.run(random_table(3, 9))
    for before, after in zip(bargain.turns, bargain.turns[1:], strict=False):
        moved = (np.abs(after.positions - before.positions) > 1e-9).any(axis=1).sum()
        assert len(after.moves) == moved


def test_positions_beyond_the_line_are_refused():
    with pytest.raises(InputError, match="the line from 0 to 5"):
        smp.run(changed(emission(), line=(0.0, 5.0)))


def test_a_line_much_longer_than_the_positions_is_noted():
    assert "--line" in smp.run(emission()).warnings[0]
    assert not smp.run(changed(emission(), line=(4.0, 10.0))).warnings


def test_saliences_that_add_up_to_more_than_one_are_shares():
    base = random_table(5, 6, 2)
    doubled = changed(base, salience=base.salience / base.salience.sum(axis=1).max())
    tripled = changed(base, salience=np.minimum(doubled.salience * 1.2, 1))
    assert "divided by the largest sum" in smp.run(tripled).warnings[0]
    assert np.allclose(smp.run(doubled).outcome, smp.run(tripled).outcome, atol=1e-6)


def test_who_takes_no_part_in_an_issue_stays_out_of_it():
    base = random_table(5, 6, 2)
    position, salience = base.position.copy(), base.salience.copy()
    position[2, 1], salience[2, 1] = np.nan, 0
    bargain = smp.run(changed(base, position=position, salience=salience))
    assert np.isnan(bargain.turns[-1].positions[2, 1])
    assert np.isfinite(np.delete(bargain.turns[-1].positions.ravel(), 5)).all()


def test_draws_end_where_single_runs_end():
    base = random_table(9, 8, 2)
    sample = draw(base, 6, seed=3)
    final, quiet = smp.settle(sample)
    for k in range(6):
        one = changed(base, capability=sample.capability[k], position=sample.position[k], salience=sample.salience[k])
        bargain = smp.run(one)
        assert np.allclose(bargain.turns[-1].positions, final[k], atol=1e-9)
        assert bargain.converged == quiet[k]
