"""PLOVER contexts of each paragraph, from the words that speak for them.

The cues and their weights stand in ``reference/data/contexts.csv``; they were written for this project. A cue of
weight 2 is enough for its context, cues of weight 1 or ½ need company. A cue counts twice at most.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from worldstage.coding.view import View
from worldstage.core.errors import InputError
from worldstage.reference.plover import CONTEXTS
from worldstage.reference.tables import rows

_ENOUGH = 2.0
_MOST_OFTEN = 2
# Texts without blank lines, and paragraphs as long as articles, are cut at the next end of a sentence.
_LONGEST_PARAGRAPH = 150
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for contexts: the words after the first, and (index of the context, weight) pairs."""

    number: int
    rest: tuple[str, ...]
    votes: tuple[tuple[int, float], ...]


class ContextFinder:
    """Gives each sentence the contexts of its paragraph."""

    def __init__(self) -> None:
        self._cues = _cues()

    def find(self, view: View) -> list[tuple[str, ...]]:
        """One tuple of contexts per sentence, in the order of `CONTEXTS`; sentences of a paragraph share theirs."""
        out: list[tuple[str, ...]] = []
        for sentences in _paragraphs(view):
            first, last = view.sents[sentences[0]][0], view.sents[sentences[-1]][1]
            contexts = self._contexts(view, first, last)
            out.extend([contexts] * len(sentences))
        return out

    def _contexts(self, view: View, first: int, last: int) -> tuple[str, ...]:
        """The contexts of a half-open range of tokens."""
        cues, lemma, lower = self._cues, view.lemma, view.lower
        counts: dict[int, int] = {}
        met: dict[int, Cue] = {}
        free = first  # tokens before this one belong to a longer cue: *Islamic State* says nothing of Islam
        for i in range(first, last):
            found = cues.get(lemma[i]) or (cues.get(lower[i]) if lower[i] != lemma[i] else None)
            if found is None or i < free:
                continue
            for cue in found:
                if not cue.rest or _goes_on(view, i, cue.rest):
                    counts[cue.number] = counts.get(cue.number, 0) + 1
                    met[cue.number] = cue
                    free = i + 1 + len(cue.rest)
                    break
        scores: dict[int, float] = {}
        for number, cue in met.items():
            times = min(counts[number], _MOST_OFTEN)
            for context, weight in cue.votes:
                scores[context] = scores.get(context, 0.0) + weight * times
        return tuple(CONTEXTS[k] for k in sorted(scores) if scores[k] >= _ENOUGH)


def _goes_on(view: View, i: int, rest: tuple[str, ...]) -> bool:
    """Whether the tokens after `i` are these words, as lemma or as they stand."""
    if i + len(rest) >= len(view):
        return False
    return all(word in (view.lemma[i + k], view.lower[i + k]) for k, word in enumerate(rest, 1))


def _paragraphs(view: View) -> list[list[int]]:
    """Indices of the sentences of each paragraph."""
    breaks = [match.end() for match in _BLANK_LINE.finditer(view.raw)]
    out: list[list[int]] = []
    current, length = -1, 0
    for k, (b, e) in enumerate(view.sents):
        paragraph = bisect_right(breaks, view.sentence(k)[0])
        if paragraph != current or length > _LONGEST_PARAGRAPH:
            out.append([])
            current, length = paragraph, 0
        out[-1].append(k)
        length += e - b
    return out


@cache
def _cues() -> dict[str, tuple[Cue, ...]]:
    """First word → its cues, the longest first.

    Raises
    ------
    InputError
        If the table names a context that PLOVER has not.
    """
    votes: dict[tuple[str, ...], list[tuple[int, float]]] = {}
    for row in rows("contexts"):
        if row["context"] not in CONTEXTS:
            raise InputError(f"contexts.csv names {row['context']!r}.", expected=", ".join(CONTEXTS))
        # The tokenizer parts words at hyphens and apostrophes.
        cue = tuple(row["cue"].replace("-", " - ").replace("'s", " 's").split())
        votes.setdefault(cue, []).append((CONTEXTS.index(row["context"]), float(row["weight"])))
    table: dict[str, list[Cue]] = {}
    for number, (cue, given) in enumerate(votes.items()):
        table.setdefault(cue[0], []).append(Cue(number, cue[1:], tuple(given)))
    return {word: tuple(sorted(found, key=lambda cue: -len(cue.rest))) for word, found in table.items()}
