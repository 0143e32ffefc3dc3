"""How firmly something is said: from 0, hedged, to 1, a flat threat or pledge.

The scale is additive. A bare assertion stands at 0.5. To it are added

* the weight of the reporting verb (*vowed* +0.25, *hinted* -0.25),
* the mean weight of the modal expressions in the words (*must* +0.25, *might* -0.25); after a past tense *would*
  counts as the *will* that it stands for,
* of the cues of force, of acts and of conditions the one of largest absolute weight of each kind; an act (*destroy*,
  *respond*) counts only where it lies ahead,
* the two strongest hedges (*perhaps*, *we hope*),
* -0.3 for a question, +0.2 for an imperative,

and the sum is cut to [0, 1]. A cue of force that is negated (*no guarantee*) counts half, with the opposite sign; a
negated hedge counts nothing. Cues whose negation makes them firm (*not tolerate*) stand in the table with it. Cues,
weights and kinds are the project's own: ``reference/data/firmness.csv``. The weights are judgements on an ordinal
scale, not estimates.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from worldstage.coding.view import View
from worldstage.reference.tables import rows

NEUTRAL = 0.5
_QUESTION = -0.3
_IMPERATIVE = 0.2
# Words, weight, kind.
Cue = tuple[tuple[str, ...], float, str]
_NEGATIONS = frozenset(
    {"not", "no", "nobody", "none", "n't", "n’t", "never", "nor", "neither", "without", "hardly", "cannot", "nothing"}
)
_NOT = frozenset({"n't", "n’t"})
_REACH = 3


@cache
def cues() -> dict[str, list[Cue]]:
    """First word of a cue → cues as (words, weight, kind), the longest first; without those of reporting verbs."""
    table: dict[str, list[Cue]] = {}
    for row in rows("firmness"):
        if row["kind"] not in ("verb", "backshift"):
            words = tuple(row["cue"].replace("-", " - ").split())
            table.setdefault(words[0], []).append((words, float(row["weight"]), row["kind"]))
    for found in table.values():
        found.sort(key=lambda cue: -len(cue[0]))
    return table


@cache
def verb_weights() -> dict[str, float]:
    """Lemma of a reporting verb → its weight."""
    return {row["cue"]: float(row["weight"]) for row in rows("firmness") if row["kind"] == "verb"}


@cache
def shifted() -> dict[tuple[str, ...], float]:
    """Modal expressions whose weight differs in reported speech after a past tense."""
    return {tuple(row["cue"].split()): float(row["weight"]) for row in rows("firmness") if row["kind"] == "backshift"}


def firmness(view: View, ranges: Iterable[tuple[int, int]], *, verb: str = "", backshifted: bool = False) -> float:
    """The firmness of the words in the half-open token ranges, as `verb` reports them.

    Parameters
    ----------
    backshifted
        Whether the words are reported after a verb in the past, where *would* stands for *will*.

    Returns
    -------
    float
        On [0, 1], rounded to two digits.
    """
    modal: list[float] = []
    hedges: list[float] = []
    strongest: dict[str, float] = {}
    question = imperative = False
    table = cues()
    for first, last in ranges:
        i = first
        while i < last:
            found = _cue_at(view, i, last, table)
            if found:
                words, weight, kind = found
                if kind == "modal":
                    modal.append(shifted().get(words, weight) if backshifted else weight)
                else:
                    weight = _negated(view, first, i, words, weight, kind)
                    if kind == "hedge":
                        hedges.append(weight)
                    elif abs(weight) > abs(strongest.get(kind, 0.0)):
                        strongest[kind] = weight
                i += len(words)
                continue
            if view.text[i] == "?":
                question = True
            elif view.tag[i] == "VB" and not imperative:
                imperative = _imperative(view, i, first)
            i += 1
    total = NEUTRAL + verb_weights().get(verb, 0.0) + sum(strongest.values()) + sum(sorted(hedges)[:2])
    total += sum(modal) / len(modal) if modal else 0.0
    total += _QUESTION * question + _IMPERATIVE * (imperative and not question)
    return round(min(max(total, 0.0), 1.0), 2)


def _cue_at(view: View, i: int, last: int, table: dict[str, list[Cue]]) -> Cue | None:
    """The cue that begins at token `i`: by its form first, then by its lemma."""
    low, lemma = view.lower[i], view.lemma[i]
    options = table.get("not" if low in _NOT else low)
    found = _match(view, i, last, options) if options else None
    if found is None and lemma != low:
        options = table.get(lemma)
        found = _match(view, i, last, options) if options else None
    return found


def _match(view: View, i: int, last: int, found: list[Cue]) -> Cue | None:
    """The longest cue that stands at token `i`; ``will``, ``may`` … only as auxiliaries, ``… to`` before a verb."""
    lower, lemma = view.lower, view.lemma
    for cue in found:
        words, _, kind = cue
        n = len(words)
        if i + n > last:
            continue
        if kind == "modal" and n == 1 and view.tag[i] != "MD":
            continue
        # The first word is known to fit.
        if n > 1 and not all(
            w == lower[i + k] or w == lemma[i + k] or (w == "not" and lower[i + k] in _NOT)
            for k, w in enumerate(words[1:], 1)
        ):
            continue
        if words[-1] == "to" and n > 1 and kind == "modal" and (i + n >= last or view.tag[i + n] != "VB"):
            continue
        if kind == "act" and not _ahead(view, i):
            continue
        return cue
    return None


def _ahead(view: View, i: int) -> bool:
    """Whether an act is announced rather than told: *will destroy*, *to be destroyed*, *revenge*."""
    tag = view.tag[i]
    if tag in ("VB", "NN", "NNS"):
        return True
    return tag in ("VBN", "VBG") and any(
        view.tag[c] in ("MD", "TO") for c in view.children[i] if view.dep[c] in ("aux", "auxpass")
    )


def _negated(view: View, first: int, i: int, words: tuple[str, ...], weight: float, kind: str) -> float:
    if words[0] in _NEGATIONS or not any(view.lower[k] in _NEGATIONS for k in range(max(first, i - _REACH), i)):
        return weight
    if kind in ("force", "act"):
        return -weight / 2
    return 0.0 if kind == "hedge" else weight


def _imperative(view: View, i: int, first: int) -> bool:
    """Whether a bare verb gives an order: the first word of its clause, or of the words, without a subject."""
    opens = (
        i == first
        or view.text[i - 1] in '“"‘.;!?:'
        or (view.lower[i - 1] in ("please", "not", "n't") and i - 2 <= first)
    )
    if not opens:
        return False
    return not any(
        view.dep[c] in ("nsubj", "nsubjpass", "aux") and c < i and view.lower[c] != "do" for c in view.children[i]
    )
