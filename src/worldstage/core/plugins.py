"""Discovery of plug-ins: built-in parts and those of other packages come in by the same door."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Any

from worldstage.core.errors import unknown_name

GROUPS = ("readers", "actors", "models", "sections")


@cache
def names(group: str) -> tuple[str, ...]:
    """Names registered in the entry-point group ``worldstage.<group>``, sorted."""
    return tuple(sorted({ep.name for ep in entry_points(group=f"worldstage.{group}")}))


@cache
def load(group: str, name: str) -> Any:
    """Load one plug-in.

    Raises
    ------
    UnknownNameError
        If nothing of that name is installed.
    """
    for ep in entry_points(group=f"worldstage.{group}"):
        if ep.name == name:
            return ep.load()
    raise unknown_name(f"plug-in of worldstage.{group}", name, names(group))
