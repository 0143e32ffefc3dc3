"""Which readers there are, and which of them reads what."""

from __future__ import annotations

from functools import cache

from worldstage.core import plugins
from worldstage.core.errors import InputError
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
    return tuple(sorted(plugins.collect(GROUP, Reader, needed=PLAIN), key=lambda r: (r.order, r.name)))


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
