"""Reports of speech: who is said to say what, to whom, by which verb."""

from __future__ import annotations

from collections.abc import Container

from worldstage.coding.frames import RELATIVE, Frame, frame
from worldstage.coding.sayings import (
    ATTITUDE,
    CARRYING,
    IF,
    MARKS,
    NOT_SAID,
    NOUNS,
    OBJECT,
    OPINION,
    ORDER,
    REPORTING,
    SAYING,
    SPEAKING,
    SPECIAL,
)
from worldstage.coding.spans import clip, together
from worldstage.coding.view import View
from worldstage.coding.wording import Report, clause, has_that, trim, words_of


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
        elif pos == "VERB" and (lemma in REPORTING or lemma in SPECIAL):
            report = _verb(view, i, lemma)
        elif pos == "NOUN":
            report = _opinion(view, i) if lemma in OPINION and view.dep[i] == "pobj" else None
            report = report or (_noun(view, i, lemma) if lemma in NOUNS else None)
        if report is not None:
            report.ranges = [clip(view, a, b, a) for a, b in report.ranges if together(view, i, a)]
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
    report.ranges = words_of(view, i, report)
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
    report.ranges = [cut for first, last in report.ranges if (cut := trim(view, first, min(last, k)))[1] > cut[0]]


def _really_said(view: View, i: int, lemma: str) -> bool:
    """Whether the verb tells that something was said: not denied, planned, supposed or asked about."""
    infinitive = False
    for c in view.children[i]:
        d, low = view.dep[c], view.lemma[c]
        if d == "neg" or (d == "advmod" and low == "never"):
            return lemma in ATTITUDE
        if d == "aux":
            if low in NOT_SAID and c < i:
                return False
            infinitive = infinitive or low == "to"
        elif d == "mark" and low in IF:
            return False
    if view.tag[i] == "VB" and infinitive:
        above = view.head[i]
        return above != i and view.dep[i] in ("xcomp", "advcl") and view.lemma[above] in CARRYING
    return not (view.tag[i] == "VB" and view.dep[i] in ("ROOT", "ccomp"))


def _reporter(view: View, i: int, fr: Frame) -> int:
    """The subject of the verb: of the outer verb in *Lavrov said Macron was wrong, noting that …*."""
    above = view.head[i]
    if (
        view.tag[i] == "VBG"
        and view.dep[i] == "advcl"
        and view.dep[above] == "ccomp"
        and view.lemma[view.head[above]] in SAYING
    ):
        fr = frame(view, view.head[above])
    if fr.subject < 0:
        return _inverted(view, i)
    if not together(view, fr.subject, i):
        # The parse ran on from a headline: *Prague backs down ¶ Reyl said …*
        return i - 1 if view.pos[i - 1] in ("PROPN", "NOUN", "PRON") else -1
    return fr.subject


def _inverted(view: View, i: int) -> int:
    """The subject of *said Lavrov* where the parse calls it something else."""
    after_quotation = i > 0 and view.text[i - 1] in MARKS
    for c in view.children[i]:
        if (
            i < c <= i + 6
            and view.dep[c] in ("dobj", "npadvmod", "attr", "oprd")
            and (after_quotation or view.ent[c] in SPEAKING)
        ):
            return c
    # *The rebels, quoted as saying …*
    above = view.head[view.head[i]] if view.dep[i] == "pcomp" else i
    if view.dep[above] == "acl" and view.lemma[above] in ("quote", "cite"):
        owner: int = view.head[above]
        return owner
    return -1


def _addressee(view: View, i: int, lemma: str, fr: Frame) -> int:
    for c in view.children[i]:
        d = view.dep[c]
        threatened = lemma == "threaten" and any(view.lower[g] == "with" for g in view.children[i])
        if d in ("dobj", "dative") and (lemma not in OBJECT or threatened):
            if c == fr.object or view.lower[c] in RELATIVE:
                return fr.object
            return next((g for g in view.children[c] if view.dep[g] == "pobj"), -1) if view.pos[c] == "ADP" else c
        if d in ("prep", "dative") and (view.lower[c] == "to" or (view.lower[c] in ("on", "upon") and lemma == "call")):
            return next((g for g in view.children[c] if view.dep[g] == "pobj"), -1)
        if (
            d in ("ccomp", "xcomp")
            and lemma in ORDER
            and any(view.lower[g] == "to" and view.dep[g] == "aux" for g in view.children[c])
        ):
            found = next((g for g in view.children[c] if view.dep[g] == "nsubj"), -1)
            if found >= 0:
                return found
    return -1


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
    inner = next(
        (c for c in view.children[i] if view.dep[c] in ("acl", "ccomp", "relcl") and c > i and has_that(view, c)), -1
    )
    above = view.head[i]
    if inner < 0 and view.dep[i] == "nsubj" and view.lemma[above] == "be":
        inner = next(
            (c for c in view.children[above] if view.dep[c] == "ccomp" and c > above and has_that(view, c)), -1
        )
    if inner < 0:
        return None
    subject = next((c for c in view.children[i] if view.dep[c] == "poss"), -1)
    if subject < 0:
        if view.dep[i] != "dobj" or view.lemma[above] not in (
            "issue",
            "make",
            "give",
            "repeat",
            "renew",
            "deliver",
            "express",
            "voice",
        ):
            return None
        subject = frame(view, above).subject
    return Report(i, lemma, subject, clause(view, i, inner)) if subject >= 0 else None


def _make_clear(view: View, report: Report) -> Report | None:
    i = report.at
    near = range(i + 1, min(i + 5, len(view)))
    clear = next((k for k in near if view.lower[k] == "clear" and view.sent[k] == view.sent[i]), -1)
    if clear < 0:
        return None
    inner = next(
        (
            c
            for k in (clear, i)
            for c in view.children[k]
            if c > clear and view.dep[c] in ("ccomp", "advcl", "acl", "csubj", "xcomp")
        ),
        -1,
    )
    if inner < 0:
        return None
    report.verb, report.subject = "make clear", frame(view, i).subject
    report.ranges = clause(view, i, inner)
    return report
