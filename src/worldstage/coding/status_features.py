"""What the status model sees: whether an event is told as done, planned, possible, denied or long past."""

from __future__ import annotations

from worldstage.coding.features import Add, word
from worldstage.coding.frames import Frame
from worldstage.coding.view import View
from worldstage.coding.words import words

# Words anywhere in the sentence that bear on the status.
_SENTENCE_CUES = words(
    """
    if whether unless would could may might should will can once ago former formerly earlier since decades decade
    century war yesterday today monday tuesday wednesday thursday friday saturday sunday tomorrow next never not no
    denied denies deny reportedly plan plans planned expected set due scheduled likely possible possibility prospect
    until then during had history last threatened fears
    """
)


def status_features(view: View, fr: Frame) -> list[str]:
    """Features of whether an event is told as done, planned, possible, denied or long past."""
    at = fr.at
    lemma = view.lemma[at]
    out = ["1", f"t={view.tag[at]}", f"l={lemma}", f"rel={fr.relation}", f"n={fr.noun}", f"lt={lemma}/{view.tag[at]}"]
    add = out.append
    aux = "+".join(view.lower[a] for a in fr.auxiliaries)
    add(f"aux={aux}")
    for a in fr.auxiliaries:
        add(f"a={view.lower[a]}")
    if fr.negated:
        add("neg")
    _own_cues(view, at, add)
    _cues_above(view, at, add)
    _cues_around(view, at, add)
    return out


def _own_cues(view: View, at: int, add: Add) -> None:
    for c in view.children[at]:
        d = view.dep[c]
        if d in ("mark", "det", "advmod", "amod", "poss", "neg", "aux"):
            add(f"{d}={view.lower[c]}")
        elif d in ("nsubj", "nsubjpass"):
            add(f"s={word(view, c)}")
            for g in view.children[c]:
                if view.dep[g] in ("neg", "det") and view.lower[g] in ("no", "neither", "nobody", "none", "any"):
                    add("s=no")
            if view.lower[c] in ("nobody", "none", "neither", "no"):
                add("s=no")
        elif d == "dobj":
            for g in view.children[c]:
                if view.dep[g] in ("neg", "det") and view.lower[g] in ("no", "any", "neither"):
                    add(f"o={view.lower[g]}")
        elif d in ("advcl", "npadvmod", "prep"):
            add(f"{d}={view.lower[c]}")
            for g in view.children[c]:
                if view.dep[g] in ("mark", "pobj"):
                    add(f"{d}+{view.lower[g] if not view.lower[g].isdigit() else '#'}")


def _cues_above(view: View, at: int, add: Add) -> None:
    node, steps = at, 0
    while view.head[node] != node and steps < 4:
        label = view.dep[node]
        node = view.head[node]
        steps += 1
        lem = view.lemma[node]
        add(f"g{min(steps, 2)}={lem}")
        add(f"g={lem}/{label}")
        add(f"gt{min(steps, 2)}={view.tag[node]}/{label}")
        for c in view.children[node]:
            d = view.dep[c]
            if d in ("aux", "auxpass", "neg", "mark"):
                add(f"gc{min(steps, 2)}={view.lower[c]}/{label}")
                add(f"gc={view.lower[c]}")


def _cues_around(view: View, at: int, add: Add) -> None:
    b, e = view.sents[view.sent[at]]
    for i in range(max(b, at - 4), at):
        add(f"w-={view.lower[i]}")
    if at > b:
        add(f"b-={view.lower[at - 1]}")
        if at > b + 1:
            add(f"b--={view.lower[at - 2]}_{view.lower[at - 1]}")
    for i in range(at + 1, min(e, at + 4)):
        add(f"w+={view.lower[i]}")
    for i in range(b, e):
        low = view.lower[i]
        if low in _SENTENCE_CUES:
            add(f"c={low}")
        elif len(low) == 4 and low.isdigit() and low[:2] in ("18", "19", "20"):
            add("year")
            add("year:19" if low < "2000" else "year:20")
