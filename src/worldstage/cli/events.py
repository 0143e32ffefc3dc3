"""`worldstage events`: list events."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from worldstage.cli.common import (
    case_of,
    chosen_events,
    echo_csv,
    echo_json,
    echo_lines,
    echo_table,
    event_filters,
    formats,
    plural,
    say,
)

_COLUMNS = {
    "date": "date",
    "type": "type",
    "mode": "mode",
    "actors": "actors",
    "recipients": "recipients",
    "status": "status",
    "place": "place",
    "sources": "sources",
    "confidence": "conf.",
    "text": "sentence",
}


@click.command()
@event_filters
@formats
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "parquet"]),
    help="Whole records: JSON lines on standard output, or a Parquet file.",
)
@click.option("--output", "-o", metavar="FILE", help="Where the Parquet file goes.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.pass_context
def command(
    ctx: click.Context, /, as_: str | None, format_: str | None, output: str | None, limit: int | None, **filters: Any
) -> None:
    """List events, oldest first, each with its sentence. Names are accepted wherever codes are."""
    case = case_of(ctx)
    found = case.events(chosen_events(case, **filters))[:limit]
    if format_ == "jsonl":
        echo_lines(found)
    elif format_ == "parquet":
        from worldstage.cli.code import _write

        if not output:
            raise click.UsageError("Parquet is not for a terminal. Name a file with --output.")
        _write(list(found), Path(output), "parquet")
    elif as_ == "json":
        echo_json(found)
    else:
        rows = [_row(e) for e in found]
        if as_ == "csv":
            echo_csv(["id", *_COLUMNS], rows)
        elif rows:
            echo_table(_COLUMNS, rows)
        say(f"{plural(len(found), 'event')}.")


def _row(e: Any) -> dict[str, Any]:
    return {
        "id": e.id,
        "date": e.date.isoformat() if e.date else None,
        "type": e.type,
        "mode": " ".join(e.mode) or None,
        "actors": "; ".join(_who(a) for a in e.actors) or None,
        "recipients": "; ".join(_who(a) for a in e.recipients) or None,
        "status": e.status,
        "place": e.place.name if e.place else None,
        "sources": len({v.document for v in e.evidence}),
        "confidence": e.confidence,
        "text": e.evidence[0].text if e.evidence else None,
    }


def _who(a: Any) -> str:
    return f"{a.code or a.text} {a.sector}"
