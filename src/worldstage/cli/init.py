"""`worldstage init`: make a case."""

from __future__ import annotations

from typing import Any

import click

from worldstage.cli.common import DATE, say


@click.command()
@click.argument("folder")
@click.option("--question", default="", help="The question that the case is about.")
@click.option("--focus", metavar="NAME", help="The actor in focus, by name or code.")
@click.option("--shock", type=DATE, help="The date of the event whose consequences are asked about.")
def command(folder: str, question: str, focus: str | None, shock: Any) -> None:
    """Make a case in FOLDER: settings in case.toml and an empty store."""
    from worldstage.study import Case

    case = Case.init(folder, question=question, focus=focus, shock=shock)
    say(
        f"Made a case in {case.folder}. Its settings are in {case.folder / 'case.toml'}. "
        f"Next: `worldstage -C {folder} add FILES`."
    )
