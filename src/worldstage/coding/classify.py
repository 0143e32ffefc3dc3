"""Classifying pairs: what happens between an actor and a recipient that are given with their sentence.

The pair's parties are given, the predicate is not. So every predicate of the sentence votes for the type that it
tells, with the weight that it tells anything at all, and that the two play its parts; linear models and the reader of
sentences judge each predicate. A second encoder reads the whole sentence with the parties marked, and the opinions are
joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from worldstage.coding.candidates import candidates
from worldstage.coding.encoder import marked
from worldstage.coding.encoder import shipped as shipped_encoder
from worldstage.coding.features import role_features, type_features
from worldstage.coding.frames import Frame, frame
from worldstage.coding.model import Bundle, Floats, shipped, softmax
from worldstage.coding.opinions import Opinions, pooled
from worldstage.coding.reader import Reader, Reading
from worldstage.coding.reader import shipped as shipped_reader
from worldstage.coding.rows import NONE
from worldstage.coding.status_features import status_features
from worldstage.coding.training import ACTOR, NO_MODE, RECIPIENT, span_head
from worldstage.coding.view import View

_BATCH = 256
# A party's part may be misjudged: no predicate is ruled out by it alone.
_DOUBT_ACTOR, _DOUBT_RECIPIENT = 0.02, 0.05
_SHARPNESS = 2.0
# Share of the predicates' votes beside the encoder, in logarithms; between 0 and 0.65 it hardly matters.
_VOTES = 0.25


@dataclass(frozen=True, slots=True)
class Classified:
    """What happens between the two of a pair.

    Attributes
    ----------
    type
        The best type; never empty.
    p_event
        Probability that anything happens between the two at all.
    mode
        Empty where the type has none that fits.
    confidence
        Probability of the type, given that something happens.
    """

    type: str
    p_event: float
    mode: str
    status: str
    confidence: float


def classify(
    pairs: Iterable[tuple[str, str, str]],
    *,
    bundle: Bundle | None = None,
    parser: str = "en_core_web_sm",
    fast: bool = False,
) -> list[Classified]:
    """Classify pairs.

    Parameters
    ----------
    pairs
        ``(sentence, actor, recipient)``; a party that does not stand in the sentence is taken as not given.
    fast
        Leave both encoders out: some six times as fast, and less often right.

    Returns
    -------
    list of Classified
        One for each pair, in the same order.
    """
    return list(classify_stream(pairs, bundle=bundle, parser=parser, fast=fast))


def classify_stream(
    pairs: Iterable[tuple[str, str, str]],
    *,
    bundle: Bundle | None = None,
    parser: str = "en_core_web_sm",
    fast: bool = False,
) -> Iterator[Classified]:
    """As `classify`, one after the other, with flat memory."""
    from worldstage.coding.parser import load_parser

    judge = PairJudge(bundle or shipped(), reader=None if fast else shipped_reader())
    encoder = None if fast else shipped_encoder()
    nlp = load_parser(parser)
    stream = iter(pairs)
    while batch := list(islice(stream, _BATCH)):
        views = [View(doc) for doc in nlp.pipe([p[0] or " " for p in batch])]
        votes = [judge.votes(view, *pair[1:]) for view, pair in zip(views, batch, strict=True)]
        if encoder is not None:
            texts = [marked(p[0], _span(p[0], p[1]), _span(p[0], p[2])) for p in batch]
            votes = [
                judge.join(
                    vote, dict(zip(encoder.types, kinds, strict=True)), dict(zip(encoder.statuses, told, strict=True))
                )
                for vote, kinds, told in zip(votes, *encoder.judge(texts), strict=True)
            ]
        yield from (judge.verdict(one) for one in votes)


@dataclass(frozen=True, slots=True)
class Votes:
    """What speaks for each type and status of a pair; `features` are those of the chief predicate, for the mode."""

    types: Floats
    event: float
    statuses: Floats
    features: list[str]


class PairJudge:
    """Judges pairs in parsed sentences with the models of one bundle, and a reader where there is one."""

    def __init__(self, bundle: Bundle, *, reader: Reader | None = None) -> None:
        self._models = bundle.models
        self._opinions = Opinions(bundle, reader)
        self._nouns = frozenset(bundle.about["nouns"])
        kinds, roles = self._models["type"].classes, self._models["role"].classes
        self._none = kinds.index(NONE)
        self._actor, self._recipient = roles.index(ACTOR), roles.index(RECIPIENT)
        # The encoder has the types in an order of its own.
        self._kinds = kinds
        self._statuses = self._models["status"].classes

    def votes(self, view: View, actor: str, recipient: str) -> Votes:
        """The predicates' votes on what happens between the two in a parsed sentence (or short text)."""
        one, two = locate(view, actor), locate(view, recipient)
        first, last = _range(view, one, two)
        found = candidates(view, first, last, self._nouns) or _fallback(view, first, last)
        if not found:
            even = np.full(len(self._kinds), 1 / (len(self._kinds) - 1), dtype=np.float32)
            even[self._none] = 0.0
            certain = np.array([c == "occurred" for c in self._statuses], dtype=np.float32)
            return Votes(even, 0.0, certain, [])
        frames = [frame(view, at) for at in found]
        actors, recipients = [i for i in (one,) if i is not None], [i for i in (two,) if i is not None]
        names = [type_features(view, fr, actors, recipients) for fr in frames]
        reading = self._read(view, found)
        kinds = self._opinions.types(names, reading, found)
        telling = 1.0 - kinds[:, self._none]
        parts = [self._parts(view, frames, p, k, reading) for p, k in ((one, self._actor), (two, self._recipient))]
        event = float((telling * parts[0] * parts[1]).max())
        weights = (telling * (parts[0] + _DOUBT_ACTOR) * (parts[1] + _DOUBT_RECIPIENT)) ** _SHARPNESS
        kinds[:, self._none] = 0.0
        kinds /= kinds.sum(axis=1, keepdims=True)
        types = np.asarray((weights[:, None] * kinds).sum(axis=0) / weights.sum(), dtype=np.float32)
        chief = int((weights * kinds[:, int(types.argmax())]).argmax())
        status = self._opinions.status(status_features(view, frames[chief]), reading, found[chief])
        return Votes(types, event, status, names[chief])

    def join(self, votes: Votes, types: Mapping[str, float], statuses: Mapping[str, float]) -> Votes:
        """The predicates' votes with the encoder's probabilities of types (and none) and statuses."""
        if not votes.features:
            return votes
        mine = np.array([0.0 if c == NONE else types[c] for c in self._kinds], dtype=np.float32)
        joined = pooled(votes.types, mine, _VOTES)
        joined[self._none] = -np.inf
        read = np.array([statuses[c] for c in self._statuses], dtype=np.float32)
        status: Floats = np.asarray((votes.statuses + read) / 2, dtype=np.float32)
        return Votes(softmax(joined), (votes.event + 1 - float(types[NONE])) / 2, status, votes.features)

    def verdict(self, votes: Votes) -> Classified:
        """The best type, status and mode by the votes."""
        best = int(votes.types.argmax())
        kind = self._kinds[best]
        return Classified(
            kind, votes.event, self._mode(kind, votes.features) if votes.features else "",
            self._statuses[int(votes.statuses.argmax())], float(votes.types[best]) if votes.features else 0.0,
        )  # fmt: skip

    def judge(self, view: View, actor: str, recipient: str) -> Classified:
        """What happens between the two in a parsed sentence, by the predicates alone."""
        return self.verdict(self.votes(view, actor, recipient))

    def _read(self, view: View, found: Sequence[int]) -> Reading | None:
        reader = self._opinions.reader
        return reader.read(view, [view.sents[k] for k in sorted({view.sent[i] for i in found})]) if reader else None

    def _parts(
        self, view: View, frames: Sequence[Frame], party: int | None, part: int, reading: Reading | None
    ) -> Floats:
        if party is None:
            return np.ones(len(frames), dtype=np.float32)
        judged = [self._opinions.parts([role_features(view, fr, party)], reading, fr.at, [party])[0] for fr in frames]
        return np.array([p[part] for p in judged], dtype=np.float32)

    def _mode(self, kind: str, names: list[str]) -> str:
        model = self._models["mode"]
        allowed = [k for k, c in enumerate(model.classes) if c == NO_MODE or c.split(" ")[0] == kind]
        if not allowed:
            return ""
        scores = model.scores([names])[0]
        best = model.classes[max(allowed, key=lambda k: float(scores[k]))]
        return "" if best == NO_MODE else best.split(" ", 1)[1]


def locate(view: View, words: str) -> int | None:
    """Head token of the words in a text, case aside where need be; None where they do not stand in it."""
    span = _span(view.raw, words)
    return span_head(view, span) if span else None


def _span(text: str, words: str) -> tuple[int, int] | None:
    """Where the words stand in a text, case aside where need be; None where they do not."""
    words = words.strip()
    if not words:
        return None
    start = text.find(words)
    if start < 0 and len(text.casefold()) == len(text):
        start = text.casefold().find(words.casefold())
    return (start, start + len(words)) if start >= 0 else None


def _range(view: View, one: int | None, two: int | None) -> tuple[int, int]:
    """Tokens of the sentences from the first to the last that holds a party; all, where neither is found."""
    held = [view.sent[i] for i in (one, two) if i is not None]
    if not held:
        return 0, len(view)
    return view.sents[min(held)][0], view.sents[max(held)][1]


def _fallback(view: View, first: int, last: int) -> list[int]:
    """The roots of the sentences, where no token is a likely predicate."""
    return [i for i in range(first, last) if view.head[i] == i and view.text[i].strip()]
