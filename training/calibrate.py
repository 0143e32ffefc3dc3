"""Calibrate the confidence of events told with the reader: ``python -m training.calibrate``.

Two numbers map the models' own probability to the share of events that are right as a whole (type and both sides), as
measured on the development half of the annotated documents of ``benchmarks/coder``; the half that the floors stand on
is not touched. They are written into ``src/worldstage/coding/reader.npz``.
"""

from __future__ import annotations

import io
import json

import numpy as np
from benchmarks.coder.__main__ import DEVELOPMENT
from benchmarks.coder.documents import load_all
from benchmarks.coder.score import Score, as_document, told_by_coder

from training.reader import TARGET
from worldstage.coding.calibration import fit_calibration
from worldstage.coding.coder import Coder


def write(shift: float, slope: float) -> None:
    """Put the calibration into the reader's file."""
    with np.load(io.BytesIO(TARGET.read_bytes()), allow_pickle=False) as saved:
        arrays = {name: saved[name] for name in saved.files}
    about = {**json.loads(bytes(arrays["about"]).decode()), "calibration": [shift, slope]}
    arrays["about"] = np.frombuffer(json.dumps(about, sort_keys=True).encode(), dtype=np.uint8)
    np.savez_compressed(TARGET, **arrays)


def main() -> None:
    """Fit on events told without any limit, write, and print the two numbers."""
    write(0.0, 1.0)
    documents = [d for d in load_all() if d.name.startswith(DEVELOPMENT)]
    score = Score()
    for document, coding in zip(documents, Coder(least=0.0).code(map(as_document, documents)), strict=True):
        score.add(document, told_by_coder(coding.events))
    found = fit_calibration([p for p, _ in score.confidence], [right for _, right in score.confidence])
    write(found.shift, found.slope)
    print(f"{len(score.confidence):,} events; shift {found.shift}, slope {found.slope}")


if __name__ == "__main__":
    main()
