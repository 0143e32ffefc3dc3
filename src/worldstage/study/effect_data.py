"""From a case's store to the arrays that effects are estimated from: counts per dyad and period, and the volume."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import UnknownNameError, unknown_name
from worldstage.core.periods import Unit, Window, as_day, from_ordinal, ordinal
from worldstage.reference.plover import QUADS, TYPES
from worldstage.relations.dyads import dyad_rows
from worldstage.relations.measures import OUTCOMES

if TYPE_CHECKING:
    from worldstage.effects.calibration import Panel
    from worldstage.effects.filter import Array
    from worldstage.study.case import Case

Whole = NDArray[np.int64]

# Series outcomes next to the counts: shares and the mean score.
SERIES = ("share", "cooperation-share", "score")
DAYS: Mapping[str, int] = {"day": 1, "week": 7, "month": 30}
# More series than this add time, not knowledge: those of like activity are taken.
_MOST_SERIES = 6000
_TRIM = 0.001


def quads_of(outcome: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The quad classes and event types that make up an outcome; all, where both are empty.

    Raises
    ------
    UnknownNameError
        If there is no such outcome.
    """
    name = outcome.strip().casefold().replace("_", "-")
    if name in ("all", "share", "score"):
        return (), ()
    if name == "cooperation-share":
        return OUTCOMES["cooperation"], ()
    if name in OUTCOMES:
        return OUTCOMES[name], ()
    if name.replace("-", " ") in QUADS:
        return (name.replace("-", " "),), ()
    if name.upper() in TYPES:
        return (), (name.upper(),)
    raise unknown_name("outcome", outcome, outcome_names(), hint="a quad class, a PLOVER type, or all")


def outcome_names() -> list[str]:
    """All outcomes that can be asked for, but for single event types."""
    return ["all", "cooperation", "conflict", *(q.replace(" ", "-") for q in QUADS), *SERIES]


@dataclass(frozen=True, slots=True)
class Days:
    """Counts per day and unordered or ordered pair of actors.

    Attributes
    ----------
    day
        Days since 1970, shape ``(rows,)``.
    a, b
        Index into `names`.
    matching
        Events of the outcome; `every` counts events of any kind.
    """

    day: Whole
    a: Whole
    b: Whole
    matching: Array
    every: Array
    names: Sequence[str]
    volume_day: Whole
    volume: Array


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event of the relation under test."""

    id: str
    date: dt.date
    quad: str
    type: str
    score: float
    source: str


def day_counts(case: Case, outcome: str, *, directed: bool) -> Days:
    """The counts of all dyads of a case per day, and all that was reported per day."""
    import narwhals as nw

    quads, types = quads_of(outcome)
    with case.store() as store:
        rows = dyad_rows(store.frame("events"), store.frame("event_actors")).filter(~nw.col("date").is_null())
        if not directed:
            rows = rows.filter(~(nw.col("joint") & (nw.col("a") > nw.col("b"))))
        hit = nw.lit(value=True)
        if quads:
            hit = nw.col("quad").is_in(list(quads))
        elif types:
            hit = nw.col("type").is_in(list(types))
        table = (
            rows.with_columns(hit=hit.cast(nw.Int64)).group_by("date", "a", "b")
            .agg(nw.len().alias("every"), nw.col("hit").sum().alias("matching")).collect().to_arrow()
        )  # fmt: skip
        reported = _reported(store)
    names = sorted(set(table["a"].unique().to_pylist()) | set(table["b"].unique().to_pylist()))
    index = {name: i for i, name in enumerate(names)}
    return Days(
        _numbers(table["date"]), _indexed(table["a"], index), _indexed(table["b"], index),
        table["matching"].to_numpy().astype(float), table["every"].to_numpy().astype(float), names, *reported,
    )  # fmt: skip


def _reported(store: Any) -> tuple[Whole, Array]:
    """Days and all that was reported on them: events of any kind, and rows of imported data that tell no event."""
    import narwhals as nw

    parts = [
        store.frame("events").filter(
            ~nw.col("date").is_null() & (nw.col("status") == "occurred") & (nw.col("id") == nw.col("cluster"))
        ),
        store.frame("reports").filter(~nw.col("date").is_null()),
    ]
    days, counts = [], []
    for part in parts:
        table = part.group_by("date").agg(nw.len().alias("n")).collect().to_arrow()
        days.append(_numbers(table["date"]))
        counts.append(table["n"].to_numpy().astype(float))
    return np.concatenate(days), np.concatenate(counts)


def _numbers(column: Any) -> Whole:
    days = column.to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.asarray(days, dtype=np.int64)


def _indexed(column: Any, index: Mapping[str, int]) -> Whole:
    coded = column.combine_chunks().dictionary_encode()
    if hasattr(coded, "combine_chunks"):
        coded = coded.combine_chunks()
    known = np.array([index[v] for v in coded.dictionary.to_pylist()], dtype=np.int64)
    return np.asarray(known[coded.indices.to_numpy()] if len(known) else np.zeros(0), dtype=np.int64)


def own_events(
    case: Case, focus: str, partner: str | None, outcome: str, *, directed: bool, first: dt.date, last: dt.date
) -> list[OwnEvent]:
    """The events of the relation under test in a stretch of days (both included), by date; each once."""
    import narwhals as nw

    quads, types = quads_of(outcome)
    ahead = (nw.col("a") == focus) & ((nw.col("b") == partner) if partner else (nw.col("b") != focus))
    back = (nw.col("b") == focus) & ((nw.col("a") == partner) if partner else (nw.col("a") != focus))
    with case.store() as store:
        events = store.frame("events")
        rows = dyad_rows(events, store.frame("event_actors")).filter(ahead if directed else ahead | back)
        rows = rows.filter((nw.col("date") >= first) & (nw.col("date") <= last))
        if quads:
            rows = rows.filter(nw.col("quad").is_in(list(quads)))
        if types:
            rows = rows.filter(nw.col("type").is_in(list(types)))
        source = events.select(nw.col("id").alias("event"), "document", "publisher", "dataset")
        found = (
            rows.select("event", "document", "date", "quad", "type", "score").unique()
            .join(source, on=["event", "document"], how="left").collect().to_arrow().to_pylist()
        )  # fmt: skip
    seen: dict[str, OwnEvent] = {}
    for r in found:
        one = OwnEvent(
            r["event"], as_day(r["date"]), r["quad"], r["type"], r["score"] or 0.0, r["publisher"] or r["dataset"] or ""
        )
        seen.setdefault(one.id, one)
    return sorted(seen.values(), key=lambda e: (e.date, e.id))


def code_in(case: Case, name: str) -> str:
    """The code of an actor: by the directory, or as it stands in the case's own data.

    Raises
    ------
    UnknownNameError
        If neither knows the name.
    """
    import narwhals as nw

    try:
        return case.directory.code_of(name)
    except UnknownNameError:
        with case.store() as store:
            codes = store.frame("event_actors").filter(nw.col("code").str.to_lowercase() == name.strip().lower())
            found = codes.select("code").head(1).collect().to_arrow()["code"].to_pylist()
        if not found:
            raise
        return str(found[0])


def times_in_data(case: Case, code: str) -> int:
    """How many events of the case an actor takes part in."""
    import narwhals as nw

    with case.store() as store:
        found = store.frame("event_actors").filter(nw.col("code") == code).select("event").unique()
        return int(found.select(nw.len().alias("n")).collect().to_arrow()["n"].to_pylist()[0])


def covered(days: Days, window: Window | None) -> Window | None:
    """From when to when the data go; None without any. A few stray dates far out do not count."""
    if window:
        return window
    every = np.sort(np.repeat(days.volume_day, days.volume.astype(np.int64)))
    if not len(every):
        return None
    first, last = int(every[0]), int(every[-1])
    inner = int(np.quantile(every, _TRIM)), int(np.quantile(every, 1 - _TRIM))
    if len(every) > 1 / _TRIM and inner[1] - inner[0] < 0.7 * (last - first):
        first, last = inner
    return Window(from_ordinal(first), from_ordinal(last))


@dataclass(frozen=True, slots=True)
class Clock:
    """Periods counted from the shock: period 0 begins on its day, period -1 ends on the day before.

    Attributes
    ----------
    before, after
        Whole periods that the data cover on either side.
    """

    shock: dt.date
    unit: Unit
    before: int
    after: int

    @staticmethod
    def of(shock: dt.date, unit: Unit, data: Window) -> Clock:
        """The clock of a shock over the days that the data cover."""
        probe = Clock(shock, unit, 0, 0)
        edges = probe.index(np.array([ordinal(data.first), ordinal(data.last) + 1]))
        early = -int(edges[0])
        if early > 0 and probe.start(-early) < data.first:
            early -= 1
        return Clock(shock, unit, max(0, early), max(0, int(edges[1])))

    def index(self, days: Whole) -> Whole:
        """The periods of days since 1970."""
        if self.unit != "month":
            return np.asarray((days - ordinal(self.shock)) // DAYS[self.unit], dtype=np.int64)
        dates = days.astype("datetime64[D]")
        months = dates.astype("datetime64[M]")
        inside = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
        here = (self.shock.year - 1970) * 12 + self.shock.month - 1
        return np.asarray(months.astype(np.int64) - here - (inside < self.shock.day), dtype=np.int64)

    def start(self, period: int) -> dt.date:
        """The first day of a period."""
        if self.unit != "month":
            return self.shock + dt.timedelta(days=period * DAYS[self.unit])
        month = self.shock.year * 12 + self.shock.month - 1 + period
        day = dt.date(month // 12, month % 12 + 1, 1) + dt.timedelta(days=self.shock.day - 1)
        return day if day.month == month % 12 + 1 else day.replace(day=1)


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
    normalise: bool,
    outcome: str,
) -> Series:
    """The series under test with those of all other dyads (other actors, without a partner)."""
    from worldstage.effects.calibration import Panel
    from worldstage.effects.volume import exposures

    length = clock.before + clock.after
    mine = np.bincount(_placed([ordinal(e.date) for e in own], clock, length), minlength=length).astype(float)
    keys, counts, every = _panel(
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
    elif not normalise:
        exposure = np.ones_like(table)
    else:
        exposure = exposures(table, total)
    related = frozenset(i for i, k in enumerate(keep.tolist()) if target & set(names[k]))
    labels = ["–".join(names[k]) for k in keep.tolist()] + ["–".join(x for x in (focus, partner) if x)]
    return Series(Panel(table, exposure), len(table) - 1, related, labels, total)


def panel_of(days: Days, clock: Clock, *, directed: bool, normalise: bool) -> tuple[list[tuple[str, str]], Panel]:
    """All dyads of a case as one panel, with their names."""
    from worldstage.effects.calibration import Panel
    from worldstage.effects.volume import exposures

    length = clock.before + clock.after
    keys, counts, _ = _panel(days, clock, length, by_actor=False, directed=directed, like=np.inf)
    names = [(days.names[int(k) // len(days.names)], days.names[int(k) % len(days.names)]) for k in keys]
    exposure = exposures(counts, _total(days, clock, length)) if normalise else np.ones_like(counts)
    return names, Panel(counts, exposure)


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
) -> tuple[Whole, Array, Array]:
    """Keys of the series, their counts of the outcome and of everything, shape ``(series, periods)``.

    Of very many series those are taken whose total is most like `like`.
    """
    at = clock.index(days.day) + clock.before
    inside = (at >= 0) & (at < length)
    a, b, n = days.a[inside], days.b[inside], len(days.names)
    matching, every, at = days.matching[inside], days.every[inside], at[inside]
    if by_actor:
        sides = [a] if directed else [a, b]
        key = np.concatenate(sides)
        matching, every, at = np.tile(matching, len(sides)), np.tile(every, len(sides)), np.tile(at, len(sides))
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
        matching, every, at = matching[kept], every[kept], at[kept]
    out = []
    for values in (matching, every):
        flat = np.bincount(rows * length + at, weights=values, minlength=len(keys) * length)
        out.append(np.asarray(flat, dtype=float).reshape(len(keys), length))
    return np.asarray(keys, dtype=np.int64), out[0], out[1]
