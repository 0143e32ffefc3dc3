"""`worldstage demo`: the whole chain on the bundled case."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from worldstage.cli.common import plural, progress, say
from worldstage.core.errors import InputError


def bundled() -> Path:
    """The folder of the bundled case in a checkout of the project.

    Raises
    ------
    InputError
        Where the program was installed without its checkout.
    """
    for folder in (Path.cwd(), *Path(__file__).resolve().parents):
        if (folder / "examples" / "paris-2015" / "case.toml").is_file():
            return folder / "examples" / "paris-2015"
    raise InputError(
        "The bundled case is part of the project's checkout, and is not here.",
        hint="run this in a clone of the project",
    )


@click.command()
@click.option(
    "--into",
    default="demo",
    show_default=True,
    metavar="DIR",
    help="Folder for the case; one made by an earlier demo is made anew.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes for coding.")
def command(into: str, workers: int) -> None:
    """Read, code and measure the bundled case (synthetic, composed for demonstration) and write its dossier."""
    from worldstage.study import Case

    source, target = bundled(), Path(into)
    if target.exists():
        if not (target / "case.toml").is_file():
            raise InputError(f"{target} is there already and is no case.", hint="--into another folder")
        for name in ("case.toml", "case.duckdb", "case.duckdb.wal", "dossier.html", "NOTICE"):
            (target / name).unlink(missing_ok=True)
    target.mkdir(parents=True, exist_ok=True)
    for name in ("case.toml", "NOTICE"):
        shutil.copy(source / name, target / name)
    case = Case(target)
    with progress("reading") as show:
        added = case.add([source / "reports"], progress=show)
    say(f"Read {plural(added.added, 'report')}; {plural(added.duplicates, 'near-duplicate')} linked.")
    with progress("coding") as show:
        coded = case.code(workers=workers, progress=show)
    say(
        f"Coded {plural(coded.distinct, 'distinct event')}, {plural(coded.statements, 'statement')}, "
        f"{plural(coded.figures, 'figure')}."
    )
    path = case.dossier()
    for finding in sorted(case.relations().findings, key=lambda f: -f.weight)[:3]:
        say(f"· {finding.text}")
    say("The dossier (written for demonstration, from composed reports):")
    click.echo(str(path.resolve()))
