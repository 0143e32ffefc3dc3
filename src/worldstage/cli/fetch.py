"""`worldstage fetch`: event data from the servers that publish them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from worldstage.cli.common import DATE, case_of, echo_json, plural, progress, say


@click.command()
@click.argument("dataset", type=click.Choice(["gdelt"]))
@click.option("--from", "first", type=DATE, required=True, help="First day, of UTC.")
@click.option("--to", "last", type=DATE, required=True, help="Last day, included.")
@click.option("--version", type=click.IntRange(1, 2), default=2, show_default=True, help="Of GDELT.")
@click.option("--mentions", is_flag=True, help="Also the files of mentions (GDELT 2.0).")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="Folder; gdelt in the case, if not given."
)
@click.option("--base", metavar="ADDRESS", help="A mirror with the same paths as data.gdeltproject.org.")
@click.option("--pause", type=click.FloatRange(0), default=0.5, show_default=True, help="Seconds between two requests.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON on standard output.")
@click.pass_context
def command(
    ctx: click.Context, /, dataset: str, into: Path | None, base: str | None, as_json: bool, **options: Any
) -> int:
    """Download day files, one at a time, and check each by the md5 that the publisher lists.

    Files that are there and whole are left; one that broke off goes on from there. Then `worldstage import FOLDER`.
    """
    from worldstage.exchange.fetching import BASE, fetch

    folder = into or case_of(ctx).folder / dataset
    with progress("fetching") as show:
        done = fetch(folder=folder, base=base or BASE, progress=show, **options)
    if as_json:
        echo_json(
            {
                "folder": str(done.folder), "files": done.files, "there": done.there, "bytes": done.bytes,
                "failed": dict(done.failed), "gaps": [{"day": d, "files": n} for d, n in done.gaps],
            }
        )  # fmt: skip
    else:
        say(
            f"Fetched {plural(done.files, 'file')} ({done.bytes / 1e6:.1f} MB) into {done.folder}; "
            f"{done.there} were there."
        )
        for name, why in done.failed:
            say(f"Skipped {name}: {why}")
        for day, n in done.gaps[:20]:
            say(f"The publisher lists {plural(n, 'file')} for {day}: that day is not complete.")
        say(f"Next: `worldstage import {done.folder}`.")
    return 3 if done.failed else 0
