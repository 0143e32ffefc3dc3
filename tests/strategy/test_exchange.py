"""Exchange of support: a trade worked out by hand, and what has to hold."""

import numpy as np
import pytest
from tests.strategy.tables import changed, emission, mirrored, random_table, reordered, with_dummy

from worldstage.core.errors import InputError
from worldstage.strategy import exchange, mean
from worldstage.strategy.draws import draw, once
from worldstage.strategy.tables import ActorTable


def two_by_two(salience=((0.2, 0.6), (0.6, 0.2))):
    """Two equals at opposite ends of two issues."""
    return ActorTable(
        actors=("A", "B"),
        issues=("p", "q"),
        capability=np.array([1.0, 1.0]),
        position=np.array([[0.0, 0.0], [100.0, 100.0]]),
        salience=np.array(salience),
    )


def test_each_gives_way_where_it_cares_less():
    # A holds a quarter of the weight on p and three quarters on q, B the reverse. The decisions lie at 75 and 25. A
    # can shift p by up to 25 to B's end, B shifts q by as much: each loses 0.2 × 0.25 and gains 0.6 × 0.25.
    bargain = exchange.run(two_by_two())
    assert np.allclose(bargain.mean(0), [75, 25])
    assert np.allclose(bargain.outcome, [100, 0])
    assert np.allclose(bargain.turns[1].positions, [[100, 0], [100, 0]])
    assert bargain.converged
    assert bargain.ending == "No trade is left after 1."
    assert "each gains 0.1000" in bargain.turns[1].moves[0]


def test_no_trade_between_actors_who_care_alike():
    bargain = exchange.run(two_by_two(((0.4, 0.4), (0.2, 0.2))))
    assert len(bargain.turns) == 1
    assert bargain.converged


def test_both_parties_of_every_trade_gain_alike():
    base = random_table(4, 8, 2)
    bargain = exchange.run(base)
    span = np.ptp(base.position, axis=0)
    assert len(bargain.turns) > 2
    for t in range(1, len(bargain.turns)):
        moved = np.flatnonzero((bargain.turns[t].positions != bargain.turns[t - 1].positions).any(axis=1))
        loss = np.abs(base.position - bargain.mean(t)) / span * base.salience
        before = np.abs(base.position - bargain.mean(t - 1)) / span * base.salience
        gain = (before - loss).sum(axis=1)[moved]
        assert len(moved) == 2
        assert gain[0] == pytest.approx(gain[1], abs=1e-9)
        assert (gain > 0).all()


def test_one_issue_is_not_enough():
    with pytest.raises(InputError, match="two issues"):
        exchange.run(emission())


def test_few_turns_are_reported():
    bargain = exchange.run(random_table(4, 8, 2), turns=1)
    assert not bargain.converged
    assert bargain.ending == "Trades are left after 1."


@pytest.mark.parametrize("seed", range(5))
def test_symmetries(seed):
    base = random_table(seed, 7, 2)
    outcome = exchange.run(base).outcome
    assert np.allclose(exchange.run(mirrored(base)).outcome, 100 - outcome, atol=1e-6)
    assert np.allclose(exchange.run(reordered(base, [3, 1, 6, 0, 2, 5, 4])).outcome, outcome, atol=1e-9)
    assert np.allclose(exchange.run(with_dummy(base)).outcome, outcome)
    scaled = changed(base, position=base.position * [2, 0.5], capability=base.capability * 9, line=(0.0, 200.0))
    assert np.allclose(exchange.run(scaled).outcome, outcome * [2, 0.5], atol=1e-6)


def test_three_issues_and_an_absent_actor():
    base = random_table(2, 6, 3)
    position, salience = base.position.copy(), base.salience.copy()
    position[0, 2], salience[0, 2] = np.nan, 0
    base = changed(base, position=position, salience=salience)
    bargain = exchange.run(base)
    assert bargain.converged
    assert np.isnan(bargain.turns[-1].positions[0, 2])
    assert np.isfinite(bargain.outcome).all()
    low, high = np.nanmin(position, axis=0), np.nanmax(position, axis=0)
    assert (bargain.outcome >= low).all()
    assert (bargain.outcome <= high).all()


def test_draws_end_where_single_runs_end():
    base = random_table(9, 6, 2)
    final, closed = exchange.settle(once(base))
    assert np.allclose(final[0], exchange.run(base).turns[-1].positions)
    assert closed.all()
    many, closed = exchange.settle(draw(base, 50))
    assert closed.all()
    assert not np.allclose(many.mean(axis=0), mean.run(base).turns[-1].positions)
