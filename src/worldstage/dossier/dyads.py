"""Which events stand behind the number of which relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from worldstage.core.records import Actor, Event

ALL = "*"
"""In place of a partner's code: with anybody."""
Pair = tuple[str, str]


def pair(a: str, b: str) -> Pair:
    """Two codes in a fixed order: who acted does not matter here."""
    return (a, b) if a <= b else (b, a)


def pairs(event: Event) -> set[Pair]:
    """The pairs of identified actors that an event counts for.

    Those who act with those who receive; where nobody identified receives (a meeting), all who act with one another.
    The same rule makes the series that relations are measured on.
    """
    acting, receiving = _codes(event.actors), _codes(event.recipients)
    return {pair(a, b) for a in acting for b in (receiving or acting) if a != b}


def _codes(actors: Sequence[Actor]) -> list[str]:
    return [a.code for a in actors if a.code]


def by_pair(events: Iterable[Event]) -> dict[Pair, list[Event]]:
    """Pair → its events, in their order."""
    out: dict[Pair, list[Event]] = defaultdict(list)
    for event in events:
        for one in pairs(event):
            out[one].append(event)
    return dict(out)


def codes_of(row: Mapping[str, Any], names: Mapping[str, str], focus: str | None) -> tuple[str, str] | None:
    """The codes of the two sides of a row of relations, `ALL` for the second where it sums up all relations.

    A row says so in its keys ``a`` and ``b``; else its label, *name – name* or *name, all relations*, is looked up.
    """
    if row.get("a") and row.get("b"):
        return str(row["a"]), str(row["b"])
    if focus is None:
        return None
    label, own = str(row.get("dyad", "")), names.get(focus, focus)
    if label == f"{own}, all relations":
        return focus, ALL
    known = {f"{own} {sign} {name}": code for code, name in names.items() for sign in ("–", "→")}
    return (focus, known[label]) if label in known else None
