"""What the shock changed: observed against expected, for the focus actor with everybody and with its main partners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from worldstage.charts.effect import Period, effect_chart
from worldstage.dossier import links, words
from worldstage.dossier.book import Book
from worldstage.dossier.content import EffectLine, EffectTable
from worldstage.dossier.dyads import ALL
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill

_TOO_FEW, _ABSENT = "too few to tell", "actor not in the data"
_MOVED = ("rose", "fell")
_MOST = 6
_WORDS = {"all": "All events"}
_COLUMNS = (
    Column("outcome", "Events of"),
    Column("moved", "Before → after", False, "Events in so many periods before the shock and after it."),
    Column("expected", "Expected", True, "Events after the shock, had nothing changed."),
    Column("ratio", "Ratio (95 % interval)", False, "Events after over events expected."),
    Column(
        "p", "p", True,
        "How often so much would be seen without a change. Where the data hold few other dates to compare with, it is "
        "not put below 0.048.",
    ),
    Column("verdict", "Verdict"),
    Column("checks", "Checks", False, "Checks that were made; those that the data are too few for are left out."),
)  # fmt: skip


def render(book: Book) -> Markup:
    """One part per relation."""
    table = book.content.effects
    context: dict[str, Any] = {"parts": [], "shock": "", "counted": "", "asked": "", "focus": book.focus}
    if table is not None and table.lines:
        context["parts"] = [_part(book, table, n, lines) for n, lines in enumerate(_by_partner(table), 1)]
        context |= {"shock": f"{table.shock[0]}, {words.day(table.shock[1])}", "counted": table.counted}
        context["asked"] = _asked(table)
    return fill("effects.html.j2", context)


def _asked(table: EffectTable) -> str:
    """How many questions were asked, answered, and would seem to be moved by chance."""
    told = sum(line.verdict not in (_TOO_FEW, _ABSENT) for line in table.lines)
    moved = sum(line.verdict in _MOVED for line in table.lines)
    return (
        f"Of {words.plural(len(table.lines), 'question')} asked, {words.number(told)} can be answered; "
        f"{words.number(moved)} show a change. By chance alone one answer in twenty would."
    )


def _by_partner(table: EffectTable) -> list[list[EffectLine]]:
    found: dict[str | None, list[EffectLine]] = {}
    for line in table.lines:
        found.setdefault(line.partner, []).append(line)
    return list(found.values())


def _part(book: Book, table: EffectTable, n: int, lines: Sequence[EffectLine]) -> dict[str, Any]:
    partner = lines[0].partner
    name = "everybody" if partner is None else book.name(partner)
    told = [line for line in lines if line.verdict not in (_TOO_FEW, _ABSENT)]
    few = [f"{_outcome(e).lower()} ({e.before[0]} before, {e.after[0]} after)" for e in lines if e.verdict == _TOO_FEW]
    return {
        "anchor": links.anchor("effect", f"{n}"),
        "name": name,
        "sentences": [_sentence(book, line) for line in sorted(told, key=lambda e: e.verdict not in _MOVED)],
        "absent": [line.text for line in lines[:1] if line.verdict == _ABSENT],
        "few": words.listed(few),
        "picture": next((_picture(book, table, n, name, line) for line in told if line.series), None),
        "grid": _grid(book, table, name, told) if told else None,
    }


def _outcome(line: EffectLine) -> str:
    return _WORDS.get(line.outcome, line.outcome.replace("-", " ").capitalize())


def _sentence(book: Book, line: EffectLine) -> dict[str, Any]:
    found = [book.events[ident] for ident in line.events if ident in book.events]
    return {
        "text": line.text,
        "sign": _sign(line.verdict) if line.verdict in _MOVED else "",
        "events": book.event_links(found, _MOST) if found else None,
    }


def _picture(book: Book, table: EffectTable, n: int, name: str, line: EffectLine) -> Picture:
    how = (
        "The line with points: events seen. Dashed: what was to be expected after the shock, had nothing changed; the "
        "band holds 95 % of what would be ordinary, and is cut where it goes far beyond all that was seen."
    )
    periods = [Period(**row) for row in line.series]
    return picture(
        lambda width: effect_chart(periods, table.shock[1], width=width, title=f"events, {words.UNITS[book.unit]}"),
        ident=f"effect-{n}",
        title=f"{book.focus} with {name}: events observed and expected",
        description=line.text,
        caption=how if n == 1 else "All events, drawn as above.",
    )


def _grid(book: Book, table: EffectTable, name: str, told: Sequence[EffectLine]) -> Grid:
    rows = [_row(book, table, line) for line in told]
    return Grid(f"{book.focus} with {name}, before and after {table.shock[0]}", _COLUMNS, rows)


def _row(book: Book, table: EffectTable, line: EffectLine) -> dict[str, Cell]:
    unit, focus, partner = table.unit, book.content.focus or "", line.partner
    counts = f"{line.before[0]} in {words.plural(line.before[1], unit)} → "
    counts += f"{line.after[0]} in {words.plural(line.after[1], unit)}"
    known = partner is None or partner in book.partners
    checks = f"passed: {words.listed(list(line.passed)) or 'none'}"
    if line.failed:
        checks += f"; not passed: {words.listed(list(line.failed))}"
    return {
        "outcome": _outcome(line),
        "moved": links.to(book.pair_anchor(focus, partner or ALL), counts) if known and book.of_focus else counts,
        "expected": "–" if line.expected is None else words.number(line.expected, 1),
        "ratio": _ratio(line),
        "p": "–" if line.p is None else f"{line.p:.2g}",
        "verdict": f"{_sign(line.verdict)} {line.verdict}".strip(),
        "checks": checks,
    }


def _sign(verdict: str) -> str:
    return next((sign for sign, word in words.ARROWS.values() if word == verdict), "")


def _ratio(line: EffectLine) -> str:
    if line.ratio is None:
        return "–"
    low, middle, high = (_times(v) for v in line.ratio)
    return f"at least {low}" if line.before[0] == 0 else f"{middle} ({low} to {high})"


def _times(value: float) -> str:
    return "over 1,000" if value > 1000 else f"{value:.0f}" if value >= 10 else f"{value:.2g}"


SECTION = Section("effects", 35, "What the shock changed", render)
