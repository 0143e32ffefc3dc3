"""Interviews and transcripts: whose answer a paragraph is, where the layout tells.

Three layouts are known: turns with labels (*Q:* … *A:* …; *LAVROV:* …; *Question:* …), questions in bold between
answers, and questions that stand as paragraphs of their own, ending in a question mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from worldstage.coding.attribution import Spoken
from worldstage.coding.mentions import Mention
from worldstage.coding.quotes import Quote
from worldstage.coding.view import View
from worldstage.coding.words import words
from worldstage.core.records import Actor

_LABEL = re.compile(
    r"(?m)^[ \t]*(?:\*\*|__)?(?P<label>[QA]|[A-Z][\w.'’-]*(?:[ \t]+[\w.'’-]+){0,4}?)[ \t]*"
    r"(?:[:.](?:\*\*|__)|(?:\*\*|__):|:)[ \t]+(?=\S)"
)
_Q_AND_A = re.compile(r"(?m)^[ \t]*(?:\*\*|__)?A[.:]")
_ASKING = words("q question interviewer journalist reporter correspondent moderator host presenter anchor")
_ANSWERING = frozenset({"a", "answer", "reply", "response"})
_BOLD = re.compile(r"(?m)^[ \t]*(?:\*\*|__)(?P<words>[^\n]+?)(?:\*\*|__)[ \t]*$")
_ALONE = re.compile(r"(?m)^[ \t]*(?P<words>[A-Z][^\n]{8,400}\?)[ \t]*$")
_INTERVIEW = re.compile(
    r"\b(?:[Ii]nterview(?:ed)?|INTERVIEW|[Qq]&[Aa]|spoke (?:to|with)|talk(?:s|ed) to|sat down with|in conversation)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")


def find_answers(view: View, mentions: Sequence[Mention]) -> list[Spoken]:
    """Paragraphs of an interview or transcript whose speaker is known, as words spoken by that speaker."""
    raw = view.raw
    if "?" not in raw and ":" not in raw:
        return []
    out = _labelled(view, mentions)
    return out or _between_questions(view, mentions)


def _spoken(view: View, start: int, end: int, group: int, voices: tuple[Actor, ...], verb: str) -> Spoken | None:
    words = view.raw[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    first, last = bisect_left(view.start, start), bisect_left(view.start, end)
    if last <= first or not any(c.isalpha() for c in words):
        return None
    return Spoken(Quote(start, end, start, end), first, last, first - 1, last, False, group, voices, verb)


def _labelled(view: View, mentions: Sequence[Mention]) -> list[Spoken]:
    """Turns that begin with the speaker's name and a colon."""
    raw = view.raw
    turns = list(_LABEL.finditer(raw))
    if len(turns) < 2:
        return []
    labels = Counter(t["label"].lower().rstrip(".") for t in turns)
    asked = any(label in _ASKING for label in labels)
    if not (asked or len(turns) >= 3) or not (asked or any(n > 1 for n in labels.values())):
        return []
    if "a" in labels and "q" not in labels and not _Q_AND_A.search(raw):
        return []
    asking = _asking(raw, turns)
    guest = _guest(view, mentions, turns[0].start())
    known: dict[str, tuple[Actor, ...]] = {}
    out: list[Spoken] = []
    for k, turn in enumerate(turns):
        label = turn["label"].lower().rstrip(".")
        stop = turns[k + 1].start() if k + 1 < len(turns) else len(raw)
        if label in _ASKING:
            continue
        voices = guest if label in _ANSWERING else known.setdefault(label, _named(view, mentions, turn))
        if voices and (voices[0].code or label not in asking):
            verb = "answer" if label in _ANSWERING else "say"
            out.extend(_paragraphs(view, turn.end(), stop, len(out), voices, verb))
    return out


def _asking(raw: str, turns: Sequence[re.Match[str]]) -> set[str]:
    """Labels of interviewers: a turn of theirs ends in a question."""
    stops = [turn.start() for turn in turns[1:]] + [len(raw)]
    return {
        turn["label"].lower().rstrip(".")
        for turn, stop in zip(turns, stops, strict=True)
        if raw[turn.end() : stop].rstrip().endswith("?")
    }


def _paragraphs(view: View, start: int, stop: int, count: int, voices: tuple[Actor, ...], verb: str) -> list[Spoken]:
    found: list[Spoken] = []
    for paragraph in _PARAGRAPH.finditer(view.raw, start, stop):
        spoken = _spoken(view, paragraph.start(), paragraph.end(), -(count + len(found) + 2), voices, verb)
        if spoken is not None:
            found.append(spoken)
    return found


def _named(view: View, mentions: Sequence[Mention], turn: re.Match[str]) -> tuple[Actor, ...]:
    """The actor that a label names: by itself, or by the name that it shares with one named elsewhere."""
    last_word = turn["label"].split()[-1].strip(".").casefold()
    elsewhere: tuple[Actor, ...] = ()
    for m in mentions:
        if m.kind == "pronoun":
            continue
        if turn.start("label") <= view.start[m.head] < turn.end("label") and (m.person or m.kind == "name"):
            if m.actors[0].code:
                return m.actors
            elsewhere = elsewhere or m.actors
        person = m.actors[0].person
        if person and person.split()[-1].casefold() == last_word and (not elsewhere or elsewhere[0].code is None):
            elsewhere = m.actors[:1]
    if not elsewhere and turn["label"].isupper() and len(last_word) > 1:
        name = turn["label"].title()
        return (Actor(None, name, person=name, text=turn["label"]),)
    return elsewhere


def _guest(view: View, mentions: Sequence[Mention], before: int) -> tuple[Actor, ...]:
    """Who is interviewed: the person most often named before the first question."""
    named: Counter[str] = Counter()
    actors: dict[str, Actor] = {}
    for m in mentions:
        actor = m.actors[0]
        if m.person and actor.person and m.kind == "name" and view.start[m.head] < before:
            named[actor.person] += 1
            actors.setdefault(actor.person, actor)
    return (actors[named.most_common(1)[0][0]],) if named else ()


def _between_questions(view: View, mentions: Sequence[Mention]) -> list[Spoken]:
    """Paragraphs between questions that stand alone, in bold or not, of a text that says it is an interview."""
    raw = view.raw
    questions = [m for m in _BOLD.finditer(raw) if m["words"].rstrip().endswith("?")]
    questions = questions if len(questions) > 1 else list(_ALONE.finditer(raw)) if "?\n" in raw else []
    if len(questions) < 2 or not _INTERVIEW.search(raw, 0, questions[0].start()):
        return []
    guest = _guest(view, mentions, questions[0].start())
    if not guest:
        return []
    out: list[Spoken] = []
    for k, question in enumerate(questions):
        stop = questions[k + 1].start() if k + 1 < len(questions) else len(raw)
        answer = raw[question.end() : stop]
        if _FIRST_PERSON.search(answer) and answer.lstrip()[:1] not in ("“", '"', "‘"):
            out.extend(_paragraphs(view, question.end(), stop, len(out), guest, "answer"))
    return out
