"""How many runs a stretch of time allows, found by a pilot of a few runs; and many runs in parts, with progress."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.draws import Sample
from worldstage.strategy.models import settle

Floats = NDArray[np.float64]
Progress = Callable[[int, int | None], None]
# What a distribution may take unless so many draws are asked for; and how many draws it has at least and at most.
SECONDS = 10.0
LEAST, MOST = 200, 10_000
# Runs of the pilot, and how long it must take to be believed; a shorter one is made anew with ten times as many.
_PILOT, _TOO_SHORT = 10, 0.1
_STEPS = (1, 2, 5)


def pace(work: Callable[[int], Any], most: int = MOST) -> float:
    """Seconds that one run takes among many, by a pilot of at most so many runs.

    Parameters
    ----------
    work
        Makes so many runs.
    """
    runs = min(_PILOT, most)
    # The first run of all pays for what is loaded on the way.
    work(1)
    while True:
        start = time.perf_counter()
        work(runs)
        took = time.perf_counter() - start
        if took >= _TOO_SHORT or runs >= most:
            return max(took, 1e-9) / runs
        runs = min(10 * runs, most)


def affordable(
    work: Callable[[int], Any], *, seconds: float | None = None, least: int = LEAST, most: int = MOST
) -> int:
    """How many runs take so many seconds: 1, 2 or 5 times a power of ten, so that a small delay changes nothing.

    Parameters
    ----------
    work
        Makes so many runs.
    seconds
        `SECONDS`, if not given.
    """
    seconds = SECONDS if seconds is None else seconds
    return int(min(most, max(least, _round_down(seconds / pace(work, most)))))


def _round_down(n: float) -> int:
    tens = 10 ** int(np.floor(np.log10(max(n, 1.0))))
    return int(max(step for step in _STEPS if step * tens <= max(n, 1.0)) * tens)


def settle_in_parts(
    sample: Sample, model: str, *, progress: Progress | None = None, parts: int = 20, **options: Any
) -> tuple[Floats, NDArray[np.bool_]]:
    """As `worldstage.strategy.models.settle`, saying after each part how far it is."""
    total = len(sample)
    if progress is None or total < 2 * parts:
        return settle(sample, model, **options)
    bounds = np.linspace(0, total, parts + 1).astype(int)
    done = []
    for first, last in pairwise(bounds):
        done.append(settle(sample.part(slice(first, last)), model, **options))
        progress(int(last), total)
    return np.concatenate([f for f, _ in done]), np.concatenate([r for _, r in done])
