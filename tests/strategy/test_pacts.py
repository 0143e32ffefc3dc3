"""What a pact lends its members."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.core.errors import InputError, UnknownNameError
from worldstage.strategy.pacts import FORMAL, NONE, TACIT, Pact, capability_with, credibility_with, pact


def test_the_kinds():
    assert pact("tacit") is TACIT
    for name in ("capability", "credibility", "cost"):
        assert getattr(NONE, name) < getattr(TACIT, name) < getattr(FORMAL, name)
    with pytest.raises(UnknownNameError, match="formel"):
        pact("formel")


def test_the_rules_in_numbers():
    terms = Pact("own", capability=0.5, credibility=0.5, cost=0.1)
    assert capability_with(terms, [10, 4, 6], [0, 1]).tolist() == [10 * 0.9 + 2, 4 * 0.9 + 5, 6]
    assert credibility_with(terms, [0.8, 0.2, 0.5], [0, 1]) == pytest.approx([0.8, 0.5, 0.5])


@given(st.lists(st.floats(0, 1), min_size=2, max_size=6), st.data())
def test_no_pact_and_a_pact_of_one_change_nothing_and_credibility_never_falls(values, data):
    members = data.draw(st.lists(st.integers(0, len(values) - 1), unique=True))
    assert capability_with(NONE, values, members).tolist() == values
    assert credibility_with(NONE, values, members).tolist() == values
    assert capability_with(FORMAL, values, members[:1]).tolist() == values
    shared = credibility_with(FORMAL, values, members)
    assert (shared >= np.array(values)).all()
    assert shared.max() == max(values)


def test_what_cannot_be_is_refused():
    with pytest.raises(InputError, match="cost"):
        Pact("dear", 0.5, 0.5, 1.5)
    with pytest.raises(InputError, match="member 3"):
        capability_with(TACIT, [1, 2], [0, 3])
