"""Which report of speech a quotation belongs to: *“…,” he said*, *X told Y: “…”*, *called it “…”*."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from worldstage.coding.quotes import Quote
from worldstage.coding.view import View
from worldstage.coding.wording import Report
from worldstage.coding.words import words
from worldstage.core.records import Actor

_FAR = 30
# Shorter quotations inside a sentence are scare quotes or single words picked out.
_FEWEST = 3
_LAST_OF_DIRECT = ",?!—–…-"
_LEADS_IN = frozenset({",", ":", "-", "—", "–"})
_NAMED_SO = words("called so-called dubbed nicknamed named titled entitled headlined codenamed titles")
_WORKS = words(
    "film movie book song novel series show play album poem article essay operation exercise documentary anthem "
    "magazine newspaper campaign slogan programme program project"
)


@dataclass(slots=True)
class Spoken:
    """A quotation with its place among the tokens.

    Attributes
    ----------
    first, last
        Half-open token range of the words.
    before
        The last token before the opening mark that is no white space, -1 at the beginning of the text.
    after
        The first such token after the closing mark and a comma; the number of tokens at the end.
    comma
        Whether a comma or the like separates the words from what follows.
    group
        Number of the quotation over several paragraphs that this is a part of.
    voices
        Who speaks, where the layout tells (an interview's answers), and the verb for it.
    """

    quote: Quote
    first: int
    last: int
    before: int
    after: int
    comma: bool
    group: int
    voices: tuple[Actor, ...] = ()
    verb: str = "say"


def place(view: View, quotes: Sequence[Quote]) -> list[Spoken]:
    """The quotations that hold at least one token, with their tokens."""
    out: list[Spoken] = []
    starts, raw, n = view.start, view.raw, len(view)
    group = 0
    for q in quotes:
        first, last = bisect_left(starts, q.start), bisect_left(starts, q.end)
        if last <= first:
            continue
        before = bisect_left(starts, q.left) - 1
        while before >= 0 and not view.text[before].strip():
            before -= 1
        after = bisect_left(starts, q.right)
        comma = raw[q.end - 1] in _LAST_OF_DIRECT
        while after < n and (not view.text[after].strip() or view.text[after] == ","):
            comma = comma or view.text[after] == ","
            after += 1
        group += not q.follows
        out.append(Spoken(q, first, last, before, after, comma, group))
    return out


def governor(
    view: View, s: Spoken, reports: Sequence[Report], ats: Sequence[int], opening: Sequence[int]
) -> Report | None:
    """The report that leads a quotation in or closes it, None where its sentence has none.

    Parameters
    ----------
    reports, ats
        Reports of the document, in order of their tokens, and these tokens.
    opening
        First tokens of all quotations, in order: a quotation in between belongs to the report itself.
    """
    return _leading(view, s, reports, ats) or _closing(view, s, reports, ats, opening)


def _leading(view: View, s: Spoken, reports: Sequence[Report], ats: Sequence[int]) -> Report | None:
    """The nearest report before the quotation that governs it."""
    if s.before < 0:
        return None
    k = view.sent[s.first]
    colon = view.text[s.before] == ":"
    begin = view.sents[view.sent[s.before] if colon else k][0]
    if view.sent[s.before] != k and not colon:
        return None
    for j in range(bisect_left(ats, s.first) - 1, -1, -1):
        r = reports[j]
        if r.at < begin:
            break
        if colon or any(a <= s.first < b for a, b in r.ranges):
            return r
        if r.subject > s.first:
            continue
        left, right = view.edges(r.at)
        if left <= s.first < right and not _inside_own_subject(view, r, s.first):
            return r
        if s.before in (r.at, r.addressee) or (r.at == s.before - 1 and view.text[s.before] in ("that", ",")):
            return r
    return None


def _inside_own_subject(view: View, r: Report, token: int) -> bool:
    """Whether a token belongs to the noun phrase that speaks: *The so-called “sheriff” said*."""
    if r.subject < 0 or r.subject > r.at:
        return False
    left, right = view.edges(r.subject)
    return left <= token < right


def _closing(
    view: View, s: Spoken, reports: Sequence[Report], ats: Sequence[int], opening: Sequence[int]
) -> Report | None:
    """The report that follows the quotation: *“…,” said Lavrov*."""
    n = len(view)
    if s.after >= n or "\n\n" in view.raw[s.quote.right : view.start[s.after]]:
        return None
    k = view.sent[s.after]
    lower_case = view.text[s.after][:1].islower()
    ended = view.raw[s.quote.end - 1] in ".!?…"
    if ended and not lower_case and view.raw[s.quote.end - 1] == ".":
        return None
    if k != view.sent[s.last - 1] and not (s.comma or lower_case):
        return None
    stop = min(view.sents[k][1], s.after + _FAR)
    following = bisect_left(opening, s.after)
    if following < len(opening):
        stop = min(stop, opening[following])
    for j in range(bisect_left(ats, s.after), len(reports)):
        r = reports[j]
        if r.at >= stop:
            break
        if any(view.text[i] in (";", ":") for i in range(s.after, r.at)):
            break
        inside = any(a <= s.first < b for a, b in r.ranges)
        own_clause = bool(r.ranges) and r.ranges[0][0] >= s.after
        if inside or ((r.subject < 0 or r.subject >= s.after) and not (ended and not lower_case and own_clause)):
            return r if inside or not own_clause or s.comma else None
    return None


def direct(view: View, s: Spoken, r: Report) -> bool:
    """Whether the words are a whole utterance rather than a part of the reporter's sentence."""
    if r.at >= s.after:
        return s.comma or view.raw[s.quote.end - 1] in ".!?…"
    lead = view.text[s.before] if s.before >= 0 else ""
    return lead == ":" or (view.raw[s.quote.start].isupper() and (lead in _LEADS_IN or s.before == r.at))


def named_only(view: View, s: Spoken) -> bool:
    """Whether the marks set off a title or a name: *the film “Leviathan”*, *Operation “Inherent Resolve”*."""
    if s.before >= 0:
        lead = view.lower[s.before]
        if lead in _NAMED_SO or view.lemma[s.before] in _WORKS:
            return True
        if lead == "as" and s.before and view.lower[s.before - 1] in ("known", "branded", "titled"):
            return True
    words = [view.text[i] for i in range(s.first, s.last) if view.text[i][:1].isalpha()]
    long = [w for w in words if len(w) > 3]
    return (
        len(words) >= 2 and bool(long) and all(w[0].isupper() for w in long) and view.raw[s.quote.end - 1] not in ".!?"
    )


def utterance(view: View, s: Spoken) -> bool:
    """Whether the words are a sentence that stands by itself."""
    raw, q = view.raw, s.quote
    first = next((c for c in raw[q.start : q.end] if c.isalnum()), "")
    if not (first.isupper() or first.isdigit()):
        return False
    if raw[q.end - 1] not in ".!?…" and raw[q.right : q.right + 1] not in (".", "!", "?"):
        return False
    if s.before < 0:
        return True
    lead = raw[: q.left].rstrip()[-1:] if q.left < 200 else raw[q.left - 200 : q.left].rstrip()[-1:]
    return lead in ".!?”\"’'…:»" or "\n" in raw[view.end[s.before] : q.left]


def length(view: View, s: Spoken) -> int:
    """How many words the quotation has."""
    return len(view.raw[s.quote.start : s.quote.end].split())


def fragment(view: View, s: Spoken) -> bool:
    """Whether a quotation inside a sentence says too little by itself: two words, or *“with one call”*."""
    return length(view, s) < _FEWEST or (view.tag[s.first] == "IN" and view.dep[s.first] == "prep")
