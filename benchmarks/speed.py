"""What coding costs on top of spaCy's parse, and whether memory stays flat."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from worldstage.coding.coder import Coder
from worldstage.core.records import Document
from worldstage.reading import read

REPORTS = Path(__file__).parents[1] / "examples" / "paris-2015" / "reports"


def reports() -> list[Document]:
    """The documents of the bundled case."""
    return [d for d in read([REPORTS]) if isinstance(d, Document)]


def coding_over_parse(*, rounds: int = 5, fast: bool = True) -> dict[str, float]:
    """Median over rounds of (parse and code) / (parse) in processor time, in turn within each round.

    With the reader of whole sentences where not `fast`.
    """
    coder, documents = Coder(fast=fast), reports()
    texts = [d.text for d in documents]
    list(coder.code(documents))
    ratios, parses = [], []
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        tokens = sum(len(doc) for doc in coder.nlp.pipe(texts, batch_size=32))
        parse = time.process_time() - began
        began = time.process_time()
        for _coding in coder.code(documents):
            pass
        ratios.append((time.process_time() - began) / parse)
        parses.append(parse / tokens * 1e6)
    return {
        "coding_over_parse": median(ratios),
        "lowest": min(ratios),
        "highest": max(ratios),
        "parse_us_per_token": median(parses),
    }


def memory_growth(documents: int) -> dict[str, float]:
    """Growth of peak memory, in MB, between the thousandth and the last of so many short documents."""
    coder, base = Coder(), reports()

    def stream() -> Iterator[Document]:
        for i in range(documents):
            source = base[i % len(base)]
            paragraph = source.text.split("\n\n")[i // len(base) % max(1, source.text.count("\n\n"))]
            yield Document.make(f"{paragraph} Report number {i}.", published=source.published)

    early = 0.0
    for i, _coding in enumerate(coder.code(stream()), 1):
        if i == 1000:
            early = _peak()
    return {"documents": float(documents), "peak_mb": _peak(), "growth_mb": _peak() - early}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
