"""GDELT's table through Ibis: the SQL made for BigQuery, and the same expressions run on DuckDB."""

import datetime as dt

import pytest

ibis = pytest.importorskip("ibis")

from worldstage.relations.dyads import cell_rows, dyad_means, of_actors  # noqa: E402
from worldstage.store.warehouse import gdelt_frames  # noqa: E402

SCHEMA = {"SQLDATE": "int64", "EventCode": "string", "Actor1CountryCode": "string", "Actor2CountryCode": "string"}
ROWS = [
    (20151113, "190", "RUS", "SYR"), (20151116, "193", "RUS", "SYR"), (20151117, "010", "RUS", "FRA"),
    (20151118, "020", "RUS", "FRA"), (20151119, "042", "FRA", "RUS"), (20151120, "042", "FRA", "FRA"),
    (20151121, "042", "FRA", None), (20151201, "042", "ROM", "RUS"),
]  # fmt: skip


def monthly(table):
    frames = gdelt_frames(table)
    rows = of_actors(cell_rows(frames.events, single=frames.single), actor="RUS")
    return dyad_means(rows, unit="month", first=dt.date(2015, 11, 1))


def test_the_sql_for_bigquery():
    from ibis.backends.sql.compilers.bigquery import BigQueryCompiler

    table = ibis.table(SCHEMA, name="events", catalog="gdelt-bq", database="gdeltv2")
    sql = BigQueryCompiler().to_sqlglot(monthly(table).to_native()).sql("bigquery")
    for part in (
        "FROM `gdelt-bq`.`gdeltv2`.`events`",
        "PARSE_DATE('%Y%m%d', CAST(`t0`.`SQLDATE` AS STRING))",
        "'material conflict'", "COUNT(*)", "AVG(", "GROUP BY", "ORDER BY", "`Actor1CountryCode`", "DATE(2015, 11, 1)",
    ):  # fmt: skip
        assert part in sql, sql
    # A scan of BigQuery is paid by the columns that it reads.
    assert "SELECT *" not in sql


def test_the_figures_on_duckdb():
    data = [dict(zip(SCHEMA, row, strict=True)) for row in ROWS]
    table = ibis.duckdb.connect().create_table("events", ibis.memtable(data, schema=SCHEMA))
    found = monthly(table).collect("pyarrow").to_arrow().to_pylist()
    november, december = dt.date(2015, 11, 1), dt.date(2015, 12, 1)
    assert [(r["period"], r["a"], r["b"], r["quad"], r["count"]) for r in found] == [
        (november, "FRA", "RUS", "verbal cooperation", 1),
        (november, "RUS", "FRA", "verbal conflict", 1),
        (november, "RUS", "SYR", "material conflict", 2),
        (december, "ROU", "RUS", "verbal cooperation", 1),
    ]
    assert found[2]["mean_score"] < -5
