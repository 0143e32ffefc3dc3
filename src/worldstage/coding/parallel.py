"""Coding on several cores: each process loads the models once and is handed documents in batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING

from worldstage.core.records import Coding, Document

if TYPE_CHECKING:
    from worldstage.coding.coder import Coder

_BATCH = 16
_worker: Coder | None = None


def _start(coder: Coder) -> None:
    global _worker
    _worker = coder


def _code(documents: list[Document]) -> list[Coding]:
    assert _worker is not None
    return list(_worker.code(documents))


def code_parallel(coder: Coder, documents: Iterable[Document], workers: int) -> Iterator[Coding]:
    """Code documents in order; at most two batches per worker are under way, so that memory stays flat."""
    stream = iter(documents)
    # Forked processes share the models' memory; spaCy's own pipe would copy each Doc between processes.
    with ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=_start, initargs=(coder,)) as pool:
        waiting: deque[Future[list[Coding]]] = deque()
        while True:
            while len(waiting) < 2 * workers and (batch := list(islice(stream, _BATCH))):
                waiting.append(pool.submit(_code, batch))
            if not waiting:
                return
            yield from waiting.popleft().result()
