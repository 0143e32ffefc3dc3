"""`worldstage code`: code the case's documents, or files without a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from worldstage.cli.common import DATE, case_of, echo_lines, plural, progress, say
from worldstage.core.errors import ConfigError


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--published", type=DATE, help="Date of publication of the files.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "parquet"]),
    default="jsonl",
    show_default=True,
    help="How the records of FILES go out; Parquet too where the name of the --output ends so.",
)
@click.option(
    "--output", "-o", metavar="FILE", help="Where the records go; standard output, if not given (jsonl only)."
)
@click.option("--statements", "what", flag_value="statements", help="Print statements instead of events.")
@click.option("--figures", "what", flag_value="figures", help="Print figures instead of events.")
@click.option(
    "--min-confidence",
    "least",
    type=click.FloatRange(0, 1),
    help="Leave out events less certain than this.  [default: 0.2]",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes to use.")
@click.option(
    "--engine",
    type=click.Choice(["spark"]),
    help="Code FILES on the workers of a Spark session; they must see the files under the same names.",
)
@click.option(
    "--fast", is_flag=True, help="Leave out the reader of whole sentences: some four times as fast, finds less."
)
@click.option("--again", is_flag=True, help="Code documents of the case that were coded before, too.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    published: Any,
    format_: str,
    output: str | None,
    what: str | None,
    least: float | None,
    workers: int,
    engine: str | None,
    fast: bool,
    again: bool,
) -> int:
    """Code who did what to whom.

    Without FILES: all documents of the case that are not yet coded; an interrupted run goes on where it stopped. With
    FILES (or -, a folder, an address): their event records go to standard output, one a line, and no case is needed.
    """
    if files:
        if output and Path(output).suffix.lower() == ".parquet":
            format_ = "parquet"
        return _code_files(files, published, format_, output, what or "events", least, workers, engine, fast)
    if what or output or published or engine or fast:
        raise ConfigError(
            "--statements, --figures, --output, --engine, --fast and --published need FILES.",
            hint="`worldstage events` lists what a case holds",
        )
    case = case_of(ctx)
    with progress("coding") as show:
        done = case.code(workers=workers, again=again, progress=show)
    say(
        f"Coded {plural(done.documents, 'document')}: {plural(done.events, 'event')}, "
        f"{plural(done.statements, 'statement')}, {plural(done.figures, 'figure')}. "
        f"The case now holds {plural(done.distinct, 'distinct event')}."
    )
    return 0


def _code_files(
    files: tuple[str, ...],
    published: Any,
    format_: str,
    output: str | None,
    what: str,
    least: float | None,
    workers: int,
    engine: str | None,
    fast: bool,
) -> int:
    if format_ == "parquet" and not output:
        raise ConfigError("Parquet is not for a terminal.", hint="name a file with --output")
    if engine == "spark":
        from worldstage.study.spark_code import code_on_spark

        coded: Any = code_on_spark(files, what=what, published=published, least=least, fast=fast)
    else:
        from worldstage.study.corpus import code_here

        coded = code_here(files, what=what, published=published, least=least, workers=workers, fast=fast)
    if output:
        _write(list(coded.records), Path(output), format_)
    else:
        for record in coded.records:
            echo_lines([record])
    if coded.undated:
        say(
            f"{plural(coded.undated, 'document')} without a date of publication: relative dates stay open. "
            "Give one with --published."
        )
    for one in coded.skipped:
        say(f"Skipped {one.source}: {one.reason}")
    return 3 if coded.skipped else 0


def _write(rows: list[Any], path: Path, format_: str) -> None:
    import json

    from worldstage.core.records import as_json

    values = [as_json(r) for r in rows]
    if format_ == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(values), path)
    else:
        path.write_text("".join(json.dumps(v, ensure_ascii=False) + "\n" for v in values), encoding="utf-8")
    say(f"Wrote {plural(len(rows), 'record')} to {path}.")
