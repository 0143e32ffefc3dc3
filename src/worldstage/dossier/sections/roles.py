"""The role of the focus actor before and after each shock: ranks, measures, partners, blocs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from worldstage.charts.roles import Shift, shifts
from worldstage.dossier import links, words
from worldstage.dossier.book import Book
from worldstage.dossier.content import RoleLine
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill

_TOO_FEW = "too few to tell"
_COLUMNS = (
    Column("label", "Measure"),
    Column("moved", "Before → after"),
    Column(
        "change", "Change (95 % interval)", False,
        "Of a count the ratio (half an event is added to both), else the difference. The interval comes from drawing "
        "the days of each window again.",
    ),
    Column("rank", "Rank", False, "Among the states with any event; 1 is the greatest, of constraint the least."),
    Column("p", "p", True, "The share of earlier windows (or of other actors) that moved at least as much."),
    Column("verdict", "Verdict"),
)  # fmt: skip
_BLOC = 8


def render(book: Book) -> Markup:
    """One part per shock."""
    parts = [_part(book, n, line) for n, line in enumerate(book.content.roles, 1)]
    return fill("roles.html.j2", {"parts": parts, "focus": book.focus})


def _part(book: Book, n: int, line: RoleLine) -> dict[str, Any]:
    p, rows = line.result.parameters, line.result.table.rows
    few = sum(r["verdict"] == _TOO_FEW for r in rows)
    return {
        "anchor": links.anchor("role", f"{n}"),
        "name": str(p.get("shock_name", "")),
        "text": line.result.text,
        "basis": _basis(line),
        "picture": _picture(book, n, line) if few < len(rows) else None,
        "grid": Grid(line.result.table.caption, _COLUMNS, [_row(r) for r in rows]) if rows else None,
        "all_few": few == len(rows),
        "partners": _partners(book, line),
        "blocs": _blocs(line),
        "warnings": line.result.warnings,
    }


def _basis(line: RoleLine) -> str:
    p = line.result.parameters
    if not line.result.table.rows or not p.get("days"):
        return ""
    first, last = (words.day(dt.date.fromisoformat(str(p[key]))) for key in ("before_from", "after_to"))
    return (
        f"Compared are the {p['days']} days before the shock, from {first}, and the {p['days']} from it on, to {last}: "
        "windows of unequal length would have unequal numbers of partners."
    )


def _picture(book: Book, n: int, line: RoleLine) -> Picture | None:
    found = [
        Shift(
            str(r["label"]), r["rank_before"], r["rank_after"],
            f"{_value(r, 'before')} → {_value(r, 'after')}, {r['verdict']}",
        )
        for r in line.result.table.rows
        if r["verdict"] != _TOO_FEW and r["rank_before"] is not None and r["rank_after"] is not None
    ]  # fmt: skip
    if not found:
        return None
    return picture(
        lambda width: shifts(found, title="rank among states (1 at the right)", width=width, ranks=True),
        ident=f"role-{n}",
        title=f"{book.focus}: rank among states before and after {line.result.parameters.get('shock_name', '')}",
        description=f"For {words.plural(len(found), 'measure')} the rank before and after. "
        "The numbers stand in the table.",
        caption="Open marks stand before the shock, full ones after it. A rank may move because others do; whether the "
        "actor's own value did stands beside it.",
    )


def _row(r: Mapping[str, Any]) -> dict[str, Cell]:
    change = "–"
    if r["change"] is not None:
        sign = "×" if r["ratio"] else ""
        bounds = f"{_number(r['low'])} to {_number(r['high'])}"
        change = f"{sign}{_number(r['change'])} ({bounds})"
    told = r["verdict"] if r["verdict"] != _TOO_FEW else f"{_TOO_FEW}: {r['reason']}"
    sign = next((s for s, word in words.ARROWS.values() if word == r["verdict"]), "")
    return {
        "label": str(r["label"]),
        "moved": f"{_value(r, 'before')} → {_value(r, 'after')}",
        "change": change,
        "rank": f"{r['rank_before'] or '–'} → {r['rank_after'] or '–'}",
        "p": "–" if r["p"] is None else f"{r['p']:.3f}",
        "verdict": f"{sign} {told}".strip(),
    }


def _value(r: Mapping[str, Any], key: str) -> str:
    return "–" if r[key] is None else _number(r[key])


def _number(value: float) -> str:
    return words.number(value, 0 if float(value).is_integer() else 3 if abs(value) < 1 else 1)


def _partners(book: Book, line: RoleLine) -> Markup | None:
    """``Turkey 4 → 24``, linked to the events."""
    focus = book.content.focus or ""
    said = [
        Markup("{} {} → {}").format(
            links.to(book.pair_anchor(focus, code), name) if code in book.partners else name, before, after
        )
        for code, name, before, after in line.partners
        if before != after
    ]
    return Markup(", ").join(said) if said else None


def _blocs(line: RoleLine) -> list[str]:
    out = []
    for key, title in (("before", "Before"), ("after", "After")):
        names: Sequence[str] | None = line.blocs.get(key)
        if names is not None:
            more = f" and {words.number(len(names) - _BLOC)} more" if len(names) > _BLOC else ""
            out.append(f"{title} the shock it stands with {', '.join(names[:_BLOC]) or 'nobody'}{more}.")
    return out


SECTION = Section("roles", 42, "The role of the focus actor", render)
