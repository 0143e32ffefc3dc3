"""Positions of a case: its statements and events read against its issues, with the analyst's overrides."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import ConfigError, InputError, WorldstageError, nearest
from worldstage.core.records import Document, Event, Statement
from worldstage.relations.measures import first_after
from worldstage.strategy.issues import BEFORE, NOW, Issue, Override, Span
from worldstage.strategy.positions import Standing, Volume, scaled, standings
from worldstage.strategy.reading import Bearing, Frame, Parsed, Told, bearings, frame, party
from worldstage.strategy.stance import Word
from worldstage.study.relations import chosen_shock, study_window
from worldstage.study.settings import Shock

if TYPE_CHECKING:
    from worldstage.study.case import Case

# A clause such as "X stays" is parsed better within a sentence than alone.
_LEAD = "They say that "
_NEGATIONS = frozenset({"not", "no", "n't", "n’t", "never", "neither", "nor", "without", "hardly", "cannot", "none"})
# Characters before a sentence in which its subject may have been named.
_AROUND = 240
# Letters by which a word is looked for before anything is parsed.
_STEM = 5
_SECTORS = {"OPP": "opposition", "REB": "armed groups"}
_DATASET = "articles"


@dataclass(frozen=True)
class Positions:
    """Where everybody stands on one issue.

    Attributes
    ----------
    names
        Actor → name.
    warnings
        What to keep in mind: guesses, ends that could not be read, what is missing.
    """

    issue: Issue
    shock: Shock
    standings: tuple[Standing, ...]
    names: dict[str, str]
    warnings: tuple[str, ...] = ()


def positions(case: Case, *, issue: str | None = None, shock: dt.date | None = None, seed: int = 0) -> list[Positions]:
    """Where actors stand on the issues of a case, before and after a shock.

    Raises
    ------
    ConfigError
        If the case has no issue, no such issue, or no shock; if its table of capabilities cannot be read.
    UnknownNameError
        If an override names an actor that nothing answers to.
    """
    agenda = case.settings.agenda
    wanted = [_issue(case, issue)] if issue else list(agenda.issues)
    if not agenda.issues:
        raise ConfigError(
            f"{case.folder / 'case.toml'} names no issue.", hint="add [[issues]] with key, question, low and high"
        )
    hit = chosen_shock(case, shock)
    after = first_after(hit.date, "day")
    reader = _Reader(case, after)
    overrides = tuple(replace(o, actor=code_of(case, o.actor)) for o in agenda.overrides)
    capability = capabilities(case)
    # Saliences are told apart by issue only if all issues are read.
    everything = []
    for one in agenda.issues:
        frame_, found = reader.read(one)
        own = [o for o in overrides if o.issue == one.key]
        mine = standings(
            one.key, _parties(case, one, found, own), after=after, volume=reader.volume, capability=capability,
            overrides=own, seed=seed,
        )  # fmt: skip
        everything.append((frame_, mine))
    flat = scaled(s for _, found in everything for s in found)
    out = []
    for frame_, _ in everything:
        if frame_.issue in wanted:
            told = tuple(s for s in flat if s.issue == frame_.issue.key)
            names = {s.actor: name_of(case, s.actor) for s in told}
            out.append(Positions(frame_.issue, hit, told, names, tuple(_warnings(case, frame_, told))))
    return out


def _parties(case: Case, issue: Issue, found: list[Bearing], overrides: Sequence[Override]) -> list[Bearing]:
    """What parties of the issue said and did; everybody's, where no parties are named."""
    if not issue.parties:
        return found
    inside = {code_of(case, p) for p in issue.parties} | {o.actor for o in overrides}
    return [b for b in found if b.actor in inside]


def _issue(case: Case, key: str) -> Issue:
    known = {i.key: i for i in case.settings.agenda.issues}
    if key not in known:
        close = nearest(key, known)
        raise ConfigError(
            f"{case.folder / 'case.toml'} has no issue {key!r}.",
            expected=f"did you mean {close[0]!r}" if close else ", ".join(known) or "[[issues]]",
        )
    return known[key]


def code_of(case: Case, name: str) -> str:
    """The code of an actor whom ``case.toml`` names; ``SYR:OPP`` stands for a part of it that is not the state."""
    base, _, sector = name.partition(":")
    try:
        code = case.directory.code_of(base)
    except WorldstageError as error:
        raise ConfigError(
            f"{case.folder / 'case.toml'}: {error.message}", expected=error.expected, hint=error.hint
        ) from None
    return f"{code}:{sector}" if sector else code


def name_of(case: Case, actor: str) -> str:
    """``Russia``; ``Syria (opposition)`` for a part that is not the state."""
    code, _, sector = actor.partition(":")
    name = case.directory.name_of(code)
    return f"{name} ({_SECTORS.get(sector, sector)})" if sector else name


def capabilities(case: Case) -> dict[str, Span]:
    """The case's table of capabilities, ``actor,capability`` with ``low`` and ``high`` if known; empty without one.

    Raises
    ------
    ConfigError
        If the file is missing or a row of it is broken.
    """
    if not case.settings.agenda.capabilities:
        return {}
    path = case.folder / case.settings.agenda.capabilities
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}, named in case.toml, cannot be read: {error}.") from None
    out = {}
    for n, row in enumerate(rows, 2):
        if not row.get("actor") or not row.get("capability"):
            raise ConfigError(f"{path}, line {n}: {row}.", expected="the columns actor and capability, both filled")
        try:
            mode = float(row["capability"])
            low, high = (float(row[k]) if row.get(k) else mode for k in ("low", "high"))
            if low < 0:
                raise ValueError
            out[code_of(case, row["actor"])] = Span(low, mode, high)
        except (ValueError, InputError):
            raise ConfigError(
                f"{path}, line {n}: capability {row['capability']!r} of {row['actor']}.",
                expected="a number from 0 upward, low at most capability at most high",
            ) from None
    return out


def _warnings(case: Case, frame_: Frame, found: Sequence[Standing]) -> list[str]:
    out = []
    for end in frame_.silent:
        out.append(
            f"The {end} end of {frame_.issue.key} takes no side in words known to the reader: nothing leans to it by "
            "its words. Put it as an actor would say it (\u201cX must go; X has to be removed\u201d)."
        )
    if not any(s.evidence for s in found):
        out.append(f"No evidence: no statement and no act in the documents bears on {frame_.issue.key}.")
    carried = sum("carried" in (s.before.source, s.now.source) for s in found)
    silent = [p for p in frame_.issue.parties if code_of(case, p) not in {s.actor for s in found}]
    if silent:
        out.append(f"No evidence on {frame_.issue.key} for {', '.join(silent)}.")
    if carried:
        out.append(
            f"On {frame_.issue.key}, {carried} of {len(found)} actors take a position on one side of the shock only; "
            "they are taken as unmoved."
        )
    if not case.settings.agenda.capabilities and not all("capability" in s.given for s in found):
        out.append("No capabilities are given: all actors count alike.")
    return out


class _Reader:
    """The statements and events of a case, parsed where they may bear on an issue."""

    def __init__(self, case: Case, after: dt.date) -> None:
        from worldstage.coding.vectors import shipped
        from worldstage.store import EventFilter

        with case.store() as store:
            documents = store.documents()
            self.statements, events = store.statements(), store.events(EventFilter())
        self.case, self.day = case, after
        self.vector = shipped().get
        copies = {d.id for d in documents if d.duplicate_of}
        self.texts = {d.id: d for d in documents}
        window = study_window(case, [])
        self.statements = [s for s in self.statements if s.date in window and s.evidence.document not in copies]
        self.events = [e for e in events if e.dataset == _DATASET and e.date in window and e.evidence]
        self.volume = Volume(*(_volume(self.statements, self.events, after, stretch) for stretch in (BEFORE, NOW)))
        self._parsed: dict[str, tuple[Word, ...]] = {}

    def read(self, issue: Issue) -> tuple[Frame, list[Bearing]]:
        """The issue as it is looked for, and what bears on it."""
        found = frame(issue, lambda text: self.parse([_LEAD + text])[0])
        stems = {w.casefold()[:_STEM] for p in found.pivots for w in p.split() if p.islower()}
        stems |= {w[:_STEM] for _, words in found.marks for w in words}
        everything: list[Statement | Event] = [*self.statements, *self.events]
        records = [r for r in everything if self._may_bear(r, found, stems)]
        texts = [r.text if isinstance(r, Statement) else r.evidence[0].text or "" for r in records]
        # All at once: the parser is quick in batches.
        self.parse([r.evidence.text or r.text for r in records if isinstance(r, Statement)])
        told = [self._told(r, p) for r, p in zip(records, self.parse(texts), strict=True)]
        return found, bearings(found, told, self.vector)

    def _may_bear(self, record: Statement | Event, found: Frame, stems: Iterable[str]) -> bool:
        """Whether it is worth parsing."""
        if isinstance(record, Statement):
            text, aimed = record.text, tuple(a for a in (record.target,) if a)
        else:
            text, aimed = record.evidence[0].text or "", record.recipients
        folded = text.casefold()
        if any(a.person in found.pivots or a.code in found.pivots for a in aimed):
            return True
        return any(stem in folded for stem in stems) or bool(self._named(text, self.day) & found.pivots)

    def _named(self, text: str, day: dt.date | None) -> frozenset[str]:
        hits = (self.case.directory.resolve(h.entries, alias=h.alias, day=day) for h in self.case.directory.scan(text))
        return frozenset(k for r in hits for k in (r.person, r.code) if k)

    def _told(self, record: Statement | Event, parsed: Parsed) -> Told:
        evidence = record.evidence if isinstance(record, Statement) else record.evidence[0]
        document = self.texts.get(evidence.document or "")
        around = self._named(_surroundings(evidence.start, evidence.end, evidence.text, document), record.date)
        if isinstance(record, Statement):
            return Told(record, parsed, around, sentence=self.parse([evidence.text or record.text])[0])
        parties = frozenset(a.code for a in (*record.actors, *record.recipients) if a.code)
        at = record.trigger[0] - evidence.start if record.trigger and evidence.start is not None else None
        return Told(record, parsed, around | parties, at)

    def parse(self, texts: Sequence[str]) -> list[Parsed]:
        """Words and names of texts; each text is parsed once."""
        new = list(dict.fromkeys(t for t in texts if t not in self._parsed))
        if new:
            nlp = self.case.coder.nlp
            with nlp.select_pipes(disable=[p for p in ("ner", "entity_ruler") if p in nlp.pipe_names]):
                self._parsed |= {t: _words(doc) for t, doc in zip(new, nlp.pipe(new), strict=True)}
        return [Parsed(self._parsed[t], self._names(t, self._parsed[t])) for t in texts]

    def _names(self, text: str, words: Sequence[Word]) -> dict[int, str]:
        out = {}
        for hit in self.case.directory.scan(text):
            found = self.case.directory.resolve(hit.entries, alias=hit.alias, day=self.day)
            inside = [k for k, w in enumerate(words) if hit.start <= w.start < hit.end]
            if found.code and inside:
                out[inside[-1]] = found.person or found.code
        return out


def _words(doc: Any) -> tuple[Word, ...]:
    """A parsed text as plain words."""
    negated = {t.head.i for t in doc if t.lower_ in _NEGATIONS and t.dep_ in ("neg", "det", "preconj", "advmod", "cc")}
    return tuple(Word(t.lower_, t.lemma_.lower(), t.pos_, t.head.i, t.dep_, t.i in negated, t.idx) for t in doc)


def _surroundings(start: int | None, end: int | None, text: str | None, document: Document | None) -> str:
    """The sentence, what stands before it, and the title and beginning of the document."""
    if document is None or start is None or end is None:
        return text or ""
    return f"{document.title or ''}. {document.text[:_AROUND]} {document.text[max(0, start - _AROUND) : end]}"


def _volume(statements: Sequence[Statement], events: Sequence[Event], after: dt.date, stretch: str) -> Counter[str]:
    def inside(day: dt.date | None) -> bool:
        return day is not None and (day >= after) == (stretch == NOW)

    out = Counter(p for s in statements if inside(s.date) and (p := party(s.speaker)))
    out.update(p for e in events if inside(e.date) for p in {party(a) for a in e.actors} if p)
    return out
