"""A small sentence encoder for pairs, run in NumPy: which type, which status, read from the whole sentence.

The two parties are marked in the sentence (``@ actor @``, ``# recipient #``); a six-layer BERT encoder reads it; the
mean of all pieces and of the marks goes into two linear heads. ``training/encoder.py`` fine-tuned it on the sentences
of ``training/`` from all-MiniLM-L6-v2 (Wang et al., "MiniLM", NeurIPS 2020, from general knowledge; Apache-2.0).
Weights are 8-bit integers with one scale per row.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from zipfile import BadZipFile

import numpy as np

from worldstage.coding.model import Floats, softmax
from worldstage.coding.wordpiece import WordPiece
from worldstage.core.errors import InputError

ACTOR_MARK, RECIPIENT_MARK = "@", "#"
_EPS = 1e-12
# Longer sentences are cut: all but one in a thousand of training's are shorter.
_LIMIT = 128
_BATCH = 32


def marked(text: str, actor: tuple[int, int] | None, recipient: tuple[int, int] | None) -> str:
    """The sentence with marks round the parties; spans are half-open offsets, None for a party not given."""
    marks = [
        (at, order, mark)
        for span, sign in ((actor, ACTOR_MARK), (recipient, RECIPIENT_MARK))
        if span
        for at, order, mark in ((span[0], 0, f"{sign} "), (span[1], 1, f" {sign}"))
    ]
    # From the end, so that earlier offsets stay; at one place an end stands before a beginning.
    for at, _, mark in sorted(marks, key=lambda m: (-m[0], m[1])):
        text = text[:at] + mark + text[at:]
    return text


class Encoder:
    """A BERT encoder with a head for types and one for statuses.

    Parameters
    ----------
    arrays
        Weights by name, as `Encoder.load` reads them: float32.
    about
        Classes of the heads, number of attention heads, hash of the training set.
    """

    def __init__(self, arrays: Mapping[str, Floats], pieces: Sequence[str], about: Mapping[str, Any]) -> None:
        self._w = arrays
        self.about = dict(about)
        self.types: tuple[str, ...] = tuple(about["types"])
        self.statuses: tuple[str, ...] = tuple(about["statuses"])
        self._heads = int(about["heads"])
        self._layers = int(about["layers"])
        self.pieces = WordPiece(pieces)
        self._marks = self.pieces.row(ACTOR_MARK), self.pieces.row(RECIPIENT_MARK)

    def judge(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Probabilities of types and of statuses for marked sentences.

        Returns
        -------
        (types, statuses)
            Shapes ``(texts, len(self.types))`` and ``(texts, len(self.statuses))``; rows sum to 1.
        """
        rows = [self.pieces(text, limit=_LIMIT) for text in texts]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        types = np.zeros((len(rows), len(self.types)), dtype=np.float32)
        statuses = np.zeros((len(rows), len(self.statuses)), dtype=np.float32)
        for begin in range(0, len(order), _BATCH):
            chosen = order[begin : begin + _BATCH]
            pooled = self._pooled([rows[i] for i in chosen])
            types[chosen] = softmax(pooled @ self._w["type.weight"].T + self._w["type.bias"])
            statuses[chosen] = softmax(pooled @ self._w["status.weight"].T + self._w["status.bias"])
        return types, statuses

    def _pooled(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Mean of all pieces, of the actor's marks, of the recipient's, side by side: ``(sentences, 3 × width)``."""
        longest = max(map(len, rows))
        ids = np.zeros((len(rows), longest), dtype=np.int64)
        there = np.zeros((len(rows), longest), dtype=np.float32)
        for k, row in enumerate(rows):
            ids[k, : len(row)], there[k, : len(row)] = row, 1.0
        hidden = self._hidden(ids, there)
        parts = []
        for weight in (there, *((ids == mark).astype(np.float32) for mark in self._marks)):
            total = np.einsum("bsh,bs->bh", hidden, weight)
            parts.append(total / np.maximum(weight.sum(axis=1), 1.0)[:, None])
        return np.concatenate(parts, axis=1)

    def _hidden(self, ids: Any, there: Floats) -> Floats:
        """The last layer, shape ``(sentences, pieces, width)``."""
        w = self._w
        x = w["word"][ids] + w["position"][: ids.shape[1]]
        x = _normal(x, w["norm.weight"], w["norm.bias"])
        mask = (1.0 - there)[:, None, None, :] * np.float32(-1e9)
        for k in range(self._layers):
            x = _normal(x + self._attention(x, mask, f"{k}."), w[f"{k}.norm1.weight"], w[f"{k}.norm1.bias"])
            inner = _gelu(_linear(x, w, f"{k}.in"))
            x = _normal(x + _linear(inner, w, f"{k}.out"), w[f"{k}.norm2.weight"], w[f"{k}.norm2.bias"])
        return x

    def _attention(self, x: Floats, mask: Floats, layer: str) -> Floats:
        batch, length, width = x.shape

        def split(name: str) -> Floats:
            made = _linear(x, self._w, layer + name).reshape(batch, length, self._heads, width // self._heads)
            return made.transpose(0, 2, 1, 3)

        query, key, value = split("query"), split("key"), split("value")
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // self._heads)) + mask
        mixed = (softmax(scores) @ value).transpose(0, 2, 1, 3).reshape(batch, length, width)
        return _linear(mixed, self._w, layer + "mix")

    @staticmethod
    def load(data: bytes, *, source: str = "encoder") -> Encoder:
        """Read an encoder.

        Raises
        ------
        InputError
            If the data are no encoder of this program.
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
                return Encoder(arrays, pieces, about)
        except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile, zlib.error) as error:
            raise InputError(
                f"{source} is no encoder of worldstage ({error}).", hint="install worldstage again"
            ) from error


def _linear(x: Floats, w: Mapping[str, Floats], name: str) -> Floats:
    # As one flat product: a stack of small ones does not reach the fast routine.
    flat = x.reshape(-1, x.shape[-1]) @ w[f"{name}.weight"].T
    flat += w[f"{name}.bias"]
    return flat.reshape(*x.shape[:-1], -1)


def _normal(x: Floats, weight: Floats, bias: Floats) -> Floats:
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPS)
    return np.asarray(centred / spread * weight + bias, dtype=np.float32)


def _gelu(x: Floats) -> Floats:
    from scipy.special import erf

    return np.asarray(0.5 * x * (1.0 + erf(x * np.float32(1 / np.sqrt(2)))), dtype=np.float32)


@cache
def shipped() -> Encoder:
    """The encoder that comes with the package."""
    return Encoder.load(files("worldstage.coding").joinpath("encoder.npz").read_bytes(), source="encoder.npz")
