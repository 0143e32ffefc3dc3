"""Which tokens may tell an event: verbs, and nouns that the training sentences use for acts."""

from __future__ import annotations

from collections.abc import Collection

from worldstage.coding.view import View


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
        if p == "VERB":
            out.append(i)
        elif p in ("NOUN", "ADJ") and lemma[i] in nouns and (p == "NOUN" or dep[i] in ("acomp", "amod", "ROOT")):
            out.append(i)
    return out
