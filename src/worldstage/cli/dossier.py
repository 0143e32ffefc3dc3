"""`worldstage dossier`: write the dossier."""

from __future__ import annotations

import click

from worldstage.cli.common import case_of


@click.command()
@click.option("--output", "-o", metavar="FILE", help="Where it goes; dossier.html in the case's folder, if not given.")
@click.pass_context
def command(ctx: click.Context, output: str | None) -> None:
    """Write the dossier, one HTML file that needs no network; its path goes to standard output."""
    click.echo(str(case_of(ctx).dossier(output)))
