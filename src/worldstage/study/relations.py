"""The relations of a case: from its store to dyads that moved, in numbers and in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import ConfigError, WindowError
from worldstage.core.periods import Unit, Window, as_day
from worldstage.core.results import Direction, Finding, Result, Table
from worldstage.relations.counting import (
    VOLUMES,
    Duplicates,
    Volume,
    constant_sources,
    counted,
    counting_words,
    with_source,
)
from worldstage.relations.dyads import dyad_rows, dyad_series
from worldstage.relations.measures import Moved, Row, first_after, moved, partners
from worldstage.study.settings import Shock

if TYPE_CHECKING:
    from worldstage.study.case import Case

COLUMNS: Mapping[str, str] = {
    "dyad": "relation",
    "before": "events before",
    "after": "events after",
    "expected": "expected after",
    "ratio": "ratio",
    "low": "95 % low",
    "high": "95 % high",
    "cooperation_before": "coop. before",
    "cooperation_after": "coop. after",
    "conflict_before": "conflict before",
    "conflict_after": "conflict after",
    "score_before": "score before",
    "score_after": "score after",
    "share_before": "share before %",
    "share_after": "share after %",
    "verdict": "verdict",
}
_OUTCOME_WORDS = {"all": "events", "cooperation": "cooperative events", "conflict": "conflictual events"}


def series(
    case: Case,
    *,
    unit: Unit | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    statuses: tuple[str, ...] = ("occurred",),
    duplicates: Duplicates = "merged",
    by_source: bool = False,
) -> list[Row]:
    """The series of all dyads of a case; with `by_source`, a row for each source."""
    also = ("source",) if by_source else ()
    with case.store() as store:
        events, parties = store.frame("events"), store.frame("event_actors")
        used = counted(events, parties, duplicates)
        rows = dyad_rows(with_source(used) if by_source else used, parties, statuses=statuses, also=also)
        table = dyad_series(rows, unit=unit or case.settings.unit, first=first, last=last, also=also).collect()
    names = ("period", "a", "b", "quad", "joint", "count", "score", *also)
    return [Row(as_day(r["period"]), *(r[n] for n in names[1:])) for r in table.to_arrow().to_pylist()]


@dataclass(frozen=True, slots=True)
class Counting:
    """What was counted of a case, and against what.

    Attributes
    ----------
    tellings, events
        Dated events that occurred, as often as they are told; and those of them that count.
    left_out
        Events of sources that hardly report on one side of the shock.
    sources
        Those that are compared with themselves; empty, unless `volume` is ``source``.
    """

    duplicates: Duplicates
    volume: Volume
    tellings: int
    events: int
    left_out: int = 0
    sources: tuple[str, ...] = ()

    @property
    def parameters(self) -> dict[str, Any]:
        """For the record of a result."""
        return {
            "duplicates": self.duplicates, "volume": self.volume, "tellings": self.tellings, "events": self.events,
            "folded": self.tellings - self.events, "left_out": self.left_out, "sources": list(self.sources),
        }  # fmt: skip

    @property
    def text(self) -> str:
        """One sentence for a reader."""
        return counting_words(self.duplicates, self.volume, self.tellings, self.events, self.left_out, self.sources)


def tally(case: Case, duplicates: Duplicates, volume: Volume) -> Counting:
    """How many events of a case count.

    Raises
    ------
    ConfigError
        For an unknown volume or treatment of duplicates.
    """
    import narwhals as nw

    if volume not in VOLUMES:
        raise ConfigError(f"Unknown volume: {volume!r}.", expected=", ".join(VOLUMES))
    with case.store() as store:
        events = store.frame("events").filter(~nw.col("date").is_null() & (nw.col("status") == "occurred"))
        used = counted(events, store.frame("event_actors"), duplicates).filter(nw.col("id") == nw.col("cluster"))
        numbers = [int(f.select(nw.len().alias("n")).collect().to_arrow()["n"].to_pylist()[0]) for f in (events, used)]
    return Counting(duplicates, volume, numbers[0], numbers[1])


def volume_of(volume: Volume | None, *, normalise: bool) -> Volume:
    """The volume asked for; what is not normalised is measured against nothing."""
    return (volume or "total") if normalise else "none"


def study_window(case: Case, rows: Sequence[Row]) -> Window:
    """The window of the settings, or else from the first document or event to the last.

    Raises
    ------
    WindowError
        If nothing is dated.
    """
    if case.settings.window:
        return case.settings.window
    days = [d.published for d in case.documents() if d.published] or [r.period for r in rows]
    if not days:
        raise WindowError(
            "The case has no dated document and no dated event.",
            hint="`worldstage add` with --published, then `worldstage code`",
        )
    return Window(min(days), max(days))


def chosen_shock(case: Case, given: dt.date | None) -> Shock:
    """The shock asked for, else the first of the settings.

    Raises
    ------
    ConfigError
        If there is none.
    """
    if given:
        named = [s for s in case.settings.shocks if s.date == given]
        return named[0] if named else Shock(str(given), given)
    if not case.settings.shocks:
        raise ConfigError(
            f"{case.folder / 'case.toml'} names no shock.",
            hint="add [[shocks]] with a name and a date, or give --shock YYYY-MM-DD",
        )
    return case.settings.shocks[0]


def relations(
    case: Case,
    *,
    actor: str | None = None,
    between: Sequence[str] | None = None,
    shock: dt.date | None = None,
    unit: Unit | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    directed: bool = False,
    normalise: bool = True,
    volume: Volume | None = None,
    duplicates: Duplicates = "merged",
    limit: int = 12,
) -> Result:
    """How the relations of an actor, or of a pair, stood before and after a shock.

    Parameters
    ----------
    actor
        Name or code; the case's focus, if neither this nor `between` is given.
    normalise
        Measure rates per reported event rather than per unit of time; without, `volume` does not matter.
    volume
        What rates are measured against: ``total`` reporting, if not given; that of the same ``source``; or ``none``.
    duplicates
        What counts as one event; see `worldstage.relations.counting.counted`.

    Raises
    ------
    ConfigError, UnknownNameError, WindowError
        Without an actor or shock; for an unknown name; where the window leaves nothing to compare.
    """
    unit = unit or case.settings.unit
    hit = chosen_shock(case, shock)
    against = volume_of(volume, normalise=normalise)
    counting = tally(case, duplicates, against)
    normalise, by_source = against != "none", against == "source"
    rows = series(case, unit=unit, first=first, last=last, duplicates=duplicates, by_source=by_source)
    window = study_window(case, rows)
    window = Window(first or window.first, last or window.last)
    if hit.date not in window:
        raise WindowError(
            f"The shock ({hit.date}) lies outside the window, {window.first} to {window.last}.",
            hint="change the window in case.toml, or give --from and --to",
        )
    if by_source:
        rows, counting = _of_constant_sources(rows, set(window.periods(unit)), first_after(hit.date, unit), counting)
    code_of = case.directory.code_of
    if between:
        pairs: list[tuple[str, str | None]] = [(code_of(between[0]), code_of(between[1]))]
    else:
        name = actor or case.settings.focus
        if not name:
            raise ConfigError(
                "No actor: the case has no focus.", hint="give --actor NAME or --between A B, or set focus in case.toml"
            )
        focus = code_of(name)
        pairs = [(focus, None), *((focus, other) for other, _ in partners(rows, focus)[:limit])]
    found = [
        moved(
            rows,
            a,
            b,
            shock=hit.date,
            window=window,
            unit=unit,
            directed=directed,
            normalise=normalise,
            by_source=by_source,
        )
        for a, b in pairs
    ]
    labels = [_label(case, m, directed=directed) for m in found]
    named = list(zip(labels, found, strict=True))
    table = Table(
        COLUMNS,
        [_row(label, m) for label, m in named],
        caption=f"Before and after {_named(hit)}, per {unit}; "
        f"rates {'per reported event' if normalise else f'per {unit}'}",
    )
    findings = tuple(_finding(label, m, hit, unit, normalise=normalise) for label, m in named)
    text = findings[0].text if findings else "No relations to compare."
    return Result(
        text,
        table,
        parameters={
            "shock": str(hit.date),
            "shock_name": hit.name,
            "from": str(window.first),
            "to": str(window.last),
            "unit": unit,
            "directed": directed,
            "normalised": normalise,
            "after": str(first_after(hit.date, unit)),
            **counting.parameters,
            "counted": counting.text,
        },
        warnings=tuple(_warnings(case, hit, found)),
        findings=findings,
    )


def _of_constant_sources(
    rows: Sequence[Row], periods: set[dt.date], split: dt.date, counting: Counting
) -> tuple[list[Row], Counting]:
    """The rows of sources that report on both sides of the shock, small sources taken together."""
    sides: dict[str, list[float]] = {}
    for r in rows:
        if r.period in periods and not r.echo:
            sides.setdefault(r.source, [0.0, 0.0])[r.period >= split] += r.count
    lengths = sum(p < split for p in periods), sum(p >= split for p in periods)
    groups = constant_sources({name: (before, after) for name, (before, after) in sides.items()}, lengths)
    kept = [replace(r, source=groups[r.source]) for r in rows if r.source in groups]
    gone = int(sum(sum(side) for name, side in sides.items() if name not in groups))
    return kept, replace(counting, left_out=gone, sources=tuple(sorted(set(groups.values()))))


def _named(shock: Shock) -> str:
    return shock.name if shock.name == str(shock.date) else f"{shock.name} ({shock.date})"


def _label(case: Case, m: Moved, *, directed: bool) -> str:
    name = case.directory.name_of
    return f"{name(m.a)}, all relations" if m.b == "*" else f"{name(m.a)} {'→' if directed else '–'} {name(m.b)}"


def _row(label: str, m: Moved) -> dict[str, Any]:
    total, coop, conflict = (m.outcomes[k] for k in ("all", "cooperation", "conflict"))
    return {
        "dyad": label,
        "a": m.a,
        "b": m.b,
        "before": total.before,
        "after": total.after,
        "expected": _number(total.expected),
        "ratio": _number(total.ratio),
        "low": _number(total.low),
        "high": _number(total.high),
        "cooperation_before": coop.before,
        "cooperation_after": coop.after,
        "conflict_before": conflict.before,
        "conflict_after": conflict.after,
        "score_before": _number(m.score_before),
        "score_after": _number(m.score_after),
        "share_before": round(100 * m.share_before, 1),
        "share_after": round(100 * m.share_after, 1),
        "verdict": total.verdict,
    }


def _number(value: float | None) -> float | None:
    import math

    return round(value, 2) if value is not None and math.isfinite(value) else None


def _finding(label: str, m: Moved, shock: Shock, unit: Unit, *, normalise: bool) -> Finding:
    """The sentence for one dyad: of its three outcomes the one that moved most surely."""
    named = {"rose": "up", "fell": "down", "no clear change": "flat", "too few to tell": "unknown"}
    order = {"rose": 0, "fell": 0, "no clear change": 1, "too few to tell": 2}
    outcome = min(
        m.outcomes, key=lambda k: (order[m.outcomes[k].verdict], -(m.outcomes[k].before + m.outcomes[k].after), k)
    )
    c = m.outcomes[outcome]
    what = _OUTCOME_WORDS[outcome]
    direction: Direction = named[c.verdict]  # type: ignore[assignment]
    lengths = f"{c.before} in {c.periods_before} {unit}s before, {c.after} in {c.periods_after} {unit}s after"
    if c.verdict == "too few to tell":
        text = f"{label}: {what} {lengths}: too few to tell."
        return Finding(label, text, "unknown", weight=c.before + c.after)
    per = "given the volume of reporting" if normalise else f"per {unit}"
    if c.before == 0:
        size = f"none before; at least {c.low:.1f} times as many {per} after (95 % interval)"
    else:
        size = f"{c.ratio:.1f} times as many {per} (95 % interval {c.low:.1f} to {c.high:.1f})"
    moved_words = {"rose": f"more {what}", "fell": f"fewer {what}", "no clear change": f"no clear change in {what}"}
    text = f"{label}: {moved_words[c.verdict]} after {shock.name}: {lengths}; {size}."
    certain = 100.0 if c.verdict in ("rose", "fell") else 0.0
    return Finding(label, text, direction, weight=certain + c.before + c.after)


def _warnings(case: Case, shock: Shock, found: Sequence[Moved]) -> list[str]:
    out = []
    for other in case.settings.shocks:
        if other.date != shock.date and abs((other.date - shock.date).days) < 28:
            first, second = sorted((shock, other), key=lambda s: s.date)
            out.append(
                f"{first.name} and {second.name} lie {(second.date - first.date).days} days apart: "
                "their effects cannot be told apart here."
            )
    if found and found[0].outcomes["all"].before + found[0].outcomes["all"].after < 30:
        out.append("The case is small: fewer than 30 events carry these figures.")
    out.append("Before and after are compared; what else changed at the same time is not held constant.")
    return out
