"""Which readers there are, and which of them reads what."""

from __future__ import annotations

from functools import cache

from worldstage.core import plugins
from worldstage.core.errors import ConfigError, InputError
from worldstage.reading.magic import foreign
from worldstage.reading.raw import Raw, Reader

GROUP = "readers"
PLAIN = "text"
# Tables are data, not reporting; as text they would be coded as one long sentence.
_TABLES = frozenset({".csv", ".tsv", ".xls", ".dta", ".sav", ".rds"})


@cache
def readers() -> tuple[Reader, ...]:
    """All readers, the built-in ones and those of other packages, in the order in which they are asked.

    Raises
    ------
    ConfigError
        If that for plain text is not registered, or if something registered is no `Reader`.
    """
    found: list[Reader] = []
    for name in plugins.names(GROUP):
        reader = plugins.load(GROUP, name)
        if not isinstance(reader, Reader):
            raise ConfigError(
                f"The plug-in {name!r} of worldstage.{GROUP} is of type {type(reader).__name__}.",
                expected="a worldstage.reading.raw.Reader",
            )
        found.append(reader)
    if all(r.name != PLAIN for r in found):
        raise ConfigError(
            f"The readers of worldstage are not registered (found: {', '.join(r.name for r in found) or 'none'}).",
            hint="install worldstage again, so that its entry points are known",
        )
    return tuple(sorted(found, key=lambda r: (r.order, r.name)))


def choose(raw: Raw) -> Reader:
    """The reader for these bytes: by content, then by ending, then plain text if the user named the file.

    Raises
    ------
    InputError
        If it is empty, of a kind that is never read (an archive, a picture), or of no known kind.
    """
    if not raw.head:
        raise InputError("empty")
    if what := foreign(raw.head):
        raise InputError(what)
    for reader in readers():
        if reader.claims(raw):
            return reader
    if raw.opening[:9].lower().startswith(("<?xml", "<!doctype")):
        raise InputError("XML, but neither a feed nor a page")
    if raw.ending in _TABLES:
        raise InputError(f"a table ({raw.ending}), not a report")
    by_ending = next((r for r in readers() if raw.ending in r.endings), None)
    if by_ending:
        return by_ending
    if raw.named:
        return next(r for r in readers() if r.name == PLAIN)
    raise InputError(f"files ending in {raw.ending} in a folder are not read: name the file to read it as plain text")
