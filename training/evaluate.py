"""Cross-validate the coder's models over whole sentences: ``python -m training.evaluate``.

Sentences are split into five parts; each part is scored by models trained on the other four. What is measured is how
the models do on sentences of this set that they have not seen, not on other people's text.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from training.__main__ import SENTENCES
from worldstage.coding.parser import load_parser
from worldstage.coding.rows import NONE, read
from worldstage.coding.training import SLOTS, STRENGTH, event_nouns, fit, instances
from worldstage.coding.vectors import shipped
from worldstage.coding.view import View
from worldstage.reference.plover import quad

FOLDS = 5


def macro_f1(gold: list[str], told: list[str]) -> float:
    """Mean over the labels of `gold` of the harmonic mean of precision and recall."""
    right = Counter(g for g, t in zip(gold, told, strict=True) if g == t)
    each = [2 * right[k] / (gold.count(k) + told.count(k)) for k in sorted(set(gold))]
    return float(np.mean(each))


def main(folder: Path = SENTENCES) -> None:
    """Print accuracy and macro-F1 of each model, and of types and quad classes where something is told."""
    sentences = list(read(sorted(folder.glob("*.txt"))))
    views = [View(doc) for doc in load_parser().pipe([s.text for s in sentences], batch_size=64)]
    part = np.random.default_rng(0).integers(0, FOLDS, len(sentences))
    gold: dict[str, list[str]] = {name: [] for name in STRENGTH}
    told: dict[str, list[str]] = {name: [] for name in STRENGTH}
    given: list[str] = []
    for fold in range(FOLDS):
        seen = [i for i in range(len(sentences)) if part[i] != fold]
        kept = [i for i in range(len(sentences)) if part[i] == fold]
        nouns = event_nouns([sentences[i] for i in seen], [views[i] for i in seen])
        train = instances([sentences[i] for i in seen], [views[i] for i in seen], nouns)
        test = instances([sentences[i] for i in kept], [views[i] for i in kept], nouns)
        for name, data in train.items():
            model = fit(data, strength=STRENGTH[name], slots=SLOTS[name], vectors=shipped())
            scores = model.probabilities(test[name].features)
            gold[name] += test[name].labels
            told[name] += [model.classes[k] for k in scores.argmax(axis=1)]
            if name == "type":
                scores[:, model.classes.index(NONE)] = 0
                given += [model.classes[k] for k in scores.argmax(axis=1)]
    for name in gold:
        hits = np.mean([g == t for g, t in zip(gold[name], told[name], strict=True)])
        score = macro_f1(gold[name], told[name])
        print(f"{name:8} {len(gold[name]):7,} instances  accuracy {hits:.3f}  macro-F1 {score:.3f}")
    events = [(g, t) for g, t in zip(gold["type"], given, strict=True) if g != NONE]
    types, guesses = [g for g, _ in events], [t for _, t in events]
    print(f"type where something is told: macro-F1 {macro_f1(types, guesses):.3f} over sixteen types")
    quads = macro_f1([quad(g) for g in types], [quad(t) for t in guesses])
    print(f"quad class where something is told: macro-F1 {quads:.3f}")


if __name__ == "__main__":
    main()
