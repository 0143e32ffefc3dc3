"""The mix of an actor's reporting: shares, log-ratios, distance, planted and absent moves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.roles.attention import LEAST_EVENTS, OTHER, Reports, clr, distance, mix
from worldstage.roles.compare import LEVEL, Span

NAMES = ["Ukraine", "Syria", "Iran"]


def reports(seed, before, after, *, shock=450, days=500, rate=2.0):
    """Poisson events a day, of parts drawn from the mix before and after."""
    rng = np.random.default_rng(seed)
    day = np.repeat(np.arange(days), rng.poisson(rate, days))
    part = np.where(day < shock, rng.choice(3, len(day), p=before), rng.choice(3, len(day), p=after))
    return Reports(day.astype(np.int64), part.astype(np.int64), np.ones(len(day)), NAMES)


counts = st.lists(st.floats(0, 100), min_size=2, max_size=8).filter(lambda c: sum(c) > 1)


@given(counts)
def test_log_ratios_are_centred(found):
    assert clr(np.array(found)).sum() == pytest.approx(0, abs=1e-9)


@given(counts, st.integers(2, 9))
def test_distance_is_none_between_a_mix_and_its_multiple(found, times):
    one = np.array(found)
    assert distance(one, times * one) == pytest.approx(0, abs=1e-12)
    assert 0 <= distance(one, one[::-1]) <= 1
    assert distance(one, one[::-1]) == pytest.approx(distance(one[::-1], one))


def test_from_ukraine_to_syria():
    found = mix(reports(1, [0.6, 0.2, 0.2], [0.2, 0.6, 0.2]), Span(450, 50, 0, 499))
    assert found.verdict == "moved"
    assert found.reference == "earlier windows"
    parts = {p.name: p for p in found.parts}
    assert parts["Ukraine"].verdict == "fell"
    assert parts["Syria"].verdict == "rose"
    assert parts["Syria"].low > 0
    assert sum(p.share_after for p in found.parts) == pytest.approx(1)
    assert found.distance == pytest.approx(0.4, abs=0.1)


@pytest.mark.parametrize("first", [0, 350])
def test_a_mix_that_stays_rarely_moves(first):
    found = [mix(reports(s, [0.5, 0.3, 0.2], [0.5, 0.3, 0.2]), Span(450, 50, first, 499), draws=200) for s in range(60)]
    assert {m.reference for m in found} == {"earlier windows" if first == 0 else "shuffled weeks"}
    assert np.mean([m.verdict == "moved" for m in found]) <= LEVEL + 0.07


def test_too_few_to_tell():
    few = reports(1, [0.6, 0.2, 0.2], [0.2, 0.6, 0.2], rate=0.05)
    found = mix(few, Span(450, 50, 0, 499))
    assert min(found.before, found.after) < LEAST_EVENTS
    assert found.verdict == "too few to tell"
    assert found.distance is None
    assert {p.verdict for p in found.parts} == {"too few to tell"}


def test_nothing_at_all():
    empty = Reports(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), [])
    assert mix(empty, Span(450, 50, 0, 499)).verdict == "too few to tell"


def test_rare_parts_are_joined():
    rng = np.random.default_rng(0)
    part = rng.integers(0, 30, 600)
    many = Reports(rng.integers(0, 100, 600), part, np.ones(600), [f"P{i:02}" for i in range(30)])
    found = mix(many, Span(50, 50, 0, 99), most=5)
    assert [p.name for p in found.parts][-1] == OTHER
    assert len(found.parts) == 6
    assert sum(p.before + p.after for p in found.parts) == pytest.approx(600)
