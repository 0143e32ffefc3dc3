"""The body of an encoder: padding does not count, saved rows load as they were scaled, broken files are refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.coding.bodies import PIECES, WIDTH, arrays, body, saved

from worldstage.coding.bert import _gelu, load
from worldstage.core.errors import InputError

BODY = body({})


@given(st.lists(st.lists(st.integers(0, len(PIECES) - 1), min_size=1, max_size=12), min_size=1, max_size=4))
def test_a_sentence_is_read_the_same_in_any_company(rows):
    _, there, together = BODY.hidden(rows)
    assert together.shape == (len(rows), max(map(len, rows)), WIDTH)
    for k, row in enumerate(rows):
        assert there[k].sum() == len(row)
        alone = BODY.hidden([row])[2][0]
        assert together[k, : len(row)] == pytest.approx(alone, abs=1e-3)


def test_order_counts():
    assert not np.allclose(BODY.hidden([[6, 7, 8]])[2], BODY.hidden([[8, 7, 6]])[2], rtol=1e-3)


def test_eight_bit_rows_load_as_they_were_scaled():
    rows = arrays()["0.in.weight"]
    scale = np.abs(rows).max(axis=1, keepdims=True) / 127
    small = np.round(rows / scale).astype(np.int8)
    made = {**arrays(), "0.in.weight": small, "0.in.weight.scale": scale.astype(np.float32)}
    loaded = load(saved({}, made), source="x")
    assert loaded.weights["0.in.weight"] == pytest.approx(rows, abs=float(scale.max()))
    assert "0.in.weight.scale" not in loaded.weights


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", saved({}, arrays())[:200]])
def test_a_broken_file_is_refused_with_a_message(data):
    with pytest.raises(InputError, match=r"encoder\.npz is no encoder of worldstage"):
        load(data, source="encoder.npz")


def test_a_file_with_too_few_rows_is_refused():
    with pytest.raises(InputError, match="14 pieces, 3 rows"):
        load(saved({}, {**arrays(), "word": arrays()["word"][:3]}), source="x")


def test_the_fast_gelu_is_near_the_exact_one():
    from scipy.special import erf

    x = np.linspace(-8, 8, 4001, dtype=np.float32)
    assert _gelu(x) == pytest.approx(0.5 * x * (1 + erf(x / np.sqrt(2))), abs=6e-4)
    assert _gelu(x).dtype == np.float32
