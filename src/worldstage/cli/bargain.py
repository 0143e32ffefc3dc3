"""`worldstage bargain`: models of bargaining on a table of actors, and forecasts of EU decisions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from worldstage.cli.common import echo_csv, echo_json, echo_table, formats, plural, progress, say

if TYPE_CHECKING:
    from worldstage.strategy.distribution import Distribution
    from worldstage.strategy.result import Bargain
    from worldstage.strategy.sensitivity import Sensitivity
    from worldstage.strategy.tables import ActorTable

_FORECAST = ("prnr", "isnr", "forecast", "low80", "high80", "q05", "q10", "q25", "q50", "q75", "q90", "q95")
_SHARES = ("issue", "actor", "quantity", "first", "first_low", "first_high", "total", "total_low", "total_high")
# More actors than this are not listed one by one with their reasons.
_MOVES = 12
# Cells of a table that are listed by what they account for.
_CELLS = 8


@click.command()
@click.option("--table", "table", metavar="FILE", help="CSV: actor,capability,position,salience; or KTAB's columns.")
@click.option("--issue", metavar="KEY", help="An issue of the case, instead of a table.")
@click.option("--scenario", metavar="NAME", help="With --issue: before, now, or one of case.toml; now, if not given.")
@click.option(
    "--decisions", metavar="FILE", help="CSV in the columns of the EU decision data; forecasts go out as CSV."
)
@click.option(
    "--model",
    metavar="NAME",
    help="mean, median, nash, challenge, smp or exchange; all of them side by side, if not given. "
    "With --decisions: ensemble or another; ensemble, if not given.",
)
@click.option(
    "--variant", metavar="NAME", help="Of the challenge model: published, capitulation, least-move, repaired."
)
@click.option("--turns", type=click.IntRange(1), help="How many turns at most; the model's own, if not given.")
@click.option("--cost", type=float, help="Of a breakdown, in Nash bargaining: 1 is the full range on every issue.")
@click.option("--line", type=float, nargs=2, metavar="LOW HIGH", help="The ends of the line of positions; 0 and 100.")
@click.option("--percent", is_flag=True, help="Saliences of a plain table are percentages, not shares of 1.")
@click.option(
    "--draws",
    type=click.IntRange(0),
    metavar="N",
    help="Draw N tables for distributions; 0 for none. If not given, as many as take some ten seconds; with --json or "
    "--csv of a table, none.",
)
@click.option(
    "--noise", type=click.FloatRange(0, 1), help="Of the draws of a table without ranges; 0.05, if not given."
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Fixes the draws.")
@click.option("--sensitivity", is_flag=True, help="Also say which uncertain cell drives the result, and how far.")
@formats
@click.pass_context
def command(
    ctx: click.Context,
    /,
    table: str | None,
    issue: str | None,
    scenario: str | None,
    decisions: str | None,
    model: str | None,
    as_: str | None,
    sensitivity: bool,
    **options: Any,
) -> None:
    """Ask models of bargaining where actors end up, turn by turn, from a table of positions.

    Positions stay on the scale of the input; turn 0 is the input. Every result has the weighted mean and median beside
    it, which no simulation beats as a forecast.
    """
    if sum(given is not None for given in (table, issue, decisions)) != 1:
        raise click.UsageError("Give one of --table FILE, --issue KEY and --decisions FILE.")
    if scenario is not None and issue is None:
        raise click.UsageError("--scenario goes with --issue.")
    if decisions is not None:
        given = [f"--{k}" for k, v in {**options, "sensitivity": sensitivity}.items() if v not in (None, False, 0, ())]
        if given:
            raise click.UsageError(f"{given[0]} goes with --table, not with --decisions.")
        _forecasts(decisions, model or "ensemble", as_)
        return
    line, percent = options.pop("line") or None, options.pop("percent")
    if issue is not None:
        if line or percent:
            raise click.UsageError("--line and --percent go with --table.")
        actors = _of_case(ctx, issue, scenario)
    else:
        from worldstage.strategy.tables import read_table

        actors = read_table(str(table), line=line, percent=percent)
    if options["draws"] is None and as_ is not None and issue is None:
        # What machines read of a table is fast, and the same everywhere, unless draws are asked for.
        options["draws"] = 0
    if model is None and not sensitivity:
        if any(options[k] is not None for k in ("variant", "turns", "cost")):
            raise click.UsageError("--variant, --turns and --cost need a --model.")
        _side_by_side(actors, as_, **{k: options[k] for k in ("draws", "noise", "seed")})
        return
    _one(actors, model or "mean", as_, sensitivity=sensitivity, **options)


def _of_case(ctx: click.Context, issue: str, scenario: str | None) -> ActorTable:
    from worldstage.cli.common import case_of
    from worldstage.study.bargaining import case_table

    return case_table(case_of(ctx), issue, scenario or "now")


def _forecasts(path: str, model: str, as_: str | None) -> None:
    from worldstage.strategy.decisions import forecast_file

    rows: Iterator[Mapping[str, Any]] = iter(forecast_file(path, model))
    if as_ == "json":
        echo_json([{k: row.get(k) for k in _FORECAST} for row in rows])
    else:
        echo_csv(_FORECAST, list(rows))


def _side_by_side(actors: ActorTable, as_: str | None, *, draws: int | None, noise: float | None, seed: int) -> None:
    from worldstage.strategy.compare import compare
    from worldstage.strategy.draws import NOISE

    result = compare(actors, draws=draws, seed=seed, noise=NOISE if noise is None else noise)
    if as_ == "json":
        echo_json({"parameters": result.parameters, "rows": list(result.table.rows), "warnings": result.warnings})
    elif as_ == "csv":
        echo_csv(list(result.table.columns), result.table.rows)
    else:
        echo_table(result.table.columns, result.table.rows, title=result.table.caption)
        click.echo(result.text)
        if draws is None:
            click.echo(
                "As many draws as take some ten seconds here; --draws N --seed S for the same number everywhere."
            )
    for warning in result.warnings:
        say(f"Note: {warning}")


def _one(
    actors: ActorTable,
    model: str,
    as_: str | None,
    *,
    draws: int | None,
    noise: float | None,
    seed: int,
    sensitivity: bool,
    **options: Any,
) -> None:
    from worldstage.strategy.accuracy import caution
    from worldstage.strategy.distribution import default_draws, distribution
    from worldstage.strategy.draws import NOISE
    from worldstage.strategy.models import run

    if noise is not None and draws == 0 and not sensitivity:
        raise click.UsageError("--noise goes with --draws or --sensitivity.")
    bargain = run(actors, model, **options)
    options |= {"noise": NOISE if noise is None else noise}
    n = default_draws(actors, model, **options) if draws is None else draws
    spread = None
    if n:
        with progress("drawing") as show:
            spread = distribution(actors, model, n, seed=seed, progress=show, **options)
    drivers = _drivers(actors, model, seed, options) if sensitivity else []
    if as_ == "json":
        # Not by `echo_json`, which keeps four digits: models are compared to more.
        whole = {**bargain.as_json(), **({"draws": spread.as_json()} if spread else {})}
        if sensitivity:
            whole["sensitivity"] = [d.as_json() for d in drivers]
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    elif as_ == "csv" and sensitivity:
        rows = [row for d in drivers for row in d.rows()]
        echo_csv(_SHARES, rows)
    elif as_ == "csv":
        _csv(bargain, spread)
    else:
        _show(bargain, spread, chosen=draws is not None)
        _tell_drivers(drivers)
        click.echo(caution(model))
    for warning in bargain.warnings:
        say(f"Note: {warning}")


def _drivers(actors: ActorTable, model: str, seed: int, options: Mapping[str, Any]) -> list[Sensitivity]:
    from worldstage.strategy.sensitivity import sensitivity

    with progress("which input drives it") as show:
        return sensitivity(actors, model, seed=seed, progress=show, **options)


def _tell_drivers(drivers: Sequence[Sensitivity]) -> None:
    for found in drivers:
        headings = {"cell": "Cell", "first": "Alone", "range": "90 % range", "total": "With others"}
        rows = [
            {
                "cell": f"{p.actor}, {p.quantity}" + (f" ({p.issue})" if p.issue and p.issue != found.issue else ""),
                "first": f"{p.first:.1%}",
                "range": f"{p.first_range[0]:.1%} to {p.first_range[1]:.1%}",
                "total": f"{p.total:.1%}",
            }
            for p in found.parts[:_CELLS]
        ]
        if rows:
            title = (
                f"{found.issue}: shares of the outcome's variance; {plural(found.runs, 'run')}, {found.base:,} points "
                f"per uncertain cell, seed {found.seed}"
            )
            echo_table(headings, rows, title=title)
        if len(found.parts) > _CELLS:
            click.echo(f"… and {plural(len(found.parts) - _CELLS, 'cell')} more; --json gives all.")
        click.echo(found.text)


def _csv(bargain: Bargain, spread: Distribution | None) -> None:
    """Every position of every turn; with draws, the quantiles instead."""
    from worldstage.strategy.distribution import HEADINGS
    from worldstage.strategy.result import plain

    if spread is not None:
        echo_csv(["what", "issue", *HEADINGS], spread.rows())
        return
    rows = [
        {"turn": t, "actor": actor, "issue": issue, "position": value}
        for t, turn in enumerate(bargain.turns)
        for actor, places in zip(bargain.table.actors, turn.positions, strict=True)
        for issue, value in zip(bargain.table.issues, plain(places), strict=True)
    ]
    echo_csv(["turn", "actor", "issue", "position"], rows)


def _show(bargain: Bargain, spread: Distribution | None, *, chosen: bool) -> None:
    from worldstage.strategy.distribution import HEADINGS
    from worldstage.strategy.result import plain

    table = bargain.table
    first, last = bargain.turns[0].positions, bargain.turns[-1].positions
    click.echo(bargain.method)
    for k, issue in enumerate(table.issues):
        rows = [
            {"actor": a, "capability": float(table.capability[i]), "salience": float(table.salience[i, k])}
            | {"first": plain(first[i])[k], "last": plain(last[i])[k]}
            for i, a in enumerate(table.actors)
        ]
        for name, of in (("weighted mean", bargain.mean), ("weighted median", bargain.median)):
            rows.append({"actor": name, "first": plain(of(0))[k], "last": plain(of(-1))[k]})
        headings = {
            "actor": "Actor",
            "capability": "Capability",
            "salience": "Salience",
            "first": "At first",
            "last": "At last",
        }
        echo_table(headings, rows, title=issue)
    _reasons(bargain)
    click.echo(bargain.ending)
    if spread is not None:
        title = f"{plural(spread.draws, 'draw')}, seed {spread.seed}; {spread.converged:.0%} came to rest"
        echo_table({"what": "", "issue": "Issue", **{h: h for h in HEADINGS}}, spread.rows(), title=title)
        if not chosen:
            again = f"--draws {spread.draws} --seed {spread.seed}"
            click.echo(f"As many draws as take some ten seconds here, {10_000:,} at most; {again} repeats them.")
    outcome = ", ".join(f"{v:.4g}" for v in plain(bargain.outcome) if v is not None)
    before = ", ".join(f"{v:.4g}" for v in plain(bargain.mean(0)) if v is not None)
    click.echo(f"Outcome {outcome}; weighted mean of the input {before}; middle of the line {sum(table.line) / 2:g}.")


def _reasons(bargain: Bargain) -> None:
    """The first moves in words; all of them are in --json."""
    told = 0
    for t, turn in enumerate(bargain.turns):
        for move in turn.moves:
            if told < _MOVES:
                click.echo(f"Turn {t}: {move}")
            told += 1
    if told > _MOVES:
        click.echo(f"… and {plural(told - _MOVES, 'more move')}; --json gives all.")
