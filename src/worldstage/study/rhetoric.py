"""The rhetoric of a case: tone and firmness of its actors before and after a shock, echoes, and pointers back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldstage.core.records import Document, Event, Statement
from worldstage.relations.measures import first_after
from worldstage.strategy.echoes import Echo, Pointer, Said, echoes, pointers
from worldstage.strategy.reading import party
from worldstage.strategy.rhetoric import TOO_FEW, Act, Level, Voice, Voices, voices
from worldstage.study.positions import name_of
from worldstage.study.relations import chosen_shock, study_window
from worldstage.study.settings import Shock

if TYPE_CHECKING:
    from worldstage.study.case import Case

_VERBAL = "verbal"
# Acts below which a speaker, or a speaker towards somebody, is left out of the tables.
LEAST_SPEAKER, LEAST_PAIR = 3, 3
_SPELT = 3


@dataclass(frozen=True)
class Rhetoric:
    """How the actors of a case speak.

    Attributes
    ----------
    tone
        Of verbal acts, PLOVER's intensity from -10 to 10.
    firmness
        Of statements, 0 to 1.
    documents
        Document → title, publisher and date, as one line, for the sources of echoes.
    """

    shock: Shock
    tone: Voices
    firmness: Voices
    echoes: tuple[Echo, ...]
    pointers: tuple[Pointer, ...]
    names: Mapping[str, str]
    documents: Mapping[str, str]
    warnings: tuple[str, ...]

    @property
    def text(self) -> str:
        """Who speaks most bluntly, and whose tone moved, in a few sentences."""
        return " ".join(_sentences(self))

    def rows(self) -> list[dict[str, Any]]:
        """One row per speaker, and per speaker and target, for tone and firmness."""
        return [
            _row(measure, voice, self.names)
            for measure, found in (("tone", self.tone), ("firmness", self.firmness))
            for voice in (*found.speakers, *found.pairs)
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and texts."""
        return {
            "shock": {"name": self.shock.name, "date": self.shock.date},
            "text": self.text,
            "voices": self.rows(),
            "blunter": [
                {"speaker": a, "name": self.names[a], "than": b, "than_name": self.names[b]} for a, b in self.tone.lower
            ],
            "echoes": [self._echo(e) for e in self.echoes],
            "pointers": [
                {
                    "cue": p.cue, "year": p.year, "said": self._said(p.said),
                    "earlier": None if p.earlier is None else self._said(p.earlier.earlier),
                }
                for p in self.pointers
            ],
            "warnings": list(self.warnings),
        }  # fmt: skip

    def _echo(self, e: Echo) -> dict[str, Any]:
        return {
            "likeness": e.likeness, "shared": e.shared, "same_speaker": e.same_speaker,
            "earlier": self._said(e.earlier), "later": self._said(e.later),
        }  # fmt: skip

    def _said(self, s: Said) -> dict[str, Any]:
        return {
            "statement": s.record, "speaker": s.speaker, "name": self.names[s.speaker], "date": s.date,
            "text": s.text, "sentence": s.sentence, "document": s.document, "source": self.documents[s.document],
        }  # fmt: skip


def rhetoric(case: Case, *, shock: dt.date | None = None) -> Rhetoric:
    """Measure tone and firmness before and after a shock, and find echoes, from statements and verbal events.

    Raises
    ------
    ConfigError
        If the case has no shock, or none on that day.
    """
    from worldstage.store import EventFilter

    hit = chosen_shock(case, shock)
    after = first_after(hit.date, "day")
    with case.store() as store:
        documents = {d.id: d for d in store.documents()}
        statements, events = store.statements(), store.events(EventFilter())
    window = study_window(case, [])
    statements = [
        s for s in statements if s.date in window and not _copy(documents, s) and party(s.speaker) is not None
    ]
    verbal = [e for e in events if e.quad.startswith(_VERBAL) and e.date in window]
    tone = voices([a for e in verbal for a in _acts(e)], after, least=LEAST_SPEAKER)
    firm = voices([a for s in statements for a in _act(s)], after, least=LEAST_SPEAKER)
    said = [_said(s, documents) for s in statements]
    found, back = echoes(said), pointers(said, window.first)
    codes = {c for v in (*tone.speakers, *tone.pairs, *firm.speakers, *firm.pairs) for c in (v.speaker, v.target) if c}
    codes |= {s.speaker for s in said}
    used = {s.document for e in found for s in (e.earlier, e.later)} | {p.said.document for p in back}
    used |= {p.earlier.earlier.document for p in back if p.earlier}
    return Rhetoric(
        hit, tone, firm, tuple(found), tuple(back), {c: name_of(case, c) for c in codes},
        {d: _source(documents[d]) for d in used}, tuple(_warnings(tone)),
    )  # fmt: skip


def _copy(documents: Mapping[str, Document], s: Statement) -> bool:
    document = documents.get(s.evidence.document or "")
    return document is None or document.duplicate_of is not None


def _acts(e: Event) -> list[Act]:
    """A verbal event as acts: one for each speaker and each target."""
    speakers = dict.fromkeys(p for a in e.actors if (p := party(a)))
    targets = dict.fromkeys(p for a in e.recipients if (p := party(a)))
    if e.date is None:
        return []
    return [Act(s, t, e.date, e.score, e.id) for s in speakers for t in (targets or [None])]


def _act(s: Statement) -> list[Act]:
    speaker = party(s.speaker)
    if speaker is None or s.date is None:
        return []
    return [Act(speaker, party(s.target) if s.target else None, s.date, s.firmness, s.id)]


def _said(s: Statement, documents: Mapping[str, Document]) -> Said:
    document = documents[s.evidence.document or ""]
    return Said(
        s.id, party(s.speaker) or "", s.date, s.text, " ".join((s.evidence.text or s.text).split()), document.id,
        document.duplicate_of or document.id,
    )  # fmt: skip


def _source(d: Document) -> str:
    return ", ".join(str(part) for part in (d.title, d.publisher, d.published) if part) or d.source


def _sentences(r: Rhetoric) -> list[str]:
    out = []
    than_whom = {v: [r.names[b] for a, b in r.tone.lower if a == v.speaker] for v in r.tone.speakers}
    lead = max(than_whom, key=lambda v: (len(than_whom[v]), v.whole.n), default=None)
    if lead and (than := than_whom[lead]):
        more = f" and {len(than) - _SPELT} more" if len(than) > _SPELT else ""
        out.append(
            f"Bluntest is {r.names[lead.speaker]} (mean tone {_level(lead.whole)}), clearly blunter than "
            f"{', '.join(than[:_SPELT])}{more}."
        )
    else:
        out.append("No actor speaks clearly more bluntly than another.")
    moved = [v for v in r.tone.speakers if v.moved in ("up", "down")]
    parts = [
        f"{r.names[v.speaker]} ({'milder' if v.moved == 'up' else 'harsher'}: {_level(v.before)} before, "
        f"{_level(v.now)} after)"
        for v in moved
    ]
    told = "; ".join(parts) if parts else "of no actor that can be told"
    out.append(f"Across {r.shock.name} the tone moved: {told}.")
    own = sum(e.same_speaker for e in r.echoes)
    echo = "1 statement echoes" if len(r.echoes) == 1 else f"{len(r.echoes)} statements echo"
    back = "1 sentence points" if len(r.pointers) == 1 else f"{len(r.pointers)} sentences point"
    out.append(f"{echo} earlier ones, {own} of them the speaker's own words; {back} back in so many words.")
    return out


def _level(level: Level | None) -> str:
    if level is None:
        return "nothing"
    # Without a minus before what rounds to nothing.
    mean, low, high = (round(v, 1) + 0.0 for v in (level.mean, level.low, level.high))
    return f"{mean:+.1f}, {low:+.1f} to {high:+.1f}, {level.n} acts"


def _row(measure: str, v: Voice, names: Mapping[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "measure": measure, "speaker": v.speaker, "name": names[v.speaker], "target": v.target,
        "target_name": names[v.target] if v.target else None,
    }  # fmt: skip
    for key, level in (("", v.whole), ("before_", v.before), ("after_", v.now)):
        for part in ("mean", "low", "high", "n"):
            value = getattr(level, part) if level else (0 if part == "n" else None)
            row[f"{key}{part}"] = round(value, 3) if isinstance(value, float) else value
    return row | {"moved": v.moved}


def _warnings(tone: Voices) -> Sequence[str]:
    few = sum(v.moved == TOO_FEW for v in tone.speakers)
    out = ["Tone is the intensity of the kind of act (threat, accusation, promise …), not of the choice of words."]
    if few:
        out.append(f"Of {few} of {len(tone.speakers)} speakers too few acts are told to say whether the tone moved.")
    return out
