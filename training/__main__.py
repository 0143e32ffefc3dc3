"""`make train`: check the labelled sentences and train the coder's weights from them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from worldstage.coding.parser import load_parser
from worldstage.coding.rows import read
from worldstage.coding.training import train
from worldstage.coding.view import View

SENTENCES = Path(__file__).parent / "sentences"
TARGET = Path(__file__).parents[1] / "src" / "worldstage" / "coding" / "weights.npz"


def main() -> None:
    """Train and write the weights; print what they were trained on."""
    paths = sorted(SENTENCES.glob("*.txt"))
    sentences = list(read(paths))
    seen = Counter(s.text.casefold() for s in sentences)
    doubled = [text for text, n in seen.items() if n > 1]
    if doubled:
        raise SystemExit(f"{len(doubled)} sentences stand twice, the first: {doubled[0]}")
    kinds = Counter(p.type for s in sentences for p in s.pairs)
    print(
        f"{len(sentences):,} sentences, {sum(kinds.values()):,} pairs:",
        ", ".join(f"{k} {n}" for k, n in kinds.most_common()),
    )
    nlp = load_parser()
    bundle = train(paths, lambda texts: (View(doc) for doc in nlp.pipe(texts, batch_size=64)), note=print)
    bundle.save(TARGET)
    print(f"wrote {TARGET.name}: {TARGET.stat().st_size:,} bytes, training set {bundle.about['training'][:16]}")


if __name__ == "__main__":
    main()
