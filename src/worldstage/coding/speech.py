"""Reports of speech: who is said to say what, to whom, by which verb, and in which words of the sentence."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from worldstage.coding.frames import RELATIVE, Frame, frame
from worldstage.coding.spans import clip
from worldstage.coding.view import View

# Verbs whose finite clause is what somebody says.
SAYING = frozenset(
    "accept acknowledge add admit advise affirm agree allege announce answer argue assert assure believe boast caution "
    "charge claim clarify comment complain concede conclude confess confirm contend counter declare decree demand deny "
    "disclose doubt emphasise emphasize estimate expect explain fear forecast hint hold hope imply indicate inform "
    "insist joke lament maintain note notify observe order plead pledge post predict proclaim promise propose quip "
    "reaffirm recall recommend reckon reiterate remark remind repeat reply report request respond retort reveal rule "
    "say signal specify speculate state stress suggest swear tell testify think threaten tweet underline underscore "
    "urge vow warn wonder write".split()
)
# Verbs that report attitudes: their negation is a statement too.
_ATTITUDE = frozenset({"believe", "expect", "think"})
_INFINITIVE = frozenset("claim deny hope offer pledge promise propose recommend suggest swear threaten undertake vow".split())
_ORDER = frozenset("advise appeal ask beg call command exhort implore instruct order request tell urge warn".split())
_OBJECT = frozenset(
    "demand deny emphasise emphasize express pledge predict promise propose reaffirm reiterate stress threaten "
    "underline underscore voice vow".split()
)
_PREPOSITION = {
    "accuse": ("of",), "blame": ("for",), "warn": ("of", "against", "about"), "call": ("for",), "appeal": ("for",),
    "complain": ("of", "about"),
}  # fmt: skip
_NAMING = frozenset("brand call characterise characterize decry denounce describe dismiss dub hail label liken term".split())
# Verbs that lead in quoted words without a clause of their own.
_QUOTING = frozenset(
    "applaud ask attack blast call chant condemn continue criticise criticize cry deplore defend go mock praise put "
    "question rebuke reject reprimand shout slam welcome whisper yell".split()
)
_NOUNS = frozenset(
    "accusation allegation announcement argument assertion assessment assurance belief claim complaint contention "
    "conviction insistence message pledge position promise statement suggestion threat view vow warning".split()
)
REPORTING = SAYING | _INFINITIVE | _ORDER | _OBJECT | _NAMING | _QUOTING | frozenset(_PREPOSITION)
_AS_SAID = frozenset("announce argue claim declare explain note observe put remark report say state write".split())
# What an object may be followed by: *voiced support | for the plan*.
_GOES_ON = frozenset({"about", "against", "at", "for", "of", "on", "over", "that", "to", "towards", "with"})
_SPECIAL = frozenset({"point", "make"})
CUES = REPORTING | _SPECIAL | _NOUNS | {"according", "accord", "view", "opinion", "word", "estimation"}
_OPINION = frozenset({"view", "opinion", "word", "estimation", "eye", "assessment"})
# Verbs above an infinitive that leave the saying a fact: *went on to say*.
_CARRYING = frozenset({"go", "come", "continue", "begin", "take", "use", "proceed", "rush", "hasten", "phone", "emerge", "return", "write"})  # fmt: skip
_NOT_SAID = frozenset({"will", "would", "may", "might", "could", "can", "should", "must", "shall"})
_IF = frozenset({"if", "unless", "whether"})
_MARKS = frozenset({"”", '"', "’", "'", "''", ","})
_SPEAKING = frozenset({"PERSON", "ORG", "GPE"})
_EDGE = frozenset({",", ":", ";", ".", "—", "–", "-", "that", "", " "})


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


def find_reports(view: View, at: list[int], quoted: Container[int]) -> list[Report]:
    """The reports that the tokens `at` make, which `CUES` holds; those inside quotations are passed over."""
    out = []
    for i in at:
        if i in quoted:
            continue
        lemma, pos = view.lemma[i], view.pos[i]
        report: Report | None = None
        if view.lower[i] == "according":
            report = _according(view, i)
        elif pos == "VERB" and (lemma in REPORTING or lemma in _SPECIAL):
            report = _verb(view, i, lemma)
        elif pos == "NOUN":
            report = _opinion(view, i) if lemma in _OPINION and view.dep[i] == "pobj" else None
            report = report or (_noun(view, i, lemma) if lemma in _NOUNS else None)
        if report is not None:
            out.append(report)
    return out


def _verb(view: View, i: int, lemma: str) -> Report | None:
    if not _really_said(view, i, lemma):
        return None
    report = Report(i, lemma)
    if lemma == "point" and not any(view.lower[c] == "out" for c in view.children[i]):
        return None
    if lemma == "call" and any(view.dep[c] == "prt" for c in view.children[i]):
        return None
    if lemma == "make":
        return _make_clear(view, report)
    if lemma == "go" and any(view.dep[c] == "xcomp" for c in view.children[i]):
        return None
    fr = frame(view, i)
    bare_participle = view.tag[i] == "VBN" and not fr.auxiliaries and view.dep[i] in ("advcl", "acl", "amod", "dep")
    if fr.passive or bare_participle:
        if not any(view.dep[c] == "agent" for c in view.children[i]):
            return None
        report.subject, report.addressee = fr.subject, fr.object
    else:
        report.subject = _reporter(view, i, fr)
        report.addressee = _addressee(view, i, lemma, fr)
    report.ranges = _words(view, i, report)
    if lemma == "tell" and report.subject > i:
        _name_before(view, report)
    return report


def _name_before(view: View, report: Report) -> None:
    """*…, Omar Zwak, spokesman of the governor, told Reuters*, where the parse takes Reuters for the speaker."""
    b = view.sents[view.sent[report.at]][0]
    k = next((k for k in range(report.at - 1, max(b, report.at - 15) - 1, -1) if view.ent[k] == "PERSON"), -1)
    if k < 0:
        return
    report.subject, report.addressee = k, report.subject
    while k > b and view.ent[k - 1] == "PERSON":
        k -= 1
    report.ranges = [cut for first, last in report.ranges if (cut := _trim(view, first, min(last, k)))[1] > cut[0]]


def _really_said(view: View, i: int, lemma: str) -> bool:
    """Whether the verb tells that something was said: not denied, planned, supposed or asked about."""
    infinitive = False
    for c in view.children[i]:
        d, low = view.dep[c], view.lemma[c]
        if d == "neg" or (d == "advmod" and low == "never"):
            return lemma in _ATTITUDE
        if d == "aux":
            if low in _NOT_SAID and c < i:
                return False
            infinitive = infinitive or low == "to"
        elif d == "mark" and low in _IF:
            return False
    if view.tag[i] == "VB" and infinitive:
        above = view.head[i]
        return above != i and view.dep[i] in ("xcomp", "advcl") and view.lemma[above] in _CARRYING
    return not (view.tag[i] == "VB" and view.dep[i] in ("ROOT", "ccomp"))


def _reporter(view: View, i: int, fr: Frame) -> int:
    """The subject of the verb: of the outer verb in *Lavrov said Macron was wrong, noting that …*."""
    above = view.head[i]
    if view.tag[i] == "VBG" and view.dep[i] == "advcl" and view.dep[above] == "ccomp" and view.lemma[view.head[above]] in SAYING:
        fr = frame(view, view.head[above])
    return fr.subject if fr.subject >= 0 else _inverted(view, i)


def _inverted(view: View, i: int) -> int:
    """The subject of *said Lavrov* where the parse calls it something else."""
    after_quotation = i > 0 and view.text[i - 1] in _MARKS
    for c in view.children[i]:
        if i < c <= i + 6 and view.dep[c] in ("dobj", "npadvmod", "attr", "oprd") and (after_quotation or view.ent[c] in _SPEAKING):
            return c
    # *The rebels, quoted as saying …*
    above = view.head[view.head[i]] if view.dep[i] == "pcomp" else i
    if view.dep[above] == "acl" and view.lemma[above] in ("quote", "cite"):
        return view.head[above]
    return -1


def _addressee(view: View, i: int, lemma: str, fr: Frame) -> int:
    for c in view.children[i]:
        d = view.dep[c]
        if d in ("dobj", "dative") and lemma not in _OBJECT:
            if c == fr.object or view.lower[c] in RELATIVE:
                return fr.object
            return next((g for g in view.children[c] if view.dep[g] == "pobj"), -1) if view.pos[c] == "ADP" else c
        if d in ("prep", "dative") and (view.lower[c] == "to" or (view.lower[c] in ("on", "upon") and lemma == "call")):
            return next((g for g in view.children[c] if view.dep[g] == "pobj"), -1)
        if d in ("ccomp", "xcomp") and lemma in _ORDER and any(view.lower[g] == "to" and view.dep[g] == "aux" for g in view.children[c]):
            found = next((g for g in view.children[c] if view.dep[g] == "nsubj"), -1)
            if found >= 0:
                return found
    return -1


# -- the words ------------------------------------------------------------------------------------


def _words(view: View, i: int, report: Report) -> list[tuple[int, int]]:
    """Token ranges of the words that verb `i` reports."""
    lemma, dep = report.verb, view.dep
    for c in view.children[i]:
        d = dep[c]
        if d == "ccomp" and (lemma in SAYING or lemma == "point"):
            if view.lower[c] in ("so", "not", "nothing"):
                continue
            if lemma in _ATTITUDE and any(dep[g] == "neg" for g in view.children[i]):
                return clause(view, i, c, keep_head=True)
            ranges = clause(view, i, c)
            order = lemma in _ORDER and _to_infinitive(view, c)
            return _from_infinitive(view, c, ranges) if order else _with_subject(view, c, report, ranges)
    for c in view.children[i]:
        d = dep[c]
        if d in ("xcomp", "ccomp", "advcl") and lemma in _ORDER and _to_infinitive(view, c):
            return _from_infinitive(view, c, clause(view, i, c))
        if d in ("xcomp", "pcomp") and lemma in _INFINITIVE and view.pos[c] in ("VERB", "AUX"):
            return clause(view, i, c)
        if d == "prep" and view.lower[c] in _PREPOSITION.get(lemma, ()):
            inner = next((g for g in view.children[c] if dep[g] in ("pobj", "pcomp")), -1)
            if inner >= 0:
                return clause(view, i, inner)
    named = lemma in _NAMING and not any(view.lower[c] in ("what", "which", "whom") for c in view.children[i])
    if named and any(dep[c] == "oprd" or (dep[c] == "prep" and view.lower[c] == "as") for c in view.children[i]):
        return clause(view, -1, i, keep_head=True)
    if lemma in _OBJECT:
        inner = next((c for c in view.children[i] if dep[c] == "dobj" and c > i), -1)
        if inner >= 0 and view.pos[inner] in ("NOUN", "PROPN", "NUM", "SYM"):
            return _with_phrases(view, i, inner, clause(view, i, inner))
    return _distant_that(view, i, lemma) or _around(view, i, lemma) or _following(view, i, report)


def _with_phrases(view: View, i: int, inner: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add phrases that the parse hangs on the verb: *voiced backing | for the decision to close the border*."""
    right = view.edges(inner)[1]
    for c in view.children[i]:
        if c == right and view.dep[c] == "prep" and view.lower[c] in _GOES_ON:
            inside = next(iter(view.children[c]), c)
            if view.ent[inside] not in ("DATE", "TIME"):
                return [(ranges[0][0], _trim(view, right, view.edges(c)[1])[1])] if ranges else ranges
    return ranges


def _following(view: View, i: int, report: Report) -> list[tuple[int, int]]:
    """The rest of the part of the sentence after *X said*, where the parse took it for something else."""
    if report.verb not in _AS_SAID | {"warn", "insist", "tell", "deny", "add"} or not 0 <= report.subject < i:
        return []
    right = view.sents[view.sent[i]][1]
    stop = next((k for k in range(i + 1, right) if view.text[k] in ";:—–“\"" or view.text[k] == ","), right)
    if stop - i < 4 or not any(view.dep[k] in ("nsubj", "nsubjpass") and view.tag[view.head[k]] != "VB" for k in range(i + 1, min(stop, i + 9))):
        return []
    if view.tag[i + 1] not in ("PRP", "DT", "NNP", "NNPS", "NNS", "PRP$", "EX", "JJ", "IN") or view.lower[i + 1] in ("in", "on", "at", "to", "as"):
        return []
    cut = _trim(view, i + 1, stop)
    return [cut] if cut[1] > cut[0] else []


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
            if view.dep[g] == "conj" and view.pos[g] in ("VERB", "AUX") and _has_that(view, g):
                out.append(clause(view, report.at, g))
    return out


def _with_subject(view: View, c: int, report: Report, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give back the subject that the parse took for an object: *warned | Moscow would react*."""
    a = report.addressee
    finite = view.tag[c] in ("VBZ", "VBD", "VBP") or any(view.tag[g] in ("MD", "VBZ", "VBD", "VBP") for g in view.children[c])
    bare = not any(view.dep[g] in ("nsubj", "nsubjpass", "mark", "expl", "csubj") for g in view.children[c])
    if a < 0 or not ranges or not (finite and bare) or ranges[0][0] != view.edges(a)[1]:
        return ranges
    report.addressee = -1
    return [_trim(view, view.edges(a)[0], ranges[0][1]), *ranges[1:]]


def _around(view: View, i: int, lemma: str) -> list[tuple[int, int]]:
    """The main clause into which the reporting one is put: *The talks, Kerry said, would resume.*"""
    head = view.head[i]
    if (lemma not in SAYING and lemma != "put") or head == i or view.pos[head] not in ("VERB", "AUX"):
        return []
    as_said = view.dep[i] == "advcl" and any(view.dep[c] == "mark" and view.lower[c] == "as" for c in view.children[i])
    if (as_said and lemma not in _AS_SAID) or (view.dep[i] != "parataxis" and not as_said):
        return []
    first, last = min(i, head), max(i, head)
    return [] if any(view.text[k] in (";", ":") for k in range(first, last)) else clause(view, i, head)


def _to_infinitive(view: View, c: int) -> bool:
    return any(view.dep[g] == "aux" and view.lower[g] == "to" for g in view.children[c])


def _from_infinitive(view: View, c: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out the subject of an infinitive, who is addressed: *urged Turkey | to close its border*."""
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
    return [cut for cut in (_trim(view, first, last) for first, last in ranges) if cut[1] > cut[0]]


def _own_affair(view: View, g: int) -> bool:
    """Whether an adverbial clause is no part of the words: *…, adding that*; *…, while Seoul …*."""
    if view.tag[g] == "VBG":
        return view.lemma[g] in SAYING
    first = view.edges(g)[0]
    return view.lower[first] in ("while", "whereas") and view.lower[first - 1] == ","


def _trim(view: View, first: int, last: int) -> tuple[int, int]:
    while first < last and view.lower[first].strip() in _EDGE and (view.lower[first] != "that" or view.tag[first] != "DT"):
        first += 1
    while last > first and view.lower[last - 1].strip() in _EDGE:
        last -= 1
    return first, last


# -- reports without a verb -------------------------------------------------------------------------


def _according(view: View, i: int) -> Report | None:
    to = next((c for c in view.children[i] if view.lower[c] == "to"), i if view.lower[i + 1 : i + 2] == ["to"] else -1)
    subject = next((g for g in view.children[to] if view.dep[g] == "pobj"), -1) if to >= 0 else -1
    if subject < 0:
        return None
    return Report(i, "say", subject, _main_clause(view, i))


def _main_clause(view: View, i: int) -> list[tuple[int, int]]:
    """The clause that a phrase such as *according to the UN* goes with, without the phrase."""
    main = i
    while view.head[main] != main:
        main = view.head[main]
        if view.pos[main] in ("VERB", "AUX"):
            break
    return clause(view, i, main) if main != i else []


def _opinion(view: View, i: int) -> Report | None:
    """*In Moscow's view*, *in the words of the minister*."""
    prep = view.head[i]
    if view.lower[prep] not in ("in", "to") or view.dep[prep] != "prep":
        return None
    subject = next((c for c in view.children[i] if view.dep[c] == "poss"), -1)
    if subject < 0:
        of = next((c for c in view.children[i] if view.dep[c] == "prep" and view.lower[c] == "of"), -1)
        subject = next((g for g in view.children[of] if view.dep[g] == "pobj"), -1) if of >= 0 else -1
    return Report(prep, "say", subject, _main_clause(view, prep)) if subject >= 0 else None


def _noun(view: View, i: int, lemma: str) -> Report | None:
    """*Turkey's claim that …*, *the ministry issued a warning that …*, *Moscow's position is that …*."""
    inner = next((c for c in view.children[i] if view.dep[c] in ("acl", "ccomp", "relcl") and c > i and _has_that(view, c)), -1)
    above = view.head[i]
    if inner < 0 and view.dep[i] == "nsubj" and view.lemma[above] == "be":
        inner = next((c for c in view.children[above] if view.dep[c] == "ccomp" and c > above and _has_that(view, c)), -1)
    if inner < 0:
        return None
    subject = next((c for c in view.children[i] if view.dep[c] == "poss"), -1)
    if subject < 0:
        if view.dep[i] != "dobj" or view.lemma[above] not in ("issue", "make", "give", "repeat", "renew", "deliver", "express", "voice"):
            return None
        subject = frame(view, above).subject
    return Report(i, lemma, subject, clause(view, i, inner)) if subject >= 0 else None


def _has_that(view: View, c: int) -> bool:
    return any(view.dep[g] == "mark" and view.lower[g] == "that" for g in view.children[c])


def _make_clear(view: View, report: Report) -> Report | None:
    i = report.at
    near = range(i + 1, min(i + 5, len(view)))
    clear = next((k for k in near if view.lower[k] == "clear" and view.sent[k] == view.sent[i]), -1)
    if clear < 0:
        return None
    inner = next((c for k in (clear, i) for c in view.children[k] if c > clear and view.dep[c] in ("ccomp", "advcl", "acl", "csubj", "xcomp")), -1)
    if inner < 0:
        return None
    report.verb, report.subject = "make clear", frame(view, i).subject
    report.ranges = clause(view, i, inner)
    return report
