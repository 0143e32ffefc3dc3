"""The words that a report of speech reports: which part of the sentence somebody is said to have said."""

from __future__ import annotations

from dataclasses import dataclass, field

from worldstage.coding.sayings import (
    AS_SAID,
    ATTITUDE,
    EDGE,
    GOES_ON,
    INFINITIVE,
    NAMING,
    OBJECT,
    ORDER,
    PREPOSITION,
    SAYING,
    WITH_THAT,
)
from worldstage.coding.spans import clip
from worldstage.coding.view import View


@dataclass(slots=True)
class Report:
    """One act of saying.

    Attributes
    ----------
    at
        The token of the verb (*said*), noun (*claim*) or preposition (*according*).
    verb
        Its lemma; ``say`` for *according to*.
    subject
        The token of who says it, -1 where the sentence does not tell.
    ranges
        Half-open token ranges of the words reported, in order; empty where only a quotation holds them.
    addressee
        The token of who is addressed or accused, -1 for nobody.
    """

    at: int
    verb: str
    subject: int = -1
    ranges: list[tuple[int, int]] = field(default_factory=list)
    addressee: int = -1


def words_of(view: View, i: int, report: Report) -> list[tuple[int, int]]:
    """Token ranges of the words that verb `i` reports."""
    lemma, dep = report.verb, view.dep
    for c in view.children[i]:
        d = dep[c]
        if d == "ccomp" and (lemma in SAYING or lemma == "point") and _said(view, i, c, lemma):
            if lemma in ATTITUDE and any(dep[g] == "neg" for g in view.children[i]):
                return clause(view, i, c, keep_head=True)
            ranges = clause(view, i, c)
            order = lemma in ORDER and to_infinitive(view, c)
            return _from_infinitive(view, c, ranges) if order else _with_subject(view, c, report, ranges)
    # *Called Putin to talk* is no call on him, *called a halt for good* none for something.
    called = any(dep[c] == "dobj" for c in view.children[i])
    on = any(view.lower[c] in ("on", "upon", "for") for c in view.children[i])
    orders = lemma in ORDER and (lemma != "call" or (on and not called))
    for c in view.children[i]:
        d = dep[c]
        if d in ("xcomp", "ccomp", "advcl") and orders and to_infinitive(view, c):
            return _from_infinitive(view, c, clause(view, i, c))
        if d in ("xcomp", "pcomp") and lemma in INFINITIVE and view.pos[c] in ("VERB", "AUX"):
            return clause(view, i, c)
        if d == "prep" and view.lower[c] in PREPOSITION.get(lemma, ()) and not (called and lemma == "call"):
            inner = next((g for g in view.children[c] if dep[g] in ("pobj", "pcomp")), -1)
            if inner >= 0:
                return clause(view, i, inner)
    named = (
        lemma in NAMING
        and dep[i] != "pcomp"
        and not any(view.lower[c] in ("what", "which", "whom") for c in view.children[i])
    )
    if named and any(dep[c] == "oprd" or (dep[c] == "prep" and view.lower[c] == "as") for c in view.children[i]):
        joined = [view.edges(c)[0] for c in view.children[i] if c > i and dep[c] in ("cc", "conj")]
        return [(first, min([last, *joined])) for first, last in clause(view, -1, i, keep_head=True)]
    if lemma in OBJECT:
        inner = next((c for c in view.children[i] if dep[c] == "dobj" and c > i), -1)
        if inner >= 0 and view.pos[inner] in ("NOUN", "PROPN", "NUM", "SYM"):
            return _with_phrases(view, i, inner, clause(view, i, inner))
    return _distant_that(view, i, lemma) or _around(view, i, lemma) or _following(view, i, report)


def _with_phrases(view: View, i: int, inner: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add phrases that the parse hangs on the verb: *voiced backing | for the decision to close the border*."""
    right = view.edges(inner)[1]
    for c in view.children[i]:
        if c == right and view.dep[c] == "prep" and view.lower[c] in GOES_ON:
            inside = next(iter(view.children[c]), c)
            if view.ent[inside] not in ("DATE", "TIME"):
                return [(ranges[0][0], trim(view, right, view.edges(c)[1])[1])] if ranges else ranges
    return ranges


def _following(view: View, i: int, report: Report) -> list[tuple[int, int]]:
    """The rest of the part of the sentence after *X said*, where the parse took it for something else."""
    if report.verb not in AS_SAID | {"warn", "insist", "tell", "deny", "add"} or not 0 <= report.subject < i:
        return []
    right = view.sents[view.sent[i]][1]
    stop = next((k for k in range(i + 1, right) if view.text[k] in ';:—–“"' or view.text[k] == ","), right)
    if stop - i < 4 or not any(
        view.dep[k] in ("nsubj", "nsubjpass") and view.tag[view.head[k]] != "VB" for k in range(i + 1, min(stop, i + 9))
    ):
        return []
    if view.tag[i + 1] not in ("PRP", "DT", "NNP", "NNPS", "NNS", "PRP$", "EX", "JJ", "IN") or view.lower[i + 1] in (
        "in",
        "on",
        "at",
        "to",
        "as",
    ):
        return []
    cut = trim(view, i + 1, stop)
    return [cut] if cut[1] > cut[0] else []


def _said(view: View, i: int, c: int, lemma: str) -> bool:
    """Whether the clause of token `c` is what verb `i` reports, not one that the parse only took for it."""
    if view.lower[c] in ("so", "not", "nothing"):
        return False
    if lemma in WITH_THAT:
        return has_that(view, c) or (lemma in ORDER and to_infinitive(view, c))
    return not any(view.text[k] == ";" or (view.text[k] == ":" and c < i) for k in range(min(c, i), max(c, i)))


def _distant_that(view: View, i: int, lemma: str) -> list[tuple[int, int]]:
    """A *that*-clause which the parse hangs on a word between: *said in a statement carried by the agency that …*."""
    if lemma in SAYING:
        for k in range(i + 2, view.edges(i)[1]):
            if view.lower[k] == "that" and view.dep[k] == "mark":
                return clause(view, i, view.head[k]) if view.head[k] > k else []
            if view.pos[k] == "VERB" and view.lemma[k] in SAYING:
                break
    return []


def further_clauses(view: View, report: Report) -> list[list[tuple[int, int]]]:
    """The coordinate *that*-clauses of a report, each by itself: *said it was “war” and that he would fight*."""
    out = []
    for first, last in report.ranges:
        for g in range(first, last):
            if view.dep[g] == "conj" and view.pos[g] in ("VERB", "AUX") and has_that(view, g):
                out.append(clause(view, report.at, g))
    return out


def _with_subject(view: View, c: int, report: Report, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give back the subject that the parse took for an object: *warned | Moscow would react*."""
    a = report.addressee
    finite = view.tag[c] in ("VBZ", "VBD", "VBP") or any(
        view.tag[g] in ("MD", "VBZ", "VBD", "VBP") for g in view.children[c]
    )
    bare = not any(view.dep[g] in ("nsubj", "nsubjpass", "mark", "expl", "csubj") for g in view.children[c])
    if a < 0 or not ranges or not (finite and bare) or ranges[0][0] != view.edges(a)[1]:
        return ranges
    report.addressee = -1
    return [trim(view, view.edges(a)[0], ranges[0][1]), *ranges[1:]]


def _around(view: View, i: int, lemma: str) -> list[tuple[int, int]]:
    """The main clause into which the reporting one is put: *The talks, Kerry said, would resume.*"""
    head = view.head[i]
    if (lemma not in SAYING and lemma != "put") or head == i or view.pos[head] not in ("VERB", "AUX"):
        return []
    as_said = view.dep[i] == "advcl" and any(view.dep[c] == "mark" and view.lower[c] == "as" for c in view.children[i])
    if (as_said and lemma not in AS_SAID) or (view.dep[i] != "parataxis" and not as_said):
        return []
    first, last = min(i, head), max(i, head)
    return [] if any(view.text[k] in (";", ":") for k in range(first, last)) else clause(view, i, head)


def to_infinitive(view: View, c: int) -> bool:
    """Whether the verb at token `c` is an infinitive with *to*."""
    return any(view.dep[g] == "aux" and view.lower[g] == "to" for g in view.children[c])


def _from_infinitive(view: View, c: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out the subject of an infinitive, who is addressed: *urged Turkey | to close its border*."""
    if any(view.dep[g] == "nsubjpass" for g in view.children[c]):
        return ranges
    to = next((g for g in view.children[c] if view.dep[g] == "aux" and view.lower[g] == "to"), -1)
    if to > 0 and view.lower[to - 1] in ("not", "never"):
        to -= 1
    return [(max(first, to), last) for first, last in ranges if last > to] if to >= 0 else ranges


def clause(view: View, by: int, c: int, *, keep_head: bool = False) -> list[tuple[int, int]]:
    """The token ranges of the clause of `c`, without that of the reporting word `by` and what else it holds.

    Parameters
    ----------
    by
        The reporting word, whose subtree is cut out where it stands inside; -1 for none.
    keep_head
        Take the clause of the reporting verb itself.
    """
    if keep_head and by >= 0:
        c = by
    left, right = view.edges(c)
    b, e = view.sents[view.sent[c]]
    left, right = clip(view, max(left, b), min(right, e), c)
    for g in view.children[c]:
        if g > c and view.dep[g] == "advcl" and _own_affair(view, g):
            right = min(right, max(view.edges(g)[0], c + 1))
    for k in range(left, right):
        if view.text[k] == ";":
            left, right = (k + 1, right) if k < c else (left, min(k, right))
    ranges = [(left, right)]
    if by >= 0 and not keep_head and left <= by < right:
        inner_left, inner_right = view.edges(by)
        if view.head[c] == by or c == by or inner_left <= c < inner_right:
            inner_left, inner_right = (left, by + 1) if by < c else (by, right)
        ranges = [(left, max(inner_left, left)), (min(inner_right, right), right)]
    return [cut for cut in (trim(view, first, last) for first, last in ranges) if cut[1] > cut[0]]


def _own_affair(view: View, g: int) -> bool:
    """Whether an adverbial clause is no part of the words: *…, adding that*; *…, while Seoul …*."""
    if view.tag[g] == "VBG":
        return view.lemma[g] in SAYING
    first = view.edges(g)[0]
    return view.lower[first] in ("while", "whereas") and view.lower[first - 1] == ","


def trim(view: View, first: int, last: int) -> tuple[int, int]:
    """The half-open token range without marks, white space and *that* at its ends."""
    while (
        first < last and view.lower[first].strip() in EDGE and (view.lower[first] != "that" or view.tag[first] != "DT")
    ):
        first += 1
    while last > first and view.lower[last - 1].strip() in EDGE:
        last -= 1
    return first, last


def has_that(view: View, c: int) -> bool:
    """Whether *that* opens the clause of token `c`."""
    return any(view.dep[g] == "mark" and view.lower[g] == "that" for g in view.children[c])
