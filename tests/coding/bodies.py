"""A small BERT encoder with weights made here, and files of it."""

import io
import json

import numpy as np

from worldstage.coding.bert import Body

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "@", "#", *"abcdefgh"]
WIDTH, INNER, LAYERS = 8, 16, 2


def arrays(seed=0, **heads):
    """Weights of the body, and of heads given as ``name=(outputs, inputs)``."""
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
    for name, shape in heads.items():
        out[f"{name}.weight"], out[f"{name}.bias"] = some(*shape) * np.float32(0.3), some(shape[0])
    return out


def body(about, **heads):
    """A body with heads."""
    return Body(arrays(**heads), PIECES, {"heads": 2, "layers": LAYERS, **about})


def saved(about, weights):
    """The bytes of a file."""
    buffer = io.BytesIO()
    text = {"about": json.dumps({"heads": 2, "layers": LAYERS, **about}), "pieces": "\n".join(PIECES)}
    np.savez_compressed(buffer, **weights, **{k: np.frombuffer(v.encode(), dtype=np.uint8) for k, v in text.items()})
    return buffer.getvalue()
