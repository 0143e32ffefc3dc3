"""How fast events are imported, and in how much memory: GDELT 2.0 rows made up for it.

``python -m benchmarks.imports --rows 20000000`` makes day files of half a million rows, imports them into a new case
in a process of its own, and prints rows a second and the peak of resident memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from worldstage.exchange.gdelt import COLUMNS_2
from worldstage.reference.cameo import _codes
from worldstage.reference.tables import states

PER_FILE = 500_000
_ROLES = ("", "", "", "GOV", "MIL", "COP", "LEG", "MED", "OPP", "REB", "BUS", "CVL")


def generate(folder: Path, rows: int, *, seed: int = 0) -> int:
    """Write files of GDELT 2.0 rows; returns their bytes.

    Countries, roles, codes, places and addresses are drawn at random; a third of the rows has no second actor, as in
    GDELT itself.
    """
    rng = np.random.default_rng(seed)
    lands = np.array([r["cameo"] for r in states() if r["cameo"]])
    fips = np.array([r["fips"] for r in states() if r["fips"]])
    codes = np.array([c for c in _codes() if len(c) > 2])
    roles = np.array(_ROLES)
    total = 0
    for number, begin in enumerate(range(0, rows, PER_FILE)):
        n = min(PER_FILE, rows - begin)
        day = dt.date(2018, 1, 1) + dt.timedelta(days=number)
        one, two = lands[_skewed(rng, n, len(lands))], lands[_skewed(rng, n, len(lands))]
        role, other = roles[rng.integers(len(roles), size=n)], roles[rng.integers(len(roles), size=n)]
        code, place = codes[_skewed(rng, n, len(codes))], fips[_skewed(rng, n, len(fips))]
        second, site = rng.random(n) < 0.68, rng.integers(4000, size=n)
        lines = []
        for i in range(n):
            a, b, r, o, c, p = one[i], two[i], role[i], other[i], code[i], place[i]
            actor = f"{a}{r}\tNAME {a}\t{a}\t\t\t\t\t{r}\t\t"
            recipient = f"{b}{o}\tNAME {b}\t{b}\t\t\t\t\t{o}\t\t" if second[i] else "\t" * 9
            where = f"City {i % 977}, Province {i % 53}, Land {p}"
            geo = f"4\t{where}\t{p}\t{p}0{i % 9}\t{i % 9999}\t{i % 90}.25\t{i % 180}.5\t-{i}"
            lines.append(
                f"{700_000_000 + begin + i}\t{day:%Y%m%d}\t{day:%Y%m}\t{day:%Y}\t2018.0027\t{actor}\t{recipient}"
                f"\t1\t{c}\t{c[:3]}\t{c[:2]}\t1\t1.9\t{i % 40}\t1\t{i % 40}\t-1.53452685421995\t{geo}\t{geo}\t{geo}"
                f"\t{day:%Y%m%d}000000\thttps://www.site{site[i]}.example/news/world/{begin + i}/a-story-of-that-day"
            )
        path = folder / f"{day:%Y%m%d}.export.CSV"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        assert lines[0].count("\t") + 1 == len(COLUMNS_2)
        total += path.stat().st_size
    return total


def _skewed(rng: np.random.Generator, n: int, size: int) -> np.ndarray:
    """Ranks as names are met: the first often, most seldom."""
    return np.minimum((size ** rng.random(n) - 1).astype(int), size - 1)


def _measure(folder: Path, data: Path) -> None:
    from worldstage import Case

    case = Case.init(folder)
    began, worked = time.perf_counter(), time.process_time()
    done = case.import_events([data])
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": done.counts.rows, "events": done.counts.events, "seconds": round(seconds, 1),
                      "rows_per_second": round(done.counts.rows / seconds), "processor_seconds": round(worked, 1),
                "peak_mb": round(peak),
                      "store_mb": round((folder / "case.duckdb").stat().st_size / 1e6)}))  # fmt: skip


def import_speed(rows: int, *, folder: Path | None = None) -> dict[str, float]:
    """Rows a second and peak memory of one import of so many rows."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        data = Path(made) / "data"
        data.mkdir()
        generate(data, rows)
        out = subprocess.run(
            [sys.executable, "-m", "benchmarks.imports", "--measure", str(data)],
            capture_output=True,
            text=True,
            check=True,
        )
    return dict(json.loads(out.stdout.splitlines()[-1]))


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--folder", type=Path, help="where there is room for the files; a row takes 0.5 kB")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        _measure(given.measure.parent / "case", given.measure)
    else:
        print(import_speed(given.rows, folder=given.folder))


if __name__ == "__main__":
    main()
