"""Scenarios and stakes: arithmetic by hand, properties, ties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategy.standing import standing

from worldstage.core.errors import InputError, UnknownNameError
from worldstage.strategy.issues import Change, Joined, Scenario, Span
from worldstage.strategy.scenarios import lineage, seats, table_of
from worldstage.strategy.stakes import compare

PLACES = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=3, max_size=6)


def tables(found, first="before", second="now", scenarios=(), issue="dam"):
    both = [seats(found, issue, name, scenarios) for name in (first, second)]
    actors = sorted(set(both[0]) | set(both[1]))
    return [{issue: table_of(s, issue, actors=actors)} for s in both]


def gains(found, **more):
    done = compare(*tables(found, **more), draws=50)
    return {s.actor: s for s in done.stakes}, done


def test_gains_by_hand():
    found = [standing("A", 0, 60), standing("B", 100, 100), standing("C", 20, 20)]
    by_actor, done = gains(found)
    assert done.first["dam"].median == pytest.approx(40)
    assert done.second["dam"].median == pytest.approx(60)
    # A wanted 0 before: that it now says 60 is no gain to it.
    assert {a: s.gain for a, s in by_actor.items()} == pytest.approx({"A": -20, "B": 20, "C": -20})
    assert by_actor["B"].top_winner == 1
    assert by_actor["A"].top_loser == by_actor["C"].top_loser == 1
    assert [(d.actor, d.shift) for d in done.drivers] == [("A", pytest.approx(20))]


def test_salience_weighs_issues():
    found = [standing("A", 0, 0, salience=0.9), standing("B", 100, 50)]
    found += [standing("A", 0, 0, issue="weir", salience=0.1), standing("B", 50, 100, issue="weir")]
    first, second = {}, {}
    for issue in ("dam", "weir"):
        one, two = tables(found, issue=issue)
        first |= one
        second |= two
    done = compare(first, second, draws=20)
    a = next(s for s in done.stakes if s.actor == "A")
    shifts = {i: done.first[i].median - done.second[i].median for i in first}
    assert a.gain == pytest.approx(0.9 * shifts["dam"] + 0.1 * shifts["weir"])
    assert a.by_issue["dam"] > 0 > a.by_issue["weir"]


def test_nothing_changes_nobody_wins():
    by_actor, done = gains([standing("A", 10, 10), standing("B", 70, 70)])
    assert all(s.gain == s.top_winner == s.top_loser == 0 for s in by_actor.values())
    assert done.drivers == ()


def test_what_is_uncertain_but_unchanged_cancels_out():
    wide = Span(0, 30, 100)
    by_actor, _ = gains([standing("A", wide, wide), standing("B", 70, 70)])
    assert by_actor["A"].low == by_actor["A"].high == 0


def test_scenarios_rest_on_others_and_change_them():
    found = [standing("A", 0, 10), standing("B", 100, 90, capability=3)]
    one = Scenario("one", "now", (Change("A", "dam", Span.at(50)),), (Joined("formal", ("A", "B")),))
    two = Scenario(
        "two", "one", (Change("B", remove=True), Change("C", "dam", Span.at(80)), Change("A", salience=Span.at(1)))
    )
    assert lineage("two", [one, two]) == ("now", (one, two))
    joined = seats(found, "dam", "one", [one, two])
    assert joined["A"].position.mode == 50
    assert joined["A"].capability.mode == pytest.approx(1 * 0.85 + 0.75 * 3)
    assert joined["B"].capability.mode == pytest.approx(3 * 0.85 + 0.75 * 1)
    last = seats(found, "dam", "two", [one, two])
    assert set(last) == {"A", "C"}
    assert last["A"].salience.mode == 1
    assert last["C"].capability == Span.at(1.0)
    with pytest.raises(UnknownNameError, match="scenario"):
        lineage("tow", [one, two])


def test_one_actor_alone_is_no_table():
    with pytest.raises(InputError, match="only one actor"):
        table_of(seats([standing("A", 0, 0)], "dam", "now"), "dam")


def test_an_actor_who_comes_in_has_no_weight_before():
    found = [standing("A", 0, 0), standing("B", 100, 100)]
    joined = Scenario("more", "now", (Change("C", "dam", Span.at(100)),))
    by_actor, done = gains(found, first="now", second="more", scenarios=[joined])
    assert done.first["dam"].median == pytest.approx(50)
    assert done.second["dam"].median == pytest.approx(200 / 3)
    assert by_actor["C"].gain > 0


@settings(max_examples=30, deadline=None)
@given(PLACES)
def test_the_order_of_actors_does_not_matter(places):
    found = [standing(f"A{k}", *p) for k, p in enumerate(places)]
    if len({p[0] for p in places}) < 2 or len({p[1] for p in places}) < 2:
        return
    one, other = gains(found)[0], gains(found[::-1])[0]
    assert {a: s.gain for a, s in one.items()} == {a: s.gain for a, s in other.items()}


@settings(max_examples=30, deadline=None)
@given(PLACES)
def test_a_line_turned_round_leaves_gains_as_they_are(places):
    if len({p[0] for p in places}) < 2 or len({p[1] for p in places}) < 2:
        return
    there = gains([standing(f"A{k}", *p) for k, p in enumerate(places)])[0]
    back = gains([standing(f"A{k}", 100 - b, 100 - n) for k, (b, n) in enumerate(places)])[0]
    for actor, s in there.items():
        assert back[actor].gain == pytest.approx(s.gain, abs=1e-6)


def test_draws_of_positions_take_the_place_of_ranges():
    first, second = tables([standing("A", 0, 0), standing("B", 100, 100)])
    drawn = {"dam": {"A": np.array([40.0])}}
    done = compare(first, second, draws=30, drawn=({}, drawn))
    assert done.second["dam"].median == pytest.approx(70)
