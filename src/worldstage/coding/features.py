"""What the models see: names of the features of a predicate, and of a predicate with a mention.

Features are short strings; a model maps those it knows to columns and ignores the rest. Proper names enter by
their entity type only, so that no model can learn that one state is friendly and another is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from worldstage.coding.frames import Frame
from worldstage.coding.view import View

# What takes a feature: the `append` of a list.
Add = Callable[[str], None]

_LONGEST_PATH = 6
_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PART"})


def word(view: View, i: int) -> str:
    """The lemma of a common word; the entity type or tag of a name or number."""
    pos = view.pos[i]
    if pos == "PROPN":
        return view.ent[i] or "PROPN"
    if pos == "NUM":
        return "#"
    if pos == "PRON":
        return "PRON"
    return view.lemma[i]


def path(view: View, mention: int, at: int) -> str:
    """The dependency path from a mention up to the lowest common ancestor and down to the predicate.

    ``nsubj`` for a subject, ``pobj:with<prep`` for *with X*, ``nsubj<><conj`` for the subject of a coordinated
    verb; ``far`` where it is longer than six steps.
    """
    if mention == at:
        return "self"
    up_nodes = (mention, *view.ancestors(mention))
    down_nodes = (at, *view.ancestors(at))
    # Chains are short: looking along a tuple is quicker than making a table of it.
    up = next((k for k, node in enumerate(up_nodes) if node in down_nodes), -1)
    if up < 0:
        return "far"
    down = down_nodes.index(up_nodes[up])
    if up + down > _LONGEST_PATH:
        return "far"
    parts = []
    for node in up_nodes[:up]:
        label = view.dep[node]
        parts.append(f"{label}:{view.lemma[node]}" if label == "prep" else label)
    parts.append(">")
    parts.extend(view.dep[node] for node in reversed(down_nodes[:down]))
    return "<".join(parts)


def is_near(view: View, mention: int, at: int) -> bool:
    """Whether a mention is no more than six steps in the tree from a predicate; others play no part in it."""
    steps, node, seen = 0, at, {}
    while True:
        seen[node] = steps
        up = view.head[node]
        if up == node or steps == _LONGEST_PATH:
            break
        node, steps = up, steps + 1
    steps, node = 0, mention
    while node not in seen:
        up = view.head[node]
        if up == node or steps == _LONGEST_PATH:
            return False
        node, steps = up, steps + 1
    return steps + seen[node] <= _LONGEST_PATH


def gate_features(lemma: str, voice: str) -> list[str]:
    """Features by which a predicate is let through to the dearer models: its word alone."""
    return ["1", f"l={lemma}", f"l={lemma}/{voice}", f"x={lemma[:5]}", f"e={lemma[-4:]}", f"v={voice}"]


def type_features(view: View, fr: Frame, actors: Sequence[int], recipients: Sequence[int]) -> list[str]:
    """Features of the type of the event that predicate `fr` may tell, given the heads of its parties."""
    at = fr.at
    lemma = view.lemma[at]
    voice = voice_of(fr)
    out = gate_features(lemma, voice)
    add = out.append
    if fr.particle >= 0:
        add(f"lp={lemma}+{view.lemma[fr.particle]}")
    _object(view, fr, lemma, add)
    if fr.indirect >= 0:
        add("io")
    _subject(view, fr, lemma, add)
    _prepositions(view, fr, lemma, add)
    _complement(view, fr, lemma, add)
    _governor(view, fr, lemma, add)
    for a in fr.auxiliaries:
        add(f"a={view.lower[a]}")
        add(f"la={lemma}+{view.lower[a]}")
    if fr.negated:
        add("neg")
    for m in fr.modifiers:
        add(f"m={word(view, m)}")
        add(f"lm={lemma}+{word(view, m)}")
    _window(view, at, add)
    _parties(view, at, "A", actors, add)
    _parties(view, at, "R", recipients, add)
    return out


def voice_of(fr: Frame) -> str:
    """``n`` for a noun, ``p`` for a passive, ``a`` for an active verb."""
    return "n" if fr.noun else ("p" if fr.passive else "a")


def _common_modifiers(view: View, i: int) -> list[str]:
    """Lemmas of the common words before a noun: *joint* and *naval* in *joint naval drills*."""
    dep, pos = view.dep, view.pos
    return [view.lemma[c] for c in view.children[i] if dep[c] in ("compound", "amod") and pos[c] != "PROPN"]


def _object(view: View, fr: Frame, lemma: str, add: Add) -> None:
    if fr.object < 0:
        return
    o = word(view, fr.object)
    add(f"o={o}")
    add(f"lo={lemma}+{o}")
    for c in view.children[fr.object]:
        if view.dep[c] in ("compound", "amod") and view.pos[c] != "PROPN":
            add(f"om={view.lemma[c]}")
            add(f"lom={lemma}+{view.lemma[c]}")
        elif view.dep[c] == "prep":
            add(f"op={o}+{view.lemma[c]}")
            for g in view.children[c]:
                add(f"oo={word(view, g)}")
        elif view.dep[c] in ("acl", "relcl"):
            add(f"ox={view.lemma[c]}")


def _subject(view: View, fr: Frame, lemma: str, add: Add) -> None:
    if fr.subject < 0:
        add("s=-")
        return
    s = word(view, fr.subject)
    add(f"s={s}")
    add(f"ls={lemma}+{s}")
    for modifier in _common_modifiers(view, fr.subject):
        add(f"sm={modifier}")


def _prepositions(view: View, fr: Frame, lemma: str, add: Add) -> None:
    for prep, obj in fr.preps:
        p = word(view, obj)
        add(f"p={prep}")
        add(f"lp={lemma}+{prep}")
        add(f"po={p}")
        add(f"ppo={prep}+{p}")
        add(f"lpo={lemma}+{p}")
        for modifier in _common_modifiers(view, obj):
            add(f"pom={modifier}")


def _governor(view: View, fr: Frame, lemma: str, add: Add) -> None:
    if fr.governor < 0:
        return
    g = view.lemma[fr.governor]
    add(f"g={g}")
    add(f"gr={fr.relation}")
    add(f"lg={lemma}+{g}")
    for c in view.children[fr.governor]:
        if view.dep[c] in ("aux", "neg"):
            add(f"ga={view.lemma[c]}")
        elif view.dep[c] in ("dobj", "nsubj") and c != fr.at:
            add(f"gd={view.dep[c]}+{word(view, c)}")


def _complement(view: View, fr: Frame, lemma: str, add: Add) -> None:
    c = fr.complement
    if c < 0:
        return
    v = view.lemma[c]
    add(f"c={v}")
    add(f"lc={lemma}+{v}")
    add(f"lcd={lemma}+{view.dep[c]}")
    for g in view.children[c]:
        d = view.dep[g]
        if d in ("dobj", "nsubjpass", "attr"):
            add(f"co={word(view, g)}")
            add(f"cvo={v}+{word(view, g)}")
        elif d in ("aux", "neg"):
            add(f"ca={view.lemma[g]}")
            add(f"lca={lemma}+{view.lemma[g]}")
        elif d == "prep":
            add(f"cp={v}+{view.lemma[g]}")
        elif d == "xcomp":
            add(f"cc={view.lemma[g]}")


def _window(view: View, at: int, add: Add) -> None:
    b, e = view.sents[view.sent[at]]
    for i in range(max(b, at - 3), min(e, at + 4)):
        if i != at:
            add(f"w{'-' if i < at else '+'}{word(view, i)}")
    if at + 1 < e:
        add(f"b={view.lemma[at]}_{word(view, at + 1)}")
        if at + 2 < e:
            add(f"t={view.lemma[at]}_{word(view, at + 1)}_{word(view, at + 2)}")
    if at > b:
        add(f"b-={word(view, at - 1)}_{view.lemma[at]}")
    for i in range(b, e):
        if view.pos[i] in _CONTENT:
            add(f"k={view.lemma[i]}")


def _parties(view: View, at: int, side: str, heads: Sequence[int], add: Add) -> None:
    if not heads:
        add(f"{side}=-")
        return
    add(f"{side}#={min(len(heads), 3)}")
    head = heads[0]
    add(f"{side}={word(view, head)}")
    add(f"{side}e={view.ent[head]}")
    add(f"{side}p={path(view, head, at)}")
    for c in view.children[head]:
        if view.dep[c] in ("compound", "amod", "nummod") and view.pos[c] != "PROPN":
            add(f"{side}m={word(view, c)}")


def role_features(view: View, fr: Frame, mention: int) -> list[str]:
    """Features of the part that a mention plays in what the predicate tells."""
    at = fr.at
    lemma = view.lemma[at]
    voice = voice_of(fr)
    way = path(view, mention, at)
    side = "<" if mention < at else ">"
    slot = (
        "s" if mention == fr.subject else "o" if mention == fr.object else "i" if mention == fr.indirect else
        next((f"p:{p}" for p, o in fr.preps if o == mention), "-")
    )  # fmt: skip
    if slot == "-":
        slot = _nested_slot(view, fr, mention)
    out = [
        "1", f"w={way}", f"w={way}/{voice}", f"lw={lemma}+{way}", f"s={slot}", f"s={slot}/{voice}",
        f"ls={lemma}+{slot}", f"lsv={lemma}+{slot}/{voice}", f"d={side}", f"d={side}/{voice}", f"l={lemma}{side}",
        f"e={view.ent[mention]}", f"se={slot}+{view.ent[mention]}", f"h={word(view, mention)}",
        f"hs={word(view, mention)}+{slot}", f"S={'y' if fr.subject >= 0 else 'n'}/{slot}",
        f"O={'y' if fr.object >= 0 else 'n'}/{slot}", f"OS={'y' if fr.object >= 0 else 'n'}/{way}",
        f"dist={min(abs(mention - at) // 3, 6)}", f"vt={view.tag[at]}/{slot}",
        f"r={fr.relation}/{slot}", f"L{slot if slot in ('s', 'o') else 'x'}={lemma}",
    ]  # fmt: skip
    if fr.object >= 0:
        out.append(f"lo={lemma}+{word(view, fr.object)}/{slot}")
        out.append(f"ob={word(view, fr.object)}/{slot}")
    if fr.governor >= 0:
        out.append(f"g={view.lemma[fr.governor]}/{slot}")
    if view.pos[mention] == "ADJ" or view.dep[mention] in ("amod", "compound", "poss"):
        out.append(f"mod={view.dep[mention]}:{word(view, view.head[mention])}")
    return out


def _nested_slot(view: View, fr: Frame, mention: int) -> str:
    """The slot of the phrase that holds the mention, and how it hangs there: ``o/poss``, ``s/conj``, ``o/prep:in``."""
    i, steps = mention, []
    for _ in range(4):
        h = view.head[i]
        if h == i:
            break
        label = view.dep[i]
        if label == "pobj":
            label = f"p:{view.lemma[h]}"
            i, h = h, view.head[h]
            if view.dep[i] != "prep" and view.dep[i] != "agent":
                label = view.dep[i]
        steps.append(label)
        for name, target in (("s", fr.subject), ("o", fr.object), ("i", fr.indirect)):
            if h == target and target >= 0:
                return f"{name}/{'/'.join(steps)}"
        for prep, obj in fr.preps:
            if h == obj:
                return f"p:{prep}/{'/'.join(steps)}"
        if h == fr.at:
            return f"@/{'/'.join(steps)}"
        i = h
    return "-"
