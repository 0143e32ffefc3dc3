"""What pronouns and *the two countries* stand for, among the actors named before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from worldstage.coding.view import View
from worldstage.coding.words import words

if TYPE_CHECKING:
    from worldstage.coding.mentions import Mention

_COUPLES = words(
    "country nation state side government leader president minister power neighbour neighbor capital army man party "
    "ally rival minister delegation parliament congress capital nation presidency foe"
)
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
_ONE_PERSON = words("he she him her his")
_SEVERAL = words("they them their")
_ONE_THING = words("it its")
# How many mentions and sentences a pronoun looks back, and how many sentences *the two countries* does.
_MENTIONS, _SENTENCES, _COUPLE_SENTENCES = 14, 2, 6


def referent(view: View, i: int, mentions: Sequence[Mention]) -> Mention | None:
    """The mention that the pronoun at token `i` stands for, None where none fits."""
    low = view.lower[i]
    if low in _ONE_PERSON:
        return _antecedent(view, i, mentions, lambda m: m.person and not m.plural)
    if low in _SEVERAL:
        return _antecedent(view, i, mentions, lambda m: m.plural or len(m.actors) > 1)
    if low in _ONE_THING:
        return _antecedent(view, i, mentions, lambda m: not m.person and not m.plural)
    return None


def _antecedent(view: View, i: int, mentions: Sequence[Mention], fits: Callable[[Mention], bool]) -> Mention | None:
    """The nearest fitting mention of this sentence or the two before; a subject before any other."""
    best: tuple[float, Mention] | None = None
    for m in mentions[-_MENTIONS:]:
        back = view.sent[i] - view.sent[m.head]
        if back > _SENTENCES or m.kind == "unknown" or not fits(m):
            continue
        subject = view.dep[m.head] in ("nsubj", "nsubjpass")
        cost = back * 10 - (6 if subject else 0) + (i - m.head) / 50
        if best is None or cost < best[0]:
            best = (cost, m)
    return best[1] if best else None


def is_couple(view: View, i: int) -> bool:
    """Whether token `i` is the head of *the two countries*, *both presidents*, *the three governments*."""
    # Some parsers take *the three Governments* for a name.
    if view.lemma[i].lower() not in _COUPLES or view.tag[i] not in ("NNS", "NNPS"):
        return False
    return _number(view, i) > 0


def _number(view: View, i: int) -> int:
    return max((_NUMBERS.get(view.lower[c], 0) for c in view.children[i]), default=0)


def couple(view: View, i: int, mentions: Sequence[Mention]) -> list[Mention]:
    """The last two (or three, or four) states named before token `i`, each once, in the order of the text.

    Fewer, where so many are not named near by.
    """
    wanted = _number(view, i)
    found: list[Mention] = []
    for m in reversed(mentions):
        if view.sent[i] - view.sent[m.head] > _COUPLE_SENTENCES or len(found) == wanted:
            break
        a = m.actors[0]
        fits = m.kind in ("name", "role") and a.country is not None and len(m.actors) == 1
        if fits and all(a.code != f.actors[0].code for f in found):
            found.append(m)
    return found[::-1]
