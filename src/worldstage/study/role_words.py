"""How the change of a role is put into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from worldstage.roles.compare import LEAST_REFERENCE, LEVEL, Moved
from worldstage.study.roles_data import Asked

if TYPE_CHECKING:
    from worldstage.study.case import Case

MOVED = ("rose", "fell")
_SPELT = 3
_CLOSE_DAYS = 28
_SMALL = 30


class Labels:
    """Names of measures with actors by their usual names."""

    def __init__(self, name_of: Callable[[str], str]) -> None:
        self._name_of = name_of

    def __call__(self, m: Moved) -> str:
        """The name of the measure."""
        key = m.measure.key
        if key.startswith("score_"):
            return f"mean score with {self._name_of(key.removeprefix('score_'))}"
        return m.measure.label


def row(m: Moved, label: Labels) -> dict[str, Any]:
    """The row of a measure, with plain numbers; shares are in per cent."""
    scale = 100 if m.measure.percent else 1
    digits = 1 if m.measure.percent else 3 if m.measure.group in ("standing", "brokerage") else 2

    def shown(value: float | None, *, ratio: bool = False) -> float | None:
        return None if value is None else round(value * (1 if ratio else scale), 2 if ratio else digits)

    return {
        "key": m.measure.key, "label": label(m) + (" (%)" if m.measure.percent else ""), "group": m.measure.group,
        "before": shown(m.before), "after": shown(m.after),
        **{k: shown(getattr(m, k), ratio=m.measure.count) for k in ("change", "low", "high")},
        "ratio": m.measure.count, "rank_before": m.rank_before, "rank_after": m.rank_after,
        "p": None if m.p is None else round(m.p, 4), "reference": m.reference, "references": m.references,
        "floor": None if m.floor is None else round(m.floor, 4), "support_before": m.support[0],
        "support_after": m.support[1], "verdict": m.verdict, "reason": m.reason,
    }  # fmt: skip


def overall(rows: Sequence[Moved]) -> str:
    """``shifted``, ``no clear shift`` or ``too few to tell``."""
    if any(m.verdict in MOVED for m in rows):
        return "shifted"
    return "too few to tell" if all(m.verdict == "too few to tell" for m in rows) else "no clear shift"


def told(m: Moved, name: str, label: Labels) -> str:
    """The sentence for one measure."""
    what = label(m)
    if m.verdict == "too few to tell":
        return f"{name}, {what}: {m.reason}: too few to tell."
    return f"{name}, {what}: {m.verdict}, {_numbers(m)}."


def sentence(name: str, rows: Sequence[Moved], asked: Asked, name_of: Callable[[str], str]) -> str:
    """One or two sentences on the whole."""
    days = asked.span.days
    shock = (
        asked.shock.name if asked.shock.name == str(asked.shock.date) else f"{asked.shock.name} ({asked.shock.date})"
    )
    stretch = f"{days} days before and after {shock}"
    tested = [m for m in rows if m.verdict != "too few to tell"]
    if not tested:
        reasons = dict.fromkeys(m.reason for m in rows[:1])
        return f"{name}, {stretch}: too few to tell ({'; '.join(reasons)})."
    moved = [m for m in tested if m.verdict in MOVED]
    label = Labels(name_of)
    if not moved:
        return f"{name}, {stretch}: no clear shift of its role on {len(tested)} measures; {_events(rows)}."
    parts = [f"{label(m)} {m.verdict} from {_short(m)}" for m in moved[:_SPELT]]
    rest = [f"{label(m)} ({m.verdict})" for m in moved[_SPELT:]]
    more = f"; also moved: {_listed(rest)}" if rest else ""
    still = len(tested) - len(moved)
    end = f"; no clear change on {still} other measures" if still else ""
    return f"{name}, {stretch}: {'; '.join(parts)}{more}{end}.{_conclusion(tested)}"


def _short(m: Moved) -> str:
    low, high = (_difference(m, x or 0.0) for x in (m.low, m.high))
    ranks = f"; rank {m.rank_before} → {m.rank_after}" if m.rank_before and m.rank_after else ""
    values = f"{_value(m, m.before)} to {_value(m, m.after)}"
    return f"{values} (change {low} to {high}, 95 % interval{ranks}; p {m.p or 0:.3f})"


def _conclusion(tested: Sequence[Moved]) -> str:
    """What the groups of measures say together."""
    groups: dict[str, list[bool]] = {m.measure.group: [] for m in tested}
    for m in tested:
        groups[m.measure.group].append(m.verdict in MOVED)
    noticed = any(groups.get("attention", []))
    conduct = groups.get("conduct")
    if noticed and conduct and not any(conduct):
        return " Attention shifted; its conduct did not clearly."
    if conduct and any(conduct) and not noticed:
        return " Its conduct shifted without a clear shift of attention."
    return ""


def _events(rows: Sequence[Moved]) -> str:
    return f"{rows[0].support[0]} events before and {rows[0].support[1]} after"


def _numbers(m: Moved) -> str:
    out = [f"{_value(m, m.before)} → {_value(m, m.after)}", _interval(m)]
    if m.rank_before and m.rank_after:
        out.append(f"rank {m.rank_before} → {m.rank_after} among states")
    if m.p is not None:
        past = m.reference == "earlier windows"
        among = f"{m.references} {'pairs of earlier windows' if past else 'other actors'}"
        floor = ", the least possible" if m.floor and m.p <= m.floor * 1.0001 else ""
        out.append(f"p {m.p:.3f} against {among}{floor}")
    return ", ".join(out)


def _value(m: Moved, value: float | None) -> str:
    if value is None:
        return "none"
    if m.measure.percent:
        return f"{100 * value:.1f} %"
    whole = m.measure.count or m.measure.group == "ties" or m.measure.key == "mediations"
    return (
        f"{value:.0f}" if whole else f"{value:.3f}" if m.measure.group in ("standing", "brokerage") else f"{value:.1f}"
    )


def _interval(m: Moved) -> str:
    change, low, high = (_difference(m, x or 0.0) for x in (m.change, m.low, m.high))
    return f"{change}, 95 % interval {low} to {high}"


def _difference(m: Moved, value: float) -> str:
    if m.measure.count:
        return f"×{value:.1f}"
    if m.measure.percent:
        return f"{100 * value:+.1f} points"
    return f"{value:+.3f}" if m.measure.group in ("standing", "brokerage") else f"{value:+.1f}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def warnings(case: Case, asked: Asked, rows: Sequence[Moved], actor: str) -> list[str]:
    """What has to be known with it."""
    out, span = [], asked.span
    if span.days < asked.wanted:
        out.append(
            f"Windows of {span.days} days, the longest that the data hold on both sides; {asked.wanted} were sought."
        )
    tested = [m for m in rows if m.verdict != "too few to tell"]
    if tested:
        out.append(
            f"{len(tested)} measures were tested at {LEVEL:.0%}: about {LEVEL * len(tested):.0f} would seem to move by "
            "chance, and measures of one network move together."
        )
    pairs = len(span.placebos())
    if pairs < LEAST_REFERENCE:
        out.append(
            f"{pairs} pairs of earlier windows; {LEAST_REFERENCE} are needed to compare with the actor's own past. "
            "Other actors across the same days are compared with instead, where they are enough."
        )
    elif span.days:
        apart = (span.shock - span.first) // (2 * span.days)
        out.append(f"Earlier pairs of windows overlap: the past holds {apart} that do not.")
    if tested and min(rows[0].support) < _SMALL:
        out.append(
            f"{_events(rows).capitalize()}: fewer than {_SMALL} in a window. Where the data are a sample of the "
            "reporting, that tells a direction rather than a size."
        )
    for other in case.settings.shocks:
        if other.date != asked.shock.date and asked.before.first < other.date <= asked.after.last:
            gap = abs((other.date - asked.shock.date).days)
            apart_words = (
                "their effects cannot be told apart here" if gap < _CLOSE_DAYS else "it lies in the windows compared"
            )
            out.append(f"{other.name} lies {gap} days from {asked.shock.name}: {apart_words}.")
    out.append("Before and after are compared; what else changed at the same time is not held constant.")
    return out
