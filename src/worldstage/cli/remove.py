"""`worldstage remove`: take documents out of the case."""

from __future__ import annotations

import click

from worldstage.cli.common import case_of, plural, say


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="DOCUMENT...")
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...]) -> int:
    """Remove documents, by id or source, with all that was coded from them. `add` brings them back."""
    done = case_of(ctx).remove(names)
    say(f"Removed {plural(done.documents, 'document')}.")
    for name in done.unknown:
        say(
            f"Nothing answers to {name!r}: give an id (or its first digits) or a source "
            "as `worldstage info` lists them."
        )
    return 3 if done.unknown else 0
