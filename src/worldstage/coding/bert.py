"""The body of a BERT encoder in NumPy, and the file that holds one: word pieces in, a vector for each out.

Weights are 8-bit integers with one scale per row. The models that come with the package were fine-tuned from
all-MiniLM-L6-v2 (Wang et al., "MiniLM", NeurIPS 2020, from general knowledge; Apache-2.0).
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import BadZipFile

import numpy as np

from worldstage.coding.model import Floats, softmax
from worldstage.coding.wordpiece import WordPiece
from worldstage.core.errors import InputError

# Longer sentences are cut: all but one in a thousand of training's are shorter.
LIMIT = 128
BATCH = 32
_EPS = 1e-12


class Body:
    """Embedding and layers of a BERT encoder with its vocabulary.

    Parameters
    ----------
    arrays
        Weights by name, as `load` reads them: float32. Those of the heads stand beside them.
    about
        Number of attention heads and of layers, what the model was trained on, and what its heads tell.
    """

    def __init__(self, arrays: Mapping[str, Floats], pieces: Sequence[str], about: Mapping[str, Any]) -> None:
        self.weights = arrays
        self.about = dict(about)
        self._heads = int(about["heads"])
        self._layers = int(about["layers"])
        self.pieces = WordPiece(pieces)

    def hidden(self, rows: Sequence[Sequence[int]]) -> tuple[Any, Floats, Floats]:
        """Read sentences.

        Parameters
        ----------
        rows
            The pieces of each sentence, at most `LIMIT`.

        Returns
        -------
        (ids, there, vectors)
            Pieces with padding and which are none, shape ``(sentences, pieces)``; vectors of the last layer, shape
            ``(sentences, pieces, width)``.
        """
        longest = max(map(len, rows))
        ids = np.zeros((len(rows), longest), dtype=np.int64)
        there = np.zeros((len(rows), longest), dtype=np.float32)
        for k, row in enumerate(rows):
            ids[k, : len(row)], there[k, : len(row)] = row, 1.0
        w = self.weights
        x = _normal(w["word"][ids] + w["position"][:longest], w["norm.weight"], w["norm.bias"])
        mask = (1.0 - there)[:, None, None, :] * np.float32(-1e9)
        for k in range(self._layers):
            x = _normal(x + self._attention(x, mask, f"{k}."), w[f"{k}.norm1.weight"], w[f"{k}.norm1.bias"])
            inner = _gelu(linear(x, w, f"{k}.in"))
            x = _normal(x + linear(inner, w, f"{k}.out"), w[f"{k}.norm2.weight"], w[f"{k}.norm2.bias"])
        return ids, there, x

    def _attention(self, x: Floats, mask: Floats, layer: str) -> Floats:
        batch, length, width = x.shape

        def split(name: str) -> Floats:
            made = linear(x, self.weights, layer + name).reshape(batch, length, self._heads, width // self._heads)
            return made.transpose(0, 2, 1, 3)

        query, key, value = split("query"), split("key"), split("value")
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // self._heads)) + mask
        mixed = (softmax(scores) @ value).transpose(0, 2, 1, 3).reshape(batch, length, width)
        return linear(mixed, self.weights, layer + "mix")


def load(data: bytes, *, source: str) -> Body:
    """Read a saved model.

    Raises
    ------
    InputError
        If the data are no such model.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as saved:
            about = json.loads(bytes(saved["about"]).decode())
            pieces = bytes(saved["pieces"]).decode().split("\n")
            arrays = {
                name: saved[name].astype(np.float32) * saved[f"{name}.scale"]
                if f"{name}.scale" in saved.files
                else saved[name].astype(np.float32)
                for name in saved.files
                if name not in ("about", "pieces") and not name.endswith(".scale")
            }
            if len(pieces) != len(arrays["word"]):
                raise ValueError(f"{len(pieces)} pieces, {len(arrays['word'])} rows")
            return Body(arrays, pieces, about)
    except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile, zlib.error) as error:
        raise InputError(f"{source} is no encoder of worldstage ({error}).", hint="install worldstage again") from error


def linear(x: Floats, w: Mapping[str, Floats], name: str) -> Floats:
    """A linear layer over the last axis."""
    # As one flat product: a stack of small ones does not reach the fast routine.
    flat = x.reshape(-1, x.shape[-1]) @ w[f"{name}.weight"].T
    flat += w[f"{name}.bias"]
    return flat.reshape(*x.shape[:-1], -1)


def _normal(x: Floats, weight: Floats, bias: Floats) -> Floats:
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPS)
    return np.asarray(centred / spread * weight + bias, dtype=np.float32)


def _gelu(x: Floats) -> Floats:
    # Through tanh, within 0.0005 of the exact one (Hendrycks and Gimpel, arXiv 1606.08415, from general knowledge):
    # the error function would take most of the time of a whole pass.
    inner = np.float32(np.sqrt(2 / np.pi)) * (x + np.float32(0.044715) * x * x * x)
    return np.asarray(np.float32(0.5) * x * (np.float32(1) + np.tanh(inner)), dtype=np.float32)
