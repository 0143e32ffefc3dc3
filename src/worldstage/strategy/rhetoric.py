"""How bluntly actors speak, towards whom, and how their tone moved across a shock.

Tone is the mean intensity of an actor's verbal acts on PLOVER's scale (-10 threat … 10 pledge); firmness the mean of
how flatly its statements are put (0 hedged, 1 flat). Ranges are t-intervals; the variance of a few acts is drawn
towards the variance of all acts, so that two acts of one kind do not make a certainty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

# Acts of common variance that every voice is credited with.
_PRIOR = 3
# The range holds 90 %; a difference counts where 95 % of its distribution lie on one side.
_TAIL = 0.05
# Acts on either side of the shock below which no move is told, and in all below which two voices are not compared.
FEWEST, FEWEST_COMPARED = 3, 5
TOO_FEW = "too few to tell"


@dataclass(frozen=True, slots=True)
class Act:
    """One verbal act or statement: how intense or firm it is, by whom, towards whom (None: nobody named)."""

    speaker: str
    target: str | None
    date: dt.date
    value: float
    record: str


@dataclass(frozen=True, slots=True)
class Level:
    """A mean with its 90 % range and the number of acts behind it."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Voice:
    """How one actor speaks, towards all (target None) or towards one.

    Attributes
    ----------
    before, now
        Before the shock and since; None without any act.
    moved
        ``up`` (milder, or firmer), ``down``, ``no clear change`` or ``too few to tell``.
    """

    speaker: str
    target: str | None
    whole: Level
    before: Level | None
    now: Level | None
    moved: str


@dataclass(frozen=True)
class Voices:
    """All voices of one measure.

    Attributes
    ----------
    speakers
        Towards all, the lowest mean (the bluntest tone) first.
    pairs
        Speaker and target, in the same order.
    lower
        Two speakers of whom the first lies below the second, with 95 % certainty.
    spread
        Standard deviation of single acts about their speaker's mean.
    """

    speakers: tuple[Voice, ...]
    pairs: tuple[Voice, ...]
    lower: tuple[tuple[str, str], ...]
    spread: float


def voices(acts: Iterable[Act], after: dt.date, *, least: int = 1) -> Voices:
    """Measure every speaker, and every speaker towards every target; nobody is a target of their own.

    Parameters
    ----------
    after
        The first day that counts as after the shock.
    least
        Acts below which a speaker or pair is left out.
    """
    acts = [a for a in acts if a.target != a.speaker]
    # An act towards several counts once for its speaker.
    single = list({(a.speaker, a.record): a for a in acts}.values())
    by_speaker: dict[str, list[Act]] = {}
    for a in single:
        by_speaker.setdefault(a.speaker, []).append(a)
    by_pair: dict[tuple[str, str], list[Act]] = {}
    for a in acts:
        if a.target is not None:
            by_pair.setdefault((a.speaker, a.target), []).append(a)
    spread = _pooled(by_speaker.values())
    speakers = [_voice(s, None, mine, after, spread) for s, mine in by_speaker.items() if len(mine) >= least]
    pairs = [_voice(s, t, mine, after, spread) for (s, t), mine in by_pair.items() if len(mine) >= least]
    lower = [
        (a.speaker, b.speaker)
        for a in speakers
        for b in speakers
        if min(a.whole.n, b.whole.n) >= FEWEST_COMPARED
        and _apart(_values(by_speaker[b.speaker]), _values(by_speaker[a.speaker]), spread) == "up"
    ]
    return Voices(tuple(_ranked(speakers)), tuple(_ranked(pairs)), tuple(sorted(lower)), spread)


def _ranked(found: Sequence[Voice]) -> list[Voice]:
    return sorted(found, key=lambda v: (v.whole.mean, -v.whole.n, v.speaker, v.target or ""))


def _values(acts: Sequence[Act]) -> list[float]:
    return [a.value for a in acts]


def _voice(speaker: str, target: str | None, acts: Sequence[Act], after: dt.date, spread: float) -> Voice:
    first, last = ([a.value for a in acts if (a.date >= after) == late] for late in (False, True))
    moved = TOO_FEW if min(len(first), len(last)) < FEWEST else _apart(last, first, spread)
    return Voice(
        speaker, target, _level(_values(acts), spread), _level(first, spread) if first else None,
        _level(last, spread) if last else None, moved,
    )  # fmt: skip


def _pooled(groups: Iterable[Sequence[Act]]) -> float:
    """Standard deviation about the groups' own means; of all acts, where no group has two."""
    lists = [np.array(_values(g)) for g in groups]
    freedom = sum(len(v) - 1 for v in lists)
    if freedom > 0:
        return float(np.sqrt(sum(((v - v.mean()) ** 2).sum() for v in lists) / freedom))
    everything = np.concatenate(lists) if lists else np.zeros(1)
    return float(everything.std())


def _variance(values: Sequence[float], spread: float) -> tuple[float, int]:
    """Variance of one act, drawn towards the common one, and its degrees of freedom."""
    v = np.array(values)
    freedom = len(v) - 1 + _PRIOR
    return float((((v - v.mean()) ** 2).sum() + _PRIOR * spread**2) / freedom), freedom


def _level(values: Sequence[float], spread: float) -> Level:
    from scipy.special import stdtrit

    variance, freedom = _variance(values, spread)
    mean = float(np.mean(values))
    wide = float(stdtrit(freedom, 1 - _TAIL) * np.sqrt(variance / len(values)))
    return Level(mean, mean - wide, mean + wide, len(values))


def _apart(one: Sequence[float], other: Sequence[float], spread: float) -> str:
    """Whether the first lies above the second (``up``), below (``down``), or neither is clear (Welch's test)."""
    from scipy.special import stdtrit

    (va, fa), (vb, fb) = _variance(one, spread), _variance(other, spread)
    a, b = va / len(one), vb / len(other)
    gap = float(np.mean(one) - np.mean(other))
    if a + b <= 0:
        return "no clear change" if gap == 0 else "up" if gap > 0 else "down"
    freedom = (a + b) ** 2 / (a**2 / fa + b**2 / fb)
    if abs(gap) <= stdtrit(freedom, 1 - _TAIL) * np.sqrt(a + b):
        return "no clear change"
    return "up" if gap > 0 else "down"
