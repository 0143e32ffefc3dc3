"""`worldstage relations`: how relations stood and moved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worldstage.cli.common import DATE, case_of, echo_csv, echo_json, echo_table, formats, say
from worldstage.cli.counting import counting, normalised
from worldstage.core.errors import ConfigError
from worldstage.core.periods import UNITS
from worldstage.store.engines import ENGINES, Engine

if TYPE_CHECKING:
    from worldstage.study import Case

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
@click.option("--raw", is_flag=True, help="As --volume none.")
@counting
@click.option("--limit", type=click.IntRange(1), default=12, show_default=True, help="How many partners.")
@click.option("--series", "as_series", is_flag=True, help="The series per period instead of the comparison.")
@click.option(
    "--events",
    metavar="FOLDER",
    help="With --series: count the events in these Parquet files, not those of the case.",
)
@click.option("--engine", type=click.Choice(ENGINES), help="With --series: what computes it.  [default: duckdb]")
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    help="With --series: write it as Parquet; Spark makes a folder of that name.",
)
@formats
@click.pass_context
def command(
    ctx: click.Context,
    /,
    raw: bool,
    as_series: bool,
    as_: str | None,
    events: str | None,
    engine: Engine | None,
    output: str | None,
    **options: Any,
) -> None:
    """Compare relations before and after a shock, with the interval of a count model.

    With --series: counts and mean scores per period, actor, recipient and quad class; an event without a recipient (a
    meeting) counts in both directions. With --series and --events, no case is needed.
    """
    if as_series:
        if options["volume"] or options["duplicates"] != "merged":
            raise ConfigError("--volume and --duplicates do not go with --series.", hint="leave --series out")
        _series(ctx, as_, events, engine or "duckdb", output, options)
        return
    if events or engine or output:
        raise ConfigError("--events, --engine and --output go with --series.", hint="add --series")
    case = case_of(ctx)
    result = case.relations(normalise=normalised(raw, options["volume"]), **options)
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
        click.echo(result.parameters["counted"])
        for warning in result.warnings:
            say(f"Note: {warning}")


def _series(
    ctx: click.Context, as_: str | None, events: str | None, engine: Engine, output: str | None, options: dict[str, Any]
) -> None:
    from worldstage.study.scale import Asked, series, write_series

    asked = Asked(**{name: options[name] for name in ("actor", "between", "unit", "first", "last")})
    case = case_of(ctx) if events is None else _case_if_any(ctx)
    if output:
        write_series(case, asked, Path(output), events=events, engine=engine)
        say(f"Wrote the series to {output}.")
        return
    rows = series(case, asked, events=events, engine=engine)
    for row in rows:
        row["period"] = row["period"].isoformat()
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


def _case_if_any(ctx: click.Context) -> Case | None:
    """The case, for its names and its unit; None where there is none and none was named."""
    from worldstage.study import Case

    folder = ctx.find_root().obj["folder"]
    if folder:
        return Case.find(folder)
    try:
        return Case.find()
    except ConfigError:
        return None
