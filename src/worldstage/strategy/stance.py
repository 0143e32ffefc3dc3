"""Which way words lean on something: for it or against it, read from the grammar of a sentence.

A word list of the project's own (``stance.csv``) says of some 200 words whether they speak for or against what they
are about: *keep*, *ally* for, *remove*, *enemy* against; *about* says whether that is the word's object (*remove X*),
its subject (*X must go*) or either (*X is an enemy*, *the war on X*). The nearest such word in the parse decides;
what governs it can turn it round (*rejects an alliance with X*), and so can a negation (*no alliance with X*). Word
vectors cannot do this: words of opposite stance are near neighbours in them (*leave* and *stay*).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

# A word of stance further than this many content words from the thing in question says nothing of it.
REACH = 3
# What each content word between takes away.
FADE = 0.7
# A negation alone (*no solution with X*) says something, but less than a word of stance.
BARE_NEGATION = 0.5
_GOVERNS = frozenset({"dobj", "obj", "pobj", "xcomp", "ccomp", "attr", "acomp", "prep", "oprd", "dative"})
# A clause that describes a noun takes its sign only from a bond: *an alliance that includes X*, not *raids that hit X*.
_DESCRIBES = frozenset({"acl", "relcl", "advcl"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_COMPLEMENTS = frozenset({"attr", "acomp", "oprd", "conj"})
_PASSIVE = frozenset({"nsubjpass", "nsubj:pass"})
_MODALS = frozenset("must should shall will would can could may might ought to".split())
_EMPTY = frozenset({"ADP", "AUX", "DET", "PART", "PUNCT", "SCONJ", "CCONJ", "SPACE", "SYM", "PRON"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a parsed text.

    Attributes
    ----------
    form, lemma
        In lower case.
    kind
        Part of speech as Universal Dependencies name it: ``NOUN``, ``PROPN``, ``VERB`` …
    head
        Number of the word it hangs on; its own at the root of a sentence.
    relation
        How it hangs there, as spaCy's English pipelines name it: ``nsubj``, ``dobj``, ``pobj`` …
    negated
        Whether a negation hangs on it: *not*, *no*, *never*, *neither*.
    start
        Offset of its first character in the text.
    """

    form: str
    lemma: str
    kind: str
    head: int
    relation: str
    negated: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class Stance:
    """How a text leans on something: `value` from -1, flatly against, to 1, flatly for; `words` that say so."""

    value: float
    words: tuple[str, ...]


@cache
def lexicon() -> dict[str, tuple[int, str]]:
    """Lemma → sign and what it is about: ``object``, ``subject`` or ``both``."""
    with files("worldstage.strategy").joinpath("stance.csv").open(encoding="utf-8") as lines:
        return {row["lemma"]: (int(row["sign"]), row["about"]) for row in csv.DictReader(lines)}


def entry(word: Word) -> tuple[int, str] | None:
    """What the list says of a word, by its lemma, or by its form where the parser took a verb for a noun."""
    found = lexicon().get(word.lemma)
    if found is None and word.form.endswith("s"):
        found = lexicon().get(word.form[:-1])
    return found


def stance(words: Sequence[Word], at: int, *, top: int | None = None) -> Stance | None:
    """How a text leans on the thing named at a place in it.

    Parameters
    ----------
    words
        The parsed text.
    at
        Number of the word that names the thing.
    top
        Number of a word above which nothing counts: what stands there is another's.

    Returns
    -------
    Stance
        None where no word of stance or negation is near enough.
    """
    up = _upward(words, at, top)
    nearest = _nearest(words, at, up)
    if nearest is None:
        return _denied(words, up)
    place, hops = nearest
    sign = _signed(words, place, up)
    told = [words[place].form]
    for above in _governing(words, place, top):
        found = entry(words[above])
        if found and found[1] != "subject" and words[place].kind != "ADP":
            sign *= _own(words, above, found[0])
            told.append(words[above].form)
    return Stance(sign * FADE**hops, tuple(told))


def _upward(words: Sequence[Word], at: int, top: int | None) -> list[int]:
    """The word and what it hangs on, up to `top` or the root."""
    chain = [at]
    while chain[-1] != top and words[chain[-1]].head not in chain:
        chain.append(words[chain[-1]].head)
    return chain


def _nearest(words: Sequence[Word], at: int, up: Sequence[int]) -> tuple[int, int] | None:
    """The word of stance about this place: on the way up, or a complement beside that way; with content hops."""
    hops = 0
    for k, word in enumerate(words):
        if word.head == at and word.relation == "amod" and entry(word):
            return k, 0
    for below, here in pairwise(up):
        found = entry(words[here])
        if found and _is_about(words, below, here, found[1]):
            return here, hops
        side = _beside(words, below, here, up)
        if side is not None:
            return side, hops
        if words[here].kind not in _EMPTY:
            hops += 1
        if hops > REACH:
            return None
    return None


def _is_about(words: Sequence[Word], below: int, here: int, about: str) -> bool:
    """Whether the word of stance at `here` speaks of what hangs on it through `below`."""
    relation = words[below].relation
    if relation == "agent" or (relation == "prep" and words[below].lemma == "by"):
        return False
    if relation in _SUBJECTS:
        # *X must go* is about X, *X attacked Y* is not; *to see X removed* is a passive without its auxiliary.
        return about != "object" or _bare_participle(words, here)
    return about != "subject" or relation in _PASSIVE


def _bare_participle(words: Sequence[Word], at: int) -> bool:
    verb = words[at]
    past = verb.kind == "VERB" and verb.form != verb.lemma and not verb.form.endswith(("s", "ing"))
    return past and not any(w.head == at and w.relation in ("dobj", "aux") for w in words)


def of_another(words: Sequence[Word], at: int, own: frozenset[int]) -> bool:
    """Whether a stance is told of somebody else's act: *X attacked Y*, said by neither, with no *must* or *will*.

    Parameters
    ----------
    at
        Number of the word that names the thing which the stance is about.
    own
        Numbers of words that name the speaker, or the thing itself.
    """
    here, seen = at, {at}
    while words[here].head not in seen:
        here = words[here].head
        seen.add(here)
        if words[here].kind not in ("VERB", "AUX"):
            continue
        under = [k for k, w in enumerate(words) if w.head == here]
        helpers = [words[k] for k in under if words[k].relation in ("aux", "auxpass")]
        if any(w.lemma in _MODALS or w.form == "be" for w in helpers):
            return False
        if words[here].form == words[here].lemma and words[here].relation != "ROOT":
            return False
        subject = [k for k in under if words[k].relation in _SUBJECTS | _PASSIVE]
        if subject:
            word = words[subject[0]]
            return word.kind in ("NOUN", "PROPN") and subject[0] not in own and words[here].kind == "VERB"
    return False


def _beside(words: Sequence[Word], below: int, here: int, up: Sequence[int]) -> int | None:
    """What stands beside the way up and speaks of it: *X is an enemy*, *X has to go*, *strikes aimed at X*."""
    relation = words[below].relation
    if relation == "agent":
        return None
    as_subject = relation in _SUBJECTS or relation in _PASSIVE
    for k, word in enumerate(words):
        if word.head != here or k == below or k in up:
            continue
        about = (entry(word) or (0, ""))[1]
        if as_subject:
            says = word.relation in _COMPLEMENTS and words[here].kind == "AUX" and about in ("both", "object")
            passive = any(w.head == k and w.relation == "auxpass" for w in words)
            if says or (word.relation == "xcomp" and about in ("both", "object" if passive else "subject")):
                return k
            if word.relation in _COMPLEMENTS and (inner := _inside(words, k)) is not None:
                return inner
        elif (word.relation in _SUBJECTS | _PASSIVE and about in ("both", "object")) or (
            word.relation in _COMPLEMENTS and about == "both"
        ):
            return k
    return None


def _inside(words: Sequence[Word], complement: int) -> int | None:
    """A word of stance within a complement: *part of the problem*."""
    for k, word in enumerate(words):
        if word.relation == "pobj" and words[word.head].head == complement and words[word.head].lemma == "of":
            found = entry(word)
            if found and found[1] == "both":
                return k
    return None


def _own(words: Sequence[Word], place: int, sign: int) -> int:
    """The sign of a word with its own negation, or that of the verb it completes."""
    word = words[place]
    negated = word.negated
    if word.relation in ("attr", "acomp", "oprd", "xcomp", "dobj"):
        negated ^= words[word.head].negated
    return -sign if negated else sign


def _signed(words: Sequence[Word], place: int, up: Sequence[int]) -> int:
    found = entry(words[place])
    assert found is not None
    sign = _own(words, place, found[0])
    # *X is no part of the solution*: what the complement stands in may carry the negation.
    above = words[place].head
    if place not in up and words[place].relation == "pobj":
        holder = words[above].head
        sign = -sign if words[holder].negated ^ words[words[holder].head].negated else sign
    return sign


def _governing(words: Sequence[Word], place: int, top: int | None) -> Iterable[int]:
    """Content words above that take the word of stance as their complement, within reach."""
    here, hops = place, 0
    while here != top and words[here].head != here and hops < REACH:
        below, relation, here = here, words[here].relation, words[here].head
        bond = relation in _DESCRIBES and (entry(words[here]) or (0, ""))[1] == "both"
        # *A call to remove X* is about removing X.
        bond |= relation in ("acl", "relcl") and any(w.head == below and w.form == "to" for w in words)
        if not bond and relation not in _GOVERNS:
            return
        if words[here].kind not in _EMPTY:
            hops += 1
            yield here


def _denied(words: Sequence[Word], up: Sequence[int]) -> Stance | None:
    """A negation by itself, on the way up or on what completes the verb: *X could have no place*."""
    hops = 0
    for below, here in pairwise(up):
        negated = words[here].negated
        if words[below].relation in _SUBJECTS:
            negated |= any(w.negated and w.head == here and w.relation in ("dobj", "attr", "acomp") for w in words)
        if negated:
            return Stance(-BARE_NEGATION * FADE**hops, ("no",))
        if words[here].kind not in _EMPTY:
            hops += 1
        if hops > 1:
            break
    return None
