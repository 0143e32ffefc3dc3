"""The entry point: finds the verb, prints errors as messages, sets the exit code."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from worldstage import __version__
from worldstage.core.errors import WorldstageError, nearest

# Verb → one line for `--help`; the modules are loaded only when a verb is called.
VERBS = {
    "init": "Make a case in a folder.",
    "add": "Read articles into the case.",
    "remove": "Remove documents and what was coded from them.",
    "import": "Import event data: ICEWS, GDELT, POLECAT, ACLED, UCDP, PLOVER, PETRARCH, or any table.",
    "fetch": "Download event data: GDELT's day files.",
    "code": "Code the documents of the case, or files without a case.",
    "classify": "Say what happens between actors and recipients given with their sentences.",
    "review": "Accept, correct or reject events, the most doubtful first.",
    "train": "Train the case's own coder, from the package's sentences and your corrections.",
    "actors": "Show who was named, why a name resolved as it did, and what did not resolve.",
    "events": "List events, with filters.",
    "relations": "Show how relations stood, and how they moved across a shock.",
    "effect": "What a shock changed, against what would have been expected, with its checks.",
    "roles": "An actor's place in the network of relations, and how a shock moved it.",
    "positions": "Where actors stand on the issues of the case, and who moved.",
    "bargain": "Where a bargain ends: models of bargaining, forecasts of decisions.",
    "coalition": "Who sides with whom: landscape theory, structural balance.",
    "stakes": "Who gains and who loses between two scenarios.",
    "dossier": "Write the dossier of the case.",
    "export": "Export events and networks, each with a codebook.",
    "info": "Show what the case holds and what was run.",
    "demo": "Run the whole chain on the bundled case.",
}
# `import` is a word of the language: its module has another name.
_MODULES = {"import": "import_events"}


def command_of(verb: str) -> click.Command:
    """The command of a verb; its module is loaded only now."""
    command: click.Command = importlib.import_module(f"worldstage.cli.{_MODULES.get(verb, verb)}").command
    return command


class Verbs(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order of work."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a verb."""
        if name not in VERBS:
            return None
        return command_of(name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments ask for; an unknown one is answered with the nearest."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            close = nearest(args[0], VERBS)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            raise click.UsageError(f"No such verb {args[0]!r}.{hint} `worldstage --help` lists them.")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="worldstage")
@click.option("-C", "folder", metavar="DIR", help="The case's folder; otherwise it is looked for upward from here.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def root(ctx: click.Context, folder: str | None, debug: bool) -> None:
    """How does a shock shift an actor's role on the world stage?

    worldstage reads articles, codes who did what to whom, keeps it with its sources, measures how relations moved, and
    writes a dossier in which every number leads back to its sentences.
    """
    ctx.obj = {"folder": folder, "debug": debug}


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command line.

    Returns
    -------
    int
        0 done; 1 a check found something; 2 usage, configuration or input; 3 finished, but some inputs were skipped;
        130 interrupted.
    """
    debug = "--debug" in arguments
    try:
        result: Any = root.main(args=arguments, prog_name="worldstage", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nInterrupted. What was finished is kept; the same command goes on from there.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except WorldstageError as error:
        if debug:
            raise
        click.echo(f"Error: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        # The reader of a pipe (head, less) went away: not an error. Keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
