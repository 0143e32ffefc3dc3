"""A small sentence encoder for pairs, run in NumPy: which type, which status, read from the whole sentence.

The two parties are marked in the sentence (``@ actor @``, ``# recipient #``); a six-layer BERT encoder reads it; the
mean of all pieces and of the marks goes into two linear heads. ``training/encoder.py`` fine-tuned it on the sentences
of ``training/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from worldstage.coding.bert import BATCH, LIMIT, Body, linear, load
from worldstage.coding.model import Floats, softmax

ACTOR_MARK, RECIPIENT_MARK = "@", "#"


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
    body
        The encoder; `about` names the classes of the heads.
    """

    def __init__(self, body: Body) -> None:
        self._body = body
        self.about = body.about
        self.types: tuple[str, ...] = tuple(body.about["types"])
        self.statuses: tuple[str, ...] = tuple(body.about["statuses"])
        self._marks = body.pieces.row(ACTOR_MARK), body.pieces.row(RECIPIENT_MARK)

    def judge(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Probabilities of types and of statuses for marked sentences.

        Returns
        -------
        (types, statuses)
            Shapes ``(texts, len(self.types))`` and ``(texts, len(self.statuses))``; rows sum to 1.
        """
        rows = [self._body.pieces(text, limit=LIMIT) for text in texts]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        types = np.zeros((len(rows), len(self.types)), dtype=np.float32)
        statuses = np.zeros((len(rows), len(self.statuses)), dtype=np.float32)
        for begin in range(0, len(order), BATCH):
            chosen = order[begin : begin + BATCH]
            pooled = self._pooled([rows[i] for i in chosen])
            types[chosen] = softmax(linear(pooled, self._body.weights, "type"))
            statuses[chosen] = softmax(linear(pooled, self._body.weights, "status"))
        return types, statuses

    def _pooled(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Mean of all pieces, of the actor's marks, of the recipient's, side by side: ``(sentences, 3 × width)``."""
        ids, there, hidden = self._body.hidden(rows)
        parts = []
        for weight in (there, *((ids == mark).astype(np.float32) for mark in self._marks)):
            total = np.einsum("bsh,bs->bh", hidden, weight)
            parts.append(total / np.maximum(weight.sum(axis=1), 1.0)[:, None])
        return np.concatenate(parts, axis=1)


@cache
def shipped() -> Encoder:
    """The encoder that comes with the package."""
    return Encoder(load(files("worldstage.coding").joinpath("encoder.npz").read_bytes(), source="encoder.npz"))
