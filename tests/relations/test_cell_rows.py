"""Events with their parties in cells give the pairs that events and parties in two tables give."""

import datetime as dt
from collections import Counter

import duckdb
import narwhals as nw
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from worldstage.relations.dyads import cell_rows, dyad_means, dyad_rows, of_actors

CODES = st.lists(st.sampled_from(["RUS", "FRA", "TUR", "ISIS", None]), max_size=4)
DAY = dt.date(2015, 11, 17)
EVENTS = st.lists(st.tuples(CODES, CODES, st.sampled_from(["occurred", "planned"])), min_size=1, max_size=12)


def two_tables(db, told):
    shared = {"date": DAY, "week": DAY, "month": DAY, "quad": "verbal conflict", "type": "ACCUSE", "score": 1.0}
    events = [{"id": str(i), "cluster": str(i), "document": "d", "status": s, **shared}
              for i, (_, _, s) in enumerate(told)]  # fmt: skip
    parties = [
        {"event": str(i), "document": "d", "side": side, "code": code}
        for i, (actors, recipients, _) in enumerate(told)
        for side, codes in (("actor", actors), ("recipient", recipients))
        for code in codes
    ]
    text = pa.schema([(c, pa.string()) for c in ("event", "document", "side", "code")])
    tables = pa.Table.from_pylist(events), pa.Table.from_pylist(parties, schema=text)
    return tuple(nw.from_native(db.from_arrow(t)) for t in tables)


def cells(db, told):
    rows = [
        {"date": DAY, "week": DAY, "month": DAY, "quad": "verbal conflict", "score": 1.0, "status": status,
         **{side: ";".join(c or "" for c in codes) for side, codes in (("actor", a), ("recipient", b))}}
        for a, b, status in told
    ]  # fmt: skip
    return nw.from_native(db.from_arrow(pa.Table.from_pylist(rows)))


def pairs(rows):
    return Counter((r["a"], r["b"], r["joint"]) for r in rows.collect("pyarrow").to_arrow().to_pylist())


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_the_same_pairs_from_both_forms(told):
    with duckdb.connect() as db:
        expected = pairs(dyad_rows(*two_tables(db, told)))
        rows = cell_rows(cells(db, told))
        assert pairs(rows) == expected
        assert pairs(of_actors(rows, actor="RUS")) == Counter({k: n for k, n in expected.items() if "RUS" in k[:2]})
        counted = dyad_means(rows, unit="day").collect("pyarrow").to_arrow().to_pylist()
        assert sum(r["count"] for r in counted) == expected.total()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(CODES.map(lambda c: c[:1]), CODES.map(lambda c: c[:1]), st.just("occurred")), min_size=1))
def test_one_code_a_cell_needs_no_taking_apart(told):
    with duckdb.connect() as db:
        assert pairs(cell_rows(cells(db, told), single=True)) == pairs(cell_rows(cells(db, told)))
