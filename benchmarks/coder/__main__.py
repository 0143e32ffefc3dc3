"""Score the coder on the test documents: ``python -m benchmarks.coder``."""

from __future__ import annotations

import sys
from collections import Counter

from benchmarks.coder.documents import fingerprint, load_all, load_second
from benchmarks.coder.score import Score, as_document, told_by_annotator, told_by_coder

# Errors were looked at, and the two thresholds chosen, on the development half alone: floors stand on the other.
TEST, DEVELOPMENT = "n", "m"


def score_all(names: str = "") -> Score:
    """The coder's score on all test documents, or those whose name begins so."""
    from worldstage.coding.coder import Coder

    documents = [d for d in load_all() if d.name.startswith(names)]
    out = Score()
    for document, coding in zip(documents, Coder().code(as_document(d) for d in documents), strict=True):
        out.add(document, told_by_coder(coding.events))
    return out


def agreement() -> Score:
    """The second annotators' score against the first."""
    out = Score()
    for document in load_all():
        second = load_second(document)
        if second is not None:
            out.add(document, told_by_annotator(second.events))
    return out


def show(score: Score, what: str) -> None:
    """Print the figures of a score."""
    print(f"{what}: {score.documents} documents, {score.gold} annotated events, {score.coded} told")
    for name, value in score.figures().items():
        print(f"  {name:20} {value:.3f}")


def main() -> int:
    """Print the figures on the test half and the development half, and the annotators' agreement."""
    print(f"test set {fingerprint()[:16]}")
    score = score_all(TEST)
    show(score, "test half (n)")
    print("  confidence, share right, events:", ", ".join(f"{c:.2f} {r:.2f} {n}" for c, r, n in score.reliability()))
    wrong = Counter((g, m) for g, m in score.types if g != m)
    print("  confusions:", ", ".join(f"{g} as {m} {n}" for (g, m), n in wrong.most_common(12)))
    show(score_all(DEVELOPMENT), "development half (m)")
    show(agreement(), "second annotator against the first")
    return 0


if __name__ == "__main__":
    sys.exit(main())
