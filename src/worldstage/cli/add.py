"""`worldstage add`: read articles into the case."""

from __future__ import annotations

from typing import Any

import click

from worldstage.cli.common import DATE, case_of, plural, progress, say


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--published", type=DATE, help="Date of publication of all that is added.")
@click.pass_context
def command(ctx: click.Context, sources: tuple[str, ...], published: Any) -> int:
    """Read articles: files, folders, feeds, addresses, or - for standard input.

    Text, Markdown, HTML, PDF, JSON lines, RSS and Atom are known by their content. Adding a thing twice adds nothing.
    """
    case = case_of(ctx)
    with progress("reading") as show:
        done = case.add(sources, published=published, progress=show)
    say(f"Added {plural(done.added, 'document')}; {done.known} were there already.")
    if done.duplicates:
        say(f"{plural(done.duplicates, 'near-duplicate')} (wire copy) linked to the first of their kind.")
    if done.foreign:
        say(f"{plural(done.foreign, 'document')} not in English: stored and listed, not coded.")
    if done.undated:
        say(f"{plural(done.undated, 'document')} without a date of publication: give one with --published.")
    for skipped in done.skipped:
        say(f"Skipped {skipped.source}: {skipped.reason}")
    return 3 if done.skipped else 0
