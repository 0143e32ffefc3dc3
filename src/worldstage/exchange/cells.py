"""Lists in the cells of a table: members parted by ``;``, a ``;`` or ``\\`` within one marked by a ``\\``."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MEMBER = re.compile(r"((?:[^;\\]|\\.)*)(;|$)", re.DOTALL)
_MARKED = re.compile(r"\\(.)", re.DOTALL)


def join(members: Iterable[object]) -> str:
    """Members as one cell; None is an empty member.

    >>> join(["Russia", None, "a;b"])
    'Russia;;a\\\\;b'
    """
    return ";".join("" if m is None else re.sub(r"([;\\])", r"\\\1", str(m)) for m in members)


def split(cell: str) -> list[str]:
    """The members of a cell; none of an empty one.

    >>> split(join(["Russia", None, "a;b"]))
    ['Russia', '', 'a;b']
    """
    if not cell:
        return []
    out, position = [], 0
    while True:
        match = _MEMBER.match(cell, position)
        if match is None:
            # A lone mark at the very end.
            out.append(_MARKED.sub(r"\1", cell[position:]))
            return out
        out.append(_MARKED.sub(r"\1", match[1]))
        if not match[2]:
            return out
        position = match.end()
