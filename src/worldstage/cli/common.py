"""What verbs share: finding the case, dates, event filters, tables as text, CSV or JSON, progress."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from worldstage.core.records import STATUSES, as_json

if TYPE_CHECKING:
    import datetime as dt

    from worldstage.store import EventFilter
    from worldstage.study import Case

F = TypeVar("F", bound=Callable[..., Any])


class Date(click.ParamType[Any]):
    """A calendar date, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The date, or a usage error."""
        import datetime as dt

        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date. Expected: YYYY-MM-DD, for example 2015-11-13.", param, ctx)


DATE = Date()


def case_of(ctx: click.Context) -> Case:
    """The case that the command works on."""
    from worldstage.study import Case

    folder = ctx.find_root().obj["folder"]
    return Case.find(folder)


def formats(function: F) -> F:
    """Add the options by which a table goes out as text, CSV or JSON."""
    for option in (
        click.option("--json", "as_", flag_value="json", help="JSON on standard output."),
        click.option("--csv", "as_", flag_value="csv", help="CSV on standard output."),
    ):
        function = option(function)
    return function


def event_filters(function: F) -> F:
    """Add the options that choose events."""
    for option in reversed(
        (
            click.option("--actor", metavar="NAME", help="Events in which this actor takes part, on either side."),
            click.option("--between", nargs=2, metavar="A B", help="Events between these two actors."),
            click.option("--type", "types", multiple=True, metavar="TYPE", help="PLOVER type; may be repeated."),
            click.option(
                "--status", "statuses", multiple=True, type=click.Choice([*STATUSES, "any"]), help="Default: occurred."
            ),
            click.option("--from", "first", type=DATE, help="First day."),
            click.option("--to", "last", type=DATE, help="Last day."),
            click.option(
                "--min-confidence", "least", type=click.FloatRange(0, 1), default=0.0, help="Least confidence."
            ),
        )
    ):
        function = option(function)
    return function


def chosen_events(
    case: Case,
    *,
    actor: str | None,
    between: Sequence[str] | None,
    types: Sequence[str],
    statuses: Sequence[str],
    first: dt.date | None,
    last: dt.date | None,
    least: float,
) -> EventFilter:
    """The filter that the options ask for; names are resolved to codes, types checked."""
    from worldstage.core.errors import WindowError
    from worldstage.reference.plover import event_type
    from worldstage.store import EventFilter

    if first and last and last < first:
        raise WindowError(f"--to ({last}) is before --from ({first}).")
    code_of = case.directory.code_of
    return EventFilter(
        actor=code_of(actor) if actor else None,
        between=(code_of(between[0]), code_of(between[1])) if between else None,
        types=tuple(event_type(t).name for t in types),
        statuses=tuple(statuses) or ("occurred",),
        first=first,
        last=last,
        least=least,
    )


def echo_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(as_json(value), ensure_ascii=False, indent=2))


def echo_lines(records: Sequence[Any]) -> None:
    """Print records as JSON lines."""
    for record in records:
        click.echo(json.dumps(as_json(record), ensure_ascii=False))


def echo_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows as CSV with a header; missing cells are empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(columns), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows([{k: "" if v is None else v for k, v in row.items()} for row in rows])
    click.echo(out.getvalue(), nl=False)


def echo_table(columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]], *, title: str = "") -> None:
    """Print rows as a table for people; plain lines where standard output is no terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for key, heading in columns.items():
        numeric = bool(rows) and all(isinstance(r.get(key), (int, float, type(None))) for r in rows)
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(key))) for key in columns))
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value)


def say(text: str) -> None:
    """A line for the person, on standard error."""
    click.echo(text, err=True)


@contextlib.contextmanager
def progress(label: str) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar on standard error, shown on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def plural(n: int, one: str, many: str | None = None) -> str:
    """``1 event``, ``2,000 events``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
