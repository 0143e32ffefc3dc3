"""Spark and DuckDB give the same: series from every layout, filters, and the records of the coder. Needs Java."""

import datetime as dt

import narwhals as nw
import pyarrow.parquet as pq
import pytest
from tests.store.test_engines import case, folders  # noqa: F401  (fixtures)

from worldstage.core.errors import ConfigError, InputError
from worldstage.relations.volume import distinct_events, repeats, reporting
from worldstage.store import spark as engine
from worldstage.store.engines import write_parquet
from worldstage.study.corpus import code_here
from worldstage.study.scale import Asked, series, write_series
from worldstage.study.spark_code import code_on_spark

pytestmark = [pytest.mark.system]


@pytest.fixture(scope="module")
def spark():
    """A Spark session of two threads, for all tests here."""
    pytest.importorskip("pyspark")
    try:
        engine.check_spark()
    except ConfigError as error:
        pytest.skip(str(error))
    loopback = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    made = engine.session({"spark.master": "local[2]", "spark.sql.shuffle.partitions": "2", **loopback})
    yield made
    made.stop()


def same(one, other):
    assert len(one) == len(other) > 0
    for a, b in zip(one, other, strict=True):
        assert {k: v for k, v in a.items() if k != "mean_score"} == {k: v for k, v in b.items() if k != "mean_score"}
        assert a["mean_score"] == pytest.approx(b["mean_score"], abs=1e-9)


@pytest.mark.parametrize("layout", ["cells", "records", "tables", "parts", None])
def test_series_are_the_same(spark, case, folders, layout):  # noqa: F811
    source = folders[layout] if layout else None
    for asked in (
        Asked(unit="week"), Asked(unit="month", actor="Russia"),
        Asked(unit="day", between=("RUS", "FRA"), first=dt.date(2015, 11, 20)),
    ):  # fmt: skip
        same(series(case, asked, events=source, engine="spark"), series(case, asked, events=source))


def test_generated_rows(spark, tmp_path):
    from benchmarks.scale import generate

    generate(tmp_path / "events.parquet", 200_000)
    for unit in ("week", "month"):
        asked = Asked(unit=unit)
        same(*(series(None, asked, events=tmp_path, engine=e) for e in ("spark", "duckdb")))


def test_a_series_is_written_as_a_folder(spark, folders, tmp_path):  # noqa: F811
    target = tmp_path / "series.parquet"
    write_series(None, Asked(), target, events=folders["cells"], engine="spark")
    same(pq.read_table(target).to_pylist(), series(None, Asked(), events=folders["cells"]))
    with pytest.raises(InputError, match="already"):
        write_series(None, Asked(), target, events=folders["cells"], engine="spark")


def test_filters_and_volume_run_on_spark(spark, case, tmp_path):  # noqa: F811
    names = ("events", "event_actors", "reports")
    with case.store() as store:
        here = [store.frame(n) for n in names]
        for name, frame in zip(names, here, strict=True):
            write_parquet(frame, tmp_path / f"{name}.parquet")
        there = [nw.from_native(engine.read([tmp_path / f"{n}.parquet"])) for n in names]

        def rows(frame):
            found = frame.collect("pyarrow").to_arrow().to_pylist()
            return sorted(found, key=str)

        for keep in ("one-a-day", "near-duplicates"):
            ids = [rows(distinct_events(f[0], f[1], keep).select("id")) for f in (here, there)]
            assert ids[0] == ids[1]
        assert rows(repeats(*here[:2])) == rows(repeats(*there[:2]))
        assert rows(reporting(here[0], here[2], unit="week")) == rows(reporting(there[0], there[2], unit="week"))


REPORT = (
    "VIENNA — The foreign ministers of Russia and France met in Vienna on Saturday. Turkey accused Russia of bombing "
    "villages near the border. Russian warplanes bombed Islamic State positions near Raqqa, killing at least {n} "
    'people. "We will never accept this," French Foreign Minister Laurent Fabius said.'
)


@pytest.mark.parametrize("what", ["events", "statements", "figures"])
def test_a_corpus_is_coded_as_on_one_machine(spark, tmp_path, what):
    from worldstage.core.records import as_json

    for i in range(20):
        (tmp_path / f"{i:02}.txt").write_text(REPORT.format(n=10 + i), encoding="utf-8")
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    (tmp_path / "deutsch.txt").write_text(
        "Die Minister trafen sich in Wien, um über den Krieg in Syrien zu sprechen. " * 3
    )
    options = {"what": what, "published": dt.date(2015, 11, 15)}
    one, many = code_here([str(tmp_path)], **options), code_on_spark([str(tmp_path)], **options)
    here, there = [as_json(r) for r in one.records], list(many.records)
    assert here == there
    assert len(here) >= 20
    assert [s.reason for s in one.skipped] == [s.reason for s in many.skipped]
    assert len(many.skipped) == 2
    assert one.undated == many.undated == 0


def test_standard_input_is_for_one_machine(spark):
    with pytest.raises(ConfigError, match="Standard input"):
        code_on_spark(["-"])


def test_files_that_only_spark_finds_broken(spark, folders):  # noqa: F811
    with pytest.raises(InputError, match="Spark cannot read"):
        series(None, Asked(), events=folders["cells"].as_uri() + "/nowhere", engine="spark")
    address = folders["cells"].as_uri()
    same(series(None, Asked(), events=address, engine="spark"), series(None, Asked(), events=folders["cells"]))
