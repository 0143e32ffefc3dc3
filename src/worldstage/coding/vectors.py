"""Word vectors: what lets the models treat a verb that training never showed like those near it in meaning.

The table is cut from GloVe 6B, 50 dimensions (Pennington, Socher, Manning; Open Data Commons Public Domain
Dedication), by ``training/make_vectors.py``: the commonest lower-case words, 8-bit numbers, unit length.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 50


class Vectors:
    """A table of unit vectors by word.

    Parameters
    ----------
    words
        Distinct words, lower case.
    table
        Shape ``(words, DIMENSIONS)``, 8-bit.
    """

    def __init__(self, words: list[str], table: NDArray[np.int8]) -> None:
        self._rows = {word: i for i, word in enumerate(words)}
        self._table = table

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, word: str) -> NDArray[np.float32] | None:
        """The unit vector of a word, shape ``(DIMENSIONS,)``; None for one not in the table."""
        row = self._rows.get(word)
        if row is None:
            return None
        vector = self._table[row].astype(np.float32)
        return np.asarray(vector / (np.linalg.norm(vector) or 1.0), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the table, without pickle."""
        order = sorted(self._rows, key=self._rows.__getitem__)
        buffer = io.BytesIO()
        np.savez_compressed(buffer, words=np.frombuffer("\n".join(order).encode(), dtype=np.uint8), table=self._table)
        path.write_bytes(buffer.getvalue())

    @staticmethod
    def load(data: bytes) -> Vectors:
        """Read a table."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return Vectors(bytes(arrays["words"]).decode().split("\n"), arrays["table"])


@cache
def shipped() -> Vectors:
    """The table that comes with the package."""
    return Vectors.load(files("worldstage.coding").joinpath("vectors.npz").read_bytes())
