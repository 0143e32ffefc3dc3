"""`worldstage actors`: who was named, and why a name resolved as it did."""

from __future__ import annotations

from typing import Any

import click

from worldstage.cli.common import DATE, case_of, echo_csv, echo_json, echo_table, formats, say


@click.command()
@click.argument("name", required=False)
@click.option("--on", "day", type=DATE, help="The date for which NAME is resolved.")
@click.option("--unresolved", is_flag=True, help="Only names that resolved to nobody.")
@click.option("--limit", type=click.IntRange(1), default=40, show_default=True, help="How many names to list.")
@formats
@click.pass_context
def command(ctx: click.Context, name: str | None, day: Any, unresolved: bool, limit: int, as_: str | None) -> None:
    """List the names in the documents with what they resolved to; with NAME, explain one."""
    case = case_of(ctx)
    if name:
        _explain(case, name, day, as_)
        return
    found = [m for m in case.actors() if not unresolved or m.code is None]
    rows: list[dict[str, Any]] = [
        {"name": m.name, "code": m.code, "count": m.count, "reason": m.reason} for m in found[:limit]
    ]
    columns = {"name": "name", "code": "code", "count": "mentions", "reason": "why"}
    if as_ == "json":
        echo_json(rows)
    elif as_ == "csv":
        echo_csv(list(columns), rows)
    elif not rows:
        say("No names yet: `worldstage code` finds them." if not unresolved else "Every name resolved.")
    else:
        echo_table(columns, rows)
        if len(found) > limit:
            say(
                f"{len(found) - limit} more: --limit shows them. Names that did not resolve can be added in actors.csv."
            )


def _explain(case: Any, name: str, day: Any, as_: str | None) -> None:
    r = case.explain(name, day=day)
    row = {
        "name": name,
        "code": r.code,
        "country": r.country,
        "sector": r.sector,
        "person": r.person,
        "office": r.office,
        "reason": r.reason,
    }
    if as_ == "json":
        others = [
            {
                "code": e.code,
                "name": e.name,
                "kind": e.kind,
                "person": e.person,
                "office": e.office,
                "from": e.first.isoformat(),
                "to": e.last.isoformat(),
            }
            for e in r.candidates
        ]
        echo_json({**row, "candidates": others})
    elif as_ == "csv":
        echo_csv(list(row), [row])
    else:
        echo_table({"key": "", "value": ""}, [{"key": k, "value": v} for k, v in row.items()])
