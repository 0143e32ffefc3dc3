"""The record of the run: what was done with which versions, and how to cite it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import PureWindowsPath
from typing import Any

from markupsafe import Markup

from worldstage.core.results import Result
from worldstage.dossier import comparison, words
from worldstage.dossier.book import Book
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.section import Section, fill
from worldstage.dossier.sentences import shortened

_COLUMNS = (
    Column("started", "Started (UTC)"), Column("command", "Command"), Column("parameters", "Parameters"),
    Column("counts", "Counts"), Column("seconds", "Seconds", True), Column("version", "Version"),
    Column("outcome", "Outcome"),
)  # fmt: skip

_PARTS = (Column("part", "Part"), Column("version", "Version"))


def render(book: Book) -> Markup:
    """Runs, versions, parameters of the comparisons, citation."""
    content = book.content
    versions: list[dict[str, Cell]] = [{"part": part, "version": version} for part, version in content.versions.items()]
    return fill(
        "record.html.j2",
        {
            "runs": Grid("Runs that made this case, oldest first", _COLUMNS, [_run(r) for r in content.runs]),
            "versions": Grid("Program, coder and the packages that the numbers depend on", _PARTS, versions),
            "comparisons": [_parameters(r) for r in content.relations],
            "citation": citation(book),
        },
    )


def citation(book: Book) -> str:
    """A line that says what the dossier is, from what it was made, when and with what."""
    content = book.content
    dates = sorted(d.published for d in book.documents.values() if d.published)
    span = f" published {words.day(dates[0])} to {words.day(dates[-1])}" if dates else ""
    basis = f"Dossier from {words.plural(len(book.documents), 'document')}{span}"
    made = f", written on {words.day(content.written)}" if content.written else ""
    title = content.question if content.question.rstrip().endswith(("?", ".", "!")) else f"{content.question}."
    coder = f", coder {content.versions['coder']}" if content.versions.get("coder") else ""
    return f"{title} {basis}{made} with worldstage {content.versions.get('worldstage', '')}{coder}.".replace(" ,", ",")


def _run(run: Mapping[str, Any]) -> dict[str, Cell]:
    seconds = run.get("seconds")
    return {
        "started": _moment(run.get("started")), "command": str(run.get("command", "")),
        "parameters": _pairs(run.get("parameters")), "counts": _pairs(run.get("counts")),
        "seconds": f"{seconds:.1f}" if isinstance(seconds, int | float) else "–",
        "version": str(run.get("version", "")), "outcome": str(run.get("outcome", "")),
    }  # fmt: skip


def _moment(value: object) -> str:
    if isinstance(value, dt.datetime):
        return f"{words.day(value.date())}, {value:%H:%M}"
    return str(value or "–")


def _pairs(values: object) -> str:
    if not isinstance(values, Mapping) or not values:
        return "–"
    return "; ".join(f"{str(key).replace('_', ' ')}: {shortened(_value(value), 200)}" for key, value in values.items())


def _value(value: object) -> str:
    """A parameter in words; of a path only its name, for a dossier travels and its writer's folders do not."""
    if value is None or isinstance(value, bool):
        return {None: "not given", True: "yes", False: "no"}[value]
    if isinstance(value, list | tuple):
        return ", ".join(_value(one) for one in value) or "none"
    text = str(value)
    rooted = text.startswith(("/", "~", "\\")) or text[1:3] in (":\\", ":/")
    return PureWindowsPath(text).name or text if rooted else text


def _parameters(result: Result) -> dict[str, str]:
    return {"name": comparison.shock_of(result), "text": _pairs(result.parameters)}


SECTION = Section("record", 110, "Record of the run", render)
