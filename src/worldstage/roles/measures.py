"""What is measured of an actor's role in one window of days, for all actors at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from worldstage.roles.centrality import betweenness, constraint, eigenvector, mediations, pagerank
from worldstage.roles.events import LAYERS, Array, Daily, DyadEvents

Group = Literal["attention", "ties", "standing", "brokerage", "conduct", "powers"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes
    ----------
    least
        So much support (events, or partners) each window needs for the measure to say something.
    count
        A count: it needs support in sum, and is compared on a logarithmic scale.
    low
        Whether the lowest value ranks first.
    support
        What the support is counted in.
    step
        A change of less is none: one partner more may be one word more.
    pooled
        The support is needed in both windows together, not in each.
    """

    key: str
    label: str
    group: Group
    least: int = 5
    count: bool = False
    low: bool = False
    percent: bool = False
    support: str = "events"
    step: int = 0
    pooled: bool = False


MEASURES: tuple[Measure, ...] = (
    Measure("events", "events", "attention", count=True),
    Measure("share", "share of all events", "attention", percent=True),
    Measure("acts", "events as actor", "attention", count=True),
    Measure("received", "events as recipient", "attention", count=True),
    Measure("partners", "partners", "ties", step=2),
    Measure("friendly", "partners, mostly cooperation", "ties", step=2),
    Measure("hostile", "partners, mostly conflict", "ties", step=2),
    Measure("hostile_share", "share of hostile partners", "ties", 4, percent=True, support="partners"),
    Measure("reciprocity", "cooperation returned", "ties", percent=True, support="cooperative events"),
    Measure("eigenvector", "standing (eigenvector)", "standing", support="cooperative events"),
    Measure("pagerank", "standing (PageRank)", "standing", support="cooperative events"),
    Measure("betweenness", "brokerage (betweenness)", "brokerage", support="cooperative events"),
    Measure("constraint", "constraint (low: broker)", "brokerage", low=True, support="cooperative events"),
    Measure("mediations", "conflicts, talks with both sides", "brokerage", support="talks", step=2),
    Measure("cooperation", "share of cooperation", "conduct", percent=True),
    Measure(
        "force", "deeds of conflict, share of its acts", "conduct", 8, pooled=True, percent=True, support="such deeds"
    ),
    Measure("tone", "mean score as actor", "conduct", support="events as actor"),
)


def with_powers(powers: Sequence[str]) -> tuple[Measure, ...]:
    """The measures, and the mean score towards each of these actors."""
    return (*MEASURES, *(Measure(f"score_{p}", f"mean score with {p}", "powers", 4) for p in powers))


@dataclass(frozen=True, slots=True)
class Values:
    """The measures of all actors in one window.

    Attributes
    ----------
    value
        Shape ``(measures, actors)``; NaN where a measure is not defined.
    support
        What each value rests on, same shape.
    """

    value: Array
    support: Array


class Windows:
    """The measures of any window over some events; each window is computed once.

    Parameters
    ----------
    powers
        Actors towards whom everybody's mean score is measured.
    """

    def __init__(self, events: DyadEvents, powers: Sequence[str] = ()) -> None:
        self.events = events
        known = {name: i for i, name in enumerate(events.names)}
        self.powers = tuple(p for p in powers if p in known)
        self.measures = with_powers(self.powers)
        self._powers = [known[p] for p in self.powers]
        self._cache: dict[tuple[int, int], Values] = {}

    def at(self, first: int, days: int) -> Values:
        """The window of so many days that begins at `first`."""
        key = first, days
        if key not in self._cache:
            self._cache[key] = self.of(Daily.of(self.events, first, days))
        return self._cache[key]

    def of(self, daily: Daily, weights: Array | None = None) -> Values:
        """The measures of daily sums, with days weighted as by `Daily.tables`."""
        value, support = measure(daily.tables(weights), [_find(daily, p) for p in self._powers])
        n = len(self.events.names)
        # Whoever is absent has no events; whatever is a mean or a share of its own is not defined.
        out = Values(np.full((len(value), n), np.nan), np.zeros((len(value), n)))
        out.value[_ZERO] = 0.0
        out.value[:, daily.actors], out.support[:, daily.actors] = value, support
        return out


# Of fewer acts a share says nothing.
_FEW_ACTS = 5
_UNDEFINED = frozenset({"hostile_share", "reciprocity", "constraint", "cooperation", "force", "tone"})
_ZERO = [i for i, m in enumerate(MEASURES) if m.key not in _UNDEFINED]


def _find(daily: Daily, actor: int) -> int | None:
    at = int(np.searchsorted(daily.actors, actor))
    return at if at < len(daily.actors) and daily.actors[at] == actor else None


def measure(tables: Array, powers: Sequence[int | None] = ()) -> tuple[Array, Array]:
    """The measures of one network.

    Parameters
    ----------
    tables
        Sums of `LAYERS`, shape ``(layers, n, n)``.
    powers
        Rows of the actors towards whom mean scores are taken; None for one that is absent.

    Returns
    -------
    tuple of Array
        Values and supports, both of shape ``(measures, n)``, in the order of `with_powers`.
    """
    layer = dict(zip(LAYERS, tables, strict=True))
    events, cooperation, conflict = (layer[k].sum(1) for k in ("events", "cooperation", "conflict"))
    acts, received = layer["acts"].sum(1), layer["acts"].sum(0)
    net = layer["cooperation"] - layer["conflict"]
    friendly, hostile = (net > 0).sum(1).astype(float), (net < 0).sum(1).astype(float)
    signed = friendly + hostile
    given, taken = layer["given"], layer["given"].T
    distance = np.divide(1.0, layer["cooperation"], out=np.zeros_like(net), where=layer["cooperation"] > 0)
    talks = layer["talks"].sum(1)
    rows = (
        (events, events),
        (_per(events, np.full_like(events, max(events.sum() / 2, 1e-12))), events),
        (acts, events),
        (received, events),
        ((layer["events"] > 0).sum(1).astype(float), events),
        (friendly, events),
        (hostile, events),
        (_per(hostile, signed), signed),
        (_per(2 * np.minimum(given, taken).sum(1), (given + taken).sum(1)), cooperation),
        (eigenvector(layer["cooperation"]), cooperation),
        (pagerank(layer["cooperation"]), cooperation),
        (betweenness(distance), cooperation),
        (constraint(layer["cooperation"]), cooperation),
        (mediations(layer["talks"], layer["conflict"]), talks),
        (_per(cooperation, cooperation + conflict), events),
        (np.where(acts < _FEW_ACTS, np.nan, _per(layer["force"].sum(1), acts)), layer["force"].sum(1)),
        (_per(layer["tone"].sum(1), acts), acts),
    )
    value, support = [r[0] for r in rows], [r[1] for r in rows]
    for p in powers:
        known = layer["events"][:, p] if p is not None else np.zeros_like(events)
        value.append(_per(layer["score"][:, p] if p is not None else known, known))
        support.append(known)
    return np.stack(value), np.stack(support)


def _per(top: Array, bottom: Array) -> Array:
    return np.asarray(np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0))
