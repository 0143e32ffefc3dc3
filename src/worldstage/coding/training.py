"""From labelled sentences to the weights of the coder: one deterministic run of a few minutes.

Needs scikit-learn (extra ``worldstage[train]``); using the coder does not.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from worldstage.coding.calibration import Calibration, fit_calibration, judged
from worldstage.coding.candidates import candidates
from worldstage.coding.features import gate_features, is_near, role_features, type_features, voice_of
from worldstage.coding.frames import frame
from worldstage.coding.model import Bundle, Floats, LinearModel
from worldstage.coding.rows import NONE, Sentence, Span, read
from worldstage.coding.status_features import status_features
from worldstage.coding.vectors import DIMENSIONS, Vectors
from worldstage.coding.vectors import shipped as shipped_vectors
from worldstage.coding.view import View
from worldstage.core.errors import ConfigError

ACTOR, RECIPIENT, NEITHER = "actor", "recipient", "neither"
EVENT = "event"
NO_MODE = "-"
# Inverse strength of the ridge penalty, chosen by five-fold cross-validation over whole sentences.
STRENGTH = {"gate": 1.0, "type": 1.0, "role": 1.0, "status": 0.5, "mode": 1.0}
# Slots of each model whose words also count through their vectors.
_EVENT_SLOTS = ("l", "o", "c", "po", "co", "g", "s", "R", "A", "k", "om", "pom", "Rm", "Am", "oo", "m")
SLOTS = {
    "gate": ("l",),
    "type": _EVENT_SLOTS,
    "mode": _EVENT_SLOTS,
    "role": ("Ls", "Lo", "Lx", "h"),
    "status": ("l", "g1", "g2"),
}
# The many words of a sentence together should weigh no more than the few around the predicate.
_SLOT_SCALE = {"k": 0.2}


@dataclass
class Instances:
    """Features and labels of one model; `groups` holds the sentence of each instance, for cross-validation."""

    features: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)

    def add(self, features: list[str], label: str, group: int) -> None:
        """Append one instance."""
        self.features.append(features)
        self.labels.append(label)
        self.groups.append(group)


def tokens(view: View, span: Span) -> list[int]:
    """Indices of the tokens that a character span touches."""
    return [i for i in range(len(view)) if view.start[i] < span[1] and view.end[i] > span[0]]


def span_head(view: View, span: Span) -> int:
    """The token of a span on which the rest of it hangs; content words before function words."""
    inside = tokens(view, span)
    members = set(inside)
    tops = [i for i in inside if view.head[i] not in members or view.head[i] == i]
    for i in tops:
        if view.pos[i] in ("VERB", "NOUN", "PROPN", "ADJ", "PRON"):
            return i
    return tops[0] if tops else max(inside, default=0)


@dataclass
class Telling:
    """What a predicate tells in a labelled sentence."""

    types: Counter[str] = field(default_factory=Counter)
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    modes: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)


def tellings(sentence: Sentence, view: View) -> dict[int, Telling]:
    """Predicate → what it tells, from the pairs of a sentence."""
    out: dict[int, Telling] = {}
    for pair in sentence.pairs:
        if pair.type == NONE or pair.trigger is None:
            continue
        told = out.setdefault(span_head(view, pair.trigger), Telling())
        told.types[pair.type] += 1
        told.statuses[pair.status] += 1
        for mode in pair.mode or (NO_MODE,):
            told.modes[f"{pair.type} {mode}" if mode != NO_MODE else NO_MODE] += 1
        for spans, heads in ((pair.actors, told.actors), (pair.recipients, told.recipients)):
            for span in spans:
                head = span_head(view, span)
                if head not in heads:
                    heads.append(head)
    return out


def event_nouns(sentences: Sequence[Sentence], views: Sequence[View], *, share: float = 0.1) -> frozenset[str]:
    """Lemmas of nouns and adjectives that are triggers in at least that share of their occurrences."""
    told: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for sentence, view in zip(sentences, views, strict=True):
        for at in tellings(sentence, view):
            if view.pos[at] != "VERB":
                told[view.lemma[at]] += 1
        seen.update(lemma for lemma, pos in zip(view.lemma, view.pos, strict=True) if pos != "VERB")
    return frozenset(lemma for lemma, n in told.items() if n >= share * seen[lemma])


def named_heads(sentence: Sentence, view: View) -> set[int]:
    """Heads of all actors and recipients that the labels of a sentence name."""
    return {span_head(view, span) for pair in sentence.pairs for span in (*pair.actors, *pair.recipients)}


def other_names(view: View) -> set[int]:
    """Heads of entities that may be actors: they are in play for the role model even where no label names them."""
    return {
        i
        for i in range(len(view))
        if view.ent[i] in ("GPE", "PERSON", "NORP", "ORG")
        and (view.head[i] == i or view.ent[view.head[i]] != view.ent[i])
    }


def instances(sentences: Sequence[Sentence], views: Sequence[View], nouns: frozenset[str]) -> dict[str, Instances]:
    """The training instances of all models."""
    out = {name: Instances() for name in STRENGTH}
    for group, (sentence, view) in enumerate(zip(sentences, views, strict=True)):
        told = tellings(sentence, view)
        named = named_heads(sentence, view)
        everybody = named | other_names(view)
        silent = set(candidates(view, 0, len(view), nouns)) - set(told)
        for at, what in told.items():
            fr = frame(view, at)
            event = type_features(view, fr, what.actors, what.recipients)
            out["type"].add(event, what.types.most_common(1)[0][0], group)
            out["mode"].add(event, what.modes.most_common(1)[0][0], group)
            out["gate"].add(gate_features(view.lemma[at], voice_of(fr)), EVENT, group)
            out["status"].add(status_features(view, fr), what.statuses.most_common(1)[0][0], group)
            for mention in sorted(everybody - {at}):
                if not is_near(view, mention, at):
                    continue
                label = ACTOR if mention in what.actors else RECIPIENT if mention in what.recipients else NEITHER
                out["role"].add(role_features(view, fr, mention), label, group)
        for at in sorted(silent):
            fr = frame(view, at)
            actors = [fr.subject] if fr.subject in everybody else []
            recipients = [fr.object] if fr.object in everybody else []
            out["gate"].add(gate_features(view.lemma[at], voice_of(fr)), NONE, group)
            out["type"].add(type_features(view, fr, actors, recipients), NONE, group)
    return out


def fit(
    data: Instances, *, strength: float, slots: Sequence[str] = (), vectors: Vectors | None = None, least: int = 2
) -> LinearModel:
    """Fit a multinomial logistic regression.

    Parameters
    ----------
    strength
        Inverse of the ridge penalty (scikit-learn's ``C``).
    slots
        Prefixes of features whose words also count through their `vectors`.
    least
        Features in fewer instances than this are left out.
    """
    try:
        from scipy.sparse import csr_matrix, hstack
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise ConfigError(
            "Training needs scikit-learn, which is not installed.", hint="pip install 'worldstage[train]'"
        ) from error

    counts = Counter(name for names in data.features for name in set(names))
    # A line break would end the name in the saved list of features.
    names_kept = sorted(name for name, n in counts.items() if n >= least and "\n" not in name)
    index = {name: i for i, name in enumerate(names_kept)}
    columns, ends = [], [0]
    for names in data.features:
        columns.extend(sorted({index[name] for name in names if name in index}))
        ends.append(len(columns))
    matrix = csr_matrix(
        (np.ones(len(columns), dtype=np.float64), columns, ends), shape=(len(data.features), len(index))
    )
    if slots and vectors is not None:
        matrix = hstack([matrix, csr_matrix(through_vectors(data.features, slots, vectors))]).tocsr()
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-4).fit(matrix, data.labels)
    weights: Floats = model.coef_.T.astype(np.float32)
    intercept: Floats = np.asarray(model.intercept_, dtype=np.float32)
    if len(model.classes_) == 2:
        weights, intercept = np.hstack([-weights / 2, weights / 2]), np.hstack([-intercept / 2, intercept / 2])
    # The constant feature takes the intercept, so that a model is weights alone.
    weights[index["1"]] += intercept
    dense = weights[len(index) :].reshape(-1, DIMENSIONS, len(model.classes_)) if slots else weights[:0]
    through = {slot: dense[k] * np.float32(_SLOT_SCALE.get(slot, 1.0)) for k, slot in enumerate(slots)}
    return LinearModel(index, weights[: len(index)], [str(c) for c in model.classes_], through, vectors)


def through_vectors(features: Sequence[Sequence[str]], slots: Sequence[str], vectors: Vectors) -> Floats:
    """Sums of the vectors of the words in each slot, shape ``(instances, slots × DIMENSIONS)``."""
    place = {slot: k * DIMENSIONS for k, slot in enumerate(slots)}
    out = np.zeros((len(features), len(slots) * DIMENSIONS), dtype=np.float32)
    for i, names in enumerate(features):
        # In a fixed order: sums of floats depend on it, and the weights should not.
        for name in dict.fromkeys(names):
            slot, _, word = name.partition("=")
            k = place.get(slot)
            if k is None or not word.islower():
                continue
            vector = vectors.get(word)
            if vector is not None:
                out[i, k : k + DIMENSIONS] += vector * _SLOT_SCALE.get(slot, 1.0)
    return out


def gate_threshold(data: Instances, vectors: Vectors, *, lost: float = 0.015) -> float:
    """The least probability at which the gate lets a predicate through.

    Chosen on a fifth of the sentences that the gate was not fitted on, so that it loses no more than the share `lost`
    of the predicates that tell events.
    """

    model = fit(_part(data, False), strength=STRENGTH["gate"], slots=SLOTS["gate"], vectors=vectors)
    test = _part(data, True)
    telling = [names for names, label in zip(test.features, test.labels, strict=True) if label == EVENT]
    probabilities = model.probabilities(telling)[:, model.classes.index(EVENT)]
    return round(float(np.quantile(probabilities, lost)), 4)


def training_hash(paths: Iterable[Path], extra: Iterable[Sentence] = ()) -> str:
    """SHA-256 over the files' names and contents, and the sentences added to them."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for sentence in extra:
        total.update(repr(sentence).encode() + b"\0")
    return total.hexdigest()


def train(
    paths: Sequence[Path],
    parse: Callable[[list[str]], Iterable[View]],
    *,
    extra: Sequence[Sentence] = (),
    note: Callable[[str], None] = lambda _: None,
) -> Bundle:
    """Train all models.

    Parameters
    ----------
    paths
        Files of labelled sentences.
    parse
        Texts → views, by the parser that the coder will run on.
    extra
        More labelled sentences (an analyst's corrections).
    note
        Called with a line of progress before each step.
    """
    sentences = [*read(sorted(paths)), *extra]
    if not sentences:
        raise ConfigError(
            "There are no labelled sentences to train on.", expected="files in the format of training/GUIDE.md"
        )
    note(f"parsing {len(sentences):,} sentences")
    views = list(parse([s.text for s in sentences]))
    nouns = event_nouns(sentences, views)
    data = instances(sentences, views, nouns)
    vectors = shipped_vectors()
    note("fitting on four fifths, to calibrate on the last")
    calibration = _calibrate(sentences, views, data, vectors)
    models = {}
    for name, one in data.items():
        note(f"fitting {name} on {len(one.labels):,} instances")
        models[name] = prune(fit(one, strength=STRENGTH[name], slots=SLOTS[name], vectors=vectors))
    taught = training_hash(paths, extra)
    about: dict[str, Any] = {
        # Part of every event's coder: documents are coded anew when the models have changed.
        "name": f"plover-en 1.{taught[:6]}",
        "training": taught,
        "sentences": len(sentences),
        "pairs": sum(len(s.pairs) for s in sentences),
        "nouns": sorted(nouns),
        "gate": gate_threshold(data["gate"], vectors),
        "calibration": [calibration.shift, calibration.slope],
    }
    return Bundle(models, about)


def _part(data: Instances, held_out: bool) -> Instances:
    """The instances of a fifth of the sentences, or of the others."""
    chosen = [i for i, group in enumerate(data.groups) if (group % 5 == 0) == held_out]
    return Instances([data.features[i] for i in chosen], [data.labels[i] for i in chosen], [])


def _calibrate(
    sentences: Sequence[Sentence], views: Sequence[View], data: dict[str, Instances], vectors: Vectors
) -> Calibration:
    """Calibrate on a fifth of the sentences with models fitted on the others."""
    from worldstage.coding.extract import Extractor
    from worldstage.coding.mentions import MentionFinder
    from worldstage.reference import actors

    models = {
        name: fit(_part(one, False), strength=STRENGTH[name], slots=SLOTS[name], vectors=vectors)
        for name, one in data.items()
    }
    nouns = event_nouns([s for k, s in enumerate(sentences) if k % 5], [v for k, v in enumerate(views) if k % 5])
    extractor = Extractor(Bundle(models, {"nouns": sorted(nouns), "gate": 0.0}), least=0.0)
    finder = MentionFinder(actors.default())
    seen: list[tuple[float, bool]] = []
    for k in range(0, len(sentences), 5):
        told = extractor.told(views[k], finder.find(views[k], None))
        seen.extend(judged(sentences[k], views[k], told))
    return fit_calibration([p for p, _ in seen], [r for _, r in seen])


def prune(model: LinearModel, *, below: float = 0.02) -> LinearModel:
    """Drop features whose largest weight hardly counts."""
    strong = np.abs(model.weights).max(axis=1) >= below * np.abs(model.weights).max()
    order = sorted(model.features, key=model.features.__getitem__)
    kept = [name for name, keep in zip(order, strong, strict=True) if keep]
    return LinearModel(
        {name: i for i, name in enumerate(kept)}, model.weights[strong], model.classes, model.slots, model.vectors
    )
