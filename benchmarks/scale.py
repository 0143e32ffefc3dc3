"""The monthly dyad series of the program against bare DuckDB, over generated rows, in one run.

``python -m benchmarks.scale`` takes 5 million rows; ``--rows 50000000`` makes it 50 million (1 GB under the folder for
temporary files, removed afterwards). Both sides read the same Parquet file, sorted by date, and write what they find to
Parquet: the program as `worldstage relations --series --output` does, the other as one SQL query that gives the same
table, sorted or not. Each measurement is a process of its own, and the sides take turns.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DAYS, ROUNDS = 5478, 3


def generate(path: Path, rows: int, *, seed: float = 0.5) -> None:
    """Write rows ``date, actor, recipient, type, score``, sorted by date: 15 years, 230 countries, few of them busy."""
    import duckdb

    from worldstage.reference.plover import TYPES
    from worldstage.reference.tables import states

    codes, types = [r["code"] for r in states()][:230], list(TYPES)
    with duckdb.connect() as db:
        # One thread: the draws come in the same order on every machine.
        db.execute("SET threads = 1")
        db.execute("SELECT setseed(?)", [seed])
        db.execute(
            f"""COPY (SELECT DATE '2005-01-01' + (range * {DAYS} // {rows})::INTEGER AS date,
                $codes[1 + floor(pow(random(), 2.5) * {len(codes)})::INTEGER] AS actor,
                $codes[1 + floor(pow(random(), 2.5) * {len(codes)})::INTEGER] AS recipient,
                $types[1 + floor(random() * {len(types)})::INTEGER] AS type,
                round(random() * 20 - 10, 1) AS score FROM range({rows}))
            TO '{path}' (FORMAT parquet, COMPRESSION zstd)""",
            {"codes": codes, "types": types},
        )


def bare_sql(path: Path, *, ordered: bool) -> str:
    """The query that an analyst would write for the same table."""
    from worldstage.reference.plover import TYPES

    quads = " ".join(f"WHEN '{name}' THEN '{kind.quad}'" for name, kind in TYPES.items())
    return f"""SELECT date_trunc('month', date) AS period, actor AS a, recipient AS b, CASE type {quads} END AS quad,
        count(*) AS count, avg(score) AS mean_score FROM read_parquet('{path}') WHERE actor <> recipient
        GROUP BY ALL {"ORDER BY ALL" if ordered else ""}"""


def _measure(side: str, source: Path, target: Path) -> None:
    began = time.perf_counter()
    if side == "worldstage":
        from worldstage.study.scale import Asked, write_series

        write_series(None, Asked(unit="month"), target, events=source)
    else:
        import duckdb

        with duckdb.connect() as db:
            query = bare_sql(source, ordered=side == "sql, sorted")
            db.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def _differences(one: Path, other: Path) -> tuple[int, int, float]:
    """Rows of the one; keys or counts that differ; the largest difference of means."""
    import duckdb

    with duckdb.connect() as db:
        found = db.execute(
            f"""SELECT count(*), count(*) FILTER (o.count IS DISTINCT FROM t.count),
                    max(abs(o.mean_score - t.mean_score))
                FROM '{one}' o FULL JOIN '{other}' t USING (period, a, b, quad)"""
        ).fetchall()[0]
    return int(found[0]), int(found[1]), float(found[2])


def scale(rows: int, *, folder: Path | None = None, rounds: int = ROUNDS) -> dict[str, float]:
    """Seconds of either side (the best of so many rounds, taken in turn), their ratio, and whether they agree."""
    sides = ("worldstage", "sql", "sql, sorted")
    best: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(dir=folder) as made:
        source = Path(made) / "events.parquet"
        generate(source, rows)
        for _ in range(rounds):
            for side in sides:
                target = Path(made) / f"{side.replace(', ', '-')}.parquet"
                out = subprocess.run(
                    [sys.executable, "-m", "benchmarks.scale", "--measure", side, str(source), str(target)],
                    capture_output=True, text=True, check=True,
                )  # fmt: skip
                got = json.loads(out.stdout.splitlines()[-1])
                if side not in best or got["seconds"] < best[side]["seconds"]:
                    best[side] = got
        groups, differing, apart = _differences(Path(made) / "worldstage.parquet", Path(made) / "sql.parquet")
    own = best["worldstage"]["seconds"]
    return {
        "rows": rows, "groups": groups, "seconds": own, "sql_seconds": best["sql"]["seconds"],
        "sql_sorted_seconds": best["sql, sorted"]["seconds"], "peak_mb": best["worldstage"]["peak_mb"],
        "over_sql": own / best["sql"]["seconds"], "over_sql_sorted": own / best["sql, sorted"]["seconds"],
        "counts_differing": differing, "means_apart": apart,
    }  # fmt: skip


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path, help="where there is room for the files; 50 million rows take 1 GB")
    parser.add_argument("--measure", nargs=3, metavar=("SIDE", "FROM", "TO"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        _measure(given.measure[0], Path(given.measure[1]), Path(given.measure[2]))
    else:
        found = scale(given.rows, folder=given.folder, rounds=given.rounds)
        print(", ".join(f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v:,}" for k, v in found.items()))


if __name__ == "__main__":
    main()
