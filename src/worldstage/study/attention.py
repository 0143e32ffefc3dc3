"""What the reporting of an actor is about, by issue, place and partner, before and after a shock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from worldstage.core.errors import WindowError
from worldstage.core.periods import as_day, ordinal
from worldstage.reference.tables import state_names
from worldstage.roles.attention import OTHER, Mix, Part, Reports, mix
from worldstage.study.roles import ABSENT, parameters_of
from worldstage.study.roles_data import Asked, ask

if TYPE_CHECKING:
    from worldstage.study.case import Case

COLUMNS: Mapping[str, str] = {
    "part": "part",
    "before": "events before",
    "after": "events after",
    "share_before": "share before %",
    "share_after": "share after %",
    "change": "change (log-ratio)",
    "low": "95 % low",
    "high": "95 % high",
    "verdict": "verdict",
}
ALL_COLUMNS: Mapping[str, str] = {"by": "by", **COLUMNS}


@dataclass(frozen=True, slots=True)
class Told:
    """One mix in words and numbers.

    Attributes
    ----------
    by
        ``issue``, ``place`` or ``partner``.
    known
        Share of the actor's events in the two windows of which this is known.
    """

    by: str
    text: str
    caption: str
    verdict: str
    distance: float | None
    p: float | None
    reference: str
    known: float
    rows: Sequence[Mapping[str, Any]]
    columns: Mapping[str, str] = field(default_factory=lambda: dict(COLUMNS))


@dataclass(frozen=True, slots=True)
class Attention:
    """How the attention to an actor, and its own, moved; `text` can be quoted."""

    actor: str
    shock: dt.date
    verdict: str
    text: str
    mixes: Sequence[Told]
    warnings: Sequence[str]
    parameters: Mapping[str, Any]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of all mixes in one table."""
        return [{"by": m.by, **r} for m in self.mixes for r in m.rows]

    @property
    def columns(self) -> Mapping[str, str]:
        """The columns of `rows`."""
        return ALL_COLUMNS


@dataclass(frozen=True, slots=True)
class _Report:
    day: int
    contexts: tuple[str, ...]
    place: str | None
    partners: tuple[str, ...]


def attention(
    case: Case,
    *,
    actor: str | None = None,
    shock: dt.date | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    window: int | None = None,
    draws: int = 500,
    seed: int = 0,
) -> Attention:
    """What the reporting of an actor is about, before and after a shock, as shares; see `worldstage.study.roles.roles`.

    Raises
    ------
    ConfigError, UnknownNameError, WindowError
        Without an actor or shock; for an unknown name; where the shock lies outside the data.
    """
    asked = ask(case, _all_days(case), actor=actor, shock=shock, first=first, last=last, window=window)
    name = case.directory.name_of(asked.actor)
    reports = _reports(case, asked.actor)
    parameters = {**parameters_of(asked, seed), "draws": draws}
    if not reports:
        text = f"{name}: not in the data; nothing can be said about the reporting of it."
        return Attention(asked.actor, asked.shock.date, ABSENT, text, (), (), parameters)
    kinds: tuple[tuple[str, Callable[[_Report], Sequence[str]], Callable[[str], str]], ...] = (
        ("issue", lambda r: r.contexts, lambda c: c.replace("_", " ")),
        ("place", lambda r: (r.place,) if r.place else (), lambda c: state_names().get(c, c)),
        ("partner", lambda r: r.partners, case.directory.name_of),
    )
    mixes = [_told(by, reports, of, named, asked, draws, seed) for by, of, named in kinds]
    texts = [m.text for m in mixes if m.verdict == "moved"] or [m.text for m in mixes]
    verdicts = [m.verdict for m in mixes]
    verdict = next((v for v in ("moved", "no clear change") if v in verdicts), "too few to tell")
    text = f"{name}, {asked.span.days} days before and after {asked.shock.name}: {' '.join(texts)}"
    return Attention(asked.actor, asked.shock.date, verdict, text, mixes, _warnings(mixes, asked), parameters)


def _all_days(case: Case) -> np.ndarray:
    import narwhals as nw

    with case.store() as store:
        found = store.frame("events").filter(~nw.col("date").is_null() & (nw.col("status") == "occurred"))
        column = found.select("date").collect().to_arrow()["date"].to_numpy()
    if not len(column):
        raise WindowError("The case has no dated event.", hint="`worldstage code`, or `worldstage import`")
    return np.asarray(column.astype("datetime64[D]").astype(np.int64))


def _reports(case: Case, actor: str) -> list[_Report]:
    """The events in which an actor takes part, each once."""
    import narwhals as nw

    with case.store() as store:
        events = store.frame("events").filter(
            ~nw.col("date").is_null() & (nw.col("status") == "occurred") & (nw.col("id") == nw.col("cluster"))
        )
        parties = store.frame("event_actors").filter(~nw.col("code").is_null()).select("event", "document", "code")
        keys = ["event", "document"]
        mine = parties.filter(nw.col("code") == actor).select(*keys).unique()
        events = events.rename({"id": "event"}).select(*keys, "date", "context", "place", "place_country")
        rows = events.join(mine, on=keys, how="inner").collect().to_arrow().to_pylist()
        others = parties.join(mine, on=keys, how="inner").filter(nw.col("code") != actor).unique()
        with_whom: dict[str, set[str]] = {}
        for r in others.collect().to_arrow().to_pylist():
            with_whom.setdefault(r["event"], set()).add(r["code"])
    seen: dict[str, _Report] = {}
    for r in sorted(rows, key=lambda r: (r["event"], r["document"] or "")):
        where = r["place_country"] or r["place"]
        partners = tuple(sorted(with_whom.get(r["event"], ())))
        seen.setdefault(r["event"], _Report(ordinal(as_day(r["date"])), tuple(r["context"] or ()), where, partners))
    return list(seen.values())


def _told(
    by: str,
    reports: Sequence[_Report],
    of: Callable[[_Report], Sequence[str]],
    named: Callable[[str], str],
    asked: Asked,
    draws: int,
    seed: int,
) -> Told:
    entries = [(r.day, part, 1 / len(parts)) for r in reports if (parts := of(r)) for part in parts]
    names = sorted({part for _, part, _ in entries})
    index = {n: i for i, n in enumerate(names)}
    made = Reports(
        np.array([e[0] for e in entries], dtype=np.int64), np.array([index[e[1]] for e in entries], dtype=np.int64),
        np.array([e[2] for e in entries], dtype=float), names,
    )  # fmt: skip
    found = mix(made, asked.span, draws=draws, seed=seed)
    span = asked.span
    inside = [r for r in reports if span.shock - span.days <= r.day < span.shock + span.days]
    known = sum(bool(of(r)) for r in inside) / len(inside) if inside else 0.0
    caption = f"By {by}: {found.before:.0f} events before, {found.after:.0f} after"
    return Told(
        by, _sentence(by, found, named), caption, found.verdict, found.distance, found.p, found.reference, known,
        [_row(p, named) for p in found.parts],
    )  # fmt: skip


def _row(p: Part, named: Callable[[str], str]) -> dict[str, Any]:
    def shown(value: float, digits: int = 2) -> float | None:
        return round(value, digits) if np.isfinite(value) else None

    return {
        "part": p.name if p.name == OTHER else named(p.name), "code": p.name,
        "before": round(p.before, 1), "after": round(p.after, 1),
        "share_before": round(100 * p.share_before, 1), "share_after": round(100 * p.share_after, 1),
        "change": shown(p.change), "low": shown(p.low), "high": shown(p.high), "verdict": p.verdict,
    }  # fmt: skip


_WHAT = {"issue": "issues", "place": "places", "partner": "partners"}


def _sentence(by: str, found: Mix, named: Callable[[str], str]) -> str:
    """``By place, the reporting moved from Ukraine (40 % → 12 %) to Syria (8 % → 45 %).``"""
    if found.verdict == "too few to tell":
        return f"By {by}: too few to tell ({found.reason})."
    among = f"p {found.p:.3f} against {found.references} " + (
        "pairs of earlier windows" if found.reference == "earlier windows" else "random orders of the weeks"
    )
    far = f"{100 * (found.distance or 0):.0f} % of the mix changed, {among}"
    if found.verdict != "moved":
        return f"By {by}: no clear change of the mix ({far})."
    parts = sorted((p for p in found.parts if p.name != OTHER), key=lambda p: p.share_after - p.share_before)
    if not parts or parts[0].share_after >= parts[0].share_before or parts[-1].share_after <= parts[-1].share_before:
        return f"By {by}: the mix moved among the rarer {_WHAT[by]} ({far})."
    return f"By {by}: from {_moved(parts[0], named)} to {_moved(parts[-1], named)} ({far})."


def _moved(p: Part, named: Callable[[str], str]) -> str:
    return f"{named(p.name)} ({100 * p.share_before:.0f} % → {100 * p.share_after:.0f} %)"


def _warnings(mixes: Sequence[Told], asked: Asked) -> list[str]:
    out = []
    if asked.span.days < asked.wanted:
        out.append(
            f"Windows of {asked.span.days} days, the longest that the data hold on both sides; "
            f"{asked.wanted} were sought."
        )
    for m in mixes:
        if m.known < 0.5:
            out.append(f"The {m.by} is known of {m.known:.0%} of the events.")
    if any(m.reference == "shuffled weeks" for m in mixes):
        out.append(
            "Too few earlier windows: the distance is compared with the same weeks in random order. Where the "
            "reporting drifts anyhow, that finds a change too often."
        )
    return out
