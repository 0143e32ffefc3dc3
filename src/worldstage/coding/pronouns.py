"""What pronouns and *the two countries* stand for, among the actors named before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from worldstage.coding.titles import MEN, WOMEN
from worldstage.coding.view import View
from worldstage.coding.words import words

if TYPE_CHECKING:
    from worldstage.coding.mentions import Mention

_COUPLES = words(
    "country nation state side government leader president minister power neighbour neighbor capital army man party "
    "ally rival minister delegation parliament congress capital nation presidency foe"
)
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
_DEFINITE = words("the both these those")
_ONE_PERSON = words("he she him her his")
_SEVERAL = words("they them their")
_ONE_THING = words("it its")
_WOMAN = words("she her hers")
# How much cheaper the subject of a clause is than another antecedent, and that of a main clause than it.
_SUBJECT, _MAIN = 6, 2
# How many mentions and sentences a pronoun looks back, and how many sentences *the two countries* does.
_MENTIONS, _SENTENCES, _COUPLE_SENTENCES = 14, 2, 6


def referent(view: View, i: int, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that the pronoun at token `i` stands for, in the order of the text; none where none fits."""
    low = view.lower[i]
    if low in _ONE_PERSON:
        sex = low in _WOMAN
        alone = [m for m in mentions[-_MENTIONS:] if m.person and not m.plural]
        found = _antecedent(view, i, alone, lambda m: _may_be(view, m, sex), named=True)
    elif low in _SEVERAL:
        found = _antecedent(view, i, mentions, lambda m: m.plural or len(m.actors) > 1 or _listed(view, m, mentions))
        if found is None:
            found = _antecedent(view, i, mentions, _is_company)
        return [] if found is None else _list_of(view, found, mentions)
    elif low in _ONE_THING:
        found = _antecedent(view, i, mentions, lambda m: not m.person and not m.plural)
    else:
        return []
    return [] if found is None or found.kind == "unknown" else [found]


def _may_be(view: View, m: Mention, woman: bool) -> bool:
    """Whether a person may be called *she* (`woman`) or *he*, going by *Mr*, *Mrs* and pronouns that stood for them."""
    before = view.lower[m.first - 1] if m.first else ""
    first = view.lower[m.first]
    if m.kind == "pronoun":
        return (first in _WOMAN) == woman or first not in _ONE_PERSON
    for low in (before, first):
        if low in MEN:
            return not woman
        if low in WOMEN:
            return woman
    return True


def _is_company(m: Mention) -> bool:
    """Whether one name stands for many who can be called *they*: a group, an organisation, a body of people."""
    a = m.actors[0]
    return not m.person and m.kind != "unknown" and (a.code is None or a.code != a.country or a.sector != "GOV")


def _listed(view: View, m: Mention, mentions: Sequence[Mention]) -> bool:
    return m.kind != "unknown" and len(_list_of(view, m, mentions)) > 1


def _list_of(view: View, m: Mention, mentions: Sequence[Mention]) -> list[Mention]:
    """A mention with those listed after it: *Kenya, Uganda and Rwanda*."""
    heads = [m.head]
    for head in heads:
        heads.extend(c for c in view.children[head] if view.dep[c] == "conj")
    if len(heads) == 1:
        return [m]
    return [o for o in mentions[-_MENTIONS:] if o.head in heads and o.kind != "unknown"]


def _antecedent(
    view: View, i: int, mentions: Sequence[Mention], fits: Callable[[Mention], bool], *, named: bool = False
) -> Mention | None:
    """The nearest fitting mention of this sentence or the two before; a subject before any other.

    With `named`, names that no table knows count as well: *he* then is nobody known.
    """
    best: tuple[float, Mention] | None = None
    own = _own_subject(view, i)
    itself = _who(next((m for m in mentions[-_MENTIONS:] if m.head == own), None))
    for m in mentions[-_MENTIONS:]:
        back = view.sent[i] - view.sent[m.head]
        if (
            back > _SENTENCES
            or m.head == own
            or _who(m) == itself
            or (m.kind == "unknown" and not named)
            or not fits(m)
        ):
            continue
        cost = back * 10 - _prominence(view, m.head) + (i - m.head) / 50
        if best is None or cost < best[0]:
            best = (cost, m)
    return best[1] if best else None


def _who(m: Mention | None) -> tuple[str | None, str, str | None] | None:
    """What makes two mentions the same party; None for nobody."""
    return None if m is None else (m.actors[0].code, m.actors[0].sector, m.actors[0].person)


def _prominence(view: View, head: int) -> int:
    """How much a mention is spoken of: as subject of the sentence most, as subject of a clause less."""
    while view.dep[head] == "conj" and view.head[head] != head:
        head = view.head[head]
    if view.dep[head] not in ("nsubj", "nsubjpass"):
        return 0
    verb = view.head[head]
    return _SUBJECT + (_MAIN if view.head[verb] == verb else 0)


def _own_subject(view: View, i: int) -> int:
    """The subject of the clause whose object the pronoun is: *it* in *Egypt struck it* is not Egypt; -1 for none."""
    if view.dep[i] not in ("dobj", "dative", "pobj") or view.tag[i] == "PRP$":
        return -1
    verb = view.head[i]
    for _ in range(3):
        if view.pos[verb] in ("VERB", "AUX"):
            break
        verb = view.head[verb]
    while True:
        subject = next((c for c in view.children[verb] if view.dep[c] in ("nsubj", "nsubjpass")), -1)
        if subject >= 0 or view.dep[verb] not in ("conj", "xcomp", "advcl") or view.head[verb] == verb:
            return subject
        verb = view.head[verb]


def is_couple(view: View, i: int) -> bool:
    """Whether token `i` is the head of *the two countries*, *both presidents*, *the three governments*."""
    # Some parsers take *the three Governments* for a name.
    if view.lemma[i].lower() not in _COUPLES or view.tag[i] not in ("NNS", "NNPS"):
        return False
    known = any(view.lower[c] in _DEFINITE or view.tag[c] == "PRP$" for c in view.children[i])
    return known and number_of(view, i) > 0


def number_of(view: View, i: int) -> int:
    """How many *the two countries* are; 0 where it is not said."""
    return max((_NUMBERS.get(view.lower[c], 0) for c in view.children[i]), default=0)


def couple(view: View, i: int, mentions: Sequence[Mention], named: Mapping[str, int]) -> list[Mention]:
    """The states named before token `i` that *the two countries* are, each once, in the order of the text.

    Of all that are named near by, those that the document is most about (`named`: how often each country is), and
    of these the last. Fewer, where so many are not named near by.
    """
    near: list[Mention] = []
    for m in reversed(mentions):
        if view.sent[i] - view.sent[m.head] > _COUPLE_SENTENCES:
            break
        a = m.actors[0]
        fits = m.kind in ("name", "role") and a.country is not None and len(m.actors) == 1
        if fits and all(a.code != f.actors[0].code for f in near):
            near.append(m)
    chosen = sorted(near, key=lambda m: -named.get(m.actors[0].country or "", 0))[: number_of(view, i)]
    return [m for m in reversed(near) if m in chosen]
