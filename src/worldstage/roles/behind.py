"""What lies behind a change: the partners with whom an actor's events moved, and those events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.reference.plover import QUADS
from worldstage.roles.compare import Span
from worldstage.roles.events import DyadEvents

MOST = 60
_PARTNERS = 5


@dataclass(frozen=True, slots=True)
class Partner:
    """Events with one partner before and after; `cooperation` and `conflict` are pairs too."""

    code: str
    before: int
    after: int
    cooperation: tuple[int, int]
    conflict: tuple[int, int]


def partners_moved(events: DyadEvents, actor: int, span: Span) -> list[Partner]:
    """The partners of an actor, those first with whom the number of events changed most."""
    counts: dict[int, NDArray[np.int64]] = {}
    for side, first in enumerate((span.shock - span.days, span.shock)):
        at = _own(events, actor, first, span.days)
        other = np.where(events.a[at] == actor, events.b[at], events.a[at])
        conflict = np.array([q.endswith("conflict") for q in QUADS])[events.quad[at]]
        for who, hostile in zip(other.tolist(), conflict.tolist(), strict=True):
            counts.setdefault(who, np.zeros((2, 2), dtype=np.int64))[side, int(hostile)] += 1
    found = [
        Partner(
            events.names[who], int(n[0].sum()), int(n[1].sum()),
            (int(n[0, 0]), int(n[1, 0])), (int(n[0, 1]), int(n[1, 1])),
        )
        for who, n in counts.items()
    ]  # fmt: skip
    return sorted(found, key=lambda p: (-abs(p.after - p.before), -p.after, p.code))


def behind(events: DyadEvents, actor: int, key: str, rose: bool, span: Span) -> Sequence[str]:
    """Ids of the events that moved a measure, at most `MOST`, in the order of days.

    They lie in the window in which there is more of what is measured; of those that count at all, the events with the
    partners whose number moved most.
    """
    later = key in _MEANS or key.startswith("score_") or rose != (key == "constraint")
    at = _own(events, actor, span.shock if later else span.shock - span.days, span.days)
    at = at[_concerned(events, actor, key, at, rose=rose)]
    wanted = {p.code for p in partners_moved(events, actor, span)[:_PARTNERS]}
    if key not in _ALL_PARTNERS and not key.startswith("score_"):
        other = np.where(events.a[at] == actor, events.b[at], events.a[at])
        at = at[[events.names[i] in wanted for i in other]]
    ids = dict.fromkeys(events.ids[i] for i in events.event[at])
    return tuple(ids)[:MOST]


# What came after moves these, up or down.
_MEANS = frozenset({"cooperation", "tone"})
_ALL_PARTNERS = frozenset({"hostile", "hostile_share", "cooperation", "force", "tone", "mediations"})
_HOSTILE = frozenset({"hostile", "hostile_share", "force"})


def _own(events: DyadEvents, actor: int, first: int, days: int) -> NDArray[np.int64]:
    at = events.within(first, days)
    mine = (events.a[at] == actor) | (events.b[at] == actor)
    return np.asarray(at[mine & ~events.echo[at]], dtype=np.int64)


def _concerned(events: DyadEvents, actor: int, key: str, at: NDArray[np.int64], *, rose: bool) -> NDArray[np.bool_]:
    """Which of these events a measure counts at all."""
    hostile = np.array([q.endswith("conflict") for q in QUADS])[events.quad[at]]
    acts = events.a[at] == actor
    if key in ("acts", "force", "tone"):
        mine = acts | events.joint[at]
        kind = hostile if key == "force" else hostile != rose if key == "tone" else np.ones(len(at), dtype=bool)
        return np.asarray(mine & kind)
    if key == "received":
        return np.asarray(~acts | events.joint[at])
    if key in _HOSTILE:
        return np.asarray(hostile)
    if key == "cooperation":
        return np.asarray(hostile != rose)
    if key == "mediations":
        return np.asarray(events.talk[at])
    if key in ("friendly", "reciprocity", "eigenvector", "pagerank", "betweenness", "constraint"):
        return np.asarray(~hostile)
    if key.startswith("score_"):
        power = events.names.index(key.removeprefix("score_"))
        return np.asarray(((events.a[at] == power) | (events.b[at] == power)) & (hostile != rose))
    return np.ones(len(at), dtype=bool)
