"""Whether what a verb tells lies ahead (*will meet on Tuesday*), or is no fact (*could kill*, *denied killing*)."""

from __future__ import annotations

from worldstage.coding.view import View
from worldstage.coding.words import words

MODALS = words("will 'll ’ll wo shall would 'd ’d may might could should must can ca")
# Adjectives and participles that look forward, and nouns whose content is still to come.
_DUE = words("due set scheduled slated expected planned upcoming forthcoming ready likely deadline")
_PLANNING = words(
    "plan schedule expect slate due set propose prepare postpone agree decide intend vow promise pledge want hope "
    "invite threaten order ask urge call demand offer need aim be go decision intention agreement invitation deal "
    "likely ready able consider"
)
# Verbs whose present tense announces: *the leaders meet on Tuesday*.
_TIMETABLE = words(
    "meet begin start open resume vote visit travel fly arrive take expire end host convene gather decide hold be "
    "come go leave return join head close run rule"
)
_SCHEDULING = frozenset({"plan", "schedule", "expect", "propose", "slate", "postpone"})
# What is wished, planned, feared or denied did not, for all that the text says, happen.
_UNREAL = words(
    "threaten vow plan plot want intend try attempt aim seek hope deny fear swear pledge conspire risk prevent "
    "avoid avert predict forecast presume fail refuse avenge"
)
_DONE_TO = words("manage go continue appear seem believe report say think know understand allege")
_REFUSING = words("if unless whether lest")
_CLAUSES = words("xcomp ccomp pcomp prep")
_FURTHEST = 6


def lies_ahead(view: View, i: int) -> bool:
    """Whether the phrase at token `i` hangs on a verb or noun of the future.

    Read from the verb above it (its auxiliaries, or what an infinitive depends on), and from words right before it
    (*ahead of*, *due on*). Where the text was not parsed, a *will* before it in the sentence decides.
    """
    b = view.sents[view.sent[i]][0]
    lower = view.lower
    if "ahead" in lower[max(b, i - 4) : i] or not _DUE.isdisjoint(lower[max(b, i - 2) : i]):
        return True
    after = lower[i + 1 : i + 3]
    if "deadline" in after or (i > b and lower[i - 1] == "for" and after[:1] not in (["'s"], ["’s"])):
        return True
    verb, steps = i, 0
    noun = False
    while view.pos[verb] not in ("VERB", "AUX"):
        up = view.head[verb]
        if up == verb or steps == _FURTHEST:
            return not view.dep[i] and not {"will", "'ll", "shall"}.isdisjoint(lower[b:i])
        noun = noun or (verb != i and view.pos[verb] == "NOUN")
        verb, steps = up, steps + 1
    if view.lemma[verb] in _SCHEDULING and (noun or view.tag[verb] == "VBN"):
        return True
    return _verb_ahead(view, verb)


def _verb_ahead(view: View, verb: int) -> bool:
    auxiliaries = [c for c in view.children[verb] if view.dep[c] in ("aux", "auxpass")]
    said = {view.lower[c] for c in auxiliaries}
    if said & {"have", "has", "had", "having", "'ve"}:
        return False
    if said & MODALS:
        return True
    if "to" in said:
        return _infinitive_ahead(view, verb)
    tag = view.tag[verb]
    if tag == "VBG":
        return bool(said & {"is", "are", "am", "'s", "'re", "’s", "’re"})
    if tag in ("VBZ", "VBP"):
        if any(view.lower[c] in _DUE for c in view.children[verb]):
            return True
        return view.lemma[verb] in _TIMETABLE and view.dep[verb] in ("ROOT", "ccomp", "conj", "relcl", "advcl")
    return False


def _infinitive_ahead(view: View, verb: int) -> bool:
    above = view.head[verb]
    if above == verb:
        return False
    if view.lemma[above] in _PLANNING or view.lower[above] in _DUE:
        return True
    return view.pos[above] == "VERB" and view.tag[above] in ("VBZ", "VBP")


def unreal(view: View, verb: int) -> bool:
    """Whether a verb is negated, conditional, or what somebody wants, fears or denies."""
    node = verb
    for step in range(4):
        infinitive, perfect = False, False
        for c in view.children[node]:
            word = view.lower[c]
            if view.dep[c] == "aux":
                if word in MODALS:
                    return True
                infinitive = infinitive or word == "to"
                perfect = perfect or word == "have"
            elif (view.dep[c] == "neg" and step == 0) or (view.dep[c] == "mark" and word in _REFUSING):
                return True
        above = view.head[node]
        if above == node:
            return False
        if infinitive and not perfect and step == 0 and view.lemma[above] not in _DONE_TO:
            return True
        link = view.dep[node]
        if view.lemma[above] in _UNREAL and link in _CLAUSES:
            return True
        if link not in _CLAUSES and link != "advcl" and (link != "conj" or step):
            return False
        node = above
    return False


def unreal_above(view: View, i: int) -> bool:
    """The same for the verb that governs a noun."""
    node = i
    for _ in range(4):
        node = view.head[node]
        if view.pos[node] in ("VERB", "AUX"):
            return view.lemma[node] in _UNREAL or unreal(view, node)
    return False
