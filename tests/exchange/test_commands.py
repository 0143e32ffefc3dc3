"""The verbs import, export and fetch."""

import json

from click.testing import CliRunner
from tests.exchange import rows

from worldstage.cli import export, fetch, import_events
from worldstage.exchange import icews


def _run(command, case, *arguments):
    return CliRunner().invoke(command.command, list(arguments), obj={"folder": str(case.folder), "debug": False},
                              standalone_mode=False)  # fmt: skip


def test_import_says_what_became_of_every_row(case, tmp_path):
    made = [
        rows.icews_row(1),
        rows.icews_row(2, CAMEO_Code="010"),
        rows.icews_row(3, Event_Date="soon"),
        rows.icews_row(4, Source_Name="Nobody Known", Source_Country="NA"),
    ]
    path = str(rows.write(tmp_path / "f.tab", made, header=icews.COLUMNS))
    result = _run(import_events, case, path)
    assert result.return_value == 3
    for told in (
        "ICEWS: 4 rows in 1 file",
        "Imported 2 events",
        "1 row told no event",
        "Refused 1 row: not a date",
        "1 name resolved to nobody, most often Nobody Known (1)",
    ):
        assert told in result.stderr
    again = json.loads(_run(import_events, case, "icews", path, "--json").stdout)
    assert (again["events"], again["known"], again["refused"]) == (0, 3, {"not a date": 1})


def test_a_table(case, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("day,a,b,what\n2015-01-01,Police (Australia),Citizen (Russia),Threaten\n", encoding="utf-8")
    result = _run(import_events, case, "csv", str(path), "--map", "date=day,actor=a,recipient=b,event=what")
    assert (result.return_value, "Imported 1 event;" in result.stderr) == (0, True)
    assert _run(import_events, case, "csv").exception is not None
    out = tmp_path / "o.csv"
    assert _run(export, case, str(out), "--actor", "Australia").return_value is None
    assert out.read_text(encoding="utf-8").count("\n") == 2
    assert (tmp_path / "o.csv.codebook.md").is_file()


def test_fetch_into_the_case(case, monkeypatch, tmp_path):
    from worldstage.exchange import fetching

    asked = {}

    def pretend(first, last, folder, **more):
        asked.update(more, first=first, folder=folder)
        return fetching.Fetched(folder, 2, 1, 3_000_000, (("x.zip", "HTTP 404"),), ((first, 95),))

    monkeypatch.setattr(fetching, "fetch", pretend)
    result = _run(fetch, case, "gdelt", "--from", "2018-01-01", "--to", "2018-01-02", "--version", "1")
    assert result.return_value == 3
    assert asked["folder"] == case.folder / "gdelt"
    assert asked["version"] == 1
    assert "Fetched 2 files (3.0 MB)" in result.stderr
    assert "Skipped x.zip: HTTP 404" in result.stderr
    assert "95 files for 2018-01-01" in result.stderr
