"""Counts per period: the series under test, all those that it is compared with, and what they are measured against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldstage.core.periods import ordinal
from worldstage.relations.counting import Volume, source_exposure
from worldstage.study.effect_clock import Clock, Whole
from worldstage.study.effect_data import Days, OwnEvent

if TYPE_CHECKING:
    from worldstage.effects.calibration import Panel
    from worldstage.effects.filter import Array

# More series than this add time, not knowledge: those of like activity are taken.
_MOST_SERIES = 6000


@dataclass(frozen=True, slots=True)
class Series:
    """A panel with the series under test in its last row, and which rows share an actor with it."""

    panel: Panel
    row: int
    related: frozenset[int]
    labels: Sequence[str]
    total: Array


def series_of(
    days: Days,
    clock: Clock,
    focus: str,
    partner: str | None,
    own: Sequence[OwnEvent],
    *,
    directed: bool,
    volume: Volume,
    outcome: str,
    groups: Mapping[str, str] | None = None,
) -> Series:
    """The series under test with those of all other dyads (other actors, without a partner).

    Parameters
    ----------
    groups
        Source → its group in `days`; needed for a volume by source.
    """
    from worldstage.effects.calibration import Panel
    from worldstage.effects.volume import exposures

    length = clock.before + clock.after
    mine = np.bincount(_placed([ordinal(e.date) for e in own], clock, length), minlength=length).astype(float)
    keys, counts, every, told = _panel(
        days, clock, length, by_actor=partner is None, directed=directed, like=float(mine.sum())
    )
    pairs = [_parts(int(k), len(days.names), by_actor=partner is None) for k in keys]
    names = [tuple(days.names[i] for i in p) for p in pairs]
    target = {focus} if partner is None else {focus, partner}
    same = np.array(
        [set(n) == target if not directed or partner is None else n == (focus, partner) for n in names], bool
    )
    everything = every[same].sum(0) if same.any() else mine
    keep = np.flatnonzero(~same)
    table = np.concatenate([counts[keep], mine[None, :]])
    total = _total(days, clock, length)
    if outcome == "cooperation-share":
        exposure = np.concatenate([every[keep], np.maximum(everything, mine)[None, :]])
    elif volume == "none":
        exposure = np.ones_like(table)
    elif volume == "source":
        exposure = _by_source(days, clock, length, told[keep], _told(days, clock, own, groups or {}))
    else:
        exposure = exposures(table, total)
    related = frozenset(i for i, k in enumerate(keep.tolist()) if target & set(names[k]))
    labels = ["–".join(names[k]) for k in keep.tolist()] + ["–".join(x for x in (focus, partner) if x)]
    return Series(Panel(table, exposure), len(table) - 1, related, labels, total)


def panel_of(days: Days, clock: Clock, *, directed: bool, volume: Volume) -> tuple[list[tuple[str, str]], Panel]:
    """All dyads of a case as one panel, with their names."""
    from worldstage.effects.calibration import Panel
    from worldstage.effects.volume import exposures

    length = clock.before + clock.after
    keys, counts, _, told = _panel(days, clock, length, by_actor=False, directed=directed, like=np.inf)
    names = [(days.names[int(k) // len(days.names)], days.names[int(k) % len(days.names)]) for k in keys]
    if volume == "source":
        exposure = _by_source(days, clock, length, told, np.zeros((len(days.sources), 0)))
    else:
        exposure = exposures(counts, _total(days, clock, length)) if volume == "total" else np.ones_like(counts)
    return names, Panel(counts, exposure)


def _told(days: Days, clock: Clock, own: Sequence[OwnEvent], groups: Mapping[str, str]) -> Array:
    """Events of the series under test by source and period, shape ``(sources, periods)``."""
    length = clock.before + clock.after
    out = np.zeros((len(days.sources), length))
    for i, name in enumerate(days.sources):
        at = _placed([ordinal(e.date) for e in own if groups.get(e.source) == name], clock, length)
        out[i] = np.bincount(at, minlength=length)
    return out


def _by_source(days: Days, clock: Clock, length: int, told: Array, own: Array) -> Array:
    """The exposure of each series, and of the one under test (its events by source in `own`) as the last.

    A source of which the series under test makes up much is measured without it, as `exposures` has it.
    """
    from worldstage.effects.volume import LARGE_SHARE, smooth

    at = clock.index(days.volume_day) + clock.before
    inside = (at >= 0) & (at < length)
    flat = np.bincount(
        days.volume_source[inside] * length + at[inside], weights=days.volume[inside],
        minlength=len(days.sources) * length,
    )  # fmt: skip
    reported = np.asarray(flat, dtype=float).reshape(len(days.sources), length)
    levels = np.stack([smooth(one) for one in reported])
    out = source_exposure(told, levels, clock.before)
    if not own.shape[1]:
        return out
    large = own.sum(1) > LARGE_SHARE * reported.sum(1)
    levels = np.stack([
        smooth(np.maximum(all_of - mine, 0.0)) if much else level
        for all_of, mine, much, level in zip(reported, own, large, levels, strict=True)
    ])  # fmt: skip
    mine = source_exposure(own[:, : clock.before].sum(1)[None, :], levels, clock.before)
    return np.concatenate([out, mine])


def _total(days: Days, clock: Clock, length: int) -> Array:
    """All that was reported per period."""
    at = clock.index(days.volume_day) + clock.before
    inside = (at >= 0) & (at < length)
    return np.bincount(at[inside], weights=days.volume[inside], minlength=length).astype(float)


def _placed(days: Sequence[int], clock: Clock, length: int) -> Whole:
    at = clock.index(np.array(days, dtype=np.int64)) + clock.before
    return at[(at >= 0) & (at < length)]


def _parts(key: int, n: int, *, by_actor: bool) -> tuple[int, ...]:
    return (key,) if by_actor else (key // n, key % n)


def _panel(
    days: Days, clock: Clock, length: int, *, by_actor: bool, directed: bool, like: float
) -> tuple[Whole, Array, Array, Array]:
    """Keys of the series, their counts of the outcome and of everything, shape ``(series, periods)``, and their counts
    of the outcome before the shock by source, shape ``(series, sources)``.

    Of very many series those are taken whose total is most like `like`.
    """
    at = clock.index(days.day) + clock.before
    inside = (at >= 0) & (at < length)
    a, b, n = days.a[inside], days.b[inside], len(days.names)
    matching, every, at, source = days.matching[inside], days.every[inside], at[inside], days.source[inside]
    if by_actor:
        sides = [a] if directed else [a, b]
        key = np.concatenate(sides)
        matching, every = np.tile(matching, len(sides)), np.tile(every, len(sides))
        at, source = np.tile(at, len(sides)), np.tile(source, len(sides))
    else:
        key = a * n + b if directed else np.minimum(a, b) * n + np.maximum(a, b)
    keys, rows = np.unique(key, return_inverse=True)
    if len(keys) > _MOST_SERIES:
        totals = np.bincount(rows, weights=matching, minlength=len(keys))
        near = np.sort(np.argsort(np.abs(np.log1p(totals) - np.log1p(min(like, 1e18))), kind="stable")[:_MOST_SERIES])
        place = np.full(len(keys), -1)
        place[near] = np.arange(len(near))
        kept = place[rows] >= 0
        keys, rows = keys[near], place[rows[kept]]
        matching, every, at, source = matching[kept], every[kept], at[kept], source[kept]
    out = []
    for values in (matching, every):
        flat = np.bincount(rows * length + at, weights=values, minlength=len(keys) * length)
        out.append(np.asarray(flat, dtype=float).reshape(len(keys), length))
    early, n_sources = at < clock.before, max(len(days.sources), 1)
    flat = np.bincount(
        rows[early] * n_sources + source[early], weights=matching[early], minlength=len(keys) * n_sources
    )  # fmt: skip
    return np.asarray(keys, dtype=np.int64), out[0], out[1], np.asarray(flat, float).reshape(len(keys), n_sources)
