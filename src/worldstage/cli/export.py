"""`worldstage export`: events and relations to files of others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from worldstage.cli.common import case_of, chosen_events, event_filters, plural, say
from worldstage.core.periods import UNITS

_UNITS = {"tab": "row", "graphml": "edge", "gexf": "edge"}


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format", "kind", type=click.Choice(["csv", "parquet", "jsonl", "tab", "graphml", "gexf"]),
    help="By the file's ending, if not given.",
)  # fmt: skip
@click.option("--unit", type=click.Choice(UNITS), help="Length of a period in a GEXF file; the case's, if not given.")
@event_filters
@click.pass_context
def command(ctx: click.Context, /, path: Path, kind: str | None, unit: Any, **filters: Any) -> None:
    """Write events, or relations as a graph.

    The file's ending says how: .csv or .parquet for a table, .jsonl for PLOVER, .tab for ICEWS's columns, .graphml for
    a graph, .gexf for one over time that Gephi opens. Beside the file goes its codebook: columns,
    units, versions, and what to cite.
    """
    case = case_of(ctx)
    done = case.export(path, kind=kind, unit=unit, wanted=chosen_events(case, **filters))
    say(f"Wrote {plural(done.count, _UNITS.get(done.kind, 'event'))} to {done.path}, with {done.codebook.name}.")
