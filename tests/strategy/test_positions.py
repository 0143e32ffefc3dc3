"""From suggestions to positions: planted moves are found, overrides hold, order and direction do not matter."""

import dataclasses
import datetime as dt
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategy.standing import SHOCK, VOLUME, bearing

from worldstage.strategy.issues import Override, Span
from worldstage.strategy.positions import draws, scaled, standings

PLACES = st.lists(st.tuples(st.integers(-60, 60), st.floats(0, 100)), min_size=1, max_size=8, unique_by=lambda p: p[0])


def stand(found, overrides=(), **more):
    options = {"after": SHOCK, "volume": VOLUME, "capability": {}, **more}
    return {s.actor: s for s in standings("dam", found, overrides=overrides, **options)}


def planted(actor, before, now, n=8):
    return [bearing(actor, -k, before) for k in range(1, n + 1)] + [bearing(actor, k, now) for k in range(n)]


def test_a_planted_move_is_found_with_its_counts():
    found = stand(planted("A", 5, 95) + planted("B", 20, 20))
    assert found["A"].moved == "up"
    assert (found["A"].before.n, found["A"].now.n) == (8, 8)
    assert found["A"].before.position.mode == pytest.approx(5)
    assert found["A"].now.position.mode == pytest.approx(95)
    assert found["B"].moved == "no clear move"


def test_the_day_of_the_shock_counts_as_after():
    found = stand([bearing("A", 0, 80), bearing("A", -1, 20)])["A"]
    assert (found.before.position.mode, found.now.position.mode) == (20, 80)


def test_one_sentence_is_too_few_and_its_range_allows_that_it_was_misread():
    found = stand([bearing("A", -1, 5), bearing("A", 1, 95)])["A"]
    assert found.moved == "too few to tell"
    assert found.before.position.low < 5
    assert found.before.position.high > 60


def test_more_sentences_narrow_the_range():
    few, many = (stand(planted("A", 10, 10, n))["A"].before.position for n in (2, 20))
    assert many.high - many.low < few.high - few.low


def test_who_is_heard_on_one_side_only_is_carried_to_the_other():
    found = stand([bearing("A", -3, 30), bearing("A", -9, 40)])["A"]
    assert found.now.source == "carried"
    assert found.now.position == found.before.position
    assert found.salience["now"] == found.salience["before"]
    assert found.moved == "too few to tell"


def test_no_side_taken_is_no_position():
    found = stand([bearing("A", 1, None)])["A"]
    assert found.now.position is None
    assert found.now.source == "none"
    assert found.salience["now"].mode > 0


def test_an_override_holds_from_its_day_on_and_keeps_its_reason():
    after = Override("A", "dam", SHOCK + dt.timedelta(3), Span(60, 70, 80), why="a speech")
    always = Override("B", "dam", None, Span.at(50), Span.at(1.0), Span.at(7.0))
    found = stand(planted("A", 5, 5), [after, always])
    assert found["A"].before.position.mode == pytest.approx(5)
    assert found["A"].now.position == Span(60, 70, 80)
    assert (found["A"].now.source, found["A"].given["position"]) == ("override", "a speech")
    assert found["B"].before.position == found["B"].now.position == Span.at(50)
    assert found["B"].capability["now"].mode == 7
    assert found["B"].salience["now"].mode == 1


def test_of_two_overrides_the_later_one_holds():
    older = Override("A", "dam", dt.date(2020, 1, 1), Span.at(10))
    newer = Override("A", "dam", dt.date(2020, 7, 1), Span.at(90))
    for order in ([older, newer], [newer, older]):
        found = stand([], order)["A"]
        assert (found.before.position.mode, found.now.position.mode) == (10, 90)


def test_salience_is_the_share_of_what_an_actor_says():
    volume = dataclasses.replace(VOLUME, now={"A": 10, "B": 100})
    found = stand([bearing("A", k, 50) for k in range(8)] + [bearing("B", k, 50) for k in range(8)], volume=volume)
    assert found["A"].salience["now"].mode > 3 * found["B"].salience["now"].mode
    top = max(s.salience["now"].mode for s in scaled(found.values()))
    assert top == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(PLACES, PLACES)
def test_the_order_of_actors_and_sentences_does_not_matter(a, b):
    found = [bearing("A", *p) for p in a] + [bearing("B", *p) for p in b]
    mixed = list(found)
    random.Random(3).shuffle(mixed)
    assert {
        k: (s.before, s.now, s.moved) for k, s in stand(sorted(mixed, key=lambda x: (x.date, x.actor))).items()
    } == {k: (s.before, s.now, s.moved) for k, s in stand(sorted(found, key=lambda x: (x.date, x.actor))).items()}


@settings(max_examples=40, deadline=None)
@given(PLACES)
def test_a_line_turned_round_turns_the_results_round(places):
    there = stand([bearing("A", d, p) for d, p in places])["A"]
    back = stand([bearing("A", d, 100 - p) for d, p in places])["A"]
    opposite = {"up": "down", "down": "up"}
    assert back.moved == opposite.get(there.moved, there.moved)
    for one, other in ((there.before, back.before), (there.now, back.now)):
        if one.position is not None:
            assert other.position.mode == pytest.approx(100 - one.position.mode, abs=1e-6)
            assert other.position.low == pytest.approx(100 - one.position.high, abs=1e-6)


def test_the_draws_are_fixed_by_their_key_alone():
    found = [bearing("A", 1, 10), bearing("A", 2, 40)]
    assert np.array_equal(draws(found, (0, "dam", "A")), draws(found, (0, "dam", "A")))
    assert not np.array_equal(draws(found, (0, "dam", "A")), draws(found, (1, "dam", "A")))
    assert draws([], (0,)) is None
