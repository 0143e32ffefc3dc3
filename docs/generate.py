"""Write the reference pages in ``docs/reference`` from the code. `make docs` runs it; a test holds the pages to it."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import click

TARGET = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/generate.py from the code; do not edit. -->\n\n"


def pages() -> dict[str, str]:
    """File name → text of each reference page."""
    return {"cli.md": _cli(), "records.md": _records(), "events.md": _events(), "python.md": _python()}


def _cli() -> str:
    from worldstage.cli.main import VERBS, command_of, root

    parts = [
        NOTE
        + "# Command line\n\nExit codes: 0 done; 1 a check found something; 2 usage, configuration, input; 3 finished, "
        "but some inputs were skipped; 130 interrupted. Data go to standard output, talk to standard error.\n"
    ]
    parts.append(_help(root, "worldstage"))
    for verb in VERBS:
        parts.append(f"## {verb}\n\n" + _help(command_of(verb), f"worldstage {verb}"))
    return "\n".join(parts)


def _help(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100)
    return f"```\n{command.get_help(context)}\n```\n"


def _records() -> str:
    from worldstage.core import records

    parts = [NOTE + "# Records\n\n" + inspect.cleandoc(records.__doc__ or "") + "\n"]
    for name in ("Document", "Event", "Actor", "Place", "Range", "Evidence", "Statement", "Figure"):
        cls = getattr(records, name)
        fields = getattr(cls, "FIELDS", None) or tuple(cls.__dataclass_fields__)
        rows = "\n".join(
            f"| `{f}` | `{cls.__dataclass_fields__[f].type}` |".replace(" | None", " or null") for f in fields
        )
        parts.append(f"## {name}\n\n{inspect.cleandoc(cls.__doc__ or '')}\n\n| field | type |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def _events() -> str:
    from worldstage.core.records import SECTORS, STATUSES
    from worldstage.reference.plover import CONTEXTS, TYPES

    rows = "\n".join(
        f"| {t.name} | {t.quad} | {t.score:g} | {', '.join(f'{m} {s:g}' for m, s in t.modes.items()) or '–'} |"
        for t in TYPES.values()
    )
    return (
        NOTE + "# Event types, modes, contexts, statuses, sectors\n\nPLOVER, Open Event Data Alliance, draft of 2021. "
        "Scores run from -10 (conflict) to 10 (cooperation).\n\n"
        f"| type | quad class | score | modes |\n|---|---|---|---|\n{rows}\n\n"
        f"**Contexts**: {', '.join(CONTEXTS)}.\n\n"
        f"**Statuses**: {', '.join(STATUSES)}.\n\n**Sectors**: {', '.join(SECTORS)}.\n"
    )


def _python() -> str:
    import worldstage

    parts = [NOTE + "# Python\n"]
    for name in ("Case", "Coder", "classify"):
        thing = getattr(worldstage, name)
        parts.append(f"## worldstage.{name}\n\n{_doc(thing)}\n")
        if inspect.isclass(thing):
            for method, function in inspect.getmembers(thing, inspect.isfunction):
                if not method.startswith("_"):
                    parts.append(f"### {name}.{method}`{_signature(function)}`\n\n{_doc(function)}\n")
    return "\n".join(parts)


def _signature(function: object) -> str:
    # A function as a default value prints its address, which differs from run to run.
    return re.sub(r"<function (\w+) at 0x[0-9a-f]+>", r"\1", str(inspect.signature(function)))  # type: ignore[arg-type]


def _doc(thing: object) -> str:
    return "```\n" + inspect.cleandoc(inspect.getdoc(thing) or "") + "\n```"


def main() -> int:
    """Write the pages; with ``--check``, say instead which are out of date."""
    stale = []
    TARGET.mkdir(exist_ok=True)
    for name, text in pages().items():
        path = TARGET / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    click.echo(f"{'out of date' if '--check' in sys.argv else 'wrote'}: {', '.join(stale) or 'nothing'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
