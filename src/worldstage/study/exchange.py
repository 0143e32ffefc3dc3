"""Events and relations of a case into files of others."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import ConfigError, InputError
from worldstage.core.periods import Unit, next_period
from worldstage.core.records import STATUSES
from worldstage.exchange import codebook as codebooks
from worldstage.exchange import graphs
from worldstage.study.ledger import Ledger

if TYPE_CHECKING:
    from worldstage.store import EventFilter
    from worldstage.study.case import Case


@dataclass(frozen=True)
class Exported:
    """What an export wrote: the file, its codebook, and how many events, rows or edges."""

    path: Path
    codebook: Path
    count: int
    kind: str


SUFFIXES = {".csv": "csv", ".parquet": "parquet", ".jsonl": "jsonl", ".tab": "tab", ".graphml": "graphml",
            ".gexf": "gexf"}  # fmt: skip


def export(
    case: Case,
    path: str | Path,
    *,
    kind: str | None = None,
    wanted: EventFilter | None = None,
    unit: Unit | None = None,
) -> Exported:
    """Write events, or relations as a graph, with a codebook beside them.

    Parameters
    ----------
    kind
        ``csv``, ``parquet``, ``jsonl`` (PLOVER), ``tab`` (as ICEWS), ``graphml`` or ``gexf``; by the file's ending, if
        not given.
    wanted
        Conditions on the events; those that occurred, if not given.
    unit
        Length of a period of a GEXF file; the case's, if not given.

    Raises
    ------
    ConfigError, InputError
        For an ending that says nothing; if the file cannot be written.
    """
    from worldstage.store import EventFilter, exports

    path, wanted = Path(path), wanted or EventFilter()
    kind = kind or SUFFIXES.get(path.suffix.lower(), "")
    if kind not in SUFFIXES.values():
        raise ConfigError(f"{path.name} does not say what to write.", expected="an ending of " + ", ".join(SUFFIXES))
    codebook = path.with_name(path.name + ".codebook.md")
    parameters = {"path": str(path), "kind": kind, "filter": asdict(wanted)}
    with Ledger(case, "export", parameters) as ledger, case.store() as store:
        db = store._db
        try:
            if kind in ("csv", "parquet"):
                count = exports.table(db, wanted, path, parquet=kind == "parquet")
            elif kind == "jsonl":
                count = exports.plover_lines(db, wanted, path)
            elif kind == "tab":
                count = exports.icews_like(db, wanted, path)
            else:
                count = _graph(case, db, wanted, path, kind, unit or case.settings.unit)
            made = dt.datetime.now(dt.UTC).date().isoformat()
            text = codebooks.text(kind, name=path.name, count=count, version=version("worldstage"), made=made,
                                  chosen=asdict(wanted), sources=exports.sources(db))  # fmt: skip
            codebook.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(f"{path} cannot be written: {error.strerror or error}.") from error
        ledger.counts = {"exported": count}
    return Exported(path, codebook, count, kind)


def _graph(case: Case, db: Any, wanted: EventFilter, path: Path, kind: str, unit: Unit) -> int:
    from worldstage.relations.dyads import dyad_rows, dyad_series
    from worldstage.store import exports

    events, parties = exports.frames(db, wanted)
    statuses = STATUSES if "any" in wanted.statuses else wanted.statuses
    series = dyad_series(dyad_rows(events, parties, statuses=statuses), unit=unit).collect().to_arrow().to_pylist()
    steps = [graphs.Step(r["period"], r["a"], r["b"], r["quad"], r["count"], r["score"]) for r in series]
    names = {code: case.directory.name_of(code) for s in steps for code in (s.a, s.b)}
    if kind == "graphml":
        return graphs.graphml(steps, names, path)
    ends = {p: next_period(p, unit) - dt.timedelta(days=1) for p in {s.period for s in steps}}
    return graphs.gexf(steps, names, path, ends=ends)
