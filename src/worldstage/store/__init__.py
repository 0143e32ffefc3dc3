"""The case's store: one DuckDB file with documents, events, statements, figures and runs."""

from worldstage.store.filters import EventFilter
from worldstage.store.store import Store

__all__ = ["EventFilter", "Store"]
