"""Recording every run that changes a case or draws conclusions from it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from importlib.metadata import version
from types import TracebackType
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import StoreError

if TYPE_CHECKING:
    from worldstage.study.case import Case


class Ledger:
    """A context in which one command runs; its end is written to the case's store.

    Set `counts` inside. An interrupted or failed run is recorded as such.
    """

    def __init__(self, case: Case, command: str, parameters: Mapping[str, Any]) -> None:
        self.case, self.command, self.parameters = case, command, parameters
        self.counts: dict[str, int] = {}

    def __enter__(self) -> Ledger:
        self._began = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
        self._clock = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        outcome = (
            "done"
            if kind is None
            else ("interrupted" if issubclass(kind, KeyboardInterrupt) else f"failed: {kind.__name__}")
        )
        if kind is not None and issubclass(kind, StoreError):
            return
        with self.case.store(write=True) as store:
            store.record_run(
                self.command, started=self._began, seconds=round(time.perf_counter() - self._clock, 3),
                version=version("worldstage"), parameters=self.parameters, counts=self.counts, outcome=outcome,
            )  # fmt: skip
