"""CAMEO, the older ontology of events, and what stands for its codes in PLOVER.

References
----------
Open Event Data Alliance, *CAMEO to PLOVER* table, 2021 (CC BY-SA 4.0); see ``data/SOURCES-cameo.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from worldstage.reference.tables import forms, rows


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO code: a string, since ``010`` is not ``10``.

    Attributes
    ----------
    type
        The PLOVER type; None for public statements (root 01), which are no event there.
    """

    code: str
    type: str | None
    mode: tuple[str, ...]
    context: tuple[str, ...]
    label: str


@cache
def _codes() -> dict[str, Code]:
    return {r["code"]: _code(r) for r in rows("cameo")}


def _code(row: dict[str, str]) -> Code:
    return Code(row["code"], row["type"] or None, tuple(forms(row["mode"])), tuple(forms(row["context"])), row["label"])


@cache
def _labels() -> dict[str, str]:
    """Folded label → code; where a root and its child share one, the child."""
    found: dict[str, str] = {}
    for row in sorted(rows("cameo"), key=lambda r: -len(r["code"])):
        for label in (row["label"], row["icews"]):
            if label:
                found.setdefault(_folded(label), row["code"])
    return found


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def by_code(code: str) -> Code | None:
    """What a code stands for; a code of a finer version than the table's takes its parent's meaning.

    >>> by_code("190").type, by_code("010").type, by_code("0255").type
    ('ASSAULT', None, 'REQUEST')
    >>> by_code("1") is None
    True
    """
    code = code.strip()
    known = _codes()
    while len(code) >= 2:
        if code in known:
            return known[code]
        code = code[:-1]
    return None


def by_text(text: str) -> Code | None:
    """What an event text of ICEWS, or a label of the code book, stands for.

    >>> by_text("Use conventional military force").code, by_text("Make statement").code
    ('190', '010')
    """
    code = _labels().get(_folded(text))
    return _codes()[code] if code else None
