"""How right the coder is on the annotated test documents.

Whole events are compared by type and by the codes of both sides, as sets; sectors count in a figure of their own. Each
field is measured on the events that coder and annotator both tell of the same words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.coder.documents import Count, GoldEvent, TestDocument
from worldstage.core.records import Document, Event, Range
from worldstage.reference.plover import quad

NOBODY = "?"


@dataclass(frozen=True)
class Parts:
    """What of an event is compared; `sectored` parties are ``KEN:POL``, plain ones ``KEN``."""

    type: str
    modes: frozenset[str]
    status: str
    actors: frozenset[str]
    recipients: frozenset[str]
    date: str | None
    place: str | None
    deaths: Count | None
    injured: Count | None

    def whole(self, *, sectors: bool) -> tuple[object, ...]:
        """Type and parties; of a reciprocal event without recipient, all parties as one set."""
        actors, recipients = (
            (self.actors, self.recipients) if sectors else (_plain(self.actors), _plain(self.recipients))
        )
        return (self.type, actors, recipients)


def _plain(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(code.split(":")[0] for code in codes)


def of_gold(event: GoldEvent) -> Parts:
    """The parts of an annotated event."""
    actors, recipients = ({c.removesuffix(":GOV") for c in side} for side in (event.actors, event.recipients))
    return Parts(
        event.type, frozenset(event.modes), event.status, frozenset(actors), frozenset(recipients), event.date,
        event.place[0] if event.place else None, event.deaths, event.injured,
    )  # fmt: skip


def of_coded(event: Event) -> Parts:
    """The parts of a coded event."""

    def codes(side: Sequence) -> frozenset[str]:  # type: ignore[type-arg]
        out = set()
        for a in side:
            state = a.code is not None and a.code == a.country
            if a.code is not None and (not state or a.sector == "GOV"):
                out.add(a.code)
            else:
                out.add(f"{a.country or NOBODY}:{a.sector}")
        return frozenset(out)

    length = {"day": 10, "week": 10, "month": 7, "year": 4}.get(event.date_precision, 10)
    return Parts(
        event.type, frozenset(event.mode), event.status, codes(event.actors), codes(event.recipients),
        event.date.isoformat()[:length] if event.date else None, event.place.name if event.place else None,
        _count(event.deaths), _count(event.injured),
    )  # fmt: skip


def _count(value: Range | None) -> Count | None:
    return None if value is None else (value.low or 0, value.high)


def same(one: Parts, other: Parts, *, sectors: bool = False) -> bool:
    """Whether two are one event: type and parties; sides do not count where one of the two leaves a side empty."""
    if one.whole(sectors=sectors) == other.whole(sectors=sectors):
        return True
    if one.type != other.type or (one.recipients and other.recipients):
        return False
    everybody = [set(p.whole(sectors=sectors)[1]) | set(p.whole(sectors=sectors)[2]) for p in (one, other)]  # type: ignore[call-overload]
    return len(everybody[0]) > 1 and everybody[0] == everybody[1]


@dataclass(frozen=True)
class Told:
    """An event as told by the coder or by a second annotator: its parts, the words that tell it, its confidence."""

    parts: Parts
    start: int
    end: int
    confidence: float = 1.0


def told_by_coder(events: Iterable[Event]) -> list[Told]:
    """The coder's events."""
    return [Told(of_coded(e), *(e.trigger or (-1, -1)), e.confidence) for e in events]


def told_by_annotator(events: Iterable[GoldEvent]) -> list[Told]:
    """An annotator's events."""
    return [Told(of_gold(e), e.start, e.end) for e in events]


def aligned(document: TestDocument, told: Sequence[Told]) -> list[tuple[GoldEvent, Told]]:
    """Events that both tell of the same words: their spans overlap."""
    free = list(told)
    out = []
    for gold in document.events:
        found = [t for t in free if t.start < gold.end and gold.start < t.end]
        best = max(found, key=lambda t: (t.parts.type == gold.type, t.confidence), default=None)
        if best is not None:
            free.remove(best)
            out.append((gold, best))
    return out


@dataclass
class Score:
    """Counts over all documents."""

    documents: int = 0
    gold: int = 0
    coded: int = 0
    whole: int = 0
    sectored: int = 0
    types: list[tuple[str, str]] = field(default_factory=list)
    fields: dict[str, list[bool]] = field(default_factory=dict)
    statuses: list[tuple[str, str]] = field(default_factory=list)
    confidence: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, document: TestDocument, told: Sequence[Told]) -> None:
        """Count one document."""
        self.documents += 1
        self.gold += len(document.events)
        self.coded += len(told)
        for sectors in (False, True):
            free = [of_gold(g) for g in document.events]
            for one in told:
                hit = next((g for g in free if same(g, one.parts, sectors=sectors)), None)
                if hit is not None:
                    free.remove(hit)
                if sectors:
                    self.sectored += hit is not None
                else:
                    self.whole += hit is not None
                    self.confidence.append((one.confidence, hit is not None))
        for gold, mine in aligned(document, told):
            self._fields(of_gold(gold), mine.parts)

    def _fields(self, gold: Parts, mine: Parts) -> None:
        self.types.append((gold.type, mine.type))
        self.statuses.append((gold.status, mine.status))
        checks = {
            "type": gold.type == mine.type,
            "quad": quad(gold.type) == quad(mine.type),
            "actors": _plain(gold.actors) == _plain(mine.actors),
            "recipients": _plain(gold.recipients) == _plain(mine.recipients),
            "status": gold.status == mine.status,
            "date": gold.date is None or gold.date == mine.date,
            "place": gold.place is None or (mine.place or "").casefold() == gold.place.casefold(),
        }
        if gold.type == mine.type:
            checks["mode"] = gold.modes == mine.modes
        if gold.deaths or mine.deaths:
            checks["deaths"] = gold.deaths == mine.deaths
        if gold.injured or mine.injured:
            checks["injured"] = gold.injured == mine.injured
        for name, right in checks.items():
            self.fields.setdefault(name, []).append(right)

    def figures(self) -> dict[str, float]:
        """The figures that floors are pinned on."""
        occurred = [g for g, m in self.statuses if m == "occurred"]
        unreal = [g for g, _ in self.statuses if g in ("hypothetical", "planned")]
        wrongly = sum(g in ("hypothetical", "planned") and m == "occurred" for g, m in self.statuses)
        out = {
            "precision": self.whole / max(self.coded, 1),
            "recall": self.whole / max(self.gold, 1),
            "f1": 2 * self.whole / max(self.coded + self.gold, 1),
            "f1_sectors": 2 * self.sectored / max(self.coded + self.gold, 1),
            "found": len(self.types) / max(self.gold, 1),
            "type_macro_f1": macro_f1(self.types),
            "quad_macro_f1": macro_f1([(quad(g), quad(m)) for g, m in self.types]),
            "unreal_as_occurred": wrongly / max(len(unreal), 1),
            "occurred_right": sum(g == "occurred" for g in occurred) / max(len(occurred), 1),
        }
        out.update({name: sum(hits) / len(hits) for name, hits in self.fields.items()})
        return out

    def reliability(self, bins: int = 5) -> list[tuple[float, float, int]]:
        """Mean confidence, share right, number, for equal stretches of confidence."""
        out = []
        for k in range(bins):
            here = [(c, r) for c, r in self.confidence if k / bins <= c < (k + 1) / bins or (c == 1 and k == bins - 1)]
            if here:
                out.append((sum(c for c, _ in here) / len(here), sum(r for _, r in here) / len(here), len(here)))
        return out


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Mean F1 over the labels of the first of each pair."""
    gold, mine, both = (
        Counter(g for g, _ in pairs),
        Counter(m for _, m in pairs),
        Counter(g for g, m in pairs if g == m),
    )
    each = [2 * both[k] / (gold[k] + mine[k]) for k in gold]
    return sum(each) / len(each) if each else 0.0


def as_document(document: TestDocument) -> Document:
    """The test document as the coder takes it."""
    return Document.make(document.text, published=document.date, publisher=document.publisher, title=document.title)
