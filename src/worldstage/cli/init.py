"""`worldstage init`: make a case."""

from __future__ import annotations

import click

from worldstage.cli.common import say


@click.command()
@click.argument("folder")
@click.option("--question", default="", help="The question that the case is about.")
@click.option("--focus", metavar="NAME", help="The actor in focus, by name or code.")
def command(folder: str, question: str, focus: str | None) -> None:
    """Make a case in FOLDER: settings in case.toml and an empty store."""
    from worldstage.study import Case

    case = Case.init(folder, question=question, focus=focus)
    say(
        f"Made a case in {case.folder}. Next: set the shock in {case.folder / 'case.toml'}, "
        f"then `worldstage -C {folder} add FILES`."
    )
