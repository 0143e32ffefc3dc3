"""What is exported and imported into another case is the same, field by field."""

import dataclasses
import datetime as dt
import json
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from tests.conftest import make_coding, make_document, make_event
from tests.exchange import rows

from worldstage import Case
from worldstage.core.errors import ConfigError, InputError
from worldstage.core.records import Place, Range, as_json
from worldstage.exchange import cells, icews, own
from worldstage.store import EventFilter

EVERY = EventFilter(statuses=("any",))


@pytest.fixture
def told(case, tmp_path):
    """A case with coded events, one of them told by two documents, and imported ones."""
    one, two = make_document("Two states met; a third looked on."), make_document("They met again, it is said; more.")
    rich = make_event(
        one.id, "ASSAULT", actors=("RUS", "SYR"), recipients=("ISIS",), start=3, mode=("aerial",),
        context=("military", "terrorism"), status="planned", date_precision="week", attribution="a ministry",
        place=Place('Raqqa; "north" \\ east', "SYR", 35.95, 39.01), deaths=Range(4, None), injured=Range(1, 2),
        publisher="Paper, The", confidence=0.75,
    )  # fmt: skip
    rich = dataclasses.replace(rich, score=-9.5)
    same = [
        make_event(d.id, "CONSULT", actors=("RUS", "FRA"), recipients=(), start=9 + i) for i, d in enumerate((one, two))
    ]
    same[1] = dataclasses.replace(same[1], place=Place("Moscow", "RUS", 55.75, 37.62), deaths=Range(0, 1))
    with case.store(write=True) as store:
        store.add_documents([one, two])
        store.save_codings([make_coding(one, rich, same[0]), make_coding(two, same[1])], "test 1")
        store.link_events()
    case.import_events([rows.write(tmp_path / "i", [rows.icews_row(n) for n in (1, 2)], header=icews.COLUMNS)])
    return case


def _differences(one, two):
    """Field by field, for a message that says which."""
    assert one.keys() == two.keys()
    return [(i, f, one[i][f], two[i][f]) for i in one for f in one[i] if one[i][f] != two[i][f]]


def _as_records(case):
    return {e.id: as_json(e) for e in case.events(EVERY)}


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_nothing_is_lost(told, tmp_path, ending):
    path = tmp_path / f"out.{ending}"
    done = told.export(path, wanted=EVERY)
    assert done.count == 4
    other = Case.init(tmp_path / "other")
    assert other.import_events([path]).counts.events == 4
    assert _differences(_as_records(other), _as_records(told)) == []
    # Into the case that they come from: nothing new.
    assert told.import_events([path]).counts.events == 0


def test_records_of_ours_come_back(told, tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in _as_records(told).values()), encoding="utf-8")
    other = Case.init(tmp_path / "other")
    other.import_events([path])
    assert _differences(_as_records(other), _as_records(told)) == []


def test_the_icews_like_file_keeps_who_what_whom_when(told, tmp_path):
    path = tmp_path / "out.tab"
    # The attack has two actors and the meeting too: a row for each pair.
    assert told.export(path, wanted=EVERY).count == 6
    other = Case.init(tmp_path / "other")
    assert other.import_events([path]).counts.events == 6

    def pairs(case):
        return sorted(
            (e.date, e.type, e.mode, e.publisher, a.code, r.code if r else None)
            for e in case.events(EVERY) for a in e.actors for r in (e.recipients or (None,))
        )  # fmt: skip

    assert sorted(map(str, pairs(other))) == sorted(map(str, pairs(told)))


def test_filters_hold(told, tmp_path):
    wanted = EventFilter(actor="TUR", types=("ACCUSE",))
    assert told.export(tmp_path / "o.csv", wanted=wanted).count == 2
    assert told.export(tmp_path / "none.jsonl", wanted=EventFilter(actor="CHN")).count == 0
    for kind in ("csv", "parquet", "tab", "graphml", "gexf"):
        assert told.export(tmp_path / f"none.{kind}", wanted=EventFilter(actor="CHN")).count == 0


def test_graphs_open(told, tmp_path):
    for ending in ("graphml", "gexf"):
        told.export(tmp_path / f"g.{ending}")
    static, moving = nx.read_graphml(tmp_path / "g.graphml"), nx.read_gexf(tmp_path / "g.gexf")
    assert set(static.nodes) == set(moving.nodes) == {"RUS", "FRA", "TUR"}
    assert static.nodes["TUR"]["label"] == "Turkey"
    assert static.edges["TUR", "RUS"]["events"] == 2
    assert static.edges["TUR", "RUS"]["mean_score"] == -2
    spell = ET.parse(tmp_path / "g.gexf").getroot().find(".//{*}edge/{*}spells/{*}spell")
    assert (spell.get("start"), spell.get("end")) == ("2015-11-16", "2015-11-22")
    assert moving.edges["TUR", "RUS"]["events"] == [(2, "2015-11-16", "2015-11-22")]


def test_every_export_has_its_codebook(told, tmp_path):
    for kind in ("csv", "parquet", "jsonl", "tab", "graphml", "gexf"):
        done = told.export(tmp_path / f"x.{kind}", wanted=EventFilter(first=dt.date(2015, 1, 1)))
        text = done.codebook.read_text(encoding="utf-8")
        assert "first: 2015-01-01" in text
        assert "What to cite" in text
        assert "ICEWS (2 events): Boschee" in text
    header = (tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert header == list(own.COLUMNS)
    assert all(f"| `{c}` |" in (tmp_path / "x.csv.codebook.md").read_text(encoding="utf-8") for c in header)


def test_errors(told, tmp_path):
    with pytest.raises(ConfigError):
        told.export(tmp_path / "x.doc")
    with pytest.raises(InputError):
        told.export(tmp_path / "no folder" / "x.jsonl")
    with pytest.raises(InputError):
        told.export(tmp_path / "no folder" / "x.csv")


def test_taking_rows_anew(case, tmp_path, events):
    path = rows.write(
        tmp_path / "i", [rows.icews_row(Source_Name="Zintanis", Source_Country="NA")], header=icews.COLUMNS
    )
    first = case.import_events([path])
    assert (first.unresolved, dict(first.frequent)) == (1, {"Zintanis": 1})
    (case.folder / "actors.csv").write_text(
        "alias,code,name,country,sector,from,to\nZintanis,ZINTAN,Zintan brigades,LBY,REB,2011,\n", encoding="utf-8"
    )
    case.__dict__.pop("directory", None)
    assert case.import_events([path]).counts.events == 0
    assert case.import_events([path], replace=True).counts.events == 1
    (event,) = events().values()
    assert [a.code for a in event.actors] == ["ZINTAN"]
    assert len(event.evidence) == 1


def test_large_files_come_in_parts(case, tmp_path, monkeypatch):
    from worldstage.exchange import files

    made = [rows.acled_row(f"M{n}", notes="a note\nover two lines") for n in range(50)]
    from worldstage.exchange import acled

    path = rows.write(tmp_path / "f.csv", made, header=acled.COLUMNS, delimiter=",")
    seen = []
    whole = files.parts
    monkeypatch.setattr(files, "parts", lambda *a, **k: whole(*a, **k, limit=2000))
    done = case.import_events([path], progress=lambda n, total: seen.append((n, total)))
    assert (done.counts.events, done.counts.refused.total()) == (50, 0)
    assert len(seen) > 5
    assert seen[-1][0] == seen[-1][1] == path.stat().st_size
    assert not list(case.folder.glob("tmp*"))


@pytest.mark.parametrize("members", [[], ["a"], ["a;b", "\\", ""], ["", ""], ["x\\;y", "z\n"]])
def test_cells(members):
    assert cells.split(cells.join(members)) == (members if members != [""] else [])


def test_the_report_of_an_import_stands_in_the_ledger(told):
    run = [r for r in told.info()["runs"] if r["command"] == "import"][-1]
    assert run["counts"] == {"rows": 2, "events": 2, "known": 0, "reports": 0, "mentions": 0, "refused": 0,
                             "skipped": 0}  # fmt: skip
