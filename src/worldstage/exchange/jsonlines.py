"""JSON lines as rows of text: flattened by the format's own rule, broken lines counted by reason."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

from worldstage.exchange.mapping import Layout


def flattened(part: Path, target: Path, layout: Layout) -> Counter[str]:
    """Write a part of a JSON-lines file as CSV with the layout's columns and no header.

    Returns
    -------
    Counter
        Reason → lines that were left out.
    """
    assert layout.flatten is not None
    refused: Counter[str] = Counter()
    with part.open("rb") as lines, target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for line in lines:
            if not line.strip():
                continue
            try:
                record = json.loads(line.decode("utf-8-sig"))
            except UnicodeDecodeError:
                refused["not in the file's encoding"] += 1
                continue
            except (json.JSONDecodeError, RecursionError):
                refused["no JSON"] += 1
                continue
            if not isinstance(record, dict):
                refused["no record"] += 1
                continue
            try:
                cells = layout.flatten(record)
                # Lone surrogates and NUL are valid JSON and no text.
                row = [cells[c].replace("\x00", "") for c in layout.columns]
                "".join(row).encode("utf-8")
            except (AttributeError, TypeError, KeyError, ValueError, IndexError):
                refused["a record of another form"] += 1
                continue
            writer.writerow(row)
    return refused
