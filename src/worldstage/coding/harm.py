"""Whether the people that a number counts were killed or injured."""

from __future__ import annotations

from worldstage.coding.view import View
from worldstage.coding.words import words

_KILL = words("kill slay murder massacre behead assassinate execute slaughter lynch")
_HURT = words("injure wound hurt maim hospitalise hospitalize")
_DIE = words("die perish drown")
_KILLED = words("dead killed slain murdered massacred beheaded executed")
_INJURED = words("injured wounded hurt maimed hospitalised hospitalized")
_DEATHS = words("death killing murder massacre execution beheading loss slaying slaughter")
_INJURIES = words("wounding injury injuring")
_BETWEEN = words(
    "were was been have has had others other people more reported confirmed found are be being left also reportedly "
    "already"
)
_GOVERNING = words("including of among with")


def harm(view: View, node: int, last: int, *, own: range = range(0)) -> str:
    """``killed``, ``injured``, ``missing`` or ``""`` for the people counted.

    Parameters
    ----------
    node
        The noun, or the number where no noun follows.
    last
        The token after the noun phrase.
    own
        The tokens of the number: of *one of the two pilots died* only the one is dead.
    """
    end = view.sents[view.sent[node]][1]
    after = _after(view, node, last, end)
    if after:
        return after
    for c in view.children[node]:
        if view.dep[c] in ("relcl", "acl"):
            state = _state(view, c, passive=_passive(view, c) or (view.dep[c] == "acl" and view.tag[c] == "VBN"))
            if state:
                return state
    for _ in range(4):
        label, up = view.dep[node], view.head[node]
        if up == node:
            return ""
        if label in ("nsubj", "nsubjpass"):
            return _subject(view, up, label)
        if label in ("dobj", "oprd", "npadvmod"):
            return _object(view, up)
        if label == "pobj":
            owner = view.head[up]
            if view.lower[up] == "of" and view.lemma[owner] in _DEATHS:
                return "killed"
            if view.lower[up] == "of" and view.lemma[owner] in _INJURIES:
                return "injured"
            if view.lower[up] not in _GOVERNING or view.pos[owner] not in ("NOUN", "NUM", "PROPN"):
                return _toll(view, up) if view.lower[up] in ("to", "at", "from") else ""
            if view.tag[owner] == "CD" and owner not in own:
                return ""
            node = owner
        elif label in ("conj", "appos", "nummod", "quantmod", "compound", "prep", "attr", "pcomp"):
            if label == "conj" and view.pos[node] in ("VERB", "AUX"):
                return ""
            node = up
            if label == "attr":
                return _toll(view, node)
        else:
            return ""
    return ""


def _after(view: View, node: int, last: int, end: int) -> str:
    """*12 dead*, *350 wounded*, *30 others injured*, *12 people (were) killed*."""
    k = last
    for _ in range(4):
        if k >= end:
            return ""
        word = view.lower[k]
        if word in _KILLED or word in _INJURED or word == "missing":
            active = view.tag[k] == "VBD" and any(view.dep[c] == "dobj" for c in view.children[k])
            # *12 dead bodies* are bodies; *12 injured men* are injured.
            if active or (word == "dead" and view.dep[k] == "amod" and view.head[k] > k):
                return ""
            return "missing" if word == "missing" else "killed" if word in _KILLED else "injured"
        if word not in _BETWEEN:
            return ""
        k += 1
    return ""


def _passive(view: View, verb: int) -> bool:
    return any(view.dep[c] in ("auxpass", "nsubjpass") for c in view.children[verb])


def _state(view: View, verb: int, *, passive: bool) -> str:
    lemma = view.lemma[verb]
    if lemma in _DIE:
        return "killed"
    if passive:
        return "killed" if lemma in _KILL else "injured" if lemma in _HURT else ""
    return ""


def _subject(view: View, verb: int, label: str) -> str:
    if any(view.dep[c] == "neg" for c in view.children[verb]):
        return ""
    bare = view.tag[verb] == "VBN" or not any(view.dep[c] == "dobj" for c in view.children[verb])
    if view.lemma[verb] == "be" and any(view.lower[c] == "dead" for c in view.children[verb]):
        return "killed"
    return _state(view, verb, passive=label == "nsubjpass" or (bare and view.tag[verb] != "VBG"))


def _object(view: View, verb: int) -> str:
    lemma = view.lemma[verb]
    if view.pos[verb] != "VERB" or any(view.dep[c] == "neg" for c in view.children[verb]):
        return ""
    if lemma in _KILL or (lemma == "claim" and any(view.lower[c] == "lives" for c in view.children[verb])):
        return "killed"
    return "injured" if lemma in _HURT else ""


def _toll(view: View, node: int) -> str:
    """*The death toll rose to 137.*"""
    verb = view.head[node] if view.pos[node] == "ADP" else node
    for k in (verb, *view.children[verb]):
        if view.lower[k] == "toll" or (view.lemma[k] == "death" and view.tag[k] == "NNS"):
            return "killed"
    return ""
