"""Splitting text into the word pieces of an uncased BERT vocabulary.

Words are lower-cased, stripped of accents, cut at punctuation, and split greedily into the longest known pieces, those
inside a word marked by ``##`` (Devlin et al., "BERT", NAACL 2019; the algorithm from general knowledge, checked against
the reference tokenizer while the vocabulary was cut).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

_LONGEST = 60


class WordPiece:
    """A tokenizer for one vocabulary.

    Parameters
    ----------
    pieces
        The vocabulary, in the order of the rows of the embedding; must hold ``[UNK]``, ``[CLS]`` and ``[SEP]``.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        self._rows: Mapping[str, int] = {piece: i for i, piece in enumerate(pieces)}
        self._unknown, self.first, self.last = (self._rows[p] for p in ("[UNK]", "[CLS]", "[SEP]"))
        self._known: dict[str, list[int]] = {}

    def __call__(self, text: str, *, limit: int = 128) -> list[int]:
        """Rows of the pieces of a text between ``[CLS]`` and ``[SEP]``, cut to `limit`."""
        out = [self.first]
        for word in words(text):
            out.extend(self.split(word))
            if len(out) >= limit:
                break
        return [*out[: limit - 1], self.last]

    def row(self, piece: str) -> int:
        """The row of one piece; that of ``[UNK]`` for an unknown one."""
        return self._rows.get(piece, self._unknown)

    def split(self, word: str) -> list[int]:
        """Rows of the pieces of one word; ``[UNK]`` where it cannot be put together from known pieces."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._pieces(word)
            if len(self._known) > 50_000:
                self._known = {}
        return known

    def _pieces(self, word: str) -> list[int]:
        if len(word) > _LONGEST:
            return [self._unknown]
        out, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                row = self._rows.get(("##" if start else "") + word[start:end])
                if row is not None:
                    break
            else:
                return [self._unknown]
            out.append(row)
            start = end
        return out


def words(text: str) -> list[str]:
    """The words and punctuation marks of a text, lower-cased and without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    spaced = []
    for c in plain:
        if c.isspace() or unicodedata.category(c) in ("Cc", "Cf"):
            spaced.append(" " if c.isspace() else "")
        elif _is_punctuation(c) or _is_ideograph(c):
            spaced.append(f" {c} ")
        else:
            spaced.append(c)
    return "".join(spaced).split()


def _is_punctuation(c: str) -> bool:
    # All ASCII that is neither letter nor digit counts, also $ + < = > ^ ` | ~, which Unicode calls symbols.
    return (c.isascii() and not c.isalnum() and not c.isspace()) or unicodedata.category(c).startswith("P")


def _is_ideograph(c: str) -> bool:
    return "一" <= c <= "鿿" or "㐀" <= c <= "䶿" or "豈" <= c <= "﫿" or c >= "\U00020000"
