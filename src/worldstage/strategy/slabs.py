"""Work on many draws in pieces that stay in the processor's cache, on several threads."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Numbers of one array of a piece: the half dozen arrays in use then fit into a core's cache.
NUMBERS = 24_000


def in_slabs(work: Callable[[slice], Floats], draws: int, width: int, *, threads: int | None = None) -> Floats:
    """The results of `work` on pieces of the draws, joined in order.

    NumPy lets other threads run while it computes. The result does not depend on the number of threads.

    Parameters
    ----------
    work
        Takes a slice of the draws, returns an array whose first axis is theirs.
    width
        Numbers per draw in the largest array of a piece.
    """
    size = max(1, NUMBERS // width)
    parts = [slice(start, min(start + size, draws)) for start in range(0, draws, size)]
    workers = min(threads or os.cpu_count() or 1, len(parts))
    if workers <= 1:
        return np.concatenate([work(p) for p in parts])
    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(work, parts)))
