"""Which tokens may tell an event: verbs, and nouns that the training sentences use for acts."""

from __future__ import annotations

from collections.abc import Collection

from worldstage.coding.view import View

# *Is ready*, *the dead*: an adjective that itself says what happened.
_STATES = frozenset({"acomp", "amod", "ROOT"})


def candidates(view: View, first: int, last: int, nouns: Collection[str]) -> list[int]:
    """Tokens of the half-open range that may be predicates of events.

    Parameters
    ----------
    nouns
        Lemmas of nouns that name acts (*attack*, *talks*, *withdrawal*).
    """
    pos, lemma, dep = view.pos, view.lemma, view.dep
    out = []
    for i in range(first, last):
        p = pos[i]
        acts = p == "VERB" or (p == "NOUN" and lemma[i] in nouns)
        if acts or (p == "ADJ" and dep[i] in _STATES and lemma[i] in nouns):
            out.append(i)
    return out
