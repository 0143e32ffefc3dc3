"""Events in Parquet files, in every layout, give the series that the store itself gives."""

import csv
import datetime as dt
import io
import json
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from tests.conftest import make_coding, make_document, make_event

from worldstage.cli.main import root
from worldstage.core.errors import ConfigError, InputError, UnknownNameError, WindowError
from worldstage.core.records import as_json
from worldstage.store import EventFilter, Store
from worldstage.store import spark as spark_engine
from worldstage.store.engines import open_frames, store_frames, write_parquet
from worldstage.study import Case
from worldstage.study.scale import Asked, series, write_series

TOLD = (
    # type, actors, recipients, day, status
    ("CONSULT", ("RUS",), ("FRA",), dt.date(2015, 11, 17), "occurred"),
    ("AID", ("RUS",), ("FRA",), dt.date(2015, 11, 29), "occurred"),
    ("ACCUSE", ("TUR", "USA"), ("RUS", "SYR"), dt.date(2015, 11, 30), "occurred"),
    ("CONSULT", ("RUS", "FRA", "USA"), (), dt.date(2015, 12, 1), "occurred"),
    ("ASSAULT", ("RUS", "RUS"), ("TUR", "RUS"), dt.date(2016, 1, 3), "occurred"),
    ("ASSAULT", ("RUS",), ("TUR",), dt.date(2016, 1, 3), "planned"),
    ("PROTEST", ("FRA",), (), dt.date(2016, 1, 4), "occurred"),
    ("AID", ("FRA",), ("RUS",), None, "occurred"),
    ("REJECT", (None, "IRN"), (None, "ISR"), dt.date(2016, 1, 5), "occurred"),
    ("REJECT", (None,), ("ISR",), dt.date(2016, 1, 5), "occurred"),
    ("AGREE", ("IRN", "ISR"), (None,), dt.date(2016, 1, 6), "occurred"),
)


def told_events(document):
    return [
        make_event(document, kind, actors, recipients, day, status=status, start=10 * i)
        for i, (kind, actors, recipients, day, status) in enumerate(TOLD)
    ]


@pytest.fixture
def case(tmp_path):
    made = Case.init(tmp_path / "case", focus="Russia")
    document, again = make_document(), make_document("Another report about the same.")
    with Store.open(made.folder / "case.duckdb", create=True) as store:
        store.add_documents([document, again])
        # The first event is told twice.
        store.save_codings(
            [make_coding(document, *told_events(document.id)), make_coding(again, *told_events(again.id)[:1])],
            coder="test 1",
        )
        store.link_events()
    return made


@pytest.fixture
def folders(case, tmp_path):
    """The same events in every layout that can be opened, by its name."""
    made = {name: tmp_path / name for name in ("cells", "records", "tables", "parts")}
    for folder in made.values():
        folder.mkdir()
    everything = EventFilter(statuses=("any",))
    case.export(made["cells"] / "events.parquet", wanted=everything)
    events = [as_json(e) for e in case.events(everything)]
    pq.write_table(pa.Table.from_pylist(events), made["records"] / "all.parquet")
    with case.store() as store:
        for table in ("events", "event_actors"):
            write_parquet(store.frame(table), made["tables"] / f"{table}.parquet")
    for i, half in enumerate((events[::2], events[1::2])):
        (made["parts"] / str(i)).mkdir()
        pq.write_table(pa.Table.from_pylist(half), made["parts"] / str(i) / "part.parquet")
    (made["parts"] / "_unfinished.parquet").write_bytes(b"not yet")
    return made


def known(rows):
    return {(r["period"], r["a"], r["b"], r["quad"]): (r["count"], round(r["mean_score"], 9)) for r in rows}


def test_counts_and_means_by_hand(case):
    found = known(series(case, Asked(unit="month")))
    november, december, january = dt.date(2015, 11, 1), dt.date(2015, 12, 1), dt.date(2016, 1, 1)
    assert found[november, "RUS", "FRA", "verbal cooperation"] == (1, 2.5)
    assert found[november, "RUS", "FRA", "material cooperation"] == (1, 10.0)
    assert {k[1:3] for k in found if k[0] == november} == {
        ("RUS", "FRA"), ("TUR", "RUS"), ("TUR", "SYR"), ("USA", "RUS"), ("USA", "SYR"),
    }  # fmt: skip
    assert {k[1:3] for k in found if k[0] == december} == {
        (a, b) for a in ("RUS", "FRA", "USA") for b in ("RUS", "FRA", "USA") if a != b
    }
    assert {k[1:3]: v[0] for k, v in found.items() if k[0] == january} == {
        ("RUS", "TUR"): 1, ("IRN", "ISR"): 1, ("ISR", "IRN"): 1,
    }  # fmt: skip


@pytest.mark.parametrize("layout", ["cells", "records", "tables", "parts"])
@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_every_layout_gives_the_series_of_the_store(case, folders, layout, unit):
    expected = series(case, Asked(unit=unit))
    assert len(expected) > 10
    assert series(None, Asked(unit=unit), events=folders[layout]) == expected


@pytest.mark.parametrize("layout", ["cells", "records", "tables"])
def test_conditions(case, folders, layout):
    for asked in (
        Asked(actor="Russia"), Asked(between=("France", "RUS")), Asked(first=dt.date(2015, 12, 1)),
        Asked(last=dt.date(2015, 11, 29), unit="week"), Asked(statuses=("planned",), unit="day"),
    ):  # fmt: skip
        rows = series(case, asked, events=folders[layout])
        assert rows == series(case, asked)
        assert rows


def test_a_plain_table_of_pairs(tmp_path):
    rows = [
        {"date": "2015-11-17", "actor": "RUS", "recipient": "FRA", "type": "consult", "score": 1.0},
        {"date": "2015-11-20", "actor": "RUS", "recipient": "FRA", "type": "CONSULT", "score": 4.0},
        {"date": "no date", "actor": "RUS", "recipient": "FRA", "type": "CONSULT", "score": 4.0},
        {"date": "2015-11-20", "actor": "RUS", "recipient": "RUS", "type": "CONSULT", "score": 4.0},
        {"date": "2015-11-20", "actor": "RUS", "recipient": None, "type": "CONSULT", "score": 4.0},
        {"date": "2015-11-20", "actor": "RUS", "recipient": "FRA", "type": "AID", "score": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "e.parquet")
    found = [tuple(r.values()) for r in series(None, Asked(), events=tmp_path / "e.parquet")]
    assert found == [
        (dt.date(2015, 11, 1), "RUS", "FRA", "material cooperation", 1, None),
        (dt.date(2015, 11, 1), "RUS", "FRA", "verbal cooperation", 2, 2.5),
    ]


def test_written_to_a_file(folders, tmp_path):
    target = tmp_path / "series.parquet"
    write_series(None, Asked(), target, events=folders["cells"])
    assert pq.read_table(target).to_pylist() == series(None, Asked(), events=folders["cells"])
    with pytest.raises(InputError, match="cannot be written"):
        write_series(None, Asked(), tmp_path / "no" / "s.parquet", events=folders["cells"])


def test_what_cannot_be_opened_is_said(tmp_path, folders):
    def fails(source, words, kind=InputError, **asked):
        with pytest.raises(kind, match=words):
            series(None, Asked(**asked), events=source)

    fails(tmp_path / "nowhere", "no file or folder")
    (tmp_path / "empty").mkdir()
    fails(tmp_path / "empty", "no Parquet file")
    (tmp_path / "empty" / "broken.parquet").write_bytes(b"PAR1 and no more")
    fails(tmp_path / "empty", "broken.parquet")
    pq.write_table(pa.table({"x": [1]}), tmp_path / "x.parquet")
    fails(tmp_path / "x.parquet", "no events that are known: its columns are x")
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    for layout, name in (("cells", "events.parquet"), ("records", "all.parquet")):
        (mixed / name).write_bytes((folders[layout] / name).read_bytes())
    fails(mixed, "several layouts")
    fails(folders["cells"], "Unknown actor", UnknownNameError, actor="Rusia")
    fails(folders["cells"], "before --from", WindowError, first=dt.date(2016, 1, 1), last=dt.date(2015, 1, 1))
    with pytest.raises(ConfigError, match="No events"):
        series(None, Asked())
    with pytest.raises(ConfigError, match="Unknown engine"), open_frames(folders["cells"], "polars"):
        pass


def test_spark_without_pyspark_or_java_says_what_to_install(monkeypatch, tmp_path, case):
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    monkeypatch.setattr(spark_engine, "find_spec", lambda _: None)
    with case.store() as store, pytest.raises(ConfigError, match=r"worldstage\[spark\]"), store_frames(store, "spark"):
        pass
    monkeypatch.setattr(spark_engine, "find_spec", lambda _: object())
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ConfigError, match=r"none was found[\s\S]*openjdk-17"):
        spark_engine.check_spark()
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    for said, number in (('openjdk version "11.0.2" 2019', 11), ('java version "1.8.0_202"', 8), ("what?", None)):
        java.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
        java.chmod(0o755)
        assert spark_engine.java_version() == number
        with pytest.raises(ConfigError, match="Java 17 or newer"):
            spark_engine.check_spark()
    java.write_text("#!/bin/sh\necho 'openjdk version \"21\" 2023-09-19' >&2\n")
    spark_engine.check_spark()


def test_the_command_needs_no_case(folders, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(root, ["relations", "--series", "--events", str(folders["cells"]), "--csv"])
    assert run.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert len(rows) == len(series(None, Asked(), events=folders["cells"]))
    run = CliRunner().invoke(
        root, ["relations", "--series", "--events", str(folders["records"]), "--unit", "week", "--json"]
    )
    assert json.loads(run.stdout)[0]["period"] == "2015-11-16"
    run = CliRunner().invoke(root, ["relations", "--engine", "spark"])
    assert isinstance(run.exception, ConfigError)
    assert "--series" in str(run.exception)


def test_the_command_loads_no_engine_for_its_help():
    code = "import sys, worldstage.cli.relations; sys.exit(bool({'duckdb', 'pyspark', 'pandas'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
