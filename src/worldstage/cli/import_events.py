"""`worldstage import`: event data of others into the case."""

from __future__ import annotations

from pathlib import Path

import click

from worldstage.cli.common import case_of, echo_json, plural, progress, say


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="[FORMAT] FILE...")
@click.option(
    "--map", "mapping", metavar="FIELD=COLUMN,…|FILE.toml",
    help="For a table of any kind: which column holds what. Fields: date, actor, recipient, event (an event text, "
    "CAMEO code or PLOVER type), cameo, type, mode, context, score, id, publisher, place, country, "
    "lat, lon, deaths, text.",
)  # fmt: skip
@click.option("--dataset", metavar="NAME", help="What the events carry as data set; otherwise the format's own name.")
@click.option("--replace", is_flag=True, help="Take rows that are there already anew, as after a change of actors.csv.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON on standard output.")
@click.pass_context
def command(
    ctx: click.Context, sources: tuple[str, ...], mapping: str | None, dataset: str | None, replace: bool, as_json: bool
) -> int:
    """Import event data: ICEWS, GDELT, POLECAT, ACLED, UCDP GED, PLOVER, PETRARCH, or any table with --map.

    The format and its version are found out; FORMAT names it where that fails. Files may be gzipped or zipped.
    Importing a file twice adds nothing.
    """
    from worldstage.exchange.registry import format_names

    case = case_of(ctx)
    name = sources[0].lower() if sources[0].lower() in format_names() and not Path(sources[0]).exists() else None
    files = sources[1:] if name else sources
    if not files:
        raise click.UsageError(f"Which {name} file?")
    with progress("importing") as show:
        done = case.import_events(files, format=name, mapping=mapping, dataset=dataset, replace=replace, progress=show)
    counts = done.counts
    code = 3 if counts.refused or done.skipped else 0
    if as_json:
        echo_json(
            {
                "files": done.files, "formats": done.formats, "rows": counts.rows, "events": counts.events,
                "known": counts.known, "reports": counts.reports, "mentions": counts.mentions,
                "repeats": counts.repeats, "refused": dict(counts.refused), "first": counts.first, "last": counts.last,
                "unresolved": done.unresolved, "frequent": dict(done.frequent),
            }
        )  # fmt: skip
        return code
    say(f"{', '.join(done.formats)}: {plural(counts.rows, 'row')} in {plural(done.files, 'file')}.")
    say(f"Imported {plural(counts.events, 'event')}; {counts.known:,} rows were there already.")
    if counts.mentions:
        say(f"{plural(counts.mentions, 'mention')} kept as evidence of the events that they tell.")
    if counts.reports:
        say(f"{plural(counts.reports, 'row')} told no event (public statements): counted in the volume of reporting.")
    if counts.repeats:
        say(f"{plural(counts.repeats, 'event')} repeat another's day, parties, type and place.")
    for one in done.skipped:
        say(f"Skipped {one.source}: {one.reason}")
    for reason, n in counts.refused.most_common(12):
        say(f"Refused {plural(n, 'row')}: {reason}")
    if done.unresolved:
        names = ", ".join(f"{name} ({n})" for name, n in done.frequent[:8])
        say(f"{plural(done.unresolved, 'name')} resolved to nobody, most often {names}.")
        say("`worldstage actors --unresolved` lists them; actors.csv adds new ones, then import again with --replace.")
    return code
