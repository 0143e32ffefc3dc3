"""Many relations at once, ranked by how surely a shock moved them; files that `effect` reads and writes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from worldstage.core.errors import InputError
from worldstage.core.results import Result, Table
from worldstage.effects.calibration import TOO_FEW
from worldstage.effects.filter import Grid
from worldstage.effects.scan import benjamini_hochberg
from worldstage.effects.scan import scan as scan_rows
from worldstage.study.effect_ask import ask, laid_out
from worldstage.study.effect_clock import DAYS
from worldstage.study.effect_data import times_in_data
from worldstage.study.effect_result import Wanted
from worldstage.study.effect_series import panel_of

if TYPE_CHECKING:
    from worldstage.study.case import Case
    from worldstage.study.effect_result import Effect

COLUMNS = {
    "dyad": "relation", "before": "before", "after": "after", "periods": "periods after", "expected": "expected",
    "ratio": "ratio", "low": "95 % low", "high": "95 % high", "p": "p", "q": "q (BH)", "verdict": "verdict",
}  # fmt: skip
# Of what is reported as moved, at most this share is false on average.
_FALSE_SHARE = 0.1


def scan(case: Case, *, everyone: bool = False, limit: int = 20, **wanted: Unpack[Wanted]) -> Result:
    """Which relations of an actor (of all actors, with `everyone`) a shock moved, the surest first.

    Raises
    ------
    ConfigError, UnknownNameError, WindowError
        As `worldstage.study.effects.effect`.
    """
    asked = ask(case, anybody=everyone, **wanted)
    directed = asked.directed
    found_data = laid_out(case, asked)
    days, clock = found_data.days, found_data.clock
    span = asked.span(clock)
    names, panel = panel_of(days, clock, directed=directed, volume=asked.volume)
    rows = np.array([i for i, pair in enumerate(names) if everyone or asked.focus in pair], dtype=np.int64)
    events = panel.counts[:, span.first : span.end].sum(1) if len(names) else np.zeros(0)
    told = rows[events[rows] >= TOO_FEW] if len(rows) else rows
    found = scan_rows(panel, told, span, Grid.of(DAYS[asked.unit])) if len(told) and span.before and span.after else []
    adjusted = benjamini_hochberg([f.tail for f in found])
    label = case.directory.name_of
    table: list[dict[str, Any]] = [
        {
            "dyad": f" {'→' if directed else '–'} ".join(label(n) for n in names[int(row)]),
            "a": names[int(row)][0], "b": names[int(row)][1], "before": f.before, "after": f.after,
            "periods": f.periods, "expected": round(f.expected, 2), "ratio": round(f.ratio, 2), "low": round(f.low, 2),
            "high": round(f.high, 2), "p": float(f"{f.p:.3g}"), "q": float(f"{q:.3g}"),
            "verdict": f.verdict if q < _FALSE_SHARE or f.verdict not in ("rose", "fell") else "no clear change",
        }
        for row, f, q in zip(told, found, adjusted, strict=True)
    ]  # fmt: skip
    table.sort(key=lambda r: (r["q"], r["p"], -abs(np.log((r["after"] + 0.5) / (r["expected"] + 0.5))), r["dyad"]))
    moved = [r for r in table if r["verdict"] in ("rose", "fell")]
    who = "all pairs" if everyone else f"{label(asked.focus)}'s relations"
    text = (
        f"Of {len(rows)} of {who}, {len(told)} have enough events to tell; {len(moved)} moved after {asked.shock.name} "
        f"(at most one in ten of these by chance, Benjamini–Hochberg)."
    )
    absent = [] if everyone or times_in_data(case, asked.focus) else [f"{label(asked.focus)} is not in the data."]
    return Result(
        text, Table(COLUMNS, table[:limit], caption=f"Relations by how surely they moved, {asked.outcome}"),
        parameters={"focus": None if everyone else asked.focus, "shock": str(asked.shock.date), "unit": asked.unit,
                    "outcome": asked.outcome, "before": span.before, "after": span.after,
                    "relations": len(rows), "tested": len(told), "moved": len(moved),
                    **found_data.counting.parameters, "counted": found_data.counting.text},
        warnings=tuple(absent),
    )  # fmt: skip


def read_confusion(path: str) -> tuple[list[str], np.ndarray]:
    """A coder's confusion matrix from CSV: a header of classes, then a row per true class, its name first.

    Raises
    ------
    InputError
        If it cannot be read, is not square, or has other than numbers from 0.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = [r for r in csv.reader(file) if any(c.strip() for c in r)]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
    expected = "a header with the classes, then one row per true class: its name and the counts per coded class"
    classes = [c.strip() for c in rows[0][1:]] if rows else []
    by_name = {r[0].strip(): r[1:] for r in rows[1:]}
    if not classes or set(by_name) != set(classes) or any(len(r) != len(classes) for r in by_name.values()):
        raise InputError(f"{path} is no square table of classes.", expected=expected)
    try:
        matrix = np.array([[float(v) for v in by_name[c]] for c in classes])
    except ValueError as error:
        raise InputError(f"{path}: {error}.", expected=expected) from error
    if not (np.isfinite(matrix).all() and (matrix >= 0).all()):
        raise InputError(f"{path} has negative or infinite counts.", expected=expected)
    return classes, matrix


def write_chart(effect: Effect, path: str) -> None:
    """Draw observed, expected and band to an SVG file.

    Raises
    ------
    InputError
        If there is nothing to draw, or the file cannot be written.
    """
    from worldstage.charts.effect import Period, effect_chart
    from worldstage.charts.svg import to_svg

    if not effect.series:
        raise InputError(f"Nothing to draw: {effect.text}")
    periods = [Period(**row) for row in effect.series]
    drawn = to_svg(
        effect_chart(periods, effect.shock), ident="effect", title="Observed and expected", description=effect.text
    )
    # A file of its own, not a part of a page: it needs the namespace.
    drawn = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    try:
        Path(path).write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error
