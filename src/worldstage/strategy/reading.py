"""Which statements and acts bear on an issue, which end they lean to, and the position that they suggest.

The ends of an issue are read as any other sentence is: each says something for or against its *pivots*, the names
and nouns that its words of stance are about (*the sanctions are lifted*: against *sanctions*). A statement bears on
the issue if it names a pivot, or the words of a mark; it leans to the end whose stance on that pivot it shares, or
away from the end whose stance it contradicts. An act bears on it if it is done to a pivot, or told by a word that
governs one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from worldstage.core.records import Actor, Event, Statement
from worldstage.strategy.issues import HIGH, LOW, Issue
from worldstage.strategy.stance import Stance, Word, entry, lexicon, of_another, stance

Vector = Callable[[str], NDArray[np.float32] | None]
MIDDLE = (LOW + HIGH) / 2
# Cosine from which two words count as one when a mark is looked for.
ALIKE = 0.8
# Half the width of the 90 % range of one suggestion, in points: what a flat word leaves open, and a hedged one adds.
LEAST_SPREAD, HEDGED_SPREAD = 8.0, 20.0
# What faint evidence adds: a doubtful event, a word of stance far off; below the least weight it suggests nothing.
FAINT_SPREAD, FAINTEST = 20.0, 0.2
# What a stance counts that is told of somebody else's act.
OF_ANOTHER = 0.3
# What an act's intensity (-10 to 10) must reach to say where its author stands.
TELLING = 1.5
_STATE = frozenset({"GOV", "MIL", "LEG", "SPY", "IGO"})
_RIVALS = frozenset({"OPP", "REB"})
_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
_COMMON = frozenset({"have", "make", "take", "be", "do", "get"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as words, and who is named where: number of the last word of a name → person or code."""

    words: tuple[Word, ...]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement or an event with its words, one for each text that tells it.

    Attributes
    ----------
    around
        Codes of all who are named in its sentence and the one before.
    trigger
        Offset of an event's word in the parsed text.
    sentence
        Of a statement, the whole sentence: its words may hold the condition on which something is said.
    """

    record: Statement | Event
    parsed: Parsed
    around: frozenset[str] = frozenset()
    trigger: int | None = None
    sentence: Parsed | None = None


@dataclass(frozen=True, slots=True)
class Bearing:
    """A statement or an act that bears on an issue.

    Attributes
    ----------
    position
        The position that it suggests; None where it bears on the issue without leaning.
    spread
        Half the width of its 90 % range.
    weight
        How much it counts: nearness of the words, confidence of the coder.
    why
        The words that it leans by.
    kind
        ``statement`` or ``event``; `record` is its id.
    """

    actor: str
    issue: str
    date: dt.date | None
    position: float | None
    spread: float
    weight: float
    firmness: float
    why: tuple[str, ...]
    text: str
    document: str | None
    start: int | None
    kind: str
    record: str


@dataclass(frozen=True)
class Frame:
    """An issue as it is looked for.

    Attributes
    ----------
    low, high
        Pivot → sign of the end's stance on it.
    marks
        Value and the words by which the mark is known.
    names
        Persons and codes named anywhere in the issue.
    """

    issue: Issue
    low: Mapping[str, int]
    high: Mapping[str, int]
    marks: tuple[tuple[float, frozenset[str]], ...]
    names: frozenset[str]

    @property
    def pivots(self) -> frozenset[str]:
        """All pivots: persons, codes, and nouns."""
        return frozenset(self.low) | frozenset(self.high)

    @property
    def silent(self) -> tuple[str, ...]:
        """The ends whose words take no side: nothing can be read for them."""
        return tuple(name for name, end in (("low", self.low), ("high", self.high)) if not end)


def frame(issue: Issue, parse: Callable[[str], Parsed]) -> Frame:
    """Read an issue.

    Parameters
    ----------
    parse
        Words and names of a short text.
    """
    low, high = ([parse(way.strip()) for way in end.split(";") if way.strip()] for end in (issue.low, issue.high))
    question = parse(issue.question)
    marks = [(value, parse(text)) for value, text in issue.marks]
    known = {w.lemma for p in (question, *low, *high) for w in p.words}
    return Frame(
        issue,
        _pivots(low),
        _pivots(high),
        tuple(
            (value, frozenset(w.lemma for w in p.words if w.kind in _CONTENT and not entry(w)) - known - _COMMON)
            for value, p in marks
        ),
        frozenset(n for p in (question, *low, *high, *(p for _, p in marks)) for n in p.names.values()),
    )


def _pivots(ways: Iterable[Parsed]) -> dict[str, int]:
    """What an end takes sides on: of each wording the names and nouns nearest to its words of stance."""
    out: dict[str, int] = {}
    for parsed in ways:
        found = [(key, s) for at, key in _things(parsed) if (s := stance(parsed.words, at))]
        most = max((abs(s.value) for _, s in found), default=0.0)
        nearest = [(key, s) for key, s in found if abs(s.value) == most]
        # A name says better than a noun what is disputed.
        named = [(key, s) for key, s in nearest if key in parsed.names.values()]
        for key, s in named or nearest:
            out.setdefault(key, 1 if s.value > 0 else -1)
    return out


def _things(parsed: Parsed) -> Iterable[tuple[int, str]]:
    yield from parsed.names.items()
    for at, word in enumerate(parsed.words):
        if word.kind == "NOUN" and at not in parsed.names and (entry(word) or (0, ""))[1] != "both":
            yield at, word.lemma


def party(actor: Actor) -> str | None:
    """Who is spoken for: the code, with the sector where it is not the state's; None for private voices."""
    if actor.code is None:
        return None
    if actor.sector in _STATE or actor.country is None:
        return actor.code
    return f"{actor.code}:{actor.sector}" if actor.sector in _RIVALS else None


def bearings(frame: Frame, told: Iterable[Told], vector: Vector) -> list[Bearing]:
    """What bears on an issue, each actor's sentence once: its statement, else the act that tells most.

    Returns
    -------
    list of Bearing
        By date, document and place; independent of the order given.
    """
    best: dict[tuple[object, ...], Bearing] = {}
    for one in told:
        found = _statement(frame, one, vector) if isinstance(one.record, Statement) else _event(frame, one, vector)
        for b in found:
            key = (b.actor, b.document, b.start)
            other = best.get(key)
            if other is None or _rank(b) > _rank(other):
                best[key] = b
    return sorted(best.values(), key=lambda b: (b.date or dt.date.max, b.document or "", b.start or 0, b.actor))


def _rank(b: Bearing) -> tuple[object, ...]:
    return (b.position is not None, b.kind == "statement", b.weight, b.record)


def _statement(frame: Frame, one: Told, vector: Vector) -> list[Bearing]:
    record = one.record
    assert isinstance(record, Statement)
    who = party(record.speaker)
    if who is None:
        return []
    aimed = _keys(record.target) if record.target else frozenset()
    places = _mentions(frame, one, who, aimed)
    near = _marked(frame, (one.sentence or one.parsed) if places else one.parsed, vector)
    if not places and not (near and near[2]):
        return []
    words, turned = one.parsed.words, -1 if record.verb in _contrary() else 1
    own = frozenset(at for at, key in one.parsed.names.items() if key in (record.speaker.code, record.speaker.person))
    leans = []
    for at, key in places:
        found = stance(words, at)
        if found:
            share = OF_ANOTHER if of_another(words, at, own | {at}) else 1.0
            leans.append((key, Stance(turned * share * found.value, found.words)))
    evidence = record.evidence
    common = (evidence.text or record.text, evidence.document, evidence.start, "statement", record.id)
    return [_bearing(frame, who, record.date, leans, near, record.firmness, 1.0, common)]


@cache
def _contrary() -> frozenset[str]:
    """Verbs of saying that turn round what they report (*doubted*, *denied*); who threatens or warns means it."""
    return frozenset(w for w, (sign, about) in lexicon().items() if sign < 0 and about == "object") - {
        "threaten", "warn", "fight",
    }  # fmt: skip


def _event(frame: Frame, one: Told, vector: Vector) -> list[Bearing]:
    record = one.record
    assert isinstance(record, Event)
    evidence = record.evidence[0]
    common = (evidence.text or "", evidence.document, evidence.start, "event", record.id)
    near = _marked(frame, one.parsed, vector)
    out = []
    for who in dict.fromkeys(p for a in record.actors if (p := party(a))):
        leans = _leans_of(frame, one, record, who)
        if leans is None:
            continue
        firm = min(1.0, 0.5 + abs(record.score) / 20)
        out.append(_bearing(frame, who, record.date, leans, near, firm, record.confidence, common))
    return out


def _leans_of(frame: Frame, one: Told, record: Event, who: str) -> list[tuple[str, Stance]] | None:
    """By the words that the event's word governs, else by what it does to a pivot; None if it does not bear."""
    words = one.parsed.words
    top = next((k for k, w in enumerate(words) if w.start == one.trigger), None)
    under = [
        (at, key) for at, key in _mentions(frame, one, who, frozenset()) if top is not None and _under(words, at, top)
    ]
    leans = [(key, s) for at, key in under if (s := stance(words, at, top=None if at == top else top))]
    if leans:
        return leans
    done_to = frozenset(k for r in record.recipients for k in _keys(r)) & frame.pivots
    if not done_to:
        return [] if under else None
    if abs(record.score) < TELLING:
        return []
    return [(key, Stance(record.score / 10, (record.type,))) for key in sorted(done_to)]


def _under(words: Sequence[Word], at: int, top: int) -> bool:
    first, seen = at, {at}
    while at != top and words[at].head not in seen:
        at = words[at].head
        seen.add(at)
    between = words[min(first, at) : max(first, at)]
    return at == top and not any(w.form == ";" for w in between)


def _keys(actor: Actor) -> frozenset[str]:
    """What a pivot may know an actor by: a person is not the state, though he acts for it."""
    return frozenset({actor.person} if actor.person else {actor.code} if actor.code else ())


def _mentions(frame: Frame, one: Told, who: str, aimed: frozenset[str]) -> list[tuple[int, str]]:
    """Where pivots are named; a noun counts only where somebody of the issue, other than the speaker, is about."""
    parsed, speaker = one.parsed, who.split(":")[0]
    others = frame.names - {speaker, one.record.speaker.person if isinstance(one.record, Statement) else None}
    about = not others or bool((one.around | aimed) & others)
    out = [(at, key) for at, key in parsed.names.items() if key in frame.pivots]
    if about:
        out += [(k, w.lemma) for k, w in enumerate(parsed.words) if w.kind == "NOUN" and w.lemma in frame.pivots]
    meant = aimed & frame.pivots
    if not out and meant:
        # The coder found who is meant by a pronoun.
        pronouns = ("he", "him", "she", "her", "it", "they", "them")
        out = [(k, min(meant)) for k, w in enumerate(parsed.words) if w.form in pronouns and w.kind == "PRON"]
    return out


def _marked(frame: Frame, parsed: Parsed, vector: Vector) -> tuple[float, float, bool] | None:
    """The mark whose words the text uses most: value, share of them, whether that is enough without a pivot."""
    lemmas = [w.lemma for w in parsed.words if w.kind in _CONTENT and not w.negated]
    best: tuple[float, float, bool] | None = None
    for value, wanted in frame.marks:
        hits = sum(any(_alike(w, lemma, vector) for lemma in lemmas) for w in wanted)
        share = hits / len(wanted) if wanted else 0.0
        if share >= 0.5 and (best is None or share > best[1]):
            best = (value, share, hits >= 2)
    return best


def _alike(a: str, b: str, vector: Vector) -> bool:
    if a == b:
        return True
    # Names are near each other in the vectors because they occur in the same news, not because they mean the same.
    x, y = (vector(a), vector(b)) if a[:4] == b[:4] else (None, None)
    return x is not None and y is not None and float(x @ y) >= ALIKE


def _bearing(
    frame: Frame,
    who: str,
    date: dt.date | None,
    leans: Sequence[tuple[str, Stance]],
    near: tuple[float, float, bool] | None,
    firmness: float,
    confidence: float,
    common: tuple[str, str | None, int | None, str, str],
) -> Bearing:
    total = sum(abs(s.value) for _, s in leans)
    lean = sum(s.value * _side(frame, key) for key, s in leans) / total if total else 0.0
    position = MIDDLE + (HIGH - MIDDLE) * lean * (0.5 + 0.5 * firmness) if leans else None
    why = tuple(dict.fromkeys(w for _, s in leans for w in s.words))
    if near:
        value, share, _ = near
        position = value if position is None else position + share * (value - position)
        why = (*why, f"mark {value:g}")
    weight = confidence * (total / len(leans) if leans else near[1] if near else 1.0)
    text, document, start, kind, record = common
    spread = LEAST_SPREAD + HEDGED_SPREAD * (1 - firmness) + FAINT_SPREAD * (1 - min(weight, 1.0))
    if weight < FAINTEST:
        position = None
    return Bearing(
        who, frame.issue.key, date, position, spread, weight, firmness, why,
        text, document, start, kind, record,
    )  # fmt: skip


def _side(frame: Frame, pivot: str) -> int:
    """Whether to be for this pivot leans to the high end (1) or to the low one (-1); 0 if both ends say the same."""
    low, high = frame.low.get(pivot, 0), frame.high.get(pivot, 0)
    return int(np.sign(high - low))
