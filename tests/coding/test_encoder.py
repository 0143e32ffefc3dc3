"""The pair encoder: marks, order and any text, on small weights made here."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.coding.bodies import WIDTH, body

from worldstage.coding.encoder import Encoder, marked

ABOUT = {"types": ["AID", "ASSAULT", "NONE"], "statuses": ["occurred", "denied"]}
ENCODER = Encoder(body(ABOUT, type=(3, 3 * WIDTH), status=(2, 3 * WIDTH)))


def test_the_parties_are_marked_where_they_stand():
    assert marked("France aids Mali.", (0, 6), (12, 16)) == "@ France @ aids # Mali #."
    assert marked("France aids Mali.", (12, 16), None) == "France aids @ Mali @."
    assert marked("US-led", (0, 2), (2, 6)) == "@ US @# -led #"
    assert marked("abc", None, None) == "abc"


def test_probabilities_sum_to_one_and_do_not_depend_on_the_company():
    texts = ["@ a @ b # c #", "a b c d e f g h a b c", "@ h @"]
    types, statuses = ENCODER.judge(texts)
    assert types.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert statuses.shape == (3, 2)
    for k, text in enumerate(texts):
        alone = ENCODER.judge([text])[0][0]
        assert alone == pytest.approx(types[k], abs=1e-4)


def test_the_marks_count():
    one, other = ENCODER.judge(["@ a @ b # c #", "# a # b @ c @"])[0]
    assert not np.allclose(one, other, rtol=1e-3, atol=0)


@given(st.lists(st.text("abcdefgh @#", max_size=30), max_size=5))
def test_any_texts_are_judged(texts):
    types, _ = ENCODER.judge(texts)
    assert types.shape == (len(texts), 3)
    assert np.isfinite(types).all()
