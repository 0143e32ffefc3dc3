"""What the reporting of the focus actor is about, before and after each shock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from worldstage.charts.roles import Shift, shifts
from worldstage.dossier import links, words
from worldstage.dossier.book import Book
from worldstage.dossier.content import AttentionLine, Mixture
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill

_MOVED, _TOO_FEW = "moved", "too few to tell"
_COLUMNS = (
    Column("part", "About"),
    Column("before", "Before", True, "Events before; one that belongs to several parts counts for a fraction of each."),
    Column("after", "After", True, "Events after."),
    Column("share", "Share %"),
    Column(
        "change", "Change (95 % interval)", False,
        "Of the logarithm of the share to the geometric mean of all shares: shares cannot rise alone.",
    ),
    Column("verdict", "Verdict"),
)  # fmt: skip


def render(book: Book) -> Markup:
    """One part per shock, in it one per mix."""
    parts = [_part(book, n, line) for n, line in enumerate(book.content.attention, 1)]
    return fill("attention.html.j2", {"parts": parts, "focus": book.focus})


def _part(book: Book, n: int, line: AttentionLine) -> dict[str, Any]:
    mixtures = [
        {
            "text": m.text,
            "picture": _picture(book, n, line, m) if m.verdict == _MOVED else None,
            "grid": Grid(f"By {m.by}", _COLUMNS, [_row(r) for r in m.rows]),
        }
        for m in line.mixtures
        if m.rows
    ]
    missing = [m.by for m in line.mixtures if not m.rows]
    return {
        "anchor": links.anchor("attention", f"{n}"), "name": line.shock, "mixtures": mixtures,
        "text": line.text if not line.mixtures else "", "missing": " and ".join(missing), "warnings": line.warnings,
    }  # fmt: skip


def _picture(book: Book, n: int, line: AttentionLine, m: Mixture) -> Picture:
    found = [
        Shift(str(r["part"]), r["share_before"], r["share_after"], f"{_share(r)} %, {r['verdict']}") for r in m.rows
    ]
    return picture(
        lambda width: shifts(found, title="share of the events, per cent", width=width),
        ident=f"attention-{n}-{m.by}",
        title=f"What the reporting of {book.focus} is about, by {m.by}, before and after {line.shock}",
        description=f"For {words.plural(len(found), 'part')} its share before and after. "
        "The numbers stand in the table.",
        caption="Open marks: share of the events before the shock; full marks: after it.",
    )


def _share(r: Mapping[str, Any]) -> str:
    return f"{words.number(r['share_before'], 0)} → {words.number(r['share_after'], 0)}"


def _row(r: Mapping[str, Any]) -> dict[str, Cell]:
    change = "–"
    if r["verdict"] != _TOO_FEW and r["low"] is not None:
        change = f"{words.number(r['change'], 2)} ({words.number(r['low'], 2)} to {words.number(r['high'], 2)})"
    sign = next((s for s, word in words.ARROWS.values() if word == r["verdict"]), "")
    return {
        "part": str(r["part"]), "before": words.number(r["before"], 1), "after": words.number(r["after"], 1),
        "share": _share(r), "change": change, "verdict": f"{sign} {r['verdict']}".strip(),
    }  # fmt: skip


SECTION = Section("attention", 44, "What the reporting is about", render)
