"""Damaged files: no crash, no shifted column, every row accounted for."""

import random
import re

import pytest
from tests.exchange import rows

from worldstage.core.errors import InputError
from worldstage.exchange import acled, icews, polecat, ucdp

WHOLE = 60
FORMATS = {
    "icews": (rows.icews_row, icews.COLUMNS, "\t"),
    "gdelt2": (rows.gdelt_row, None, "\t"),
    "gdelt-mentions": (lambda n: rows.mention_row(n, f"https://x.example/{n}"), None, "\t"),
    "polecat": (rows.polecat_row, polecat.COLUMNS, "\t"),
    "acled": (rows.acled_row, acled.COLUMNS, ","),
    "ucdp": (rows.ucdp_row, ucdp.COLUMNS, ","),
}


def _file(tmp_path, name):
    make, header, delimiter = FORMATS[name]
    made = [make(700000000 + n) for n in range(WHOLE)]
    return rows.write(tmp_path / name, made, header=header, delimiter=delimiter)


def _damaged(data, seed):
    """Bytes flipped, lines cut, joined, doubled, cells taken out or added, marks and NULs put in."""
    rng = random.Random(seed)
    lines = data.split(b"\n")
    for _ in range(rng.randint(1, 12)):
        i = rng.randrange(len(lines) // 2, len(lines))
        line = lines[i]
        at = rng.randrange(len(line) + 1)
        lines[i] = rng.choice([
            line[:at], line[:at] + b"\t" + line[at:], line[:at] + b'"' + line[at:], line[:at] + b"\xff\xfe" + line[at:],
            line[:at] + b"\x00" + line[at:], line.replace(b"\t", b"", 1), line.replace(b",", b"", 1), line + line,
            line[:at] + b"\r" + line[at:], bytes(rng.randrange(256) for _ in range(40)), b"", line[at:],
            line[:at] + b"x" * 5000 + line[at:],
        ])  # fmt: skip
    return b"\n".join(lines)


@pytest.mark.parametrize("name", FORMATS)
def test_every_row_is_accounted_for(case, tmp_path, name, events):
    path = _file(tmp_path, name)
    whole = path.read_bytes()
    for seed in range(6):
        path.write_bytes(_damaged(whole, seed))
        try:
            counts = case.import_events([path]).counts
        except InputError:
            continue
        told = counts.events + counts.known + counts.reports + counts.mentions + counts.refused.total()
        assert counts.rows == told, (seed, counts)
        assert all(v >= 0 for v in (counts.events, counts.known, counts.reports, counts.mentions))
        if FORMATS[name][2] == "\t":
            lines = [x for x in re.split(rb"\r\n|\r|\n", path.read_bytes()) if x]
            assert counts.rows == len(lines) - (FORMATS[name][1] is not None), (seed, counts)
    # No column was shifted: what came in is dated, of a known type, and in a place that the rows have.
    for event in events().values():
        assert event.date is not None
        assert event.type in ("ACCUSE", "ASSAULT", "REQUEST")
        assert len(event.place.name if event.place else "") < 6000


@pytest.mark.parametrize("name", ["icews", "gdelt2", "polecat", "ucdp", "acled"])
def test_the_rows_before_the_damage_come_in(case, tmp_path, name):
    path = _file(tmp_path, name)
    whole = path.read_bytes().split(b"\n")
    broken = [*whole[:40], b"only one cell", b"", *whole[40:]]
    path.write_bytes(b"\n".join(broken))
    counts = case.import_events([path]).counts
    assert counts.events == WHOLE
    assert dict(counts.refused) == {"too few columns": 1}


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_many_damages(case, tmp_path, name):
    path = _file(tmp_path, name)
    whole = path.read_bytes()
    for seed in range(100, 160):
        path.write_bytes(_damaged(whole, seed))
        try:
            counts = case.import_events([path]).counts
        except InputError:
            continue
        told = counts.events + counts.known + counts.reports + counts.mentions + counts.refused.total()
        assert counts.rows == told, (seed, counts)
