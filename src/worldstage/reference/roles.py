"""Words that say what part of society an actor belongs to: titles, bodies, people, things."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from worldstage.reference.tables import rows


@dataclass(frozen=True, slots=True)
class Role:
    """A word or phrase, in lower case and singular, with its sector.

    Attributes
    ----------
    kind
        ``title`` (stands before a name or for its bearer), ``body``, ``people`` or ``thing``.
    """

    phrase: str
    sector: str
    kind: str


@cache
def roles() -> dict[str, Role]:
    """Phrase → role."""
    return {row["phrase"]: Role(row["phrase"], row["sector"], row["kind"]) for row in rows("roles")}


@cache
def by_head_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Noun before *of* or *in* → phrases as word tuples, the longest first: *secretary* → *secretary of state*."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in roles():
        words = tuple(phrase.split())
        at = head_word(words)
        if at < len(words) - 1:
            table.setdefault(words[at], []).append(words)
    return {head: tuple(sorted(found, key=len, reverse=True)) for head, found in table.items()}


def head_word(words: tuple[str, ...]) -> int:
    """Index of the noun that a phrase turns on: the one before its first *of* or *in*, or else the last word.

    >>> head_word(("deputy", "secretary", "of", "state")), head_word(("prime", "minister"))
    (1, 1)
    """
    return next((k for k, word in enumerate(words[1:]) if word in ("of", "in")), len(words) - 1)


@cache
def by_last_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Last word of a phrase → phrases as word tuples, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in roles():
        words = tuple(phrase.replace("-", " - ").split())
        table.setdefault(words[-1], []).append(words)
    return {last: tuple(sorted(found, key=len, reverse=True)) for last, found in table.items()}
