"""`worldstage stakes`: who has most to gain and most to lose between two scenarios."""

from __future__ import annotations

from typing import Any

import click

from worldstage.cli.common import DATE, case_of, echo_csv, echo_json, echo_table, formats, say

_DRIVERS = 6


@click.command()
@click.option("--scenario", metavar="NAME", help="The scenario asked about; `now`, if not given.")
@click.option("--against", metavar="NAME", help="The scenario it is compared with; `before`, if not given.")
@click.option(
    "--between", nargs=2, metavar="A B", help="From scenario A to scenario B: the same as --against A --scenario B."
)
@click.option("--model", default="mean", show_default=True, help="Of bargaining: mean, median, nash, challenge or smp.")
@click.option(
    "--draws",
    type=click.IntRange(20),
    metavar="N",
    help="How many draws; as many as take some ten seconds, 10,000 at most, if not given.",
)
@click.option("--adversary", metavar="NAME", help="Also say which of the two this actor would prefer.")
@click.option("--shock", type=DATE, help="The date that parts before and after; the case's first shock, if not given.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Fixes the draws.")
@formats
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenario: str | None,
    against: str | None,
    between: tuple[str, str] | None,
    as_: str | None,
    **options: Any,
) -> None:
    """Compare two scenarios: who gains, who loses, how surely, and what drives it.

    `before` is how everybody stood before the shock, `now` how they stand; case.toml adds scenarios of its own. A gain
    is in points of 100: how much closer the issues end to where the actor wanted them, weighted by its salience.
    """
    if between:
        if scenario or against:
            raise click.UsageError("Give either --between A B, or --scenario and --against.")
        against, scenario = between
    from worldstage.study.stakes import stakes

    done = stakes(case_of(ctx), scenario=scenario or "now", against=against or "before", **options)
    result = done.result
    if as_ == "json":
        echo_json(done.as_json())
    elif as_ == "csv":
        echo_csv(["actor", *result.table.columns], result.table.rows)
    else:
        _show(done)
    for warning in result.warnings:
        say(f"Note: {warning}")


def _show(done: Any) -> None:
    first, second, found = done.first, done.second, done.found
    rows = [
        {
            "issue": issue,
            "first": _range(found.first[issue]),
            "second": _range(found.second[issue]),
            "apart": f"{found.first[issue].discord:.0f} → {found.second[issue].discord:.0f}",
        }
        for issue in found.first
    ]
    headings = {"issue": "Issue", "first": first, "second": second, "apart": "Parties apart"}
    echo_table(
        headings, rows, title=f"Where the issues end, by {found.model}; {found.draws:,} draws, seed {found.seed}"
    )
    table = done.result.table
    shares = ("up", "top_winner", "top_loser")
    shown = [{**row, **{k: f"{row[k]:.0%}" for k in shares}} for row in table.rows]
    echo_table(table.columns, shown, title=table.caption)
    click.echo(done.result.text)
    for d in found.drivers[:_DRIVERS]:
        click.echo(f"{done.names[d.actor]} alone would shift {d.issue} by {d.shift:+.1f}.")
    if done.adversary:
        click.echo(done.adversary)
    click.echo(f"--draws {found.draws} --seed {found.seed} gives the same figures again.")


def _range(outcome: Any) -> str:
    return f"{outcome.median:.0f} ({outcome.low:.0f}–{outcome.high:.0f})"
