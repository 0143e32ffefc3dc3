"""Deaths and injuries that a text counts: *killed 12 people*, *a death toll of at least 130*, *nobody was hurt*."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from worldstage.coding.headcount import (
    NOT_PEOPLE,
    ZERO,
    count_after,
    count_before,
    headcount,
    inner_noun,
    is_no_count,
    number_in,
    phrase_count,
)
from worldstage.coding.numbers import count_at, starts_number
from worldstage.coding.tense import MODALS, unreal, unreal_above
from worldstage.coding.view import View
from worldstage.coding.words import words
from worldstage.core.records import Range

Kind = Literal["deaths", "injured"]

_KILL = words("kill slay massacre murder assassinate execute slaughter behead lynch electrocute")
_HURT = words("wound injure hurt maim hospitalise hospitalize wounded injured")
_KILLINGS = words("killing murder massacre assassination execution slaughter slaying beheading lynching")
_DEADLY = words("hack stab beat bludgeon shoot burn torture starve freeze crush stone trample club kick choke batter")
_HARM = _KILL | _HURT
_STANDS = words("of to at reached is was be been hit now stands : stood")
_PASSES = words("exceeded passed topped surpassed exceeds tops passes surpasses")
_COUNTED: dict[str, Kind] = {
    **dict.fromkeys(("dead", "deaths", "killed", "fatalities"), "deaths"),
    **dict.fromkeys(("wounded", "injured", "injuries"), "injured"),
}
_LOSING = words("claim take cost lose")


@dataclass(slots=True)
class Toll:
    """A count of casualties: the token that tells it, deaths or injured, and its bounds."""

    at: int
    kind: Kind
    count: Range


def find_tolls(view: View) -> list[Toll]:
    """The casualty counts of a document, in order of the words that tell them.

    What might happen and what somebody wants or denies is left out, and so are *casualties* and *killed or wounded 40*,
    which do not say which. Several counts that one verb governs are added (*two officers and a driver were killed*: 3).
    """
    out = []
    for i, lemma in enumerate(view.lemma):
        readers = _READERS.get(lemma)
        if readers is not None:
            for kind, read in readers:
                count = read(view, i)
                if count is not None:
                    out.append(Toll(i, kind, count))
    return out


# -- readers, one for each kind of word ----------------------------------------------------------


def _harm(view: View, i: int) -> Range | None:
    """*killed 12 people*, *12 were killed*, *12 people killed in the blast*, *killing at least two*."""
    if view.pos[i] in ("NOUN", "PROPN") or (view.dep[i] == "amod" and view.head[i] == i + 1) or _paired(view, i):
        return None
    if unreal(view, i):
        return None
    passive = False
    for c in view.children[i]:
        if view.dep[c] == "nsubjpass":
            return headcount(view, _relative(view, c, i))
        if view.dep[c] == "dobj":
            # *Hurt* takes trade, pride and causes as objects: only numbers and *nobody* count.
            named = view.lemma[i] == "hurt" and number_in(view, c) is None and view.tag[c] in ("NNP", "NNPS")
            return None if named else headcount(view, c) or count_after(view, i)
        passive = passive or view.dep[c] == "auxpass"
    if view.tag[i] != "VBN" and view.pos[i] != "ADJ":
        return count_after(view, i)
    if view.dep[i] == "xcomp":
        return _passive_party(view, view.head[i])
    if view.dep[i] in ("acl", "relcl") and (found := headcount(view, view.head[i])) is not None:
        return found
    return count_before(view, i) or (None if passive else count_after(view, i))


def _passive_party(view: View, verb: int) -> Range | None:
    """Those to whom a passive verb says that something was done: *two people (were) reported killed*."""
    party = view.head[verb] if view.dep[verb] in ("acl", "relcl") else -1
    party = next((c for c in view.children[verb] if view.dep[c] in ("nsubjpass", "nsubj")), party)
    return headcount(view, _relative(view, party, verb)) if party >= 0 else None


def _paired(view: View, i: int) -> bool:
    """*killed or wounded 40*: nobody knows how many of each."""
    lower, lemma = view.lower, view.lemma
    joins = ("and", "or", "/")
    after = i + 2 < len(view) and lower[i + 1] in joins and lemma[i + 2] in _HARM
    return after or (i > 1 and lower[i - 1] in joins and lemma[i - 2] in _HARM)


def _relative(view: View, c: int, verb: int) -> int:
    return view.head[verb] if view.lower[c] in ("who", "that", "which") and view.dep[verb] == "relcl" else c


def _die(view: View, i: int) -> Range | None:
    if view.pos[i] != "VERB" or unreal(view, i):
        return None
    for c in view.children[i]:
        if view.dep[c] in ("nsubj", "nsubjpass"):
            return headcount(view, _relative(view, c, i))
    return count_before(view, i)


def _dead(view: View, i: int) -> Range | None:
    """*left 12 dead*, *shot dead two men*, *12 people are dead*, *at least 12 dead*."""
    before = view.lower[i - 1] if i else ""
    if before in ("the", "feared", "presumed", "half"):
        return None
    if before in ("shot", "gunned", "struck") and (found := count_after(view, i)):
        return found
    if view.dep[i] == "amod" and view.head[i] > i:
        return None
    head = view.head[i]
    if view.pos[head] in ("VERB", "AUX") and head != i and unreal(view, head):
        return None
    found = count_before(view, i)
    if found is None and head != i and view.pos[head] in ("VERB", "AUX"):
        wanted = ("nsubj", "nsubjpass") if view.lemma[head] in ("be", "find", "lie") else ("dobj", "nsubjpass")
        party = next((c for c in (*view.children[i], *view.children[head]) if view.dep[c] in wanted and c != i), -1)
        found = headcount(view, party) if party >= 0 else None
    return found


def _deaths(view: View, i: int) -> Range | None:
    """*12 deaths*, *no injuries*, *the deaths of two officers*."""
    if view.dep[i] in ("compound", "amod") or view.pos[i] not in ("NOUN", "PROPN") or unreal_above(view, i):
        return None
    if view.lower[i] == "death" and i and view.lower[i - 1] == "to":
        return _to_death(view, view.head[i - 1])
    found = phrase_count(view, i)
    if found is not None:
        return found
    return _killing(view, i) if view.lemma[i] == "death" else None


def _to_death(view: View, verb: int) -> Range | None:
    """*hacked nineteen people to death*."""
    if view.lemma[verb] not in _DEADLY:
        return None
    party = next((c for c in view.children[verb] if view.dep[c] in ("dobj", "nsubjpass")), -1)
    return headcount(view, party) if party >= 0 else count_before(view, verb)


def _killing(view: View, i: int) -> Range | None:
    """*the killing of 12 people*."""
    if view.pos[i] != "NOUN" or unreal_above(view, i):
        return None
    inner = inner_noun(view, i)
    return headcount(view, inner) if inner >= 0 else None


def _lives(view: View, i: int) -> Range | None:
    """*claimed 12 lives*, *12 people lost their lives*, *the loss of 12 lives*."""
    verb = view.head[i]
    if view.lower[i] != "lives" or view.pos[i] != "NOUN" or unreal(view, verb):
        return None
    number = number_in(view, i)
    if number is not None:
        losing = view.lemma[verb] in _LOSING or view.lemma[view.head[verb]] == "loss"
        return number if losing and view.dep[i] != "nsubj" else None
    if view.lemma[verb] not in _LOSING:
        return None
    if view.lemma[verb] == "lose":
        party = next((c for c in view.children[verb] if view.dep[c] == "nsubj"), -1)
        return headcount(view, _relative(view, party, verb)) if party >= 0 else None
    inner = inner_noun(view, i)
    return headcount(view, inner) if inner >= 0 else None


def _toll(view: View, i: int) -> Range | None:
    """*a death toll of 12*, *the toll rose from 10 to 12*."""
    return None if i and view.lemma[i - 1] == "casualty" else _stands_at(view, i)


def _stands_at(view: View, i: int) -> Range | None:
    """The number that a toll named at token `i` stands at or rises to."""
    lower = view.lower
    for t in range(i + 1, min(view.sents[view.sent[i]][1], i + 16)):
        word = lower[t]
        if word in MODALS or word in ("expected", "feared", "likely"):
            return None
        if not starts_number(word) or is_no_count(view, t):
            continue
        count = count_at(lower, t)
        if count is None:
            continue
        before = lower[count.first - 1]
        if before in _PASSES and count.range.low is not None:
            return Range(count.range.low + 1, None)
        if before in _STANDS and (count.last >= len(view) or view.lemma[count.last] not in NOT_PEOPLE):
            return count.range
    return None


def _number_of(wanted: Kind) -> Callable[[View, int], Range | None]:
    """*the number of dead rose to 12*."""

    def read(view: View, i: int) -> Range | None:
        if view.lower[i + 1 : i + 2] != ["of"]:
            return None
        for t in range(i + 2, min(len(view), i + 7)):
            kind = _COUNTED.get(view.lower[t])
            if kind is not None:
                return _stands_at(view, t) if kind == wanted else None
        return None

    return read


def _none_hurt(view: View, i: int) -> Range | None:
    """*no casualties*, *without casualties*: nobody killed, nobody hurt."""
    before = view.lower[max(0, i - 2) : i]
    return ZERO if before[-1:] in (["no"], ["without"]) or before[:1] == ["no"] else None


_READERS: dict[str, tuple[tuple[Kind, Callable[[View, int], Range | None]], ...]] = {
    **dict.fromkeys(_KILLINGS, (("deaths", _killing),)),
    **dict.fromkeys(_KILL, (("deaths", lambda view, i: (_killing if view.pos[i] == "NOUN" else _harm)(view, i)),)),
    **dict.fromkeys(_HURT, (("injured", _harm),)),
    **dict.fromkeys(("die", "perish", "drown"), (("deaths", _die),)),
    **dict.fromkeys(("death", "fatality"), (("deaths", _deaths),)),
    "dead": (("deaths", _dead),),
    "injury": (("injured", _deaths),),
    "toll": (("deaths", _toll),),
    "life": (("deaths", _lives),),
    "number": (("deaths", _number_of("deaths")), ("injured", _number_of("injured"))),
    "casualty": (("deaths", _none_hurt), ("injured", _none_hurt)),
}
