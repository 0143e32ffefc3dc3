"""Word lists, written as the words themselves."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The set of the words of a text, split at spaces.

    >>> sorted(words("in at near"))
    ['at', 'in', 'near']
    """
    return frozenset(text.split())
