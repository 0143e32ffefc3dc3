"""What actors say: direct quotations, reported speech, interviews."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from worldstage.coding.attribution import Spoken, direct, fragment, governor, length, named_only, place, utterance
from worldstage.coding.dates import When
from worldstage.coding.dating import day_of
from worldstage.coding.firmness import firmness
from worldstage.coding.interviews import find_answers
from worldstage.coding.mentions import Mention
from worldstage.coding.quotes import find_quotes
from worldstage.coding.sayings import CUES
from worldstage.coding.spans import sentences
from worldstage.coding.speakers import Voices, key
from worldstage.coding.speech import find_reports
from worldstage.coding.view import View
from worldstage.coding.wording import Report, clause, further_clauses
from worldstage.core.records import Actor, Document, Event, Evidence, Statement, digest

_DASHES = frozenset({"-", "—", "–", "--"})
_MEDIA = "MED"
# A quotation that nobody introduces must have as many words to be taken for somebody's.
_FEWEST = 3
# Quotations that make less than one part in so many of a clause do not stand for the whole of it.
_SHARE = 4
# The sentence of an event does not begin further before a statement that shares it.
_LONG_SENTENCE = 3000
# What the parser takes for sentences of more characters than this is a table or a list.
_LONGEST = 8000


def find_statements(
    view: View,
    document: Document,
    mentions: Sequence[Mention],
    *,
    events: Sequence[Event],
    whens: Sequence[When],
) -> list[Statement]:
    """The statements of a document, in the order in which they stand.

    Parameters
    ----------
    view
        The parse of ``document.text``.
    mentions
        Its actors.
    events
        Its events; a statement carries the id of one that its sentence tells of the same actor.
    whens
        Its dates.

    Returns
    -------
    list of Statement
        Only statements whose speaker is named or known; ``evidence`` spans whole sentences.
    """
    at = [i for i, lemma in enumerate(view.lemma) if lemma in CUES]
    quotes = find_quotes(view.raw)
    answers = find_answers(view, mentions)
    if not at and not quotes and not answers:
        return []
    return _Search(view, document, mentions, events, whens).run(at, _with_answers(view, place(view, quotes), answers))


def _with_answers(view: View, spoken: list[Spoken], answers: list[Spoken]) -> list[Spoken]:
    """Answers of an interview take the place of the quotations in them."""
    if not answers:
        return spoken
    answered = {i for a in answers for i in range(a.first, a.last)}
    kept = [s for s in spoken if s.first not in answered]
    return sorted([*kept, *answers], key=lambda s: s.first)


@dataclass(slots=True)
class _Act:
    """A report with the quotations that belong to it, or quotations that no report introduces."""

    first: int
    report: Report | None = None
    spoken: list[Spoken] = field(default_factory=list)


class _Search:
    def __init__(
        self,
        view: View,
        document: Document,
        mentions: Sequence[Mention],
        events: Sequence[Event],
        whens: Sequence[When],
    ) -> None:
        self.view, self.document = view, document
        self.whens = sorted((w for w in whens if w.day is not None), key=lambda w: w.first)
        self._when_at = [w.first for w in self.whens]
        told = [(e.start, e.end or 0, event) for event in events for e in event.evidence if e.start is not None]
        self.events = sorted(told, key=lambda entry: entry[:2])
        self._event_at = [start for start, _, _ in self.events]
        self.voices = Voices(view, mentions)
        self.out: dict[str, tuple[int, Statement]] = {}
        self.by_group: dict[int, tuple[tuple[Actor, ...], str]] = {}
        self.told: dict[int, list[tuple[tuple[int, int], bool]]] = {}
        self.verb = "say"
        self.ended = -1

    def run(self, at: list[int], spoken: list[Spoken]) -> list[Statement]:
        inside: set[int] = set()
        for s in spoken:
            inside.update(range(s.first, s.last))
        reports = find_reports(self.view, at, inside)
        for act in self._acts(reports, spoken):
            if act.report is not None:
                self._reported(act, act.report)
            else:
                self._unreported(act.spoken[0])
        return [statement for _, statement in sorted(self.out.values(), key=lambda pair: pair[0])]

    def _acts(self, reports: list[Report], spoken: list[Spoken]) -> list[_Act]:
        by_report: dict[int, _Act] = {r.at: _Act(min([r.at, *(a for a, _ in r.ranges)]), r) for r in reports}
        opening, ats = [s.first for s in spoken], [r.at for r in reports]
        acts = list(by_report.values())
        for s in spoken:
            r = None if s.voices else self._outermost(governor(self.view, s, reports, ats, opening), reports, ats)
            if r is None:
                acts.append(_Act(s.first, None, [s]))
            else:
                act = by_report[r.at]
                act.spoken.append(s)
                act.first = min(act.first, s.first)
        acts.sort(key=lambda a: a.first)
        self._learn_groups(acts)
        return acts

    def _outermost(self, report: Report | None, reports: list[Report], ats: list[int]) -> Report | None:
        """The report whose words hold another: *said he believed that “…”* is one saying."""
        if report is None:
            return None
        b, e = self.view.sents[self.view.sent[report.at]]
        for outer in reports[bisect_left(ats, b) : bisect_left(ats, e)]:
            if outer.at != report.at and any(first <= report.at < last for first, last in outer.ranges):
                return outer
        return report

    def _learn_groups(self, acts: list[_Act]) -> None:
        """Who speaks in a quotation over several paragraphs, told in any one of them."""
        grouped: dict[int, int] = {}
        for act in acts:
            for s in act.spoken:
                grouped[s.group] = grouped.get(s.group, 0) + 1
        for act in acts:
            for s in act.spoken:
                if act.report is not None and grouped[s.group] > 1 and s.group not in self.by_group:
                    who = self.voices.speakers(act.report.subject)
                    if who:
                        self.by_group[s.group] = (who, act.report.verb)

    # -- with a report -----------------------------------------------------------------------------

    def _reported(self, act: _Act, report: Report) -> None:
        speakers = self.voices.speakers(report.subject)
        if not speakers:
            return
        told = self.told.get(self.view.sent[report.at], ())
        nested = [media for (first, last), media in told if first <= report.at < last]
        if nested and not all(nested):
            return
        if report.verb == "threaten" and len(report.ranges) == 1 and self.voices.names_all(*report.ranges[0]):
            # *Threatened the nun*: whom, not with what.
            return
        quoted = list(self._utterances(act, report))
        for parts in quoted:
            self._add(speakers, report, parts=parts)
        if quoted:
            for ranges in further_clauses(self.view, report):
                if not any(a <= s.first < b for s in act.spoken for a, b in ranges):
                    self._add(speakers, report, ranges=ranges)
        ranges = report.ranges
        if not ranges and not quoted and any(not named_only(self.view, s) for s in act.spoken):
            ranges = clause(self.view, -1, report.at, keep_head=True)
        if ranges and (not quoted or self._mostly_reported(quoted, report)):
            self._add(speakers, report, ranges=ranges)
        if quoted or ranges:
            media = all(a.sector == _MEDIA for a in speakers)
            words = [(r, media) for r in ranges if not r[0] <= report.at < r[1]]
            self.told.setdefault(self.view.sent[report.at], []).extend(words)
            self._remember(speakers, report.verb, max([report.at, *(s.last - 1 for s in act.spoken)]))

    def _mostly_reported(self, quoted: list[list[Spoken]], report: Report) -> bool:
        """Whether the quotations are small parts of what is reported, which is then told as a whole too."""
        parts = [s for joined in quoted for s in joined]
        if any(direct(self.view, s, report) for s in parts) or further_clauses(self.view, report):
            return False
        if any(a <= report.at < b for a, b in report.ranges):
            return False
        return _SHARE * sum(s.last - s.first for s in parts) < sum(b - a for a, b in report.ranges)

    def _remember(self, speakers: tuple[Actor, ...], verb: str, last: int) -> None:
        self.voices.remember(speakers, self.view.sent[last])
        self.verb, self.ended = verb, last

    def _utterances(self, act: _Act, report: Report) -> Iterable[list[Spoken]]:
        """The quotations of a report that count, those that one sentence joins together."""
        out: list[list[Spoken]] = []
        for s in act.spoken:
            if out and self._joined(out[-1][-1], s, report):
                out[-1].append(s)
                continue
            if not direct(self.view, s, report) and (named_only(self.view, s) or fragment(self.view, s)):
                continue
            out.append([s])
        return out

    def _joined(self, previous: Spoken, s: Spoken, report: Report) -> bool:
        """Whether two quotations are one sentence around the verb: *“If they come,” he said, “we will fight.”*"""
        around = previous.after <= report.at < s.first
        return around and previous.comma and s.before >= 0 and self.view.text[s.before] == ","

    # -- without one -------------------------------------------------------------------------------

    def _unreported(self, s: Spoken) -> None:
        speakers, verb = s.voices or self._labelled(s), s.verb
        if not speakers and s.group in self.by_group:
            speakers, verb = self.by_group[s.group]
        if not speakers and utterance(self.view, s):
            speakers, verb = self._goes_on(s)
        if speakers:
            self._add(speakers, Report(s.first, verb), parts=[s])
            self._remember(speakers, verb, s.last - 1)

    def _labelled(self, s: Spoken) -> tuple[Actor, ...]:
        """*Lavrov: “…”*, *“…” – Sergei Lavrov*."""
        view = self.view
        if s.before > 0 and view.text[s.before] == ":":
            m = self.voices.mention(s.before - 1)
            return m.actors if m is not None and (m.person or view.start[m.first] == 0) else ()
        if s.after + 1 < len(view) and view.text[s.after] in _DASHES:
            m = self.voices.mention(s.after + 1)
            return m.actors if m is not None and m.person and m.first == s.after + 1 else ()
        return ()

    def _goes_on(self, s: Spoken) -> tuple[tuple[Actor, ...], str]:
        """The speaker of a sentence in quotation marks that nobody introduces: the one spoken of just before."""
        view = self.view
        k = view.sent[s.first]
        previous = k - 1 if s.before < 0 or view.sent[s.before] != k else k
        while previous > 0 and not any(view.text[i].strip() for i in range(*view.sents[previous])):
            previous -= 1
        if previous < 0:
            return (), ""
        last = view.sent[self.ended] if self.ended >= 0 else -9
        if last >= previous:
            return self.voices.last, self.verb
        if length(view, s) < _FEWEST:
            return (), ""
        for i in range(*view.sents[previous]):
            if view.head[i] == i:
                subject = next((c for c in view.children[i] if view.dep[c] == "nsubj"), -1)
                m = self.voices.mention(subject) if subject >= 0 else None
                if m is not None and m.person and m.actors[0].code:
                    return m.actors[:1], "say"
        return (self.voices.last, self.verb) if previous - last <= 1 else ((), "")

    # -- the record --------------------------------------------------------------------------------

    def _add(
        self,
        speakers: tuple[Actor, ...],
        report: Report,
        *,
        parts: list[Spoken] | None = None,
        ranges: list[tuple[int, int]] | None = None,
    ) -> None:
        view, raw = self.view, self.view.raw
        if parts:
            ranges = [(s.first, s.last) for s in parts]
            spans = [(s.quote.start, s.quote.end) for s in parts]
            text = " ".join(_tidy(raw[a:b], cut=True) for a, b in spans)
        else:
            ranges = ranges or []
            spans = [self._with_mark(view.start[a], view.end[b - 1]) for a, b in ranges]
            text = " ".join(_tidy(raw[a:b], cut=False) for a, b in spans)
        if not any(c.isalnum() for c in text):
            return
        tokens = [report.at, *(a for a, _ in ranges), *(b - 1 for _, b in ranges)]
        if report.subject >= 0:
            tokens.append(report.subject)
        evidence = self._evidence(min(tokens), max(tokens), parts or [])
        if len(evidence.text or "") > _LONGEST:
            return
        scope = self._scope(ranges, parts, report)
        target = self.voices.addressed(report.addressee, speakers) or self.voices.spoken_of(scope, speakers)
        shifted = not parts and view.tag[report.at] in ("VBD", "VBN")
        firm = firmness(view, scope, verb=report.verb, backshifted=shifted)
        day = self._day(report.at, ranges, view.sent[min(tokens)], view.sent[max(tokens)])
        for k, speaker in enumerate(speakers):
            extra = () if k == 0 else (speaker.code or speaker.name, speaker.person)
            name = digest(self.document.id, spans[0][0], spans[-1][1], *extra)
            event = self._event(speaker, evidence, view.start[report.at])
            one = Statement(name, speaker, text, bool(parts), report.verb, firm, evidence, target, day, event)
            self.out.setdefault(name, (spans[0][0], one))

    def _scope(
        self, ranges: list[tuple[int, int]], parts: list[Spoken] | None, report: Report
    ) -> list[tuple[int, int]]:
        """The words by which firmness and target are judged: for words quoted inside a clause, that clause."""
        if not parts or parts[0].voices or direct(self.view, parts[0], report):
            return ranges
        at = parts[0].first
        others = [r[0][0] for r in further_clauses(self.view, report) if r]
        for first, last in report.ranges:
            if first <= at < last:
                first = max((o for o in others if o <= at), default=first)
                return [(first, min((o for o in others if o > at), default=last))]
        return clause(self.view, -1, report.at, keep_head=True) if report.subject >= 0 and not report.ranges else ranges

    def _with_mark(self, start: int, end: int) -> tuple[int, int]:
        """A span with the closing mark of a quotation that it ends in."""
        raw = self.view.raw
        words = raw[start:end]
        for opener, closer in (("“", "”"), ("‘", "’"), ('"', '"')):
            stop = end + (raw[end : end + 1] in (".", ",", "!", "?"))
            if (
                raw[stop : stop + 1] == closer
                and opener in words
                and (words.count(opener) % 2 if opener == closer else words.count(opener) > words.count(closer))
            ):
                return start, stop + 1
        return start, end

    def _evidence(self, first: int, last: int, parts: Sequence[Spoken]) -> Evidence:
        view = self.view
        answer = next((s.quote for s in parts if s.voices), None)
        if answer is not None:
            return Evidence(self.document.id, answer.left, answer.right, view.raw[answer.left : answer.right])
        start, end = sentences(view, first, last)
        for s in parts:
            start, end = min(start, s.quote.left), max(end, s.quote.right)
        return Evidence(self.document.id, start, end, view.raw[start:end])

    def _day(self, at: int, ranges: list[tuple[int, int]], first: int, last: int) -> dt.date | None:
        """The day of the saying: a date in its sentences outside the words said, else that of publication."""
        published = self.document.published
        if self.whens:
            b, e = self.view.sents[first][0], self.view.sents[last][1]
            near = [
                w for w in self.whens[bisect_left(self._when_at, b) : bisect_left(self._when_at, e)]
                if not any(r <= w.first < s for r, s in ranges)
                and (published is None or w.day is None or w.day <= published)
            ]  # fmt: skip
            if near:
                return day_of(min(near, key=lambda w: abs(w.first - at)), published)
        return published

    def _event(self, speaker: Actor, evidence: Evidence, verb: int) -> str | None:
        """The event of the same actor in the same sentence, the one nearest to the verb."""
        start, end = evidence.start or 0, evidence.end or 0
        best: tuple[int, str] | None = None
        first = bisect_left(self._event_at, start - _LONG_SENTENCE)
        for _, stop, event in self.events[first : bisect_left(self._event_at, end)]:
            if stop > start and any(_same(speaker, a) for a in event.actors):
                distance = abs((event.trigger or (verb, verb))[0] - verb)
                if best is None or distance < best[0]:
                    best = (distance, event.id)
        return best[1] if best else None


def _same(one: Actor, other: Actor) -> bool:
    if one.code is None or other.code is None:
        return key(one) == key(other)
    return one.code == other.code and (one.person is None or other.person is None or one.person == other.person)


def _tidy(words: str, *, cut: bool) -> str:
    """Words on one line; `cut` leaves out the comma that only leads over to *he said*."""
    words = " ".join(words.split())
    return words.rstrip(",").rstrip() if cut else words
