"""Errors that a user can act on.

Every message says what was wrong and where, what was expected, and what to try; the command line prints it
without a traceback and exits with the class's code.
"""

from __future__ import annotations

from collections.abc import Iterable


class WorldstageError(Exception):
    """Base of all errors that are the input's or the caller's, not the program's.

    Parameters
    ----------
    message
        What was wrong, and where.
    expected
        What is allowed, or was expected instead.
    hint
        What to try next.
    """

    exit_code = 2

    def __init__(self, message: str, *, expected: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.hint = hint

    def __str__(self) -> str:
        parts = [self.message]
        if self.expected:
            parts.append(f"Expected: {self.expected}.")
        if self.hint:
            parts.append(f"Try: {self.hint}.")
        return "\n".join(parts)


class InputError(WorldstageError):
    """A file, page or row cannot be read as what it claims to be."""


class ConfigError(WorldstageError):
    """``case.toml`` or ``actors.csv`` says something that cannot be."""


class UnknownNameError(WorldstageError):
    """A name (actor, type, verb, key) that nothing answers to."""


class StoreError(WorldstageError):
    """The case's store is missing, locked, newer than the program, or damaged."""


class WindowError(WorldstageError):
    """Dates that leave nothing to compare."""


def nearest(name: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """The known names most like `name`, best first; for "did you mean" hints.

    Returns
    -------
    list of str
        At most `limit` names; empty when none is close.
    """
    import difflib

    by_fold = {k.casefold(): k for k in known}
    close = difflib.get_close_matches(name.casefold(), by_fold, n=limit, cutoff=0.6)
    return [by_fold[c] for c in close]


def unknown_name(kind: str, name: str, known: Iterable[str], *, hint: str = "") -> UnknownNameError:
    """An error for a name that is not among `known`, with the nearest ones."""
    known = list(known)
    close = nearest(name, known)
    expected = f"a known name, such as {' or '.join(repr(c) for c in close)}" if close else ""
    if not expected and len(known) <= 24:
        expected = "one of " + ", ".join(known)
    return UnknownNameError(f"Unknown {kind} {name!r}.", expected=expected, hint=hint)
