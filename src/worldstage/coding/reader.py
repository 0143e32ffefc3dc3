"""A second reader of whole sentences: what each predicate tells, whether it happened, and who plays which part.

A six-layer BERT encoder reads a sentence once. From the vector of a predicate's first piece two linear heads tell type
(or none) and status; from the vectors of a predicate and of a name, through one hidden layer, a third tells the part
that the name plays. ``training/reader.py`` fine-tuned it on the sentences of ``training/``. Its opinion is joined with
that of the linear models (see `worldstage.coding.opinions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from worldstage.coding.bert import BATCH, LIMIT, Body, linear, load
from worldstage.coding.model import Floats, softmax
from worldstage.coding.view import View
from worldstage.coding.wordpiece import WordPiece, words


@dataclass(frozen=True)
class Reading:
    """What was read in the sentences of one document.

    Attributes
    ----------
    types, statuses
        Probabilities by token, shape ``(tokens, classes)``; evenly spread in sentences that were not read.
    """

    types: Floats
    statuses: Floats
    _doing: Floats
    _taking: Floats
    _body: Body

    def parts(self, at: int, names: Sequence[int]) -> Floats:
        """Probabilities of the parts that names (tokens) play in what a predicate tells, shape ``(names, parts)``."""
        inner = np.maximum(self._doing[at] + self._taking[list(names)], 0.0)
        return np.asarray(softmax(linear(inner, self._body.weights, "part")), dtype=np.float32)


class Reader:
    """Reads sentences with one encoder.

    Attributes
    ----------
    name
        Part of every event's coder: documents are coded anew when the reader has changed.
    types, statuses, parts
        The classes that it tells, in the order of its probabilities.
    """

    def __init__(self, body: Body) -> None:
        self._body = body
        self.about = body.about
        self.name = f"reader {str(body.about.get('training', ''))[:6]}"
        self.types: tuple[str, ...] = tuple(body.about["types"])
        self.statuses: tuple[str, ...] = tuple(body.about["statuses"])
        self.parts: tuple[str, ...] = tuple(body.about["parts"])

    def read(self, view: View, sentences: Sequence[tuple[int, int]]) -> Reading:
        """Read sentences, given as half-open ranges of tokens."""
        w, n = self._body.weights, len(view)
        width = len(w["doing.bias"])
        types = np.full((n, len(self.types)), 1 / len(self.types), dtype=np.float32)
        statuses = np.full((n, len(self.statuses)), 1 / len(self.statuses), dtype=np.float32)
        doing, taking = np.zeros((n, width), dtype=np.float32), np.zeros((n, width), dtype=np.float32)
        cut = [pieces_of(view.text[first:last], self._body.pieces) for first, last in sentences]
        order = sorted(range(len(cut)), key=lambda k: len(cut[k][0]))
        for begin in range(0, len(order), BATCH):
            chosen = order[begin : begin + BATCH]
            _, _, hidden = self._body.hidden([cut[k][0] for k in chosen])
            for row, k in zip(hidden, chosen, strict=True):
                first, places = sentences[k][0], cut[k][1]
                x = row[places]
                here = slice(first, first + len(places))
                types[here] = softmax(linear(x, w, "type"))
                statuses[here] = softmax(linear(x, w, "status"))
                doing[here], taking[here] = linear(x, w, "doing"), linear(x, w, "taking")
        return Reading(types, statuses, doing, taking, self._body)


def pieces_of(tokens: Sequence[str], pieces: WordPiece) -> tuple[list[int], list[int]]:
    """Rows of the pieces of a sentence, and the place of the first piece of each token that is not cut off."""
    rows, places = [pieces.first], []
    for token in tokens:
        new = [row for word in words(token) for row in pieces.split(word)]
        if len(rows) + len(new) >= LIMIT:
            break
        # A token without pieces (a control character) shares the place of what follows.
        places.append(len(rows))
        rows.extend(new)
    return [*rows, pieces.last], places


@cache
def shipped() -> Reader:
    """The reader that comes with the package."""
    return Reader(load(files("worldstage.coding").joinpath("reader.npz").read_bytes(), source="reader.npz"))
