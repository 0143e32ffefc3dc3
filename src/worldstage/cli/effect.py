"""`worldstage effect`: what a shock changed, against what would have been expected."""

from __future__ import annotations

from typing import Any

import click

from worldstage.cli.common import DATE, case_of, echo_csv, echo_json, echo_table, formats, say
from worldstage.cli.counting import counting, normalised
from worldstage.core.periods import UNITS


@click.command()
@click.option("--focus", metavar="NAME", help="The actor; the case's focus, if not given.")
@click.option("--partner", metavar="NAME", help="The other side; everybody, if not given.")
@click.option("--shock", type=DATE, help="The day of the shock; the first shock of the case, if not given.")
@click.option(
    "--outcome", default="all", show_default=True, metavar="WHAT",
    help="all, cooperation, conflict, verbal-cooperation, material-cooperation, verbal-conflict, material-conflict, an "
    "event type, share (of all reporting), cooperation-share, or score (mean intensity).",
)  # fmt: skip
@click.option("--unit", type=click.Choice(UNITS), help="Length of a period; that of the case, if not given.")
@click.option("--before", type=click.IntRange(4), help="Periods before, at most. [default: 52 weeks; 104 if steady]")
@click.option(
    "--after",
    type=click.IntRange(1),
    help="Periods after, at most. [default: 12 weeks, or up to the next shock; the first 6 are tested along]",
)
@click.option("--directed", is_flag=True, help="Only what the focus does to the partner.")
@click.option("--raw", is_flag=True, help="As --volume none.")
@counting
@click.option("--also", type=DATE, multiple=True, help="Another shock to tell this one apart from; may be repeated.")
@click.option(
    "--confusion", metavar="FILE", help="CSV of the coder's confusion: a row per true class, a column per coded one."
)
@click.option(
    "--scan",
    is_flag=True,
    help="All partners of the focus (all pairs, with --everyone) ranked by how surely they moved.",
)
@click.option("--everyone", is_flag=True, help="With --scan: all pairs of actors.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="With --scan: how many rows.")
@click.option("--quick", is_flag=True, help="Leave out the checks that estimate anew.")
@click.option("--chart", metavar="FILE", help="Write the chart (SVG): observed, expected, band.")
@formats
@click.pass_context
def command(ctx: click.Context, /, as_: str | None, **options: Any) -> None:
    """Measure the effect of a shock: observed against expected, with interval, checks and the events behind it."""
    case = case_of(ctx)
    chart, quick = options.pop("chart"), options.pop("quick")
    options["normalise"] = normalised(options.pop("raw"), options["volume"])
    if options.pop("scan"):
        _scan(case, as_, options)
        return
    for name in ("everyone", "limit"):
        options.pop(name)
    confusion = options.pop("confusion")
    if confusion:
        from worldstage.study.effect_scan import read_confusion

        options["confusion"] = read_confusion(confusion)
    found = case.effect(full=not quick, **options)
    if chart:
        from worldstage.study.effect_scan import write_chart

        write_chart(found, chart)
    if as_ == "json":
        echo_json(found)
    elif as_ == "csv":
        echo_csv(["period", "observed", "expected", "low", "high"], found.series)
    else:
        _tell(found)
    for warning in found.warnings:
        say(f"Note: {warning}")


def _tell(found: Any) -> None:
    click.echo(found.text)
    marks = {True: "passed", False: "not passed", None: "–"}
    rows = [{"check": c.name, "passed": marks[c.passed], "text": c.text} for c in found.checks]
    echo_table({"check": "check", "passed": "", "text": "what it says"}, rows)
    if "counted" in found.parameters:
        click.echo(found.parameters["counted"])
    if found.events:
        click.echo(f"Behind it: {len(found.events)} events; `worldstage events` with --between and --from lists them.")


def _scan(case: Any, as_: str | None, options: dict[str, Any]) -> None:
    wanted = ("focus", "shock", "outcome", "unit", "before", "after", "directed", "limit", "everyone", "normalise",
              "volume", "duplicates")  # fmt: skip
    result = case.scan(**{k: options[k] for k in wanted})
    if as_ == "json":
        echo_json({"text": result.text, "parameters": result.parameters, "rows": list(result.table.rows),
                   "warnings": result.warnings})  # fmt: skip
    elif as_ == "csv":
        echo_csv(list(result.table.columns), result.table.rows)
    else:
        echo_table(result.table.columns, result.table.rows, title=result.table.caption)
        click.echo(result.text)
        click.echo(result.parameters["counted"])
    for warning in result.warnings:
        say(f"Note: {warning}")
