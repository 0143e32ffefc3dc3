"""From a parsed document to its events: predicates, who did it, to whom, what it was, whether it happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from worldstage.coding.calibration import Calibration
from worldstage.coding.candidates import candidates
from worldstage.coding.features import gate_features, is_near, role_features, type_features, voice_of
from worldstage.coding.frames import Frame, frame
from worldstage.coding.mentions import Mention
from worldstage.coding.model import Bundle
from worldstage.coding.opinions import Opinions
from worldstage.coding.parties import befitting, take_part
from worldstage.coding.reader import Reader, Reading
from worldstage.coding.rows import NONE
from worldstage.coding.status_features import status_features
from worldstage.coding.training import ACTOR, EVENT, NO_MODE, RECIPIENT
from worldstage.coding.view import View
from worldstage.reference.plover import TYPES

# Events less likely right than this are left out unless asked for: dropping more loses more than it mends.
LEAST = 0.2
# A predicate that tells something with less probability is passed over.
_TELLING = 0.25
# What the reader finds this telling is looked at, whatever its word.
_TELLING_ALONE = 0.5
# What is asked, what answers it, within how many sentences and events, and how much surer a party is that is said.
_ASKS, _ANSWERS = frozenset({"REQUEST", "ACCUSE", "THREATEN", "AGREE"}), frozenset({"REJECT", "AGREE"})
_ANSWERED_WITHIN, _EVENTS_BACK, _UNSAID = 2, 4, 0.95


@dataclass(slots=True)
class Told:
    """An event as one predicate tells it, before dates, places and merging.

    Attributes
    ----------
    confidence
        Calibrated probability that type and parties are right.
    status_probability
        Probability of the chosen status.
    """

    frame: Frame
    type: str
    mode: tuple[str, ...]
    status: str
    actors: list[Mention]
    recipients: list[Mention]
    confidence: float
    status_probability: float

    @property
    def at(self) -> int:
        """The token of the predicate."""
        return self.frame.at


class Extractor:
    """Applies the models of one bundle to parsed documents.

    Parameters
    ----------
    bundle
        The models.
    least
        Events less certain than this are not told.
    reader
        Gives a second opinion on each sentence, where there is one.
    """

    def __init__(self, bundle: Bundle, *, least: float = LEAST, reader: Reader | None = None) -> None:
        self.bundle = bundle
        self.least = least
        self._opinions = Opinions(bundle, reader)
        self.nouns = frozenset(bundle.about["nouns"])
        self._gate = bundle.models["gate"]
        self._open = float(bundle.about["gate"])
        self._calibration = Calibration(*(reader or bundle).about.get("calibration", ()))
        self._let_through: dict[tuple[str, str], bool] = {}
        self._type = bundle.models["type"]
        self._role = bundle.models["role"]
        self._statuses = bundle.models["status"].classes
        self._mode = bundle.models["mode"]
        self._none = self._type.classes.index(NONE)
        self._actor = self._role.classes.index(ACTOR)
        self._recipient = self._role.classes.index(RECIPIENT)
        self._modes_of = {
            name: [k for k, c in enumerate(self._mode.classes) if c == NO_MODE or c.split(" ")[0] == name]
            for name in TYPES
        }

    def told(self, view: View, mentions: list[Mention]) -> list[Told]:
        """All events of a document, in the order of their predicates."""
        by_sentence: dict[int, list[Mention]] = {}
        for m in mentions:
            by_sentence.setdefault(view.sent[m.head], []).append(m)
        reader = self._opinions.reader
        reading = reader.read(view, [view.sents[k] for k in by_sentence]) if reader else None
        out: list[Told] = []
        for k, (first, last) in enumerate(view.sents):
            near = by_sentence.get(k)
            if near:
                out.extend(self._sentence(view, first, last, near, reading))
        answer(view, out)
        return out

    def _sentence(self, view: View, first: int, last: int, near: list[Mention], reading: Reading | None) -> list[Told]:
        found = []
        for at in candidates(view, first, last, self.nouns):
            fr = frame(view, at)
            alone = self._opinions.tells(reading, at) >= _TELLING_ALONE
            if not alone and not self._may_tell(view.lemma[at], voice_of(fr)):
                continue
            speaker = _speaker(view, fr)
            parties = [m for m in near if m.head not in (at, speaker) and is_near(view, m.head, at)]
            one = self._predicate(view, fr, parties, reading)
            if one is not None:
                found.append(one)
        return _without_echoes(view, found)

    def _may_tell(self, lemma: str, voice: str) -> bool:
        """Whether a predicate's word is one that tells events often enough to look at the rest."""
        known = self._let_through.get((lemma, voice))
        if known is None:
            scores = self._gate.probabilities([gate_features(lemma, voice)])[0]
            known = bool(scores[self._gate.classes.index(EVENT)] >= self._open)
            self._let_through[lemma, voice] = known
        return known

    def _predicate(self, view: View, fr: Frame, near: list[Mention], reading: Reading | None) -> Told | None:
        if not near:
            return None
        heads = [m.head for m in near]
        parts = self._opinions.parts([role_features(view, fr, head) for head in heads], reading, fr.at, heads)
        sides = [(float(p[self._actor]), float(p[self._recipient])) for p in parts]
        actors, recipients = take_part(view, fr, near, sides)
        if not actors and not recipients:
            return None
        names = type_features(view, fr, [m.head for m, _ in actors], [m.head for m, _ in recipients])
        kinds = self._opinions.types([names], reading, [fr.at])[0]
        event = 1.0 - float(kinds[self._none])
        if event < _TELLING:
            return None
        kinds[self._none] = 0.0
        best = int(kinds.argmax())
        kind = self._type.classes[best]
        raw = float(kinds[best]) * min((p for _, p in (*actors, *recipients)), default=1.0)
        # Rounded: the last digits of the reader depend on how many threads multiply.
        confidence = round(self._calibration(raw), 4)
        if confidence < self.least:
            return None
        statuses = self._opinions.status(status_features(view, fr), reading, fr.at)
        status = int(statuses.argmax())
        who = [m for m, _ in actors]
        return Told(
            fr, kind, self._mode_of(kind, names), self._statuses[status],
            who, befitting(view, kind, who, [m for m, _ in recipients]), confidence, float(statuses[status]),
        )  # fmt: skip

    def _mode_of(self, kind: str, names: list[str]) -> tuple[str, ...]:
        allowed = self._modes_of[kind]
        if len(allowed) < 2:
            return ()
        scores = self._mode.scores([names])[0]
        best = self._mode.classes[max(allowed, key=lambda k: float(scores[k]))]
        return () if best == NO_MODE else (best.split(" ", 1)[1],)


def answer(view: View, found: Sequence[Told]) -> None:
    """Give a refusal or consent whose other side is unsaid the one who had asked, in place.

    *Chad called on Mali to leave. Mali refused.* The asker is the actor of the nearest such event before that was
    directed at the one who answers.
    """
    for k, reply in enumerate(found):
        if reply.type not in _ANSWERS or reply.recipients or not reply.actors:
            continue
        mine = _codes(reply.actors)
        for asked in reversed(found[max(0, k - _EVENTS_BACK) : k]):
            if view.sent[reply.at] - view.sent[asked.at] > _ANSWERED_WITHIN:
                break
            theirs = _codes(asked.actors)
            if asked.type in _ASKS and theirs and _codes(asked.recipients) & mine and not theirs & mine:
                reply.recipients = list(asked.actors)
                reply.confidence *= _UNSAID
                break


def _codes(mentions: Sequence[Mention]) -> set[str]:
    return {code for m in mentions for a in m.actors if (code := a.code or a.country)}


def _speaker(view: View, fr: Frame) -> int:
    """Who only says what the predicate tells of another (*the army said rebels had fled*); -1 for nobody."""
    if fr.relation != "ccomp" or fr.subject < 0:
        return -1
    return next((c for c in view.children[fr.governor] if view.dep[c] == "nsubj" and c != fr.subject), -1)


def _without_echoes(view: View, found: list[Told]) -> list[Told]:
    """One event where a verb and its noun tell the same: *held talks*, *imposed sanctions*, *cut off trade*.

    Of two events of one type, one hanging directly on the other, the one with more parties stays, the outer one
    where they have as many. Of two types told of the same parties, the surer one stays.
    """
    dropped: set[int] = set()
    by_at = {t.at: t for t in found}
    for inner in found:
        outer = _outer(view, inner, by_at)
        if outer is None or outer.at in dropped:
            continue
        if outer.type == inner.type:
            less = len(inner.actors) + len(inner.recipients) <= len(outer.actors) + len(outer.recipients)
            dropped.add(inner.at if less else outer.at)
        elif inner.frame.noun and inner.status == outer.status and _parties(inner) == _parties(outer):
            dropped.add(inner.at if inner.confidence <= outer.confidence else outer.at)
    return [t for t in found if t.at not in dropped]


def _outer(view: View, inner: Told, by_at: dict[int, Told]) -> Told | None:
    """What the word tells on which a predicate hangs, directly or through a preposition or noun."""
    if view.dep[inner.at] == "conj":
        return None
    head = view.head[inner.at]
    outer = by_at.get(head)
    if outer is None and view.pos[head] in ("ADP", "NOUN"):
        outer = by_at.get(view.head[head])
    return None if outer is inner else outer


def _parties(told: Told) -> tuple[set[int], set[int]]:
    return {m.head for m in told.actors}, {m.head for m in told.recipients}
