"""The pair encoder: marks, padding, order and refusal of broken files, on small weights made here."""

import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.coding.encoder import Encoder, marked
from worldstage.core.errors import InputError

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "@", "#", *"abcdefgh"]
WIDTH, INNER, LAYERS = 8, 16, 2
ABOUT = {"types": ["AID", "ASSAULT", "NONE"], "statuses": ["occurred", "denied"], "heads": 2, "layers": LAYERS}


def arrays(seed=0):
    luck = np.random.default_rng(seed)

    def some(*shape):
        return luck.normal(size=shape).astype(np.float32)

    out = {
        "word": some(len(PIECES), WIDTH),
        "position": some(130, WIDTH),
        "norm.weight": some(WIDTH),
        "norm.bias": some(WIDTH),
    }
    for k in range(LAYERS):
        for name in ("query", "key", "value", "mix"):
            out[f"{k}.{name}.weight"], out[f"{k}.{name}.bias"] = some(WIDTH, WIDTH), some(WIDTH)
        out[f"{k}.in.weight"], out[f"{k}.in.bias"] = some(INNER, WIDTH), some(INNER)
        out[f"{k}.out.weight"], out[f"{k}.out.bias"] = some(WIDTH, INNER), some(WIDTH)
        for name in ("norm1", "norm2"):
            out[f"{k}.{name}.weight"], out[f"{k}.{name}.bias"] = some(WIDTH), some(WIDTH)
    out["type.weight"], out["type.bias"] = some(3, 3 * WIDTH) * np.float32(0.1), some(3)
    out["status.weight"], out["status.bias"] = some(2, 3 * WIDTH), some(2)
    return out


def saved(**changes):
    made = {**arrays(), **changes}
    buffer = io.BytesIO()
    text = {"about": json.dumps(ABOUT), "pieces": "\n".join(PIECES)}
    np.savez_compressed(buffer, **made, **{k: np.frombuffer(v.encode(), dtype=np.uint8) for k, v in text.items()})
    return buffer.getvalue()


ENCODER = Encoder(arrays(), PIECES, ABOUT)


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


def test_eight_bit_rows_load_as_they_were_scaled():
    rows = arrays()["type.weight"]
    scale = np.abs(rows).max(axis=1, keepdims=True) / 127
    small = np.round(rows / scale).astype(np.int8)
    loaded = Encoder.load(saved(**{"type.weight": small, "type.weight.scale": scale.astype(np.float32)}))
    assert loaded.judge(["@ a @ b"])[0] == pytest.approx(ENCODER.judge(["@ a @ b"])[0], abs=0.05)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", saved()[:200]])
def test_a_broken_file_is_refused_with_a_message(data):
    with pytest.raises(InputError, match="is no encoder of worldstage"):
        Encoder.load(data)


def test_a_file_with_too_few_rows_is_refused():
    with pytest.raises(InputError, match="14 pieces, 3 rows"):
        Encoder.load(saved(word=arrays()["word"][:3]))
