"""`worldstage train`: the case's own coder."""

from __future__ import annotations

import click

from worldstage.cli.common import case_of, plural, say


@click.command()
@click.option(
    "--with", "what", type=click.Choice(["corrections"]), help="Learn from the verdicts of `worldstage review`."
)
@click.option(
    "--sentences", "files", multiple=True, metavar="FILE", help="More labelled sentences (training/GUIDE.md)."
)
@click.option("--reset", is_flag=True, help="Go back to the package's coder.")
@click.pass_context
def command(ctx: click.Context, what: str | None, files: tuple[str, ...], reset: bool) -> None:
    """Train the case's own coder from the package's sentences, your corrections and sentences of your own.

    It takes a few minutes and needs the extra `worldstage[train]`. `worldstage code` uses it from then on, and codes
    all documents anew; verdicts stay in force.
    """
    case = case_of(ctx)
    if reset:
        say("The package's coder is in use again." if case.reset_coder() else "The package's coder is in use.")
        return
    done = case.train(corrections=what == "corrections", files=files, note=say)
    say(
        f"Trained {done.name} on {plural(done.sentences, 'sentence')}, "
        f"{plural(done.corrections, 'correction')} among them, and wrote {done.path}. "
        "`worldstage code` codes the case with it."
    )
