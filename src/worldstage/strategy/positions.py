"""Where actors stand on an issue before and after a shock, and who moved, from what they said and did."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from worldstage.strategy.issues import BEFORE, HIGH, LOW, NOW, Override, Span
from worldstage.strategy.reading import Bearing

Floats = NDArray[np.float64]
Source = Literal["documents", "override", "carried", "none"]
DRAWS = 2000
# Share of draws on one side of no change from which an actor is said to have moved, and the least distance.
CERTAIN, LEAST_MOVE = 0.95, 5.0
# Fewer suggestions than this on either side are too few to tell a move.
FEWEST = 2
# How often a suggestion points to the wrong end, or to one where there is none: 15 of 76, counted by hand.
MISREAD = 0.2
# A normal deviate of 1.645 bounds 90 %.
_Q90 = 1.6449
# How many records of average share each actor is credited with, so that one sentence does not make an obsession.
_PRIOR = 5.0


@dataclass(frozen=True, slots=True)
class Held:
    """A position in one stretch of time: with its 90 % range, how many suggestions carry it, and where it is from.

    Attributes
    ----------
    drawn
        Draws of the position, where it comes from documents.
    """

    position: Span | None
    n: int
    source: Source
    drawn: Floats | None = field(default=None, compare=False, repr=False)

    FIELDS = ("position", "n", "source")


@dataclass(frozen=True)
class Standing:
    """Where one actor stands on one issue.

    Attributes
    ----------
    moved
        ``up``, ``down``, ``no clear move``, ``too few to tell``, or ``override`` where an analyst's figure decides.
    salience, capability
        Stretch (``before``, ``now``) → value with its range.
    given
        Which cells come from the analyst, with the reason given.
    evidence
        What the documents say, by date, both stretches.
    """

    actor: str
    issue: str
    before: Held
    now: Held
    moved: str
    salience: Mapping[str, Span]
    capability: Mapping[str, Span]
    given: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Bearing, ...] = ()

    def held(self, stretch: str) -> Held:
        """The position before the shock or now."""
        return self.before if stretch == BEFORE else self.now


@dataclass(frozen=True)
class Volume:
    """How many statements and acts an actor has in each stretch, on any subject."""

    before: Mapping[str, int]
    now: Mapping[str, int]


def standings(
    issue: str,
    found: Sequence[Bearing],
    *,
    after: dt.date,
    volume: Volume,
    capability: Mapping[str, Span],
    overrides: Sequence[Override] = (),
    seed: int = 0,
) -> list[Standing]:
    """Where each actor stands on an issue.

    A position is the weighted mean of what the statements and acts suggest; its range comes from drawing them anew
    (bootstrap) and shifting each within its own spread. Who is heard in one stretch only is taken to have stood there
    in the other as well, and is marked as *carried*.

    Parameters
    ----------
    after
        The first day that counts as after the shock.
    capability
        Actor → capability; 1 for who is not in it.
    overrides
        Of this issue, with codes for names; from their day on they replace the cells that they give.

    Returns
    -------
    list of Standing
        Actors with a position first, those with most evidence first.
    """
    by_actor: dict[str, list[Bearing]] = {}
    for b in found:
        if b.date is not None:
            by_actor.setdefault(b.actor, []).append(b)
    for o in overrides:
        by_actor.setdefault(o.actor, [])
    shares = {s: _shares(by_actor, s, after, volume) for s in (BEFORE, NOW)}
    out = []
    for actor, mine in by_actor.items():
        own = [o for o in overrides if o.actor == actor]
        salience = {s: shares[s][actor] for s in shares}
        strong = dict.fromkeys((BEFORE, NOW), capability.get(actor, Span.at(1.0)))
        out.append(_standing(actor, issue, mine, after, own, salience, strong, seed))
    return sorted(out, key=lambda s: (s.now.position is None, -len(s.evidence), s.actor))


def _standing(
    actor: str,
    issue: str,
    mine: Sequence[Bearing],
    after: dt.date,
    overrides: Sequence[Override],
    salience: dict[str, Span],
    capability: dict[str, Span],
    seed: int,
) -> Standing:
    sides = {
        BEFORE: [b for b in mine if b.date and b.date < after],
        NOW: [b for b in mine if b.date and b.date >= after],
    }
    drawn = {s: draws(found, (seed, issue, actor, s)) for s, found in sides.items()}
    held = {s: _held(found, drawn[s]) for s, found in sides.items()}
    for one, other in ((BEFORE, NOW), (NOW, BEFORE)):
        if held[one].position is None and held[other].position is not None and held[other].source == "documents":
            held[one] = replace(held[other], n=held[one].n, source="carried")
            # Silence is no news: neither the position nor the salience is taken to have changed.
            salience[one] = salience[other]
    moved = _moved(held, drawn)
    given: dict[str, str] = {}
    for o in sorted(overrides, key=lambda o: o.first or dt.date.min):
        for stretch in (BEFORE, NOW):
            if stretch == BEFORE and o.first is not None and o.first >= after:
                continue
            if o.position is not None:
                held[stretch] = Held(o.position, held[stretch].n, "override")
                given["position"], moved = o.why, "override"
            if o.salience is not None:
                salience[stretch], given["salience"] = o.salience, o.why
            if o.capability is not None:
                capability[stretch], given["capability"] = o.capability, o.why
    return Standing(actor, issue, held[BEFORE], held[NOW], moved, salience, capability, given, tuple(mine))


def draws(found: Iterable[Bearing], key: Sequence[object], n: int = DRAWS) -> Floats | None:
    """Draws of a position: the suggestions drawn anew with replacement, each shifted within its own spread, and some
    turned round, as often as the reader is wrong.

    Every draw has a twin with the opposite shifts, so that a line turned round gives the same draws turned round.

    Parameters
    ----------
    key
        What fixes the draws: nothing else does, so the order of actors changes nothing.

    Returns
    -------
    ndarray
        Shape ``(n,)``; None where nothing suggests a position.
    """
    lean = [b for b in found if b.position is not None and b.weight > 0]
    if not lean:
        return None
    position = np.array([b.position for b in lean], dtype=float)
    weight = np.array([b.weight for b in lean])
    spread = np.array([b.spread for b in lean]) / _Q90
    random = np.random.default_rng(zlib.crc32("\x1f".join(map(str, key)).encode()))
    chosen = random.integers(0, len(lean), size=(n // 2, len(lean)))
    shift = random.standard_normal(chosen.shape) * spread[chosen]
    w = weight[chosen]
    turned = random.random(chosen.shape) < MISREAD
    read = np.where(turned, LOW + HIGH - position[chosen], position[chosen])
    both = [np.clip(read + sign * shift, LOW, HIGH) for sign in (1, -1)]
    return np.concatenate([(p * w).sum(axis=1) / w.sum(axis=1) for p in both])


def _held(found: Sequence[Bearing], drawn: Floats | None) -> Held:
    lean = [b for b in found if b.position is not None and b.weight > 0]
    if drawn is None:
        return Held(None, 0, "none")
    mode = sum((b.position or 0.0) * b.weight for b in lean) / sum(b.weight for b in lean)
    low, high = (float(q) for q in np.quantile(drawn, (0.05, 0.95)))
    return Held(Span(min(low, mode), mode, max(high, mode)), len(lean), "documents", drawn)


def _moved(held: Mapping[str, Held], drawn: Mapping[str, Floats | None]) -> str:
    before, now = drawn[BEFORE], drawn[NOW]
    if before is None or now is None or min(held[BEFORE].n, held[NOW].n) < FEWEST:
        return "too few to tell"
    first, last = held[BEFORE].position, held[NOW].position
    assert first is not None
    assert last is not None
    if abs(last.mode - first.mode) < LEAST_MOVE:
        return "no clear move"
    higher = float((now > before).mean())
    return "up" if higher >= CERTAIN else "down" if higher <= 1 - CERTAIN else "no clear move"


def _shares(by_actor: Mapping[str, Sequence[Bearing]], stretch: str, after: dt.date, volume: Volume) -> dict[str, Span]:
    """Salience: the share of an actor's statements and acts that bear on the issue, drawn towards everybody's share."""
    counts = {
        actor: sum(1 for b in found if b.date and (b.date >= after) == (stretch == NOW))
        for actor, found in by_actor.items()
    }
    total = volume.before if stretch == BEFORE else volume.now
    everybody = sum(counts.values()) / max(sum(total.values()), 1)
    out = {}
    for actor, n in counts.items():
        of = max(total.get(actor, 0), n) + _PRIOR
        share = (n + _PRIOR * everybody) / of
        wide = _Q90 * float(np.sqrt(share * (1 - share) / of))
        out[actor] = Span(max(share - wide, 0.0), share, min(share + wide, 1.0))
    return out


def scaled(found: Iterable[Standing]) -> list[Standing]:
    """Saliences of several issues on one scale: the greatest share read from documents becomes 1."""
    found = list(found)
    shares = [span.mode for s in found if "salience" not in s.given for span in s.salience.values()]
    top = max(shares, default=0.0)
    if top <= 0:
        return found

    def up(span: Span) -> Span:
        return Span(span.low / top, span.mode / top, min(span.high / top, 1.0))

    return [
        s if "salience" in s.given else replace(s, salience={k: up(span) for k, span in s.salience.items()})
        for s in found
    ]
