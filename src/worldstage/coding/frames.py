"""The frame of a predicate: what stands around a verb or an event noun in the dependency tree.

Labels are those of spaCy's English pipelines (ClearNLP style).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from worldstage.coding.view import View

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "dative", "attr", "oprd"})
_CHAIN = frozenset({"xcomp", "conj", "advcl", "pcomp"})
RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(slots=True)
class Frame:
    """Indices of the tokens around predicate `at`; -1 where there is none.

    Attributes
    ----------
    subject
        Logical subject: the syntactic one of an active verb, the agent of a passive one, the possessor or
        *by*-phrase of a noun; inherited along control and coordination.
    object
        Logical object: the direct object, the subject of a passive, the *of*-phrase of a noun.
    preps
        ``(preposition lemma, object index)`` pairs.
    complement
        Verb of an open or finite complement clause.
    governor
        The verb or noun whose complement or modifier the predicate is.
    """

    at: int
    passive: bool = False
    noun: bool = False
    subject: int = -1
    object: int = -1
    indirect: int = -1
    particle: int = -1
    complement: int = -1
    governor: int = -1
    relation: str = ""
    preps: list[tuple[str, int]] = field(default_factory=list)
    auxiliaries: list[int] = field(default_factory=list)
    negated: bool = False
    modifiers: list[int] = field(default_factory=list)


def frame(view: View, at: int) -> Frame:
    """The frame of the predicate at token `at`."""
    noun = view.pos[at] in ("NOUN", "PROPN", "ADJ")
    out = Frame(at, noun=noun)
    (_noun_frame if noun else _verb_frame)(view, at, out)
    head = view.head[at]
    if head != at:
        out.relation = view.dep[at]
        out.governor = view.head[head] if view.pos[head] == "ADP" and view.head[head] != head else head
    return out


def _prepositions(view: View, child: int, out: Frame) -> None:
    for grand in view.children[child]:
        if view.dep[grand] in ("pobj", "pcomp"):
            out.preps.append((view.lemma[child], grand))
        elif view.dep[grand] == "prep":
            _prepositions(view, grand, out)


def _verb_frame(view: View, at: int, out: Frame) -> None:
    dep, lemma = view.dep, view.lemma
    for c in view.children[at]:
        d = dep[c]
        if d in SUBJECTS:
            out.subject = c
        elif d in PASSIVE_SUBJECTS:
            out.object, out.passive = c, True
        elif d == "agent":
            for g in view.children[c]:
                if dep[g] == "pobj":
                    out.subject = g
            out.passive = True
        elif d in OBJECTS:
            _object(view, c, d, out)
        elif d == "prep":
            _prepositions(view, c, out)
        elif d == "prt":
            out.particle = c
        elif d in ("xcomp", "ccomp"):
            out.complement = c
        elif d in ("aux", "auxpass"):
            out.auxiliaries.append(c)
            out.passive = out.passive or d == "auxpass"
        elif d == "neg":
            out.negated = True
        elif d in ("advmod", "npadvmod", "mark", "acomp"):
            out.modifiers.append(c)
            if lemma[c] in ("never", "hardly", "no"):
                out.negated = True
    _inherit(view, at, out)
    _relative(view, out)


def _object(view: View, c: int, d: str, out: Frame) -> None:
    if d == "dative":
        if view.pos[c] == "ADP":
            _prepositions(view, c, out)
        else:
            out.indirect = c
    elif out.object < 0 or d == "dobj":
        out.object = c


def _inherit(view: View, at: int, out: Frame) -> None:
    """Fill in what control, coordination and reduced relatives leave unsaid."""
    dep, head = view.dep, view.head
    i = at
    participle = view.tag[at] == "VBN" and not any(view.dep[a] == "aux" for a in out.auxiliaries)
    while out.subject < 0 and dep[i] in _CHAIN and head[i] != i:
        h = head[i]
        if view.pos[h] == "ADP":
            h = head[h]
        if view.pos[h] not in ("VERB", "AUX"):
            break
        kind = dep[i]
        passive_head = False
        obj = -1
        for c in view.children[h]:
            if dep[c] in SUBJECTS:
                out.subject = c
            elif dep[c] in PASSIVE_SUBJECTS:
                passive_head = True
                obj = c
            elif dep[c] in ("dobj", "dative") and view.pos[c] != "ADP":
                obj = c
        if kind == "xcomp" and obj >= 0:
            out.subject = obj
        elif kind == "conj" and passive_head and participle and obj >= 0:
            if out.object < 0:
                out.object, out.passive = obj, True
            out.subject = -1
            break
        elif passive_head and out.subject < 0:
            out.subject = obj
        i = h
    if dep[at] == "acl" and view.pos[head[at]] in ("NOUN", "PROPN", "PRON"):
        if participle and view.tag[at] == "VBN":
            out.passive = True
            if out.object < 0:
                out.object = head[at]
        elif out.subject < 0:
            out.subject = head[at]


def _relative(view: View, out: Frame) -> None:
    """Replace relative pronouns by the noun that they stand for."""
    at = out.at
    verb = at
    while view.dep[verb] in _CHAIN and view.head[verb] != verb:
        verb = view.head[verb]
    if view.dep[verb] != "relcl":
        return
    noun = view.head[verb]
    if out.subject >= 0 and view.lower[out.subject] in RELATIVE:
        out.subject = noun
    elif (out.object >= 0 and view.lower[out.object] in RELATIVE) or (
        verb == at and out.object < 0 and not out.passive and out.subject >= 0 and out.complement < 0
    ):
        out.object = noun


def _noun_frame(view: View, at: int, out: Frame) -> None:
    dep = view.dep
    for c in view.children[at]:
        d = dep[c]
        if d == "poss":
            out.subject = c
        elif d in ("prep", "agent"):
            _prepositions(view, c, out)
        elif d in ("amod", "compound", "nmod"):
            out.modifiers.append(c)
        elif d == "neg" or (d == "det" and view.lemma[c] == "no"):
            out.negated = True
        elif d in ("acl", "relcl"):
            out.complement = c
    for prep, obj in out.preps:
        if prep == "by":
            out.subject = obj
        elif prep in ("of", "on", "against") and out.object < 0:
            out.object = obj
    if out.subject < 0:
        for c in out.modifiers:
            if view.ent[c] in ("NORP", "GPE", "ORG", "PERSON"):
                out.subject = c
                break
    verb = view.head[at]
    if dep[at] == "pobj":
        verb = view.head[verb]
    if out.subject < 0 and verb != at and view.pos[verb] == "VERB":
        for c in view.children[verb]:
            if dep[c] in SUBJECTS and c != at:
                out.subject = c
            elif dep[c] == "agent":
                out.subject = next((g for g in view.children[c] if dep[g] == "pobj"), out.subject)
