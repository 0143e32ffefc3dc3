"""Many files at once: taken in together, the damaged ones left out and named."""

import zipfile

from tests.exchange import rows

from worldstage.exchange import acled, icews


def test_small_files_that_are_read_alike_go_in_together(case, tmp_path):
    folder = tmp_path / "gdelt"
    folder.mkdir()
    for n in range(5):
        with zipfile.ZipFile(folder / f"2018010100{n}.export.CSV.zip", "w") as out:
            made = [rows.gdelt_row(10 * n + i) for i in range(3)]
            out.writestr(f"{n}.export.CSV", "\n".join("\t".join(r) for r in made))
    done = case.import_events([folder])
    assert (done.files, done.counts.events, done.skipped) == (5, 15, ())
    with case.store() as store:
        assert len(store.frame("imports").collect()) == 1


def test_files_with_headers_too(case, tmp_path, events):
    for n in range(3):
        rows.write(tmp_path / f"{n}.csv", [rows.acled_row(f"M{n}")], header=acled.COLUMNS, delimiter=",")
    rows.write(tmp_path / "9.tab", [rows.icews_row()], header=icews.COLUMNS)
    done = case.import_events(sorted(tmp_path.glob("*.*")))
    assert (done.counts.rows, done.counts.events, dict(done.counts.refused)) == (4, 4, {})
    assert done.formats == ("ACLED", "ICEWS")
    assert set(events()) == {"ACLED-M0", "ACLED-M1", "ACLED-M2", "ICEWS-1-2015-11-17"}


def test_what_cannot_be_read_is_skipped_and_named(case, tmp_path):
    folder = tmp_path / "f"
    folder.mkdir()
    rows.write(folder / "a.csv", [rows.acled_row("M1")], header=acled.COLUMNS, delimiter=",")
    (folder / "b.zip").write_bytes(b"PK\x03\x04 no more")
    (folder / "readme.txt").write_text("what this is\n", encoding="utf-8")
    done = case.import_events([folder])
    assert done.counts.events == 1
    assert [s.source.rsplit("/", 1)[-1] for s in done.skipped] == ["b.zip", "readme.txt"]
    assert len(case.info()["skipped"]) == 2
