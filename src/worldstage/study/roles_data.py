"""From a case's store to the arrays that roles are measured from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import ConfigError, WindowError
from worldstage.core.periods import Window, from_ordinal, ordinal
from worldstage.reference.plover import QUADS
from worldstage.reference.tables import states as state_rows
from worldstage.relations.dyads import dyad_rows
from worldstage.roles.compare import Span
from worldstage.roles.events import DyadEvents
from worldstage.study.relations import chosen_shock

if TYPE_CHECKING:
    from worldstage.study.case import Case
    from worldstage.study.settings import Shock

# Twelve weeks: long enough to count, short enough that other things have not happened.
MOST_DAYS = 84
GREAT_POWERS = ("USA", "RUS", "CHN", "GBR", "FRA")
"""The permanent members of the Security Council."""
_TRIM = 0.001


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: whose role, across which day, within which days of the data."""

    actor: str
    shock: Shock
    span: Span
    data: Window
    wanted: int

    @property
    def before(self) -> Window:
        """The days before that are compared."""
        return Window(from_ordinal(self.span.shock - self.span.days), from_ordinal(self.span.shock - 1))

    @property
    def after(self) -> Window:
        """The days after that are compared."""
        return Window(from_ordinal(self.span.shock), from_ordinal(self.span.shock + self.span.days - 1))


def read_events(case: Case) -> DyadEvents:
    """All dated dyadic events of a case that occurred."""
    import narwhals as nw

    with case.store() as store:
        rows = dyad_rows(store.frame("events"), store.frame("event_actors")).filter(~nw.col("date").is_null())
        table = rows.select("event", "date", "quad", "type", "score", "a", "b", "joint").collect().to_arrow()
    names, a, b = _coded(table["a"], table["b"])
    ids, event = _coded(table["event"])
    quads, quad = _coded(table["quad"])
    types, kind = _coded(table["type"])
    days = table["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    known = np.array([QUADS.index(q) if q in QUADS else -1 for q in quads], dtype=np.int64)
    talks = np.array([t == "CONSULT" for t in types], dtype=bool)
    score = np.nan_to_num(table["score"].to_numpy().astype(float))
    # Frames come in no certain order; results must not depend on it.
    order = np.lexsort((b, a, event, days))
    known = known[quad] if len(known) else quad
    talk = talks[kind] if len(talks) else np.zeros(len(kind), dtype=bool)
    joint = table["joint"].to_numpy(zero_copy_only=False).astype(bool)
    return DyadEvents(
        days[order], a[order], b[order], known[order], score[order], talk[order], joint[order], event[order], names, ids
    )


def _coded(*columns: Any) -> tuple[Any, ...]:
    """The sorted values of some columns, and each column as indices into them."""
    values = sorted({v for c in columns for v in c.unique().to_pylist() if v is not None})
    index = {v: i for i, v in enumerate(values)}
    out = []
    for column in columns:
        coded = column.combine_chunks().dictionary_encode()
        coded = coded.combine_chunks() if hasattr(coded, "combine_chunks") else coded
        known = np.array([index[v] for v in coded.dictionary.to_pylist()], dtype=np.int64)
        out.append(known[coded.indices.to_numpy()] if len(known) else np.zeros(0, dtype=np.int64))
    return values, *out


def ask(
    case: Case,
    days: NDArray[np.int64],
    *,
    actor: str | None = None,
    shock: dt.date | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    window: int | None = None,
) -> Asked:
    """What is asked, with the rest filled in from the case.

    Parameters
    ----------
    days
        The days of all events, since 1970.
    first, last
        The days that are looked at; the case's window, or all that the events cover, if not given.
    window
        Days on either side; by default as many as the data hold after the shock, at most twelve weeks.

    Raises
    ------
    ConfigError, UnknownNameError, WindowError
        Without an actor or shock; for an unknown name; where the shock lies outside the data.
    """
    from worldstage.study.effect_data import code_in

    name = actor or case.settings.focus
    if not name:
        raise ConfigError("No actor: the case has no focus.", hint="give --actor NAME, or set focus in case.toml")
    if not len(days):
        raise WindowError("The case has no dated event.", hint="`worldstage code`, or `worldstage import`")
    hit = chosen_shock(case, shock)
    data = covered(days, case.settings.window)
    data = Window(first or data.first, last or data.last)
    if hit.date not in data or hit.date == data.first:
        raise WindowError(
            f"The shock ({hit.date}) has no days on both sides: looked at is {data.first} to {data.last}.",
            hint="give --from and --to, or another --shock",
        )
    wanted = window or MOST_DAYS
    span = Span.fitting(ordinal(hit.date), ordinal(data.first), ordinal(data.last), most=wanted)
    return Asked(code_in(case, name), hit, span, data, wanted)


def covered(days: NDArray[np.int64], window: Window | None) -> Window:
    """From when to when the events go, as far as the case's window reaches; a few stray dates far out do not count."""
    first, last = int(days.min()), int(days.max())
    inner = [int(q) for q in np.quantile(days, [_TRIM, 1 - _TRIM])]
    if len(days) > 1 / _TRIM and inner[1] - inner[0] < 0.7 * (last - first):
        first, last = inner
    data = Window(from_ordinal(first), from_ordinal(last))
    return window or data


def are_states(names: list[str]) -> NDArray[np.bool_]:
    """Which codes are those of states."""
    known = {row["code"] for row in state_rows() if row["kind"] != "territory"}
    return np.array([n in known for n in names], dtype=bool)
