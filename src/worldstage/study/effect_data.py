"""From a case's store to the arrays that effects are estimated from: counts per dyad and period, and the volume."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldstage.core.errors import UnknownNameError, unknown_name
from worldstage.core.periods import Window, as_day, from_ordinal, ordinal
from worldstage.reference.plover import QUADS, TYPES
from worldstage.relations.counting import Duplicates, constant_sources, counted, with_source
from worldstage.relations.dyads import dyad_rows
from worldstage.relations.measures import OUTCOMES
from worldstage.study.effect_clock import Whole

if TYPE_CHECKING:
    from worldstage.effects.filter import Array
    from worldstage.study.case import Case

# Series outcomes next to the counts: shares and the mean score.
SERIES = ("share", "cooperation-share", "score")
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
    volume_day, volume
        All that was reported, shape ``(reports,)``.
    source, volume_source
        Index into `sources`; all 0, where sources are not told apart.
    """

    day: Whole
    a: Whole
    b: Whole
    matching: Array
    every: Array
    names: Sequence[str]
    volume_day: Whole
    volume: Array
    source: Whole
    volume_source: Whole
    sources: Sequence[str] = ()

    def of_constant_sources(self, shock: dt.date, least: float) -> tuple[Days, dict[str, str]]:
        """Only what sources report that do so before and after a shock, and the group of each of these.

        Sources with fewer than `least` reports are taken together.
        """
        late = self.volume_day >= ordinal(shock)
        n = len(self.sources)
        sides = [np.bincount(self.volume_source[at], weights=self.volume[at], minlength=n) for at in (~late, late)]
        lengths = tuple(float(len(np.unique(self.volume_day[at]))) for at in (~late, late))
        reports = {name: (float(sides[0][i]), float(sides[1][i])) for i, name in enumerate(self.sources)}
        groups = constant_sources(reports, (lengths[0], lengths[1]), least=least)
        names = sorted(set(groups.values()))
        place = np.array([names.index(groups[s]) if s in groups else -1 for s in self.sources], dtype=np.int64)
        at, source = place[self.source], place[self.volume_source]
        kept, told = at >= 0, source >= 0
        return Days(
            self.day[kept], self.a[kept], self.b[kept], self.matching[kept], self.every[kept], self.names,
            self.volume_day[told], self.volume[told], at[kept], source[told], names,
        ), groups  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event of the relation under test."""

    id: str
    date: dt.date
    quad: str
    type: str
    score: float
    source: str


def day_counts(
    case: Case, outcome: str, *, directed: bool, duplicates: Duplicates = "merged", by_source: bool = False
) -> Days:
    """The counts of all dyads of a case per day (and source), and all that was reported."""
    import narwhals as nw

    quads, types = quads_of(outcome)
    also = ("source",) if by_source else ()
    with case.store() as store:
        parties = store.frame("event_actors")
        events = counted(store.frame("events"), parties, duplicates)
        rows = dyad_rows(with_source(events) if by_source else events, parties, also=also)
        rows = rows.filter(~nw.col("date").is_null())
        if not directed:
            rows = rows.filter(~(nw.col("joint") & (nw.col("a") > nw.col("b"))))
        hit = nw.lit(value=True)
        if quads:
            hit = nw.col("quad").is_in(list(quads))
        elif types:
            hit = nw.col("type").is_in(list(types))
        table = (
            rows.with_columns(hit=hit.cast(nw.Int64)).group_by("date", "a", "b", *also)
            .agg(nw.len().alias("every"), nw.col("hit").sum().alias("matching")).collect().to_arrow()
        )  # fmt: skip
        reported = _reported(events, store.frame("reports"), by_source=by_source)
    names = sorted(set(table["a"].unique().to_pylist()) | set(table["b"].unique().to_pylist()))
    index = {name: i for i, name in enumerate(names)}
    sources = sorted(set(reported[2])) if by_source else [""]
    place = {name: i for i, name in enumerate(sources)}
    told = table["source"].to_pylist() if by_source else [""] * len(table)
    return Days(
        _numbers(table["date"]), _indexed(table["a"], index), _indexed(table["b"], index),
        table["matching"].to_numpy().astype(float), table["every"].to_numpy().astype(float), names,
        reported[0], reported[1], np.array([place[s] for s in told], dtype=np.int64),
        np.array([place[s] for s in reported[2]], dtype=np.int64), sources,
    )  # fmt: skip


def _reported(events: Any, reports: Any, *, by_source: bool) -> tuple[Whole, Array, list[str]]:
    """All that was reported per day: events of any kind, and rows of imported data that tell no event; by whom."""
    import narwhals as nw

    dated = ~nw.col("date").is_null()
    parts = [
        events.filter(dated & (nw.col("status") == "occurred") & (nw.col("id") == nw.col("cluster"))),
        reports.filter(dated),
    ]
    also = ("source",) if by_source else ()
    days, counts = [], []
    sources: list[str] = []
    for part in parts:
        told = with_source(part) if by_source else part
        table = told.group_by("date", *also).agg(nw.len().alias("n")).collect().to_arrow()
        days.append(_numbers(table["date"]))
        counts.append(table["n"].to_numpy().astype(float))
        sources += table["source"].to_pylist() if by_source else [""] * len(table)
    return np.concatenate(days), np.concatenate(counts), sources


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
    case: Case,
    focus: str,
    partner: str | None,
    outcome: str,
    *,
    directed: bool,
    first: dt.date,
    last: dt.date,
    duplicates: Duplicates = "merged",
) -> list[OwnEvent]:
    """The events of the relation under test in a stretch of days (both included), by date; each once."""
    import narwhals as nw

    quads, types = quads_of(outcome)
    ahead = (nw.col("a") == focus) & ((nw.col("b") == partner) if partner else (nw.col("b") != focus))
    back = (nw.col("b") == focus) & ((nw.col("a") == partner) if partner else (nw.col("a") != focus))
    with case.store() as store:
        parties = store.frame("event_actors")
        events = with_source(counted(store.frame("events"), parties, duplicates))
        rows = dyad_rows(events, parties, also=("source",)).filter(ahead if directed else ahead | back)
        rows = rows.filter((nw.col("date") >= first) & (nw.col("date") <= last))
        if quads:
            rows = rows.filter(nw.col("quad").is_in(list(quads)))
        if types:
            rows = rows.filter(nw.col("type").is_in(list(types)))
        found = (
            rows.select("event", "date", "quad", "type", "score", "source").unique().collect().to_arrow().to_pylist()
        )
    seen: dict[str, OwnEvent] = {}
    for r in found:
        one = OwnEvent(r["event"], as_day(r["date"]), r["quad"], r["type"], r["score"] or 0.0, r["source"])
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
