"""Discovery of plug-ins: built-in parts and those of other packages come in by the same door."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Any, TypeVar

from worldstage.core.errors import ConfigError, unknown_name

T = TypeVar("T")


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


def collect(group: str, kind: type[T], *, needed: str) -> list[T]:
    """All plug-ins of a group, in the order of their names.

    Parameters
    ----------
    kind
        What each of them must be.
    needed
        Name of a built-in one: without it the installed package's entry points are out of date.

    Raises
    ------
    ConfigError
        If something registered is of another kind, or if the built-in ones are not registered.
    """
    found: list[T] = []
    for name in names(group):
        plugin = load(group, name)
        if not isinstance(plugin, kind):
            raise ConfigError(
                f"The plug-in {name!r} of worldstage.{group} is of type {type(plugin).__name__}.",
                expected=f"a {kind.__module__}.{kind.__qualname__}",
            )
        found.append(plugin)
    if needed not in names(group):
        there = ", ".join(names(group)) or "none"
        raise ConfigError(
            f"The built-in parts of worldstage.{group} are not registered (found: {there}).",
            hint="install worldstage again, so that its entry points are known",
        )
    return found
