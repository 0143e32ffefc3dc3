"""`worldstage relations`: how relations stood and moved."""

from __future__ import annotations

from typing import Any

import click

from worldstage.cli.common import DATE, case_of, echo_csv, echo_json, echo_table, formats, say
from worldstage.core.periods import UNITS

# Columns that only --csv and --json give: a terminal is not wide enough.
_WIDE = ("expected", "cooperation_before", "cooperation_after", "share_before", "share_after")


@click.command()
@click.option("--actor", metavar="NAME", help="The actor; the case's focus, if not given.")
@click.option("--between", nargs=2, metavar="A B", help="Only the relation of these two.")
@click.option("--shock", type=DATE, help="The date across which to compare; the first shock of the case, if not given.")
@click.option("--unit", type=click.Choice(UNITS), help="Length of a period; that of the case, if not given.")
@click.option("--from", "first", type=DATE, help="First day.")
@click.option("--to", "last", type=DATE, help="Last day.")
@click.option("--directed", is_flag=True, help="Only what the first does to the second.")
@click.option("--raw", is_flag=True, help="Rates per unit of time, not per reported event.")
@click.option("--limit", type=click.IntRange(1), default=12, show_default=True, help="How many partners.")
@click.option("--series", "as_series", is_flag=True, help="The series per period instead of the comparison.")
@formats
@click.pass_context
def command(ctx: click.Context, /, raw: bool, as_series: bool, as_: str | None, **options: Any) -> None:
    """Compare relations before and after a shock, with the interval of a count model."""
    case = case_of(ctx)
    if as_series:
        _series(case, as_, options)
        return
    result = case.relations(normalise=not raw, **options)
    if as_ == "json":
        echo_json(
            {
                "text": result.text,
                "parameters": result.parameters,
                "rows": list(result.table.rows),
                "findings": result.findings,
                "warnings": result.warnings,
            }
        )
    elif as_ == "csv":
        echo_csv(list(result.table.columns), result.table.rows)
    else:
        shown = {k: v for k, v in result.table.columns.items() if k not in _WIDE}
        echo_table(shown, result.table.rows, title=result.table.caption)
        for finding in result.findings:
            click.echo(finding.text)
        for warning in result.warnings:
            say(f"Note: {warning}")


def _series(case: Any, as_: str | None, options: dict[str, Any]) -> None:
    from worldstage.study.relations import series

    code_of = case.directory.code_of
    wanted = {code_of(n) for n in options["between"]} if options["between"] else None
    actor = code_of(options["actor"]) if options["actor"] else None
    rows = [
        {
            "period": r.period.isoformat(),
            "a": r.a,
            "b": r.b,
            "quad": r.quad,
            "count": r.count,
            "mean_score": r.score / r.count,
        }
        for r in series(case, unit=options["unit"], first=options["first"], last=options["last"])
        if (wanted is None or {r.a, r.b} == wanted) and (actor is None or actor in (r.a, r.b))
    ]
    columns = {
        "period": "period",
        "a": "actor",
        "b": "recipient",
        "quad": "quad class",
        "count": "events",
        "mean_score": "mean score",
    }
    if as_ == "json":
        echo_json(rows)
    elif as_ == "csv":
        echo_csv(list(columns), rows)
    else:
        echo_table(columns, rows)
