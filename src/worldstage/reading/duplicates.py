"""Near-duplicates: the same report again, as wire copy is printed by many outlets with edits, cuts and a new lead."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from worldstage.core.records import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PERMUTATIONS, _SEED = 256, 20151113
_WORDS = _PERMUTATIONS // 2  # two values of 16 bits in a word of 32
_LENGTH = 2 + _WORDS
_SHINGLE = 3
# Daily reports of one pattern differ in little but their numbers, so each number counts as much as a clause.
_NUMBER_WEIGHT = 8
_LEAST_SHINGLES, _LEAST_CONTAINED = 12, 40
_SAME, _CONTAINED = 0.7, 0.8
_DAYS = 7
_UNKNOWN_DAY = 0
_WORD = re.compile(r"[぀-ヿ㐀-䶿一-鿿]|\d+(?:[.,]\d+)*|[^\W\d_]+")


def shingles(text: str) -> set[str]:
    """The runs of three words in a text, in small letters, and each of its numbers eight times over."""
    words = [word.casefold() for word in _WORD.findall(text)]
    found = {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    found.update(f"#{weight} {word}" for word in words if word[0].isdigit() for weight in range(_NUMBER_WEIGHT))
    return found


def signature(document: Document) -> list[int]:
    """What is kept of a document to know it again.

    Returns
    -------
    list of int
        130 unsigned numbers of 32 bits: how many shingles it has; the day of publication (0: unknown); the lower 16
        bits of 256 MinHash values, two in a number.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents, SEQUENCES '97.
    Li, König (2010), b-bit minwise hashing, WWW '10.
    """
    from rensa import RMinHash

    found = shingles(document.text)
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(sorted(found))
    values = [value & 0xFFFF for value in sketch.digest()]
    packed = [low | high << 16 for low, high in zip(values[::2], values[1::2], strict=True)]
    day = document.published.toordinal() if document.published else _UNKNOWN_DAY
    return [len(found), day, *packed]


class Linker:
    """Finds for each new document the one, known before or earlier in the run, that it repeats.

    Parameters
    ----------
    signatures
        Document id → signature, of the documents known already, the oldest first.

    Notes
    -----
    With A and B the shingles of two documents, their resemblance J = |A∩B| / |A∪B| is estimated from their MinHash
    values, and from it, with the sizes, their containment |A∩B| / min(|A|, |B|). They are one report where J ≥ 0.7
    or, as one of them may have been cut, containment ≥ 0.8, and where their dates lie at most a week apart (or one is
    unknown). The same words again are the same report whenever they were printed. Background that two reports share
    does not link them.
    """

    def __init__(self, signatures: Mapping[str, Sequence[int]]) -> None:
        import numpy as np

        self._ids: list[str] = []
        self._known: set[str] = set()
        self._rows: NDArray[np.uint32] = np.zeros((max(len(signatures), 64), _LENGTH), dtype=np.uint32)
        self._first: dict[bytes, str] = {}
        self._root: dict[str, str] = {}
        for document, row in signatures.items():
            if len(row) == _LENGTH:
                self._insert(document, np.asarray(row, dtype=np.uint32))

    def link(self, documents: Iterable[Document]) -> tuple[list[Document], dict[str, list[int]]]:
        """Set `duplicate_of` on the documents that repeat one.

        Returns
        -------
        (documents, signatures)
            All documents in the order given, one known already (the same id) untouched; and document id → signature
            of those that are new.
        """
        import numpy as np

        linked: list[Document] = []
        fresh: dict[str, list[int]] = {}
        for document in documents:
            if document.id in self._known:
                linked.append(document)
                continue
            kept = signature(document)
            row = np.asarray(kept, dtype=np.uint32)
            original = self._original(row)
            if original is not None:
                self._root[document.id] = original
            self._insert(document.id, row)
            fresh[document.id] = kept
            linked.append(dataclasses.replace(document, duplicate_of=original))
        return linked, fresh

    def _insert(self, document: str, row: NDArray[np.uint32]) -> None:
        import numpy as np

        if len(self._ids) == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[len(self._ids)] = row
        self._ids.append(document)
        self._known.add(document)
        self._first.setdefault(row[2:].tobytes(), document)

    def _original(self, row: NDArray[np.uint32]) -> str | None:
        """The first of the documents that one with this signature repeats."""
        import numpy as np

        size, day = int(row[0]), int(row[1])
        if size < _LEAST_SHINGLES or not self._ids:
            return None
        if same := self._first.get(row[2:].tobytes()):
            return self._root.get(same, same)
        days = self._rows[: len(self._ids), 1].astype(np.int64)
        near = np.abs(days - day) <= _DAYS if day else np.ones(len(days), dtype=bool)
        at = np.flatnonzero(near | (days == _UNKNOWN_DAY))
        rows = self._rows[at]
        alike = (rows[:, 2:].view(np.uint16) == row[2:].view(np.uint16)).mean(axis=1)
        sizes = rows[:, 0].astype(np.int64)
        smaller = np.minimum(sizes, size)
        contained = alike / (1 + alike) * (sizes + size) / np.maximum(smaller, 1)
        fits = (alike >= _SAME) & (smaller >= _LEAST_SHINGLES)
        fits |= (contained >= _CONTAINED) & (smaller >= _LEAST_CONTAINED)
        found = np.flatnonzero(fits)
        if not len(found):
            return None
        first = self._ids[int(at[found[0]])]
        return self._root.get(first, first)
