"""`worldstage roles`: an actor's place in the network of relations, and how a shock moved it."""

from __future__ import annotations

from typing import Any

import click

from worldstage.cli.common import DATE, case_of, echo_csv, echo_json, echo_table, formats, say

_PARTNERS = 6
_NO_NUMBERS = ("key", "group", "ratio")


@click.command()
@click.option("--actor", metavar="NAME", help="The actor; the case's focus, if not given.")
@click.option("--shock", type=DATE, help="The day of the shock; the first shock of the case, if not given.")
@click.option("--from", "first", type=DATE, help="First day that is looked at, earlier windows included.")
@click.option("--to", "last", type=DATE, help="Last day that is looked at.")
@click.option(
    "--window", type=click.IntRange(14, 3660), metavar="DAYS",
    help="Days on either side. [default: as many as there are after the shock, at most 84]",
)  # fmt: skip
@click.option("--attention", is_flag=True, help="What the reporting of the actor is about, before and after.")
@click.option("--exposure", is_flag=True, help="Which states are exposed to a threat.")
@click.option("--threat", metavar="NAME", help="With --exposure: the actor that threatens.")
@click.option("--at", metavar="PLACE", multiple=True, help="With --exposure: where the threat is; may be repeated.")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="With --exposure: how many states."
)
@click.option("--draws", type=click.IntRange(50, 5000), default=150, show_default=True, help="Bootstrap samples.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Fixes the draws.")
@formats
@click.pass_context
def command(
    ctx: click.Context,
    /,
    as_: str | None,
    attention: bool,
    exposure: bool,
    threat: str | None,
    at: tuple[str, ...],
    limit: int,
    **options: Any,
) -> None:
    """Show the role of an actor before and after a shock: activity, partners, standing, brokerage, conduct.

    Windows before and after are of equal length. A measure rose or fell where its 95 % bootstrap interval leaves out
    no change and at most one in twenty earlier pairs of windows moved as much.
    """
    if attention and exposure:
        raise click.UsageError("Give either --attention or --exposure.")
    if (threat or at) and not exposure:
        raise click.UsageError("--threat and --at belong to --exposure.")
    case = case_of(ctx)
    if exposure:
        _exposure(case, as_, threat, at, limit, options)
    elif attention:
        _attention(case, as_, options)
    else:
        _roles(case, as_, options)


def _roles(case: Any, as_: str | None, options: dict[str, Any]) -> None:
    found = case.roles(**options)
    result = found.result
    if as_ == "json":
        echo_json(found)
    elif as_ == "csv":
        echo_csv(_wide(found.measures) or list(result.table.columns), found.measures)
    else:
        if found.measures:
            echo_table(result.table.columns, found.measures, title=result.table.caption)
        click.echo(found.text)
        _tell_partners(case, found)
    for warning in found.warnings:
        say(f"Note: {warning}")


def _tell_partners(case: Any, found: Any) -> None:
    name = case.directory.name_of
    moved = [p for p in found.partners if p.before != p.after][:_PARTNERS]
    if moved:
        click.echo("Events by partner: " + ", ".join(f"{name(p.code)} {p.before} → {p.after}" for p in moved) + ".")
    for key, title in (("before", "Before"), ("after", "After")):
        if found.blocs[key] is not None:
            members = ", ".join(name(c) for c in found.blocs[key][:10]) or "nobody"
            more = len(found.blocs[key]) - 10
            click.echo(f"{title}, stands with: {members}{f' and {more} more' if more > 0 else ''}.")
    if found.moved:
        count = len({e for ids in found.moved.values() for e in ids})
        click.echo(f"Behind it: {count} events; --json lists their ids by measure.")


def _attention(case: Any, as_: str | None, options: dict[str, Any]) -> None:
    from worldstage.study.attention import attention

    found = attention(case, **options)
    if as_ == "json":
        echo_json(found)
    elif as_ == "csv":
        echo_csv(list(found.columns), found.rows)
    else:
        for mix in found.mixes:
            echo_table(mix.columns, mix.rows, title=mix.caption)
            click.echo(mix.text)
    for warning in found.warnings:
        say(f"Note: {warning}")


def _exposure(
    case: Any, as_: str | None, threat: str | None, at: tuple[str, ...], limit: int, options: dict[str, Any]
) -> None:
    from worldstage.study.exposure import exposure

    if not threat:
        raise click.UsageError("--exposure needs --threat NAME.")
    wanted = {k: options[k] for k in ("first", "last")}
    result = exposure(case, threat=threat, at=at, limit=limit, **wanted)
    if as_ == "json":
        echo_json({"text": result.text, "parameters": result.parameters, "rows": list(result.table.rows),
                   "warnings": result.warnings, "events": result.events})  # fmt: skip
    elif as_ == "csv":
        echo_csv(list(result.table.columns), result.table.rows)
    else:
        echo_table(result.table.columns, result.table.rows, title=result.table.caption)
        click.echo(result.text)
    for warning in result.warnings:
        say(f"Note: {warning}")


def _wide(rows: Any) -> list[str]:
    return [k for k in rows[0] if k not in _NO_NUMBERS[1:]] if rows else []
