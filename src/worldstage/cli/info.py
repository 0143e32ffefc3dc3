"""`worldstage info`: what the case holds."""

from __future__ import annotations

import click

from worldstage.cli.common import case_of, echo_csv, echo_json, echo_table, formats, plural, say


@click.command()
@click.option("--documents", is_flag=True, help="List the documents instead.")
@formats
@click.pass_context
def command(ctx: click.Context, documents: bool, as_: str | None) -> None:
    """Show settings, counts, runs and skipped inputs; with --documents, every document."""
    case = case_of(ctx)
    if documents:
        columns = {
            "id": "id",
            "published": "published",
            "published_from": "date from",
            "publisher": "outlet",
            "language": "lang.",
            "duplicate_of": "repeats",
            "title": "title",
            "source": "source",
        }
        rows = [
            {
                k: getattr(d, k) if k != "published" else (d.published.isoformat() if d.published else None)
                for k in columns
            }
            for d in case.documents()
        ]
        if as_ == "json":
            echo_json(rows)
        elif as_ == "csv":
            echo_csv(list(columns), rows)
        else:
            echo_table(columns, rows)
        return
    about = case.info()
    if as_ == "json":
        echo_json(about)
        return
    counts = about["counts"]
    if as_ == "csv":
        echo_csv(["what", "count"], [{"what": k, "count": v} for k, v in counts.items()])
        return
    echo_table(
        {"what": "", "value": ""},
        [
            {"what": k, "value": str(about[k]) if about[k] is not None else None}
            for k in ("folder", "question", "focus", "unit")
        ],
    )
    echo_table({"what": "what", "count": "count"}, [{"what": k, "count": v} for k, v in counts.items()])
    if about["runs"]:
        columns = {
            "number": "run",
            "command": "command",
            "started": "started (UTC)",
            "seconds": "seconds",
            "counts": "counts",
            "outcome": "outcome",
        }
        echo_table(
            columns,
            [
                {**r, "started": str(r["started"]), "counts": ", ".join(f"{k} {v}" for k, v in r["counts"].items())}
                for r in about["runs"][-10:]
            ],
        )
    if about["pending"]:
        say(f"{plural(about['pending'], 'document')} not yet coded: `worldstage code`.")
    for one in about["skipped"]:
        say(f"Skipped {one['source']}: {one['reason']}")
